"""By hand: every number rounded before it is used, and how far that drifts."""

from __future__ import annotations

import pytest

from tests.explain.taken import RUNNER, called, links_of
from whygrad.document import Equations, Formula, Table
from whygrad.errors.explain import TooManyElements
from whygrad.explain import ByHand, Links, Wanted, explained, worked_solution
from whygrad.explain.hand import drifts
from whygrad.notation import Numbers


def by_hand(digits: int, *, fixed: bool = False) -> Links:
    links = links_of("examples/notes-222.toml")
    return Links(ByHand(links.chart, RUNNER, Numbers(digits, fixed=fixed)), RUNNER)


def test_every_value_is_that_of_its_rounded_numbers_rounded() -> None:
    links = by_hand(4)
    net, out = called(links, "net_Y1"), called(links, "out_Y1")
    assert net.value == 1.136  # 0.5933 * 0.4 + 0.5969 * 0.5 + 0.6 = 1.13577
    assert out.value == 0.7569
    assert called(links, "dE/dnet_Y1").value == 0.1374
    assert called(links, "w1").value == 0.15


def test_a_tutorials_own_figures_come_of_four_decimals() -> None:
    links = by_hand(4, fixed=True)
    assert called(links, "net_H1").value == 0.3775
    assert called(links, "out_H1").value == 0.5933
    assert called(links, "dE/dw1").value == 0.0005  # 0.05 * 0.0090, the half up


def test_with_all_digits_nothing_drifts() -> None:
    links = by_hand(17)
    assert isinstance(links.chart, ByHand)
    elements = [called(links, name) for name in ("out_Y1", "dE/dw1", "w5_new", "loss")]
    assert [drift.off for drift in drifts(links.chart, elements)] == pytest.approx([0.0] * 4, abs=1e-16)


def test_what_was_rounded_is_only_about_equal() -> None:
    links = by_hand(4)
    page = explained(links, called(links, "out_H1"), Wanted(numbers=Numbers(4)))
    lines = [line for block in page.sections[0].blocks if isinstance(block, Equations) for line in block.lines]
    assert [line.relations[-1] for line in lines] == ["=", "≈"]
    assert all(isinstance(line.sides[2], Formula) for line in lines)


def test_the_drift_stands_beside_the_exact_value() -> None:
    links = by_hand(3)
    page = explained(links, called(links, "w5"), Wanted(numbers=Numbers(3)))
    assert page.title == "Why dE/dw5 is 0.0812"
    assert [section.title for section in page.sections] == ["Step by step, as by hand", "How far rounding drifts"]
    (table,) = [block for block in page.sections[1].blocks if isinstance(block, Table)]
    name, hand, exact, off, share = table.rows[-1]
    assert (name, hand) == ("dE/dw5", 0.0812)
    assert exact == pytest.approx(0.081534, abs=5e-7)
    assert off == pytest.approx(0.0812 - 0.081534, abs=5e-7)
    assert share == "-0.41%"


def test_the_whole_step_by_hand_ends_with_its_drift() -> None:
    page = worked_solution(by_hand(4), Wanted(numbers=Numbers(4)))
    assert page.title == "One step, worked by hand"
    assert page.sections[-1].title == "How far rounding drifts"


def test_too_long_a_way_by_hand_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whygrad.explain.hand.STEPS_AT_MOST", 3)
    with pytest.raises(TooManyElements, match="WG401 this step worked out would be about"):
        called(by_hand(4), "dE/dw1")


@pytest.mark.parametrize(
    ("value", "numbers", "rounded"),
    [
        (0.05 * 0.25 + 0.1 * 0.3 + 0.35, Numbers(3), 0.393),  # in binary a little below 0.3925
        (0.05 * 0.00895, Numbers(3), 0.000448),
        (0.00045, Numbers(4, fixed=True), 0.0005),
        (0.15, Numbers(1), 0.2),
        (-0.25, Numbers(1), -0.3),
        (12345.678, Numbers(4), 12346.0),
        (1.23456e-9, Numbers(3), 1.23e-9),
        (4.1e-9, Numbers(4, fixed=True), 4.1e-9),
        (0.1 + 0.2, Numbers(17), 0.3),
    ],
)
def test_a_pencil_rounds_halves_up_and_knows_no_binary_digits(value: float, numbers: Numbers, rounded: float) -> None:
    assert numbers.rounded(value) == rounded
