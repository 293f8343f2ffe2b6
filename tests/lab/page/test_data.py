"""The Data panel in the browser: a table that is typed into, a plane that is drawn in, a file of this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.lab.page.host import EXAMPLES
from tests.lab.page.test_access import LOOKS, faults
from tests.render.window import missing

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.lab.page.conftest import Opening, Window

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


def shown(window: Window) -> Window:
    """The same window with the panel, ready to be typed into."""
    window.button("Data").click()
    window.part("wg-panel-data fieldset:enabled").wait_for()
    return window


def cell(window: Window, column: str, row: int) -> Locator:
    return window.page.get_by_label(f"{column} of row {row}", exact=True)


def table(window: Window) -> dict[str, list[Any]]:
    """The experiment's own table, as the lab has it."""
    return {name: list(cells) for name, cells in (window.lab.session.experiment.data.columns or {}).items()}


def edits(window: Window) -> list[dict[str, Any]]:
    return [each["ask"]["edit"] for each in window.lab.asked if each.get("tool") == "rows"]


def until(window: Window, wanted: dict[str, list[Any]]) -> None:
    """Wait until the lab has this table."""
    for _ in range(200):
        if table(window) == wanted:
            return
        window.page.wait_for_timeout(10)
    assert table(window) == wanted


def test_a_cell_is_typed_and_a_slip_stays_beside_its_reason(opening: Opening) -> None:
    window = shown(opening("xor"))
    window.button("Update on").click()
    window.at(1, 0)
    field = cell(window, "x1", 2)
    field.fill("many")
    field.press("Enter")
    window.part("wg-rows-table .fault code").get_by_text("WG1022").wait_for()
    assert (field.input_value(), field.get_attribute("aria-invalid")) == ("many", "true")
    fault = field.get_attribute("aria-describedby")
    assert "column of numbers" in window.part(f"#{fault}").inner_text()
    assert window.part("wg-notes .kind-error").count() == 0
    assert window.lab.session.end == 1
    field.fill("0,75")
    field.press("Enter")
    window.part("wg-notes .kind-note").get_by_text("row 2 was changed: the run starts again").wait_for()
    until(window, {"x1": [0, 0, 0.75, 1], "x2": [0, 1, 0, 1], "y": [0, 1, 1, 0]})
    window.part("wg-rows-table .fault code").wait_for(state="detached")
    window.at(0, 0)
    assert cell(window, "x1", 2).input_value() == "0.75"
    assert window.part("wg-rows-plane g[data-row]").count() == 4


def test_rows_come_and_go_and_the_last_edit_is_taken_back(opening: Opening) -> None:
    window = shown(opening("students"))
    undo = window.button("Undo the last edit")
    assert undo.is_disabled()
    window.page.get_by_label("hours of a new row").fill("2.5")
    window.button("Add").click()
    window.part("wg-rows-table .fault code").get_by_text("WG308").wait_for()
    assert window.page.get_by_label("hours of a new row").input_value() == "2.5"
    window.page.get_by_label("passed of a new row").fill("1")
    window.page.get_by_label("passed of a new row").press("Enter")
    until(window, {"hours": [1, 2, 3, 4, 2.5], "passed": [0, 0, 1, 1, 1]})
    cell(window, "hours", 4).wait_for()
    assert window.page.get_by_label("hours of a new row").input_value() == ""
    window.button("Delete row 0").click()
    until(window, {"hours": [2, 3, 4, 2.5], "passed": [0, 1, 1, 1]})
    undo.click()
    until(window, {"hours": [1, 2, 3, 4, 2.5], "passed": [0, 0, 1, 1, 1]})
    window.part("wg-panel-data fieldset:enabled").wait_for()
    undo.click()
    until(window, {"hours": [1, 2, 3, 4], "passed": [0, 0, 1, 1]})
    window.part("wg-notes").get_by_text("taken back").last.wait_for()
    window.part("wg-panel-data button:disabled:has-text('Undo the last edit')").wait_for()
    assert window.lab.session.experiment.network.weights["w"].value == 0.1


