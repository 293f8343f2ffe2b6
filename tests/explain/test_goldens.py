"""The tutorials' derivations, word for word in each medium; each was read by eye when it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from whygrad import train
from whygrad.pipeline.derivation import Derivation

CASES = (
    ("live-221", "wOut1"),
    ("live-221", None),
    ("notes-222", "w1"),
    ("notes-222", None),
    ("chain-depth", "w1"),
    ("concepts/blame", "p"),
)
MEDIA: dict[str, Callable[[Derivation], str]] = {
    "txt": lambda why: why.text(),
    "md": lambda why: why.markdown(),
    "tex": lambda why: why.latex(),
    "html": lambda why: why.html(),
    "json": lambda why: json.dumps(why.structure(), indent=1, ensure_ascii=False) + "\n",
}
LONG = re.compile(r"-?\d+\.\d{9,}(?:e-?\d+)?|-?\d\.\d+e-\d+|-?\d+e-\d+")


def steady(text: str) -> str:
    """The text with ten digits of its long numbers, and none of what is almost nothing: last bits differ by machine."""

    def few(found: re.Match[str]) -> str:
        value = float(found[0])
        return f"{value:.10g}" if abs(value) > 1e-7 else "0"

    return re.sub(r" +(?=\n)", "", LONG.sub(few, text))


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize(("file", "of"), CASES, ids=[f"{file}-{of or 'worked'}" for file, of in CASES])
def test_a_derivation_is_word_for_word(
    file: str, of: str | None, medium: str, golden: Callable[[str, str], None]
) -> None:
    why = train(f"examples/{file}.toml").explain(of, torch=False)
    golden(f"explain/{file.replace('/', '-')}-{of or 'worked'}.{medium}", steady(MEDIA[medium](why)))
