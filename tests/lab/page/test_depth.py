"""Layer by layer on the page: gradient sizes, remedies, spreads, inactive units, moves unit by unit, presets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.render.window import missing
from whygrad.lab.message import Drawn, Told, Use
from whygrad.lab.panels import panel_called

if TYPE_CHECKING:
    from tests.lab.page.conftest import Opening, Window

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


def told_by(window: Window, name: str, **settings: Any) -> Any:
    panel = panel_called(name)
    return panel.draw(window.lab.desk.sight(), panel.settings(**settings))


def run(window: Window, updates: int) -> None:
    window.page.get_by_label("How many updates").fill(str(updates))
    window.button("Run").click()
    window.at(updates, 0)


def numbers(window: Window, rows: str) -> list[list[float]]:
    """A table's numbers with all their digits, row by row."""
    cells = [row.locator("td[title]").all() for row in window.part(f"{rows} tr").all()]
    return [[read(cell.get_attribute("title")) for cell in row] for row in cells]


def read(text: str | None) -> float:
    """A number as the page writes it."""
    assert text
    return float(text.replace("−", "-"))


def test_gradient_sizes_are_what_the_trace_says(opening: Opening) -> None:
    window = opening("deep-sigmoid")
    run(window, 7)
    window.button("Gradient size per layer").click()
    panel = "wg-panel-gradients"
    window.part(f"{panel} .mark").first.wait_for()
    data = told_by(window, "gradients")
    assert window.part(f"{panel} > .words").inner_text() == data["measures"][0]["words"]
    assert window.part(f"{panel} > .drawing .mark").count() == 10
    window.part(f"{panel} > details summary").click()
    sizes = [each["values"] for each in data["measures"]]
    assert numbers(window, f"{panel} > details tbody") == [[each[row] for each in sizes] for row in range(10)]
    beside = [read(each) for each in window.part(f"{panel} > .drawing text.figure").all_text_contents()]
    assert beside == pytest.approx(sizes[0], rel=5e-3)
    window.page.get_by_label("What is measured").select_option("blame")
    window.part(f"{panel} > .words").get_by_text(data["measures"][1]["words"]).wait_for()
    places = window.part(f"{panel} > .drawing .mark").evaluate_all(
        "marks => marks.map(mark => mark.getBoundingClientRect().x)"
    )
    assert places == sorted(places)
    window.button("Update on").click()
    window.part(f"{panel} > .note").get_by_text("After 8 updates,").wait_for()
    with window.page.expect_download() as saved:
        window.button("Save the gradient sizes as SVG").click()
    assert saved.value.suggested_filename == "gradients.svg"


def test_remedies_are_compared_at_a_click(opening: Opening) -> None:
    window = opening("deep-sigmoid")
    run(window, 3)
    window.button("Gradient size per layer").click()
    window.button("Compare with ReLU, normalisation, residual connections").click()
    window.asks({"do": "use", "tool": "remedies", "ask": {}})
    window.part("wg-remedies [role=status]").get_by_text("at update 3, each trained from the same seed").wait_for()
    data = [each.data for each in window.lab.desk.answers(_use()) if isinstance(each, Told)][-1]
    entries = window.part("wg-remedies .legend li").all()
    assert [each.inner_text().splitlines() for each in entries] == [
        [each["title"], each["words"]] for each in data["series"]
    ]
    assert window.part("wg-remedies .drawing .joined").count() == 4
    shapes = window.part("wg-remedies .legend path").evaluate_all("paths => paths.map(path => path.getAttribute('d'))")
    assert len(set(shapes)) == 4
    window.part("wg-remedies summary").click()
    shown = numbers(window, "wg-remedies tbody")
    assert shown[:10] == [[each["values"][row] for each in data["series"]] for row in range(10)]
    assert shown[10] == [each["loss"] for each in data["series"]]
    window.page.get_by_label("Learning rate").fill("0.5")
    window.page.get_by_label("Learning rate").press("Enter")
    window.part("wg-remedies [role=status]").get_by_text("Other settings than now; compare again.").wait_for()
    assert window.part("wg-remedies [data-stale]").count() == 1


def _use() -> Use:
    return Use("remedies")


def test_remedies_for_no_hidden_layer_are_refused_in_words(opening: Opening) -> None:
    window = opening("students")
    window.button("Gradient size per layer").click()
    window.button("Compare with ReLU, normalisation, residual connections").click()
    window.part("wg-notes").get_by_text("no hidden layer").wait_for()
    window.part("wg-remedies button:enabled").get_by_text("Compare with").wait_for()


