"""Ways of writing the same method down: notes wholly under one have no error, and it is named and can be compared."""

from __future__ import annotations

import json

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.check.by_hand import Solution, Ways
from tests.check.marked import NOTES_222, charts, marked
from whygrad.check.comparing import compared
from whygrad.check.convention import CONVENTIONS, MINUS, SEPARATE
from whygrad.errors.check import UnknownConvention
from whygrad.pipeline.marking import Marking, check

WAYS = ("full", "mean", "negative", "biases_stay", "in_sequence", "by_origin", "minus")


def experiment_of(solution: Solution, loss: str = "sum half-squared-error", bias: str = "shared") -> str:
    """The network of a solution by the usual conventions, whatever the solution does."""
    units = [[solution.unit(layer, unit) for unit in range(size)] for layer, size in enumerate(solution.ways.sizes[1:])]
    sources = [[f"x{n + 1}" for n in range(solution.ways.sizes[0])], *units]
    columns = [f"x{n} = [{value}]" for n, value in enumerate(solution.x, 1)]
    columns += [f"t{n} = [{value}]" for n, value in enumerate(solution.t, 1)]
    layers = "".join(
        f'[[network.layers]]\ntype = "dense"\nunits = {json.dumps(names)}\nactivation = "sigmoid"\nbias = "{bias}"\n'
        for names in units
    )
    usual = Solution(Ways(solution.ways.sizes, seed=solution.ways.seed)).names
    values = {name: solution.w[place[0]][place[1]][place[2]] for place, name in solution.names.items()}
    weights = "".join(
        f'{name} = {{ from = "{sources[layer][of]}", to = "{units[layer][unit]}", value = {values[name]} }}\n'
        for (layer, unit, of), name in usual.items()
    )
    if bias == "shared":
        weights += "".join(
            f"b{n + 1} = {{ to = {json.dumps(names)}, value = {solution.b[n][0]} }}\n" for n, names in enumerate(units)
        )
    else:
        every = [(name, n) for n, names in enumerate(units) for name in names]
        weights += "".join(f'b_{name} = {{ to = "{name}", value = {solution.b[n][0]} }}\n' for name, n in every)
    targets = json.dumps([f"t{n + 1}" for n in range(len(solution.t))])
    return (
        f"[data]\ntarget = {targets}\n[data.columns]\n" + "\n".join(columns) + f"\n{layers}[network.weights]\n{weights}"
        f'[training]\nloss = "{loss}"\nlearning_rate = {solution.rate}\nepochs = 1\nbatch_size = "per row"\n'
    )


def held(ways: Ways, loss: str = "sum half-squared-error", bias: str = "shared") -> Marking:
    solution = Solution(ways)
    experiment = experiment_of(solution, loss, bias)
    return Marking(marked(solution.text(), experiment), "it")


@pytest.mark.parametrize("name", ["full", "mean", "negative", "biases-stay", "in-sequence", "minus", "renumbered"])
def test_notes_wholly_under_a_convention_have_no_error_and_it_is_named(name: str) -> None:
    ways = {
        "full": Ways(half=False),
        "mean": Ways(mean=True),
        "negative": Ways(negative=True),
        "biases-stay": Ways(biases_stay=True),
        "in-sequence": Ways(in_sequence=True),
        "minus": Ways(minus=True),
        "renumbered": Ways(by_origin=True),
    }[name]
    found = held(ways)
    assert [each.text for each in found.marked.errors] == []
    assert [each.name for each in found.marked.conventions] == [name]


@pytest.mark.parametrize(
    ("name", "loss", "ways"),
    [
        ("half", "sum squared-error", Ways(half=True)),
        ("sum", "mean half-squared-error", Ways(mean=False)),
    ],
)
def test_the_other_way_round(name: str, loss: str, ways: Ways) -> None:
    found = held(ways, loss)
    assert [each.text for each in found.marked.errors] == []
    assert [each.name for each in found.marked.conventions] == [name]


def test_one_bias_that_a_layer_shares_where_the_network_has_one_for_each_unit() -> None:
    """The gradient is the sum over the layer."""
    solution = Solution(Ways())
    experiment = experiment_of(solution, bias="per-unit")
    step, _ = charts(experiment)
    blames = {each.written: each.value for each in step.every()}
    lines = []
    for layer in ("h", "o"):
        total = blames[f"dE/dnet_{layer}1"] + blames[f"dE/dnet_{layer}2"]
        lines += [f"dE/db_{layer}1 = {total:.6f}", f"dE/db_{layer}2 = {total:.6f}"]
    found = marked("\n".join(lines), experiment)
    assert not found.errors
    assert [each.name for each in found.conventions] == ["shared-biases"]


def test_a_bias_for_each_unit_where_the_network_shares_them() -> None:
    step, _ = charts(NOTES_222)
    values = {each.written: each.value for each in step.every()}
    lines = ["b_H1 = 0.35", "b_H2 = 0.35"]
    lines += [f"dE/db_{unit} = {values[f'dE/dnet_{unit}']:.7f}" for unit in ("H1", "H2")]
    lines += [f"b_{unit}_new = {0.6 - 0.5 * values[f'dE/dnet_{unit}']:.7f}" for unit in ("Y1", "Y2")]
    found = check("\n".join(lines).encode(), "examples/notes-222.toml").marked
    assert not found.errors
    assert [each.name for each in found.conventions] == [SEPARATE.name]


def test_conventions_together() -> None:
    found = held(Ways(half=False, negative=True, biases_stay=True))
    assert not found.marked.errors
    assert {each.name for each in found.marked.conventions} == {"full", "negative", "biases-stay"}


