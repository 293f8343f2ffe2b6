"""Losses fused with their activation are written as in books, where that is worth the same."""

from __future__ import annotations

import pytest

from tests.asked import asked
from tests.explain.taken import called, links_of
from whygrad.document import Formula, Quantity
from whygrad.explain.equation import definition
from whygrad.explain.textbook import STABLE
from whygrad.notation import text


@pytest.mark.parametrize(
    ("file", "name", "formula"),
    [
        ("students", "loss", "-(target_o1 * log(out_o1) + (1 - target_o1) * log(1 - out_o1))"),
        (
            "penguins",
            "E(2)",
            (
                "-(target_Adelie(2) * log(out_Adelie(2)) + target_Chinstrap(2) * log(out_Chinstrap(2))"
                " + target_Gentoo(2) * log(out_Gentoo(2)))"
            ),
        ),
    ],
)
def test_cross_entropy_is_written_over_what_the_network_says(file: str, name: str, formula: str) -> None:
    links = links_of(f"examples/{file}.toml")
    (line,) = definition(links, called(links, name))
    _, symbols, numbers, value = line.sides
    assert isinstance(symbols, Formula)
    assert isinstance(numbers, Formula)
    assert isinstance(value, Quantity)
    assert text(symbols.expr) == formula
    assert STABLE in line.note
    found = links.runner.evaluate([numbers.expr], {leaf: each.value for leaf, each in numbers.numbers.items()})
    assert found[numbers.expr] == pytest.approx(value.value, rel=1e-9)


def test_where_the_plain_formula_breaks_the_one_that_ran_stands() -> None:
    sure = links_of(asked("2 -> 1 sigmoid", learning_rate=500.0, epochs=9, batch_size="per row"), 8, 20)
    out = called(sure, "out_o1").value
    assert out in (0.0, 1.0)
    (line,) = definition(sure, called(sure, "loss"))
    assert isinstance(line.sides[1], Formula)
    assert text(line.sides[1].expr) == "binary_cross_entropy_with_logits(net_o1, target_o1)"
    assert not line.note


def test_a_squared_error_needs_no_other_form() -> None:
    links = links_of("examples/live-221.toml")
    (line,) = definition(links, called(links, "loss"))
    assert isinstance(line.sides[1], Formula)
    assert text(line.sides[1].expr) == "0.5 * (out_out - target_out) ** 2"