def test_while_remedies_are_trained_the_page_says_how_far_and_can_stop(opening: Opening) -> None:
    window = opening("deep-sigmoid")
    window.button("Gradient size per layer").click()
    window.part("wg-remedies button").first.wait_for()
    data = {"update": 9, "asked": 9, "is_over": False, "percent": 40, "layers": [], "series": [], "left_out": []}
    window.say(Told("remedies", data))
    window.part("wg-remedies [role=status]").get_by_text("40 % done").wait_for()
    assert window.part("wg-remedies button").first.is_disabled()
    window.button("Stop").click()
    window.asks({"do": "pause"})
    reason = {"name": "relu", "title": "ReLU", "reason": "was stopped at update 4"}
    window.say(Told("remedies", data | {"is_over": True, "left_out": [reason]}))
    window.part("wg-remedies .left-out").get_by_text("without ReLU: was stopped at update 4").wait_for()
    assert window.part("wg-remedies button").first.is_enabled()


def test_numbers_of_each_layer_stand_on_one_axis_or_on_their_own(opening: Opening) -> None:
    window = opening("moons")
    window.button("Values per layer").click()
    panel = "wg-panel-histograms"
    window.part(f"{panel} svg").first.wait_for()
    bars = f"{panel} figure:first-child .bars title"
    data = told_by(window, "histograms")
    counts = [text.partition(" ")[0] for text in window.part(bars).all_text_contents()]
    assert counts == [str(each) for each in data["layers"][0]["counts"]]
    assert window.part(f"{panel} text.first").count() == 1
    window.page.get_by_label("Which numbers").select_option("outs")
    window.asks({"do": "watch", "panel": "histograms", "settings": {"of": "outs", "axis": "shared"}})
    window.page.get_by_label("Which axis").select_option("own")
    window.asks({"do": "watch", "panel": "histograms", "settings": {"of": "outs", "axis": "own"}})
    window.part(f"{panel} > .note").get_by_text("each of 20 rows").wait_for()
    window.part(f"{panel} text.first").nth(1).wait_for()
    data = told_by(window, "histograms", of="outs", axis="own")
    window.part(f"{panel} summary").click()
    figures = ("least", "most", "mean", "deviation")
    assert numbers(window, f"{panel} tbody") == [[each["figures"][name] for name in figures] for each in data["layers"]]


def test_a_unit_that_is_inactive_can_be_asked_about(opening: Opening) -> None:
    window = opening("xor")
    run(window, 400)
    window.button("Inactive units").click()
    panel = "wg-panel-inactive"
    window.part(f"{panel} tbody tr").first.wait_for()
    (hidden,) = told_by(window, "inactive")["layers"]
    names = [each["name"] for each in hidden["inactive"]["units"]]
    assert window.part(f"{panel} .units button").all_inner_texts() == names
    assert f"{len(names)} of 8" in window.part(f"{panel} tbody td").nth(1).inner_text()
    assert hidden["since"] in window.part(f"{panel} .since").inner_text()
    window.part(f"{panel} .units button").first.click()
    window.asks({"do": "explain", "of": f"hidden.out[0,{hidden['inactive']['units'][0]['place']}]"})
    window.part("wg-formula .title").get_by_text(f"Why out_{names[0]} is 0").wait_for()


def test_moves_go_unit_by_unit_and_only_what_is_computed_is_seen(opening: Opening) -> None:
    window = opening("notes-222")
    window.part("wg-moves select").select_option("unit")
    window.asks({"do": "divide", "by": "unit"})
    window.part("wg-moves li").nth(16).wait_for()
    assert window.part("wg-moves li").count() == 17
    seen = []
    for moves in range(17):
        seen.append((window.part("wg-units tbody").inner_text(), window.part("wg-weights tbody").inner_text()))
        assert window.part("wg-moves [aria-current=step]").count() == 1
        window.page.keyboard.press("ArrowRight")
        window.at(*((0, moves + 1) if moves < 16 else (1, 1)))
    assert len(set(seen)) == 17
    window.page.keyboard.press("ArrowLeft")
    window.at(0, 16)
    for moves in reversed(range(16)):
        window.page.keyboard.press("ArrowLeft")
        window.at(0, moves)
        assert (window.part("wg-units tbody").inner_text(), window.part("wg-weights tbody").inner_text()) == seen[moves]