@pytest.mark.parametrize("seed", range(1, 4))
def test_conventions_that_multiply_the_same_numbers_are_found_together(seed: int) -> None:
    """The mean halves what the other sign turns: with one of them alone hardly a number is right."""
    found = held(Ways(mean=True, negative=True, seed=seed))
    assert not found.marked.errors
    assert {each.name for each in found.marked.conventions} == {"mean", "negative"}


def test_one_line_is_an_error_for_which_a_convention_is_told() -> None:
    found = Marking(marked("b1_new = 0.3500000", NOTES_222), "it")
    assert [each.verdict.value for each in found.marked.errors] == ["wrong"]
    assert [[one.name for one in each] for each in found.marked.rivals] == [["biases-stay"]]
    assert "Marked against it; biases that are not updated would explain as much." in found.text()


@pytest.mark.long
@settings(phases=(Phase.explicit, Phase.generate), deadline=None)  # the example says it all
@given(
    st.sets(st.sampled_from(WAYS), max_size=3),
    st.sampled_from(((2, 2, 2), (2, 2, 1), (2, 3, 2), (3, 2, 2))),
    st.integers(1, 10_000),
)
def test_no_notes_under_conventions_are_accused(some: set[str], sizes: tuple[int, ...], seed: int) -> None:
    """Of more than a line; and then it is told under which conventions there is no error."""
    ways = Ways(sizes, digits=7, seed=seed, half="full" not in some)
    for each in some - {"full"}:
        setattr(ways, each, True)
    found = held(ways).marked
    assert not found.errors or (len(found.errors) == 1 and found.rivals)


def test_a_slip_under_a_convention_is_found_all_the_same() -> None:
    ways = Ways(half=False, biases_stay=True)
    true = Solution(ways)
    true.text()
    ways.slips = {"out_h1": true.outs[0][0] + 0.1}
    found = held(ways)
    assert [each.text.split(" ")[0] for each in found.marked.errors] == ["out_h1"]
    assert {each.name for each in found.marked.conventions} == {"full", "biases-stay"}


# How numbers change


def test_each_number_is_shown_under_another_convention() -> None:
    found = check("examples/notes/notes-222.md")
    [full] = compared(found.marked, "full")
    assert {row.name: pytest.approx(row.under / row.as_marked) for row in full.rows if row.name[:2] != "w5"} == {
        "E_Y1": 2,
        "E_Y2": 2,
        "loss": 2,
        "dE/dw5": 2,
        "dE/dw1": 2,
        "w1_new": full.rows[-1].under / full.rows[-1].as_marked,
    }
    [changed] = [row for row in full.rows if row.name == "w5_new"]
    assert changed.under == pytest.approx(0.40 - 2 * (0.40 - changed.as_marked))


def test_all_conventions_that_change_anything() -> None:
    found = compared(check("examples/notes/notes-222.md").marked, "all")
    assert [each.convention.name for each in found] == [
        "full",
        "mean",
        "negative",
        "in-sequence",
        "renumbered",
        "renumbered-hidden",
        "renumbered-output",
    ]
    numbers = {row.name: row.under for each in found if each.convention.name == "renumbered" for row in each.rows}
    assert [numbers["net_H1"], numbers["net_H2"]] == pytest.approx([0.3825, 0.39])
    assert numbers["loss"] == pytest.approx(0.298371109, rel=0.01)


def test_a_convention_that_is_used_is_compared_with_the_network_s_own() -> None:
    found = held(Ways(half=False))
    [full] = compared(found.marked, "full")
    assert full.is_used
    assert [row.under / row.as_marked for row in full.rows if row.name == "loss"] == [pytest.approx(0.5)]


def test_the_pass_after_the_update_changes_too() -> None:
    found = marked("## After the update\n\nE_total = 0.2913", NOTES_222)
    [stay] = compared(found, "biases-stay")
    assert [row.name for row in stay.rows] == ["loss"]
    assert stay.rows[0].as_marked == pytest.approx(charts(NOTES_222)[1].loss.value)
    assert stay.rows[0].under > stay.rows[0].as_marked


def test_deltas_with_the_minus_sign_are_compared_as_well() -> None:
    [minus] = compared(marked("delta_Y1 = 0.1374\nw1 = 0.15", NOTES_222), MINUS.name)
    assert [(row.name, row.under) for row in minus.rows] == [("dE/dnet_Y1", -minus.rows[0].as_marked)]


def test_in_every_form() -> None:
    found = check("examples/notes/notes-222.md").under("negative")
    assert "  39  dE/dw5      0.08153    -0.08153" in found.text().split("\n")
    assert "| 39 | dE/dw5 | 0.08153 | -0.08153 |" in found.markdown().replace("−", "-")
    assert "-0.08153" in found.html().replace("−", "-")
    [record] = found.structure()["compared"]
    assert record["convention"] == "negative"
    assert record["numbers"][0]["other"] == -record["numbers"][0]["as_marked"]
    assert "compared" not in check("examples/notes/notes-222.md").structure()


def test_a_convention_that_changes_nothing_says_so() -> None:
    assert (
        "No marked line has another number under it."
        in check("examples/notes/notes-222.md").under("biases-stay").text()
    )


def test_each_has_a_name_of_its_own() -> None:
    names = [each.name for each in (*CONVENTIONS, MINUS, SEPARATE)]
    assert len(set(names)) == len(names) == 13


def test_an_unknown_one() -> None:
    with pytest.raises(UnknownConvention) as caught:
        check("examples/notes/notes-222.md").under("haf")
    assert str(caught.value).startswith(
        "WG1122 there is no convention haf\n  why: there are all, full, half, mean, sum,"
    )
    assert str(caught.value).endswith("\n  try: did you mean half?")
