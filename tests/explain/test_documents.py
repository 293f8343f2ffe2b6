"""The pages that explain a step: what stands where, and that every number is the trace's."""

from __future__ import annotations

import pytest

from tests.asked import asked
from tests.explain.taken import called, links_of
from whygrad.document import Called, Derivative, Document, Equation, Equations, Formula, Quantity, Section, Table
from whygrad.errors.explain import TooManyElements
from whygrad.explain import Links, Wanted, explained, worked_solution
from whygrad.graph import Input
from whygrad.notation import text


@pytest.fixture(scope="module")
def links() -> Links:
    return links_of("examples/notes-222.toml")


def derived(links: Links, name: str, wanted: Wanted | None = None) -> Document:
    return explained(links, called(links, name), wanted or Wanted())


def equations(section: Section) -> list[Equation]:
    return [line for block in section.blocks if isinstance(block, Equations) for line in block.lines]


def left(line: Equation) -> str:
    side = line.sides[0]
    return side.name if isinstance(side, Called) else f"dE/d{side.by}" if isinstance(side, Derivative) else ""


def value(line: Equation) -> float:
    assert isinstance(line.sides[-1], Quantity)
    return line.sides[-1].value


def test_the_worked_solution_makes_five_moves_and_sums_up(links: Links) -> None:
    page = worked_solution(links, Wanted())
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
    for section in worked_solution(links, Wanted()).sections:
        for line in equations(section):
            assert value(line) == called(links, left(line)).value


def test_a_line_has_symbols_then_numbers_then_the_value(links: Links) -> None:
    first = equations(worked_solution(links, Wanted()).sections[0])[0]
    name, symbols, numbers, result = first.sides
    assert name == Called("net_H1")
    assert isinstance(symbols, Formula)
    assert text(symbols.expr, symbols.names) == "x1 * w1 + x2 * w2 + b1"
    assert isinstance(numbers, Formula)
    shown = {expr.name: each.value for expr, each in numbers.numbers.items() if isinstance(expr, Input)}
    assert shown == {"x1": 0.05, "w1": 0.15, "x2": 0.1, "w2": 0.2, "b1": 0.35}
    assert isinstance(result, Quantity)
    assert result.ref == "hidden.net[0,0]"


def titles(page: Document) -> list[str]:
    return [section.title for section in page.sections]


def test_a_hidden_weight_has_both_its_paths(links: Links) -> None:
    page = derived(links, "w1")
    assert page.title == "Why dE/dw1 is 0.000447976"
    assert titles(page) == [
        "As it was computed",
        "Path 1 of 2",
        "Path 2 of 2",
        "All paths together",
        "Flow",
        "Depth of the chain",
        "Measured, by running the step again",
    ]
    sums = equations(page.sections[3])[0]
    assert value(sums) == pytest.approx(called(links, "dE/dw1").value, rel=1e-12)
    assert [(row[2], row[3]) for row in tables(page.sections[1])[0].rows] == [
        ("how much does this error count?", ""),
        ("how wrong is the output?", ""),
        ("how steep is the activation?", "w5, w7, b2"),
        ("what weight carries it?", ""),
        ("how steep is the activation?", "w2, b1"),
        ("what fed this weight?", "nothing else"),
    ]


def tables(section: Section) -> list[Table]:
    return [block for block in section.blocks if isinstance(block, Table)]


def test_a_chain_is_names_then_symbols_then_numbers_then_factors_then_the_product(links: Links) -> None:
    (line,) = equations(derived(links, "w5").sections[1])
    shown = [text(side.expr) if isinstance(side, Formula) else side for side in line.sides]
    assert shown == [
        Derivative("E", "w5"),
        "dE/dE_Y1 * dE_Y1/dout_Y1 * dout_Y1/dnet_Y1 * dnet_Y1/dw5",
        "(out_Y1 - target_Y1) * (out_Y1 * (1 - out_Y1)) * out_H1",
        "(out_Y1 - target_Y1) * (out_Y1 * (1 - out_Y1)) * out_H1",
        "dE/dE_Y1 * dE_Y1/dout_Y1 * dout_Y1/dnet_Y1 * dnet_Y1/dw5",
        Quantity(called(links, "dE/dw5").value),
    ]
    _, _, symbols, in_place, product, _ = line.sides
    assert isinstance(symbols, Formula)
    assert isinstance(in_place, Formula)
    assert isinstance(product, Formula)
    assert not symbols.numbers
    assert {each.ref for each in in_place.numbers.values()} >= {"output.out[0,0]", "y[0,0]", "hidden.out[0,0]"}
    assert len(product.numbers) == 4


def test_a_delta_that_is_needed_elsewhere_says_where(links: Links) -> None:
    (line,) = equations(derived(links, "w5").sections[0])
    assert line.note == "dE/dnet_Y1 is the same delta as for w7, b2"


