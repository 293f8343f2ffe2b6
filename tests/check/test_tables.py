"""Tables: each number is a claim, with a name made of the headers of its cell."""

from __future__ import annotations

import pytest

from tests.check.said import claims, said
from whygrad.check.reading.claims import Cell
from whygrad.check.reading.formula import Span
from whygrad.check.reading.table import name_of

NEURONS = """
| neuron | net    | activation | target | error |
| ------ | ------ | ---------- | ------ | ----- |
| **H1** | 0.3825 | `0.5944`   |        |       |
| Y1     | 0.5359 | 0.757      | 0.01   | 0.279 |
"""


def test_a_table_of_neurons() -> None:
    assert said(NEURONS) == [
        "net_H1 = 0.3825",
        "out_H1 = 0.5944",
        "net_Y1 = 0.5359",
        "out_Y1 = 0.757",
        "target_Y1 = 0.01",
        "E_Y1 = 0.279",
    ]
    first, second, *_ = claims(NEURONS)
    assert (first.cell, second.cell) == (Cell("H1", "net"), Cell("H1", "activation"))
    assert first.chain.sides[1].span == Span(4, 11, 17)
    assert NEURONS.split("\n")[3][first.span.start : first.span.end] == " 0.3825 "


def test_a_table_of_units_in_columns() -> None:
    assert said("|     | H1   | H2   |\n|-----|------|------|\n| net | 0.38 | 0.39 |\n| out | 0.59 | 0.60 |\n") == [
        "net_H1 = 0.38",
        "net_H2 = 0.39",
        "out_H1 = 0.59",
        "out_H2 = 0.60",
    ]


def test_columns_of_plain_text() -> None:
    text = "parameter   before    gradient      after\n─────────────────────────\nw5   0.40   0.081534   0.359233\n"
    assert said(text) == ["w5 = 0.40", "dE/dw5 = 0.081534", "w5_new = 0.359233"]
    gaps = "neuron  net     out\nH1      0.3775  0.5933\nH2              0.5969\n\nAnd x = 3"
    assert said(gaps) == ["net_H1 = 0.3775", "out_H1 = 0.5933", "out_H2 = 0.5969", "x = 3"]


def test_formulas_and_equations_in_cells() -> None:
    text = "| step | value |\n|--|--|\n| H1 | σ(0.3775) = 0.5933 |\n| out_Y1 | 1/(1+e^-1) |\n| x | w = 0.3, v = 0.4 |\n"
    assert said(text) == [
        "H1 = sigmoid(0.3775) = 0.5933",
        "out_Y1 = 1 / (1 + exp(-1))",
        "w = 0.3",
        "v = 0.4",
    ]


def test_rows_with_numbers_keep_the_name_of_the_column() -> None:
    found = claims("| epoch | loss |\n|---|---|\n| 0 | 1.0155 |\n| 100 | 0.2670 |\n")
    assert [(claim.cell, claim.chain.line) for claim in found] == [(Cell("0", "loss"), 3), (Cell("100", "loss"), 4)]
    assert said("| epoch | loss |\n|---|---|\n| 0 | 1.0155 |\n") == ["loss = 1.0155"]


def test_prose_in_columns_is_no_table() -> None:
    assert said("The first  thing is\nto look  0.3 times") == []
    assert said("| a | b |\nno rule, no table | 3 |") == []


@pytest.mark.parametrize(
    ("row", "column", "name"),
    [
        ("H1", "net", "net_H1"),
        ("neuron H1", "net (z)", "net_H1"),
        ("H1", "weighted sum", "net_H1"),
        ("h1", "a", "out_h1"),
        ("Y1", "δ", "delta_Y1"),
        ("w5", "value", "w5"),
        ("w5", "old", "w5"),
        ("w5", "new", "w5_new"),
        ("w5", "∂E/∂w", "dE/dw5"),
        ("w5", "change", "Δw5"),
        ("net_H1", "value", "net_H1"),
        ("target", "Y1", "target_Y1"),
        ("new", "w5", "w5_new"),
        ("0", "loss", "loss"),
        ("", "loss", "loss"),
        ("H1", "colour", "colour of H1"),
    ],
)
def test_names_of_cells(row: str, column: str, name: str) -> None:
    assert name_of(Cell(row, column)) == name
