"""What the README says of its Python: it is the run of the file beside it, and the weight it names does move."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.examples.trained import asked_for, retrained
from whygrad import train


def test_the_python_of_the_readme_is_the_run_of_its_file() -> None:
    text = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    code = next(block for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "run = train(" in block)
    asked = f"epochs={asked_for('xor').training.epochs},"
    assert asked in code
    names: dict[str, Any] = {}
    exec(code.replace(asked, "epochs=61,"), names)  # noqa: S102 (our own file)
    file = retrained(
        "xor", epochs=61
    )  # all of them take their time, and bits that differ do so from the first epoch on
    assert names["run"].history == file.history
    assert names["run"].weights() == file.weights()
    said = re.search(r'trace\.change\("(\w+)"\).*gradient ([\d.]+)', code)
    assert said is not None
    assert float(names["trace"].change(said[1]).gradient) == pytest.approx(float(said[2]), abs=5e-4)


def test_the_derivation_of_the_readme_is_what_is_printed() -> None:
    text = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    section = text.partition("## Why is this gradient this number?")[2].partition("\n## ")[0]
    blocks = re.findall(r"(?:^    .*\n|^\n(?=    ))+", section, re.MULTILINE)
    printed = train("examples/notes-222.toml").explain("w1", torch=False).text()
    assert len(blocks) == 3
    for block in blocks:
        lines = [line.removeprefix("    ") for line in block.strip("\n").split("\n")]
        assert steady("\n".join(lines)) in steady(printed)


def steady(text: str) -> str:
    """A text without the last digits of what is almost nothing: they differ from machine to machine."""
    return re.sub(r" *-?\d\.\d+e-1\d", " almost 0", text)
