"""The pages that explain a step: what stands where, and that every number is the trace's."""

from __future__ import annotations

import pytest

from whygrad import evaluate, train
from whygrad.document import Called, Derivative, Document, Equation, Equations, Formula, Quantity, Section, Table
from whygrad.explain import Links, chart_of, explained, worked_solution
from whygrad.notation import text


@pytest.fixture(scope="module")
def links() -> Links:
    return Links(chart_of(train("examples/notes-222.toml").step(0)), evaluate)


def equations(section: Section) -> list[Equation]:
    return [line for block in section.blocks if isinstance(block, Equations) for line in block.lines]


def left(line: Equation) -> str:
    side = line.sides[0]
    return side.name if isinstance(side, Called) else f"dE/d{side.by}" if isinstance(side, Derivative) else ""


def value(line: Equation) -> float:
    assert isinstance(line.sides[-1], Quantity)
    return line.sides[-1].value


def test_the_worked_solution_makes_five_moves_and_sums_up(links: Links) -> None:
    page = worked_solution(links.chart, evaluate)
    assert [section.title for section in page.sections] == [
        "Forward pass",
        "Loss",
        "Output gradients",
        "Backward to the hidden layers",
        "Update of every parameter",
        "Summary",
    ]
    forward, loss, outputs, hidden, update, _ = page.sections
    units = ["net_H1", "out_H1", "net_H2", "out_H2", "net_Y1", "out_Y1", "net_Y2", "out_Y2"]
    assert [left(line) for line in equations(forward)] == units
    assert [left(line) for line in equations(loss)] == ["E_Y1", "E_Y2", "loss"]
    assert [left(line) for line in equations(outputs)] == [
        f"dE/d{unit}" for unit in ("out_Y1", "net_Y1", "out_Y2", "net_Y2")
    ]
    assert [left(line) for line in equations(hidden)] == [
        f"dE/d{unit}" for unit in ("out_H1", "net_H1", "out_H2", "net_H2")
    ]
    assert {left(line) for line in equations(update)} == {
        name for k in (*(f"w{n}" for n in range(1, 9)), "b1", "b2") for name in (f"dE/d{k}", f"{k}_new")
    }


def test_every_value_is_the_traces(links: Links) -> None:
    for section in worked_solution(links.chart, evaluate).sections:
        for line in equations(section):
            assert value(line) == links.chart[left(line)].value


def test_a_line_has_symbols_then_numbers_then_the_value(links: Links) -> None:
    first = equations(worked_solution(links.chart, evaluate).sections[0])[0]
    name, symbols, numbers, result = first.sides
    assert name == Called("net_H1")
    assert isinstance(symbols, Formula)
    assert text(symbols.expr, symbols.names) == "x1 * w1 + x2 * w2 + b1"
    assert isinstance(numbers, Formula)
    shown = {links.chart.of[expr].name: each.value for expr, each in numbers.numbers.items()}
    assert shown == {"x1": 0.05, "w1": 0.15, "x2": 0.1, "w2": 0.2, "b1": 0.35}
    assert isinstance(result, Quantity)
    assert result.ref == "hidden.net[0,0]"


def titles(page: Document) -> list[str]:
    return [section.title for section in page.sections]


def test_a_hidden_weight_has_both_its_paths(links: Links) -> None:
    page = explained(links, "w1")
    assert page.title == "Why dE/dw1 is 0.000447976"
    assert titles(page) == [
        "As it was computed",
        "Path 1 of 2",
        "Path 2 of 2",
        "All paths together",
        "Measured, by running the step again",
    ]
    sums = equations(page.sections[3])[0]
    assert value(sums) == pytest.approx(links.chart["dE/dw1"].value, rel=1e-12)
    table = next(block for block in page.sections[1].blocks if isinstance(block, Table))
    assert [row[1] for row in table.rows] == [
        "how much of this output's error is in the loss?",
        "how wrong is the output?",
        "how steep is the activation here?",
        "what weight carries it?",
        "how steep is the activation here?",
        "what fed this weight?",
    ]


def test_an_output_weight_has_one_chain(links: Links) -> None:
    page = explained(links, "dE/dw5")
    assert titles(page) == ["As it was computed", "The chain", "Measured, by running the step again"]
    assert value(equations(page.sections[1])[0]) == pytest.approx(0.081534, abs=5e-7)


def test_a_value_is_followed_down_to_what_was_given(links: Links) -> None:
    page = explained(links, "net_Y1")
    assert left(equations(page.sections[0])[0]) == "net_Y1"
    assert [left(line) for line in equations(page.sections[1])] == ["out_H1", "out_H2", "net_H1", "net_H2"]


def test_a_linear_output_has_two_factors_and_a_hidden_weight_three() -> None:
    depth = Links(chart_of(train("examples/chain-depth.toml").step(0)), evaluate)
    lengths = {}
    for weight in ("w1", "w2", "w3", "w4"):
        chain = explained(depth, weight).sections[1]
        table = next(block for block in chain.blocks if isinstance(block, Table))
        lengths[weight] = len(table.rows)
    assert lengths == {"w1": 3, "w2": 3, "w3": 2, "w4": 2}
