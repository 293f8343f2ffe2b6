"""What is made of times: ratios, tables, verdicts."""

from __future__ import annotations

import pytest

from benchmarks import goals, tables
from benchmarks.goals import MET, MISSED, Goal
from benchmarks.results import (
    AGAIN,
    ALONE,
    FUSED,
    JAX,
    TORCH,
    C,
    Contest,
    Growth,
    Memory,
    Peak,
    Point,
    Ratio,
    Timed,
    Training,
    Whole,
)

MINE = "whygrad compiled"
LOOP = f"{MINE}{ALONE}"
MADE, PART = "made ready in, s", "(a part: 1 in 30)"


def contest() -> Contest:
    timed = [
        Timed(TORCH, [8.0, 6.0, 7.0], 0.5, 30),
        Timed(FUSED, [4.0, 4.0, 4.0], 0.5, 30),
        Timed(MINE, [0.002, 0.002, 0.002], 1.0),
        Timed(LOOP, [0.001, 0.001, 0.002]),
        Timed(AGAIN, [0.001, 0.001, 0.001]),
        Timed(C, [0.001, 0.0005, 0.0008]),
    ]
    return Contest("W1", "XOR", 1, "python", timed, {"tinygrad": "tinygrad is not installed"})


def test_a_ratio_is_that_of_every_round() -> None:
    assert Ratio.of(Timed("a", [1.0, 4.0, 9.0]), Timed("b", [1.0, 2.0, 3.0])) == Ratio(2.0, 1.0, 3.0)


@pytest.mark.parametrize(
    ("number", "text"), [(0.5, "0.50"), (9.994, "9.99"), (17.84, "17.8"), (324.4, "324"), (11348.0, "11,348")]
)
def test_a_number_has_the_digits_that_count(number: float, text: str) -> None:
    assert tables.figure(number) == text


def cells(line: str) -> list[str]:
    return [each.strip() for each in line.strip("|").split("|")]


def test_the_table_of_a_work() -> None:
    title, _, *lines, _, first, second, third = tables.contest_table(contest())
    assert title == "### W1: XOR; 1 thread"
    assert list(map(cells, lines)) == [
        ["", *("PyTorch / it", "least to most", "PyTorch fused / it", "least to most", "ms", "least to most"), MADE],
        cells(lines[1]),
        [C, *("8,750", "8,000 to 12,000", "5,000", "4,000 to 8,000", "0.80", "0.50 to 1.00"), ""],
        [f"**{LOOP}**", *("6,000", "3,500 to 8,000", "4,000", "2,000 to 4,000", "1.00", "1.00 to 2.00"), ""],
        [f"**{MINE}**", *("3,500", "3,000 to 4,000", "2,000", "2,000 to 2,000", "2.00", "2.00 to 2.00"), "1.00"],
        [f"{FUSED} {PART}", *("1.75", "1.50 to 2.00", "1.00", "1.00 to 1.00", "4,000", "4,000 to 4,000"), "0.50"],
        [f"{TORCH} {PART}", *("1.00", "1.00 to 1.00", "0.57", "0.50 to 0.67", "7,000", "6,000 to 8,000"), "0.50"],
    ]
    assert first == "- By itself whygrad takes `python`."
    assert second == f"- {LOOP}, timed against itself: 1.000, 1.00 to 2.00; so much is no difference."
    assert third == "- tinygrad is left out: tinygrad is not installed."


def test_a_table_is_aligned() -> None:
    assert tables.table(["who", "ms"], [["a long name", "1"], ["b", "1,000"]]) == [
        "| who         |    ms |",
        "|-------------|------:|",
        "| a long name |     1 |",
        "| b           | 1,000 |",
    ]


@pytest.mark.parametrize(
    ("goal", "cells"),
    [
        (Goal("W1", "fast", "compiled", TORCH, 5000), ["6,000", MET, "3,500", MISSED]),
        (Goal("W1", "near C", "compiled", C, 1.5, is_most=True), ["2.00", MISSED, "2.50", MISSED]),
        (Goal("W1", "fast", "python", TORCH, 300), ["", "not measured", "", "not measured"]),
        (Goal("W2a", "fast", "compiled", TORCH, 18), ["", "not measured", "", "not measured"]),
    ],
)
def test_a_goal_is_met_or_not(goal: Goal, cells: list[str]) -> None:
    assert goal.judged(Training([contest()])) == [goal.work, goal.words, *cells]


def point(at: int, mine: float) -> Point:
    return Point("width", at, [Timed(TORCH, [1e-3]), Timed(MINE, [2 * mine]), Timed(LOOP, [mine])])


def test_what_is_slower_only_at_times_is_not_told_from_it() -> None:
    timed = [Timed(TORCH, [1.0, 1.0, 1.0]), Timed(MINE, [0.9, 1.1, 1.2]), Timed(LOOP, [0.5, 0.5, 0.5])]
    assert list(goals.growth_goals(Growth([Point("width", 64, timed)])))[2] == (
        "The whole call against PyTorch: above it nowhere: met; not told from it at width 64 (1.10 times)."
    )


def test_growth_says_where_a_curve_is_above() -> None:
    growth = Growth([point(64, 1e-4), point(2048, 8e-4)])
    assert list(goals.growth_goals(growth)) == [
        "The loop alone against PyTorch: above it nowhere: met.",
        "The loop alone against PyTorch, fused optimizer: above it nowhere: met.",
        "The whole call against PyTorch: above it at width 2,048 (1.60 times): **not met**.",
        "The whole call against PyTorch, fused optimizer: above it nowhere: met.",
    ]
    assert [cells(line) for line in tables.growth_table(growth)[2:]] == [
        ["64", "10.0", "", "5.00", "", "", "1,000", "200"],
        ["2,048", "1.25", "", "0.62", "", "", "1,000", "1,600"],
    ]


def test_memory_is_compared() -> None:
    memory = Memory(9e6, [Peak("W1", "whygrad auto", 3e7), Peak("W1", TORCH, 2e8), Peak("W1", JAX, 2.5e7)])
    assert list(goals.memory_goals(memory)) == [
        "W1: 0.15 of what PyTorch needs (met), 1.20 of what JAX, scan needs (**not met**)."
    ]
    assert tables.memory_table(memory)[2:] == [
        "| whygrad auto |  29 |",
        "| PyTorch      | 191 |",
        "| JAX, scan    |  24 |",
    ]


def test_whole_processes_are_compared() -> None:
    whole = Whole([Timed(TORCH, [8.0, 9.0]), Timed("whygrad python", [0.25, 0.25])])
    assert tables.whole_table(whole) == [
        "|                    | PyTorch / it |    s | least to most |",
        "|--------------------|-------------:|-----:|--------------:|",
        "| **whygrad python** |         34.0 | 0.25 |  0.25 to 0.25 |",
        "| PyTorch            |         1.00 | 8.50 |  8.00 to 9.00 |",
    ]