def test_after_another_change_nothing_is_taken_back(opening: Opening) -> None:
    window = shown(opening("xor"))
    window.button("Delete row 3").click()
    until(window, {"x1": [0, 0, 1], "x2": [0, 1, 0], "y": [0, 1, 1]})
    window.part("wg-panel-data button:enabled").get_by_text("Undo the last edit").wait_for()
    window.page.get_by_label("Optimizer").select_option("adam")
    window.part("wg-panel-data button:disabled").get_by_text("Undo the last edit").wait_for()
    assert window.page.get_by_label("Toy data").input_value() == "none"
    window.page.get_by_label("Toy data").select_option("circles")
    window.part("wg-panel-data > fieldset > .note").get_by_text("toy set circles: 200 rows").wait_for()


PASTE = """(field, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    field.focus();
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_cells_of_a_spreadsheet_are_pasted_over_the_table(opening: Opening) -> None:
    window = shown(opening("xor"))
    cell(window, "x2", 3).evaluate(PASTE, "0.5\t1\n0,25\t0\n")
    window.part("wg-rows-table .fault").get_by_text("WG307").wait_for()
    cell(window, "x1", 3).evaluate(PASTE, "3\t0.5\t1\n4\t0,25\t0\n")
    until(window, {"x1": [0, 0, 1, 3, 4], "x2": [0, 1, 0, 0.5, 0.25], "y": [0, 1, 1, 1, 0]})
    cell(window, "x1", 4).wait_for()
    window.page.get_by_label("x1 of a new row").evaluate(PASTE, "7\t8\t1\n")
    until(window, {"x1": [0, 0, 1, 3, 4, 7], "x2": [0, 1, 0, 0.5, 0.25, 8], "y": [0, 1, 1, 1, 0, 1]})


def test_columns_are_named_added_deleted_and_chosen(opening: Opening) -> None:
    window = shown(opening("xor"))
    window.part("wg-panel-data summary").get_by_text("Columns").click()
    name = window.page.get_by_label("Name of the column x1")
    name.fill("x2")
    name.press("Enter")
    window.part("wg-rows-columns .fault").get_by_text("WG1025").wait_for()
    name = window.page.get_by_label("Name of the column x1")
    assert name.input_value() == "x1"
    name.fill("left")
    name.press("Enter")
    until(window, {"left": [0, 0, 1, 1], "x2": [0, 1, 0, 1], "y": [0, 1, 1, 0]})
    window.page.get_by_label("New column", exact=True).fill("z")
    window.page.get_by_label("In every row").fill("2")
    window.button("Add column").click()
    until(window, {"left": [0, 0, 1, 1], "x2": [0, 1, 0, 1], "y": [0, 1, 1, 0], "z": [2, 2, 2, 2]})
    window.part("wg-network [data-key='unit 0 2']").wait_for(state="attached")
    window.part("wg-notes").get_by_text("fits the data: in -> 8 relu -> out").first.wait_for()
    window.page.get_by_label("What the column x2 is used as").select_option("target")
    window.part("wg-rows-table th").get_by_text("x2 target").wait_for()
    data = window.lab.session.experiment.data
    assert (data.inputs, data.target) == (("left", "y", "z"), "x2")
    window.page.get_by_label("What the column x2 is used as").select_option("")
    window.part("wg-rows-columns .fault").get_by_text("choose another target").wait_for()
    window.page.get_by_label("What the column left is used as").select_option("")
    window.button("Delete the column z").click()
    until(window, {"left": [0, 0, 1, 1], "x2": [0, 1, 0, 1], "y": [0, 1, 1, 0]})
    assert window.lab.session.experiment.data.inputs == ("y",)
    window.page.get_by_label("What the column left holds").select_option("text")
    until(window, {"left": ["0", "0", "1", "1"], "x2": [0, 1, 0, 1], "y": [0, 1, 1, 0]})


MIDDLE = """each => {
    const { x, y, width, height } = each.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
}"""


def at(window: Window, x: float, y: float) -> tuple[float, float]:
    """Where a place of the plane stands on the screen: the corners of xor are known, and the axes are straight."""
    boxes = [window.part(f"wg-rows-plane g[data-row='{row}'] .point").evaluate(MIDDLE) for row in (0, 3)]
    (left, bottom), (right, top) = boxes
    return left + x * (right - left), bottom + y * (top - bottom)


def test_a_click_adds_a_point_dragging_moves_it_and_delete_removes_it(opening: Opening) -> None:
    window = shown(opening("xor", viewport={"width": 1400, "height": 1000}))
    plane = window.part("wg-rows-plane svg[tabindex]")
    plane.scroll_into_view_if_needed()
    window.page.get_by_label("New points have y").select_option("1")
    window.page.mouse.click(*at(window, 0.5, 0.25))
    window.part("wg-rows-plane g[data-row='4'].chosen").wait_for()
    (added,) = edits(window)
    assert added["cells"]["y"] == "1"
    assert float(added["cells"]["x1"]) == pytest.approx(0.5, abs=0.0101)
    assert float(added["cells"]["x2"]) == pytest.approx(0.25, abs=0.0101)
    assert all(len(added["cells"][name]) <= 4 for name in ("x1", "x2"))
    assert table(window)["y"] == [0, 1, 1, 0, 1]
    window.part("wg-panel-data fieldset:enabled").wait_for()  # until the answer is there nothing can be taken hold of
    window.page.mouse.move(*at(window, 0.5, 0.25))
    window.page.mouse.down()
    window.page.mouse.move(*at(window, 0.75, 0.75), steps=8)
    assert len(edits(window)) == 1
    window.page.mouse.up()
    window.part("wg-notes").get_by_text("row 4 was changed").wait_for()
    assert (table(window)["x1"][4], table(window)["x2"][4]) == pytest.approx((0.75, 0.75), abs=0.0101)
    window.part("wg-panel-data fieldset:enabled").wait_for()
    plane.focus()
    window.page.keyboard.press("Delete")
    until(window, {"x1": [0, 0, 1, 1], "x2": [0, 1, 0, 1], "y": [0, 1, 1, 0]})
    assert len(edits(window)) == 3


def test_points_are_drawn_with_keys_alone(opening: Opening) -> None:
    window = shown(opening("xor"))
    window.part("wg-rows-plane svg[tabindex]").focus()
    keys = window.page.keyboard
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowDown", "Enter"):
        keys.press(key)
    until(window, {"x1": [0, 0, 1, 1, 0.6], "x2": [0, 1, 0, 1, 0.44], "y": [0, 1, 1, 0, 0]})
    window.part("wg-rows-plane g[data-row='4']").wait_for()
    assert window.part("wg-rows-plane .readout").inner_text().startswith("the cross: x1 0.6, x2 0.44.")
    keys.press("p")
    window.part("wg-rows-plane g[data-row='4'].chosen").wait_for()
    keys.press("n")
    window.part("wg-rows-plane g[data-row='0'].chosen").wait_for()
    assert "row 0: x1 0, x2 0, y 0, training" in window.part("wg-rows-plane .readout").inner_text()
    keys.down("ArrowLeft")
    keys.down("ArrowLeft")
    assert len(edits(window)) == 1
    keys.up("ArrowLeft")
    until(window, {"x1": [-0.1, 0, 1, 1, 0.6], "x2": [0, 1, 0, 1, 0.44], "y": [0, 1, 1, 0, 0]})
    assert len(edits(window)) == 2
    keys.press("Escape")
    window.part("wg-rows-plane .chosen").wait_for(state="detached")
    assert not any(each["do"] == "step" for each in window.lab.asked)


def test_a_place_that_another_picture_names_becomes_a_point(opening: Opening) -> None:
    window = shown(opening("xor"))
    tell = "(lab, detail) => lab.dispatchEvent(new CustomEvent('wg-plane', { detail, bubbles: true }))"
    window.part("#lab").evaluate(tell, {"x": 0.123456, "y": 0.5})
    until(window, {"x1": [0, 0, 1, 1, 0.12], "x2": [0, 1, 0, 1, 0.5], "y": [0, 1, 1, 0, 0]})


def test_shape_and_colour_tell_classes_apart_and_held_out_points_are_hollow(opening: Opening) -> None:
    window = shown(opening("moons"))
    marks = window.part("wg-rows-plane g[data-row] .point")
    assert marks.count() == 200
    found = {tuple(each) for each in marks.evaluate_all("all => all.map(e => [e.getAttribute('d'), e.classList[1]])")}
    assert len({shape for shape, _ in found}) == len({colour for _, colour in found}) == len(found) == 2
    assert window.part("wg-rows-plane g[data-row] .hollow").count() == 50
    assert "200 rows (150 training, 50 test)" in window.part("wg-panel-data > fieldset > .note").inner_text()


def test_more_rows_than_are_listed_are_turned_to(opening: Opening) -> None:
    window = shown(opening("xor"))
    window.page.get_by_label("Toy data").select_option("moons")
    rows = window.page.get_by_label("moons: rows")
    rows.fill("1201")
    rows.press("Enter")
    window.part("wg-panel-data").get_by_text("rows 0 to 499 of 1201").wait_for()
    window.button("Later rows").click()
    window.part("wg-panel-data").get_by_text("rows 500 to 999 of 1201").wait_for()
    window.button("Later rows").click()
    cell(window, "x1", 1200).wait_for()
    assert window.button("Later rows").is_disabled()
    field = cell(window, "y", 1200)
    field.fill("1" if field.input_value() == "0" else "0")
    field.press("Enter")
    window.part("wg-notes").get_by_text("row 1200 was changed").wait_for()
    assert len(table(window)["y"]) == 1201


def own(window: Window, file: Path) -> None:
    """Choose a file of this machine."""
    summary = window.part("wg-panel-data summary").get_by_text("A table of your own")
    if not window.part("wg-rows-own").is_visible():
        summary.click()
    window.part("wg-rows-own input[type=file]").set_input_files(file)


def test_a_csv_file_is_looked_through_chosen_from_and_taken_up(opening: Opening) -> None:
    window = shown(opening("xor"))
    own(window, EXAMPLES / "penguins.csv")
    window.part("wg-rows-own").get_by_text("344 rows, 8 columns").wait_for()
    assert window.page.get_by_label("Target", exact=True).input_value() == "species"
    assert window.page.get_by_label("Predicted as").input_value() == "classification"
    assert window.page.get_by_label("Learn from species").is_disabled()
    row = window.part("wg-rows-own tbody tr").nth(6)
    assert row.inner_text().split("\t")[1:] == ["sex", "2 words: female, male", "11", "male, female, female, –, female"]
    window.page.get_by_label("Learn from year").uncheck()
    window.page.get_by_label("Learn from island").uncheck()
    window.button("Take it up").click()
    window.part("h1").get_by_text("species from penguins.csv").wait_for()
    experiment = window.lab.session.experiment
    assert " ".join(experiment.data.inputs) == "bill_length_mm bill_depth_mm flipper_length_mm body_mass_g sex"
    assert (experiment.network.layers, experiment.training.loss.name) == (
        "in -> 16 relu -> out softmax",
        "cross-entropy",
    )
    assert experiment.training.split.test == 0.15
    cell(window, "species", 0).wait_for()
    assert (cell(window, "species", 0).input_value(), cell(window, "bill_length_mm", 0).input_value()) == (
        "Adelie",
        "39.1",
    )
    window.button("Epoch on").click()
    window.at(8, 0)
    window.button("Undo the last edit").click()
    window.part("h1").get_by_text("XOR").wait_for()


def test_the_target_says_whether_classes_or_numbers_are_predicted(opening: Opening) -> None:
    window = shown(opening("xor"))
    own(window, EXAMPLES / "penguins.csv")
    target = window.page.get_by_label("Target", exact=True)
    target.select_option("body_mass_g")
    assert window.page.get_by_label("Predicted as").input_value() == "regression"
    window.page.get_by_label("Missing values").select_option("drop")
    window.button("Take it up").click()
    window.part("h1").get_by_text("body_mass_g from penguins.csv").wait_for()
    experiment = window.lab.session.experiment
    assert (experiment.network.layers, experiment.data.missing) == ("in -> 16 relu -> out", "drop")


BROKEN = [
    (b"", "WG303"),
    (b"a,b\n1,2\n3\n", "line 3"),
    (b"a,b\n1,caf\xe9\n", "line 2 holds the byte 0xe9"),
    (b"a,b\n" + b"1,2\n" * 200_000, "takes tables up to 666 kB"),
    (b"a\n" * 6_000, "5,999 rows"),
]


def test_a_broken_table_is_said_where_the_file_was_chosen(opening: Opening, tmp_path: Path) -> None:
    window = shown(opening("xor"))
    window.part("wg-panel-data summary").get_by_text("A table of your own").click()
    file = tmp_path / "mine.csv"
    for content, said in BROKEN:
        file.write_bytes(content)
        with window.page.expect_file_chooser() as chooser:  # the same file again, as one chooses it after mending it
            window.part("wg-rows-own input[type=file]").click()
        chooser.value.set_files(file)
        window.part("wg-rows-own .fault").get_by_text(said).first.wait_for()
        assert window.part("wg-rows-own").get_by_text("Take it up").count() == 0
        assert window.lab.session.experiment.data.toy is not None


def test_a_table_is_pasted_and_a_refused_choice_stays(opening: Opening) -> None:
    window = shown(opening("xor"))
    window.part("wg-panel-data summary").get_by_text("A table of your own").click()
    window.page.get_by_label("or paste a table, names first").fill("size\tprice\n1,5\tlow\n2,5\thigh\n3,5\thigh\n")
    window.button("Look at what was pasted").click()
    window.part("wg-rows-own").get_by_text("3 rows, 2 columns").wait_for()
    window.page.get_by_label("Learn from size").check()
    window.button("Take it up").click()
    window.part("wg-rows-own .fault").get_by_text("written with a comma").wait_for()
    assert window.page.get_by_label("Learn from size").is_checked()
    window.page.get_by_label("Learn from size").uncheck()
    window.button("Take it up").click()
    window.part("wg-rows-own .fault").get_by_text("at least one column").wait_for()
    window.page.get_by_label("or paste a table, names first").fill("size\tprice\n1.5\tlow\n2.5\thigh\n3.5\thigh\n")
    window.button("Look at what was pasted").click()
    window.part("wg-rows-own .fault").get_by_text("column").wait_for(state="detached")
    window.button("Take it up").click()
    until(window, {"size": [1.5, 2.5, 3.5], "price": ["low", "high", "high"]})


def test_without_a_server_nothing_can_be_changed(opening: Opening) -> None:
    window = shown(opening("xor"))
    window.answering = False
    window.sockets[-1].close()
    window.part("wg-panel-data fieldset:disabled").wait_for()
    window.part("wg-rows-plane g[data-row='0']").click(force=True)
    assert edits(window) == []


@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "light"), *(pytest.param(at, "dark", marks=pytest.mark.long) for at in (390, 1400))]
)
def test_the_panel_never_scrolls_the_page_sideways_and_every_control_has_a_name(
    opening: Opening, width: int, scheme: str
) -> None:
    window = shown(opening("xor", viewport={"width": width, "height": 800}, color_scheme=scheme))
    for summary in window.part("wg-panel-data summary").all():
        summary.click()
    own(window, EXAMPLES / "penguins.csv")
    window.button("Take it up").wait_for()
    assert window.page.evaluate("() => document.documentElement.scrollWidth") == width
    nameless = window.part("wg-panel-data :is(button, input, select, textarea, [role])").evaluate_all(
        """all => all.filter(each => !each.ariaLabel && !each.textContent.trim() && !each.labels?.length
                                     && each.getAttribute('role') !== 'alert')
                  .map(each => each.outerHTML)"""
    )
    assert nameless == []


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_any_part_of_the_panel(opening: Opening, look: dict[str, Any]) -> None:
    window = shown(opening("xor", **look))
    for summary in window.part("wg-panel-data summary").all():
        summary.click()
    cell(window, "x1", 0).fill("many")
    cell(window, "x1", 0).press("Enter")
    window.part("wg-rows-table .fault code").wait_for()
    own(window, EXAMPLES / "penguins.csv")
    window.button("Take it up").wait_for()
    for summary in window.part("wg-settings summary").all():
        summary.click()
    assert faults(window) == []
