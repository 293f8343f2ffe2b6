"""Each slip is answered with file, line and key, what was expected and found, and a way on.

`refusals/*.txt` holds the slips: `== name (the file that is right)`, a passage of that file behind `-`, what stands
there instead behind `+`, an empty line, and what is said.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.spec.sample import RIGHT
from whygrad.errors.spec import SpecError
from whygrad.spec import parse_experiment

FOLDER = Path(__file__).parent / "refusals"
BLOCK = re.compile(
    r"^== (?P<name>\S+) \((?P<right>\w+)\)\n(?P<change>(?:[-+][^\n]*\n)+)\n(?P<text>WG.*?)\n(?=\n==|\Z)",
    re.MULTILINE | re.DOTALL,
)


def slips() -> list[re.Match[str]]:
    return [block for path in sorted(FOLDER.glob("*.txt")) for block in BLOCK.finditer(path.read_text("utf-8"))]


def passage(change: str, sign: str) -> str:
    """The lines behind a sign, the last without its end, so that it may be part of a line."""
    return "\n".join(line[2:] for line in change.splitlines() if line[0] == sign)


@pytest.mark.parametrize("slip", slips(), ids=lambda slip: slip["name"])
def test_a_slip_is_named_with_its_place_and_a_way_on(slip: re.Match[str]) -> None:
    right, old, new = RIGHT[slip["right"]], passage(slip["change"], "-"), passage(slip["change"], "+")
    parse_experiment(right, "a.toml")
    assert right.count(old) >= 1
    with pytest.raises(SpecError) as caught:
        parse_experiment(right.replace(old, new), "a.toml")
    assert str(caught.value) == slip["text"]


def test_every_block_is_read() -> None:
    headers = sum(path.read_text("utf-8").count("== ") for path in FOLDER.glob("*.txt"))
    assert len(slips()) == headers


def test_every_code_is_raised() -> None:
    """WG200 is about files, and tested with them."""
    assert {slip["text"][:5] for slip in slips()} == {f"WG{code}" for code in range(201, 219)}