def test_what_a_units_move_uses_is_lit_and_nothing_else(opening: Opening) -> None:
    window = opening("notes-222")
    window.part("wg-moves select").select_option("unit")
    window.part("wg-moves li").nth(16).wait_for()
    expected = {
        1: (["x1", "x2", "H1"], {"w1", "w2", "b1"}, "Forward pass: H1"),
        5: (["Y1"], set[str](), "Loss: Y1"),
        9: (["H1", "Y1", "Y2"], {"w5", "w6"}, "Backward to the hidden layers: H1"),
        12: ([], {"w6", "w8"}, "Update: Y2"),
        13: ([], {"b2"}, "Update: shared by output"),
    }
    for moves, (units, edges, words) in expected.items():
        window.part("wg-moves button").nth(moves).click()
        window.at(0, moves)
        window.part("wg-network .caption").get_by_text(words, exact=True).wait_for()
        assert window.part("wg-network .unit.on .name").all_text_contents() == units
        assert lit_edges(window) == edges
    window.part("wg-moves button").nth(9).click()
    window.at(0, 9)
    blame = window.part("wg-units tbody tr td:nth-child(5)").all_inner_texts()
    assert [bool(each) for each in blame] == [False, False, True, False, True, True]
    assert window.part("wg-network .unit .blame").all_text_contents() == [
        "",
        "",
        "δ 0.00896",
        "",
        "δ 0.137",
        "δ −0.0397",
    ]
    window.part("wg-moves button").nth(13).click()
    window.at(0, 13)
    values = window.part("wg-weights tbody tr td:nth-child(5)").all_inner_texts()
    assert [bool(each) for each in values] == [False] * 5 + [True] * 5


def lit_edges(window: Window) -> set[str]:
    """The names of the edges that are lit; a shared bias has one for each unit."""
    network = window.lab.opened()["network"]
    keys = window.part("wg-network .edges line").evaluate_all(
        "lines => lines.flatMap((line, place) => line.classList.contains('on') && line.classList.contains('edge')"
        " ? [lines[place + 2].dataset.key] : [])"
    )
    names = {}
    for group in network["weights"]:
        for index, name in zip(group["places"], group["names"], strict=True):
            names[f"weight {group['array']} {','.join(map(str, index))}"] = name
    for group in network["biases"]:
        for name in group["names"]:
            names |= {f"bias {group['array']} {unit}": name for unit in range(2)}
    return {names[key] for key in keys}


def test_presets_stand_in_groups_and_one_opens_trained(opening: Opening) -> None:
    window = opening("notes-222")
    groups = window.part("wg-header optgroup").evaluate_all("groups => groups.map(group => group.label)")
    assert groups == list(dict.fromkeys(each["group"] for each in window.lab.opened()["presets"]))
    window.part("wg-header select").select_option("xor-40")
    window.asks({"do": "open", "preset": "xor-40"})
    window.at(160, 0)
    assert window.part("wg-controls dd").nth(1).inner_text() == "40"


def test_a_panel_of_another_place_is_told_so(opening: Opening) -> None:
    window = opening("moons")
    window.button("Gradient size per layer").click()
    window.part("wg-panel-gradients .mark").first.wait_for()
    window.say(Drawn("gradients", 3, 0, 0, told_by(window, "gradients")))
    window.part("wg-panel-gradients > .note").get_by_text("After 3 updates,").wait_for()


def test_a_picture_that_is_wider_than_its_frame_is_scrolled_by_keys(opening: Opening) -> None:
    window = opening("deep-sigmoid", viewport={"width": 390, "height": 844})
    frame = window.part("wg-network .drawing")
    left = frame.evaluate("frame => frame.scrollLeft")
    asked = len(window.lab.asked)
    frame.press("ArrowRight")
    window.page.wait_for_timeout(300)
    assert frame.evaluate("frame => frame.scrollLeft") > left
    assert len(window.lab.asked) == asked


def test_the_page_is_no_wider_than_a_phone(opening: Opening) -> None:
    window = opening("deep-norm", viewport={"width": 390, "height": 844})
    for name in ("Gradient size per layer", "Values per layer", "Inactive units"):
        window.button(name).click()
    window.part("wg-panel-inactive tbody tr").first.wait_for()
    window.part("wg-moves select").select_option("unit")
    window.part("wg-moves li").nth(270).wait_for(state="attached")
    assert window.page.evaluate("document.documentElement.scrollWidth") <= 390
