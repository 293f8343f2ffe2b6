"""Curves in letters: they keep their frame, and a point lies where its value says."""

from __future__ import annotations

from itertools import pairwise
from math import inf, nan

from hypothesis import given
from hypothesis import strategies as st

from whygrad.cli.chart import HEIGHT, chart


def test_a_line_falls_from_the_first_corner_to_the_last() -> None:
    lines = chart({"down": [(x, 10.0 - x) for x in range(11)]}, name="loss", width=40)
    assert lines[0] == "loss"
    body = [line.partition("┤")[2] or line.partition("│")[2] for line in lines[1 : HEIGHT + 1]]
    assert body[0].startswith("a")
    assert body[-1].endswith("a")
    columns = [line.index("a") for line in body]
    assert columns == sorted(columns)
    assert lines[1].startswith("       10 ┤")
    assert lines[HEIGHT].startswith("        0 ┤")
    assert lines[-2].split() == ["0", "epoch", "10"]
    assert lines[-1] == "  a  down"


def test_a_wide_range_is_logarithmic_and_says_so() -> None:
    lines = chart({"down": [(x, 10.0 ** (-x / 5)) for x in range(31)]}, name="loss", width=40)
    assert lines[0] == "loss, logarithmic"
    body = [line.partition("┤")[2] or line.partition("│")[2] for line in lines[1 : HEIGHT + 1]]
    steps = [line.rindex("a") for line in body]
    assert max(after - before for before, after in pairwise(steps)) <= 4  # a straight line: no leap


def test_what_lies_at_the_bottom_is_cut_off_and_said() -> None:
    lines = chart({"down": [(x, 1.0 if x < 10 else 1e-30) for x in range(100)]}, name="loss", width=40)
    assert lines[0] == "loss, logarithmic; after epoch 9 of 99 every curve lies at the bottom"


def test_curves_that_meet_are_a_star() -> None:
    points = [(0.0, 1.0), (1.0, 2.0)]
    lines = chart({"one": points, "two": points}, name="loss", width=40)
    drawn = "".join(lines[1 : HEIGHT + 1])
    assert "*" in drawn
    assert "b" not in drawn
    assert lines[-3:] == ["  a  one", "  b  two", "  *  several of them"]


def test_what_lies_below_the_axis_is_announced() -> None:
    falling = [(float(x), 10.0**-x) for x in range(12)]
    high = [(float(x), 1.0) for x in range(12)]
    deep = chart({"falling": [*falling, (12.0, 1e-3)], "high": high}, name="loss", width=60)
    assert deep[0].startswith("loss, logarithmic; less than 1.0e-06 is drawn on the bottom line")
    assert "is drawn" not in chart({"one": falling[:4]}, name="loss", width=60)[0]


def test_nothing_to_draw_is_no_chart() -> None:
    assert chart({"none": [(0.0, nan), (1.0, inf)]}, name="loss", width=40) == []


curve = st.lists(st.floats(width=32), max_size=40).map(lambda ys: [(float(x), y) for x, y in enumerate(ys)])


@given(curves=st.dictionaries(st.text("abcxyz", min_size=1, max_size=5), curve, max_size=4), width=st.integers(30, 100))
def test_a_chart_keeps_its_frame(curves: dict[str, list[tuple[float, float]]], width: int) -> None:
    lines = chart(curves, name="loss", width=width)
    if lines:
        stars = any("*" in line for line in lines[1 : HEIGHT + 1])
        assert len(lines) == HEIGHT + 3 + len(curves) + stars
        assert all(len(line) <= width for line in lines[1 : HEIGHT + 3])
