"""Lines that are too long are broken where a person would break them, and mean the same."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from whygrad.code.layout import WIDTH, fitted, tupled, unpacked

LONG = "a_rather_long_name"
CASES = [
    f"total = {' + '.join([LONG] * 9)}",
    f"total = {' * '.join([LONG] * 9)} + {LONG}",
    f"result = function({', '.join([LONG] * 9)})",
    f"rows = [[{LONG} + {LONG} * {LONG} - {LONG} for j in range(800)] for {LONG} in range(300)]",
    f"{', '.join(f'{LONG}_{k}' for k in range(12))} = gradients",
    f"result, {LONG} = function(({', '.join([LONG] * 9)}), x, y)",
    f"return {LONG} - {LONG} * ({LONG} + {LONG}) / ({LONG} + {LONG}), {LONG}",
    f"values = [{', '.join(map(str, range(100)))}]",
    f'loss = f({LONG}, reduction="a, b (c") + {LONG} + {LONG} * ({LONG} + {LONG} + {LONG})',
    f"x = {LONG} if {LONG} > {LONG} + {LONG} else {LONG} if {LONG} > 0 else -{LONG}",
]


@pytest.mark.parametrize("line", CASES)
@pytest.mark.parametrize("depth", [0, 2])
def test_a_long_line_fits_and_means_the_same(line: str, depth: int) -> None:
    lines = fitted(line, depth)
    assert len(lines) > 1
    assert max(map(len, lines)) <= WIDTH - 4 * depth
    one, other = (f"def f():\n    {text}" for text in (line, "\n    ".join(lines)))
    assert ast.dump(ast.parse(dedent(one))) == ast.dump(ast.parse(dedent(other)))


def test_a_short_line_stays() -> None:
    assert fitted("loss = a + b") == ["loss = a + b"]


def test_tuples_of_one_keep_their_comma() -> None:
    assert (tupled(["a"]), tupled(["a", "b"]), unpacked(["a"])) == ("(a,)", "(a, b)", "a,")