def test_a_value_is_followed_down_to_what_was_given(links: Links) -> None:
    page = derived(links, "net_Y1")
    assert left(equations(page.sections[0])[0]) == "net_Y1"
    assert [left(line) for line in equations(page.sections[1])] == ["out_H1", "out_H2", "net_H1", "net_H2"]


def test_the_depth_of_a_chain_tells_links_and_multiplications() -> None:
    depth = links_of("examples/chain-depth.toml")
    for weight, links in (("w1", "3"), ("w4", "2")):
        section = derived(depth, weight).sections[2]
        assert section.title == "Depth of the chain"
        assert dict(section.blocks[0].pairs)["links from the loss"] == links  # type: ignore[union-attr]
        assert [row[1] for row in tables(section)[0].rows] == ["6", "6", "16"]


def test_a_batch_is_shown_row_by_row_and_then_through_the_strongest() -> None:
    batch = links_of(asked("2 -> 3 tanh -> 2 tanh -> 1 sigmoid", batch_size=12, order="in order"))
    page = derived(batch, "w1")
    assert titles(page)[:4] == [
        "As it was computed",
        "Row by row",
        "Path 1 of 2 through net_h1_1(11)",
        "Path 2 of 2 through net_h1_1(11)",
    ]
    rows = tables(page.sections[1])[0]
    assert rows.head == ("batch row", "data row", "its own gradient", "adds", "share")
    assert len(rows.rows) == 9
    assert rows.rows[-1][0] == "4 others"
    added = [row[3] for row in rows.rows if isinstance(row[3], float)]
    assert sum(added) == pytest.approx(called(batch, "dE/dw1").value, rel=1e-12)


def test_the_chain_of_one_row_does_not_bear_the_name_of_the_whole_gradient() -> None:
    batch = links_of(asked("2 -> 1 sigmoid", batch_size=4, order="in order"))
    page = derived(batch, "w1")
    assert titles(page)[2].startswith("The chain through net_o1(")
    (line,) = equations(page.sections[2])
    assert line.sides[0] != Derivative("E", "w1")
    assert value(line) != pytest.approx(called(batch, "dE/dw1").value, rel=0.1)


def test_of_many_paths_flow_comes_first_and_the_rest_is_added_up() -> None:
    deep = links_of(asked("2 -> 6 tanh -> 6 tanh -> 6 tanh -> 1 sigmoid", batch_size="per row"))
    page = derived(deep, "w1")
    assert titles(page)[1:4] == ["Flow", "Largest paths", "Largest path 1 of 36"]
    (table,) = tables(page.sections[2])
    assert table.rows[-1][0] == "31 others"
    products = [row[1] for row in table.rows if isinstance(row[1], float)]
    assert sum(products) == pytest.approx(called(deep, "dE/dw1").value, rel=1e-12)
    assert (
        len([each for each in titles(derived(deep, "w1", Wanted(derived=3))) if each.startswith("Largest path ")]) == 3
    )


def test_a_long_sum_keeps_its_largest_terms_and_the_rest_is_one_number() -> None:
    wide = links_of(asked("2 -> 30 tanh -> 1 sigmoid", batch_size="per row"))
    (line,) = equations(derived(wide, "net_o1").sections[0])
    assert line.note == "rest: the other 26 terms together"
    _, symbols, numbers, result = line.sides
    assert isinstance(symbols, Formula)
    assert isinstance(numbers, Formula)
    assert isinstance(result, Quantity)
    assert text(symbols.expr).endswith(" + rest")
    values = {leaf: each.value for leaf, each in numbers.numbers.items()}
    assert wide.runner.evaluate([numbers.expr], values)[numbers.expr] == pytest.approx(result.value, rel=1e-12)


def test_a_part_that_stands_twice_has_a_letter() -> None:
    penguins = links_of("examples/penguins.toml")
    lines = equations(derived(penguins, "out_Gentoo(3)").sections[0])
    assert [text(line.sides[1].expr) for line in lines if isinstance(line.sides[1], Formula)] == [
        "maximum(net_Adelie(3), net_Chinstrap(3), net_Gentoo(3))",
        "exp(net_Gentoo(3) - m)",
        "t / (exp(net_Adelie(3) - m) + exp(net_Chinstrap(3) - m) + t)",
    ]


def test_a_step_of_too_many_lines_is_refused(links: Links, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whygrad.explain.worked.LINES_AT_MOST", 20)
    with pytest.raises(TooManyElements) as caught:
        worked_solution(links, Wanted())
    assert str(caught.value) == (
        "WG401 this step worked out would be about 36 lines\n"
        "  why: a page of more than 20 is not for reading\n"
        '  try: ask for one quantity, such as --of w1, or for a step of one row: batch_size = "per row"'
    )
