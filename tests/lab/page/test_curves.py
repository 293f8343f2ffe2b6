"""Curves, kept runs and jumps in the browser: what is drawn and read out is what Python says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.render.window import missing
from whygrad.lab.panels.curves import charts

if TYPE_CHECKING:
    from tests.lab.page.conftest import Opening, Window

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


def run(window: Window, count: int) -> None:
    """So many updates more."""
    window.page.get_by_label("How many updates").fill(str(count))
    window.button("Run").click()


def told_of(window: Window, name: str) -> Any:
    """A chart as Python has it."""
    session = window.lab.session
    found = charts(session.stretches[-1].ready, session.rows(), 300)["charts"]
    return next(each for each in found if each["name"] == name)


def test_the_figures_of_the_epochs_are_read_out_listed_and_gone_to(opening: Opening) -> None:
    window = opening("overfit-cured")
    window.button("Curves").click()
    window.part("wg-panel-curves").get_by_text("No epoch is over yet.").wait_for()
    run(window, 60)
    loss = window.part("wg-curves-of").first
    loss.locator("path.curve.held[d]").last.wait_for(state="attached")
    assert window.part("wg-curves-of h3").all_inner_texts() == ["Loss", "R2", "Mean absolute error"]
    training, validation = (each["values"] for each in told_of(window, "loss")["series"])
    width = loss.locator(".drawing").bounding_box()["width"]  # type: ignore[index]
    spot = {"x": 62 + (width - 76) * 30 / 60, "y": 100}
    loss.locator(".drawing").hover(position=spot)  # type: ignore[arg-type]
    text = loss.locator(".readout").inner_text()
    assert text == f"after 30 epochs (30 updates): training {training[29]!r}, validation {validation[29]!r}"
    loss.locator("summary").click()
    cells = loss.locator("tbody tr").nth(1).locator("th, td").all_inner_texts()
    assert cells == ["3", repr(training[2]), repr(validation[2])]
    heads = loss.locator("thead th").all_inner_texts()
    assert heads == ["epochs made", "training", "validation"]
    loss.locator(".drawing").click(position=spot)  # type: ignore[arg-type]
    window.asks({"do": "go", "update": 30, "moves": 0})
    window.at(30, 0)
    straight = loss.locator("path.curve.c0").last.get_attribute("d")
    loss.get_by_label("log scale").check()
    assert loss.locator("path.curve.c0").last.get_attribute("d") != straight
    for kind in ("SVG", "PNG"):
        with window.page.expect_download() as saved:
            loss.get_by_role("button", name=f"Save the loss curve as {kind}").click()
        assert saved.value.suggested_filename == f"loss.{kind.lower()}"


def test_a_curve_is_shown_or_not_as_its_button_says(opening: Opening) -> None:
    window = opening("students")
    run(window, 40)
    window.button("Curves").click()
    right = window.part("wg-curves-of").nth(1)
    right.get_by_role("button", name="precision, training").wait_for()
    names = {each.get_attribute("data-series"): each for each in right.locator(".legend button").all()}
    pressed = {name: each.get_attribute("aria-pressed") for name, each in names.items()}
    assert pressed == {"accuracy": "true", "precision": "false", "recall": "false"}
    assert right.locator("svg[role=img] path.curve").count() == 1
    right.get_by_role("button", name="recall, training").press("Enter")
    assert right.locator("svg[role=img] path.curve.c2").count() == 1
    assert window.page.evaluate("document.activeElement.dataset.series") == "recall"
    dashes = "all => all.map(each => getComputedStyle(each).strokeDasharray)"
    assert len(set(right.locator(".legend path").evaluate_all(dashes))) == 3
    right.get_by_role("button", name="accuracy, training").click()
    assert right.locator("svg[role=img] path.curve").count() == 1


def test_a_kept_run_is_drawn_with_the_next_one_and_comes_back_after_a_reload(opening: Opening) -> None:
    window = opening("xor")
    run(window, 80)
    window.button("Curves").click()
    window.part("wg-curves-of path.curve[d]").first.wait_for(state="attached")
    window.button("Keep this run").click()
    item = window.part("wg-kept li")
    item.get_by_text("1: the same settings").wait_for()
    losses = window.lab.session.losses()
    field = window.page.get_by_label("Learning rate")
    field.fill("0.02")
    field.press("Enter")
    item.get_by_text("1: learning rate 0.1").wait_for()
    window.button("Reset").click()
    run(window, 40)
    window.at(40, 0)
    assert "begins the same" in item.inner_text()
    assert window.part("wg-chart .drawing path.kept.k1").get_attribute("d")
    assert window.part("wg-chart text.mark").text_content() == "1"
    frame = window.part("wg-chart .drawing")
    width = frame.bounding_box()["width"]  # type: ignore[index]
    frame.hover(position={"x": 62 + (width - 76) * 20 / 80, "y": 100})
    now = window.lab.session.losses()[20]
    readout = window.part("wg-chart .readout").inner_text()
    assert readout == f"after 20 updates: loss {now!r}; run 1: {losses[20]!r}"
    epochs = window.part("wg-curves-of").first
    assert epochs.locator("path.kept.k1").count() == 1
    epochs.locator(".drawing").hover(position={"x": 62 + (width - 76) * 5 / 20, "y": 100})
    assert "; run 1: training " in epochs.locator(".readout").inner_text()
    seed = window.page.get_by_label("Seed", exact=True)
    seed.fill("8")
    seed.press("Enter")
    item.get_by_text("begins with other weights than the run now").wait_for()
    window.page.reload()
    window.part("wg-kept li").get_by_text("1: learning rate 0.1, seed 7").wait_for()
    window.button("Start again with run 1").click()
    window.part("wg-kept li").get_by_text("1: the same settings").wait_for()
    assert window.lab.session.experiment.training.learning_rate == 0.1
    window.button("Put run 1 away").click()
    window.part("wg-chart .drawing path.kept").wait_for(state="detached")
    assert window.page.evaluate("sessionStorage.getItem('whygrad-kept')") is None


def test_a_kept_run_of_one_epoch_is_a_dot_and_says_so(opening: Opening) -> None:
    window = opening("xor")
    window.button("Epoch on").click()
    window.at(4, 0)
    window.button("Keep this run").click()
    window.part("wg-kept li").wait_for()
    run(window, 12)
    window.at(16, 0)
    window.button("Curves").click()
    loss = window.part("wg-curves-of").first
    dot = loss.locator("circle.dot.kept.k1")
    dot.wait_for(state="attached")
    assert loss.locator("path.kept.k1").count() == 1
    assert dot.evaluate("each => getComputedStyle(each).fill") != "none"
    loss.get_by_text("A dot: run 1 made one epoch, which has no line.").wait_for()
    assert loss.locator("circle.dot.c0").count() == 0


def test_five_runs_are_kept_and_each_has_a_number_of_its_own(opening: Opening) -> None:
    window = opening("students")
    run(window, 10)
    for number in range(1, 6):
        window.part("wg-chart button:enabled").get_by_text("Keep this run").click()
        window.part("wg-kept li").nth(number - 1).wait_for()
    keep = window.button("Keep this run")
    assert (keep.is_disabled(), keep.get_attribute("title")) == (True, "5 runs are kept: put one away first")
    window.button("Put run 2 away").click()
    window.part("wg-kept li").nth(4).wait_for(state="detached")
    keep.click()
    window.part("wg-kept li").nth(4).get_by_text("2: the same settings").wait_for()


def test_a_jump_leads_there_and_what_makes_no_sense_says_why(opening: Opening) -> None:
    window = opening("students")
    run(window, 100)
    window.at(100, 0)
    jumps = window.part("wg-controls .jumps")
    assert jumps.get_by_role("button", name="where a unit died: no layer is relu").is_disabled()
    jumps.get_by_role("button", name="all rows right").click()
    window.asks({"do": "use", "tool": "find", "ask": {"what": "all-right"}})
    note = window.part("wg-notes li").last
    note.get_by_text("training rows").wait_for()
    found = window.lab.session.place.update
    window.at(found, 0)
    assert (found < 100) == ("for the first time" in note.inner_text())
    window.say({"is": "told", "tool": "find", "data": {"what": "all-right", "looked": 12, "of": 100}})
    jumps.get_by_text("12 of 100 looked at").wait_for()
    window.button("Stop looking").click()
    window.asks({"do": "pause"})
    window.say({"is": "told", "tool": "find", "data": {"what": "all-right"}})
    window.part("wg-controls .jumps button:visible").get_by_text("Stop looking").wait_for(state="hidden")


def test_a_run_ends_where_a_training_does_and_says_so(opening: Opening) -> None:
    window = opening("overfit-cured")
    run(window, 3000)
    note = window.part("wg-notes li").last
    note.get_by_text("the validation loss has not fallen for 50 epochs").wait_for()
    end = window.lab.session.end
    window.at(end, 0)
    assert "those weights are at update" in note.inner_text()
    window.button("Update on").click()
    window.at(end + 1, 0)


def test_what_a_change_did_stands_beside_it(opening: Opening) -> None:
    window = opening()
    field = window.page.get_by_label("Learning rate")
    field.fill("0.2")
    field.press("Enter")
    said = window.part("wg-settings legend .said").get_by_text("the run goes on with it from update 0")
    said.wait_for()
    weight = window.part("wg-weights input[data-ref='hidden.W[0,0]']")
    weight.fill("0.5")
    weight.press("Enter")
    window.part("wg-weights .said").get_by_text("w1 is 0.5 from update 0 on").wait_for()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), pytest.param(820, "dark", marks=pytest.mark.long)])
def test_it_fits_and_every_control_has_a_name(opening: Opening, width: int, scheme: str) -> None:
    window = opening("overfit-cured", viewport={"width": width, "height": 800}, color_scheme=scheme)
    run(window, 60)
    window.button("Curves").click()
    window.part("wg-curves-of path.curve[d]").first.wait_for(state="attached")
    window.button("Keep this run").click()
    window.part("wg-kept li").wait_for()
    assert window.page.evaluate("() => document.documentElement.scrollWidth") == width
    nameless = window.part("wg-panel-curves :is(button, input), wg-kept button, .jumps button").evaluate_all(
        "all => all.filter(each => !each.ariaLabel && !each.textContent.trim() && !each.labels?.length).length"
    )
    assert nameless == 0
