"""Softmax with cross-entropy the long way, to the same p - y."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.asked import asked
from tests.explain.taken import called, links_in, links_of
from whygrad import evaluate, train
from whygrad.document import Derivative, Equation, Equations, Formula, Quantity, Section, Table
from whygrad.errors.explain import NoSoftmax
from whygrad.explain import Links, Wanted, explained
from whygrad.explain.jacobian import jacobian_section
from whygrad.graph import Expr, Input
from whygrad.notation import text
from whygrad.primitive import cross_entropy_of, cross_entropy_with_softmax, softmax


@pytest.fixture(scope="module")
def penguins() -> Links:
    return links_in(train("examples/penguins.toml").step(0))


def equations(section: Section) -> list[Equation]:
    return [line for block in section.blocks if isinstance(block, Equations) for line in block.lines]


def test_the_long_way_ends_at_prediction_less_target(penguins: Links) -> None:
    for row in (0, 7, 31):
        lines = equations(jacobian_section(penguins, row))[3:]
        for line, name in zip(lines, ("Adelie", "Chinstrap", "Gentoo"), strict=True):
            left, _, _, value, short = line.sides
            assert left == Derivative("E", f"net_{name}({row})")
            assert isinstance(value, Quantity)
            assert isinstance(short, Formula)
            assert text(short.expr) == f"out_{name}({row}) - target_{name}({row})"
            p, y = (called(penguins, f"{each}_{name}({row})").value for each in ("out", "target"))
            assert value.value == pytest.approx(p - y, abs=1e-14)


def test_the_jacobian_is_the_softmaxs(penguins: Links) -> None:
    (table,) = [block for block in jacobian_section(penguins, 2).blocks if isinstance(block, Table)]
    p = np.array([called(penguins, f"out_{name}(2)").value for name in ("Adelie", "Chinstrap", "Gentoo")])
    shown = np.array([row[2] for row in table.rows]).reshape(3, 3)
    np.testing.assert_allclose(shown, np.diag(p) - np.outer(p, p), atol=1e-15)


def test_it_stands_in_the_derivation_when_asked_for(penguins: Links) -> None:
    page = explained(penguins, called(penguins, "dE/dnet_Gentoo(2)"), Wanted(jacobian=True))
    assert "Softmax in full" in [section.title for section in page.sections]


def test_the_definition_of_cross_entropy_is_worth_what_is_learned() -> None:
    z, y = Input((1, 3), "z"), Input((1, 3), "y")
    values: dict[Expr, Any] = {z: np.array([[0.3, -1.2, 2.0]]), y: np.array([[0.0, 0.25, 0.75]])}
    fused, predicted = cross_entropy_with_softmax(z, y), softmax(z)
    said = evaluate([predicted, fused], values)
    p, t = [Input((), f"p{k}") for k in range(3)], [Input((), f"t{k}") for k in range(3)]
    plain = cross_entropy_of(p, t)
    singles: dict[Expr, Any] = dict(zip([*p, *t], [*said[predicted][0], *values[y][0]], strict=True))
    assert float(evaluate([plain], singles)[plain]) == pytest.approx(float(said[fused][0]), rel=1e-14)


def test_a_network_without_softmax_is_told() -> None:
    with pytest.raises(NoSoftmax) as caught:
        jacobian_section(links_of(asked("2 -> 3 tanh -> 1 sigmoid")))
    assert str(caught.value) == (
        "WG402 this network does not learn a softmax with cross-entropy\n"
        "  try: leave --jacobian out: the gradients of the nets are derived without it"
    )


def test_a_softmax_too_wide_for_a_page_is_told(penguins: Links, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whygrad.explain.jacobian.CLASSES_AT_MOST", 2)
    with pytest.raises(NoSoftmax) as caught:
        jacobian_section(penguins)
    assert str(caught.value) == (
        "WG402 the softmax of this network has 3 outputs, too many for its Jacobian on a page\n"
        "  why: the Jacobian has a row and a column for each output, and goes up to 2\n"
        "  try: leave --jacobian out: the gradients of the nets are derived without it"
    )
