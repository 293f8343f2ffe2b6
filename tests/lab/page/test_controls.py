"""The controls of the lab's page: each asks for what it says, and what is refused stays where it was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.render.window import missing

if TYPE_CHECKING:
    from tests.lab.page.conftest import Opening

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

CONTROLS: dict[str, dict[str, Any]] = {
    "Step on": {"do": "step", "unit": "move"},
    "Step back": {"do": "step", "unit": "move", "back": True},
    "Update on": {"do": "step", "unit": "update"},
    "Update back": {"do": "step", "unit": "update", "back": True},
    "Epoch on": {"do": "step", "unit": "epoch"},
    "Reset": {"do": "reset"},
    "Run": {"do": "step", "unit": "update", "count": 100},
}
KEYS: dict[str, dict[str, Any]] = {
    "ArrowRight": CONTROLS["Step on"],
    "ArrowLeft": CONTROLS["Step back"],
    "Shift+ArrowRight": CONTROLS["Update on"],
    "Shift+ArrowLeft": CONTROLS["Update back"],
    "r": CONTROLS["Reset"],
    "Space": {"do": "play", "unit": "move", "per_second": 2},
}


def test_every_button_asks_for_what_it_says(opening: Opening) -> None:
    window = opening()
    for name, request in CONTROLS.items():
        window.button(name).click()
        window.asks(request)
    window.part("wg-controls select").nth(0).select_option("update")
    window.part("wg-controls select").nth(1).select_option("10")
    window.button("Play").click()
    window.asks({"do": "play", "unit": "update", "per_second": 10})
    window.button("Pause").click()
    window.asks({"do": "pause"})
    window.part("wg-moves button").nth(3).click()
    window.asks({"do": "go", "update": 100, "moves": 3})


def test_the_scrubber_goes_to_any_update_made(opening: Opening) -> None:
    window = opening()
    window.button("Run").click()
    window.at(100, 0)
    slider = window.part("input[type=range]")
    assert slider.get_attribute("max") == "100"
    slider.evaluate("slider => { slider.value = 40; slider.dispatchEvent(new Event('input')); }")
    window.at(40, 0)
    window.asks({"do": "go", "update": 40, "moves": 0})


def test_every_key_asks_for_what_the_help_says(opening: Opening) -> None:
    window = opening()
    for key, request in KEYS.items():
        window.page.keyboard.press(key)
        window.asks(request)


def test_a_text_field_and_a_slider_keep_their_keys(opening: Opening) -> None:
    window = opening()
    window.button("Update on").click()
    window.at(1, 0)
    before = len(window.lab.asked)
    window.part("wg-formula input").press("r")
    window.part("wg-formula input").press("ArrowRight")
    window.button("Step on").focus()
    window.page.keyboard.press("Space")
    window.asks(CONTROLS["Step on"])
    assert len(window.lab.asked) == before + 1


def test_a_weight_is_set_by_typing_and_a_slip_stays(opening: Opening) -> None:
    window = opening()
    field = window.part("wg-weights input[data-ref='hidden.W[0,0]']")
    field.fill("many")
    field.press("Enter")
    window.part("wg-weights .fault").get_by_text("“many” is no number.").wait_for()
    window.button("Reset").click()
    assert field.input_value() == "many"
    field.fill("−0,5")
    field.press("Enter")
    window.asks({"do": "set-weight", "name": "w1", "value": -0.5})
    window.part("wg-network .edge.negative").wait_for(state="attached")
    assert field.input_value() == "−0.500000"


def test_a_setting_is_changed_and_a_refused_one_stays_with_its_reason(opening: Opening) -> None:
    window = opening()
    window.button("Update on").click()
    window.at(1, 0)
    rate = window.page.get_by_label("Learning rate")
    rate.fill("-1")
    rate.press("Enter")
    window.asks({"do": "change", "key": "training.learning_rate", "value": -1, "called": "Learning rate"})
    window.part("wg-settings [aria-invalid=true]").wait_for()
    assert rate.input_value() == "-1"
    assert "expected a number above 0, found -1" in window.part("wg-settings .fault").first.inner_text()
    assert window.part("wg-notes .kind-error").count() == 0
    window.button("Update on").click()
    window.at(2, 0)
    assert rate.input_value() == "-1"
    rate.fill("0.1")
    rate.press("Enter")
    window.part("wg-notes .kind-note").get_by_text("goes on").wait_for()
    assert window.part("wg-settings [aria-invalid=true]").count() == 0
    window.page.get_by_label("Optimizer").select_option("adam")
    window.asks({"do": "change", "key": "training.optimizer", "value": {"name": "adam"}, "called": "Optimizer"})
    beta = window.page.get_by_label("adam: beta1")
    beta.fill("0.8")
    beta.press("Enter")
    constants = {"name": "adam", "beta1": 0.8, "beta2": 0.999, "epsilon": 1e-8}
    window.asks({"do": "change", "key": "training.optimizer", "value": constants, "called": "adam: beta1"})


def test_until_a_change_is_answered_nothing_is_shown_as_current(opening: Opening) -> None:
    window = opening()
    window.is_slow = True
    window.page.get_by_label("Optimizer").select_option("adam")
    window.part("#lab[data-waiting][aria-busy=true]").wait_for()
    window.is_slow = False
    window.button("Reset").click()
    window.part("#lab:not([data-waiting])").wait_for()


def test_layers_are_changed_in_the_line_that_says_them(opening: Opening) -> None:
    window = opening("xor")
    window.page.get_by_label("Activation of layer 1").select_option("tanh")
    window.asks(
        {"do": "change", "key": "network.layers", "value": "2 -> 8 tanh -> 1", "called": "Activation of layer 1"}
    )
    window.part("wg-network .activation").get_by_text("tanh").wait_for()
    units = window.page.get_by_label("Units of layer 1")
    units.fill("3")
    units.press("Enter")
    window.asks({"do": "change", "key": "network.layers", "value": "2 -> 3 tanh -> 1", "called": "Units of layer 1"})
    window.part("wg-network [data-key='unit 1 3']").wait_for(state="detached")
    assert window.part("wg-network g.unit").count() == 6


def test_presets_and_experiments_are_opened_and_a_faulty_text_is_not_lost(opening: Opening) -> None:
    window = opening()
    window.part("wg-header select").select_option("xor")
    window.asks({"do": "open", "preset": "xor"})
    window.part("h1").get_by_text("XOR").wait_for()
    window.button("Experiment …").click()
    text = window.part("dialog textarea")
    assert "learning_rate = 0.1" in text.input_value()
    text.fill("title = 3")
    window.part("dialog").get_by_role("button", name="Open").click()
    window.asks({"do": "open", "experiment": "title = 3"})
    window.part("dialog .fault code").wait_for()
    assert text.input_value() == "title = 3"
    window.part("dialog").get_by_role("button", name="Close").click()


def test_the_curve_shows_the_losses_and_goes_where_it_is_clicked(opening: Opening) -> None:
    window = opening()
    window.button("Run").click()
    window.at(100, 0)
    path = window.part("wg-chart .curve")
    straight = path.get_attribute("d")
    window.page.get_by_label("log scale").check()
    assert path.get_attribute("d") != straight
    frame = window.part("wg-chart .drawing")
    frame.hover(position={"x": 62, "y": 100})
    assert window.part("wg-chart .readout").inner_text() == "after 0 updates: loss 0.3036417601333157"
    frame.click(position={"x": 200, "y": 100})
    window.asks({"do": "go", "update": 28, "moves": 0})
    window.part("wg-chart summary").click()
    assert window.part("wg-chart tbody td").first.inner_text() == "0.3036417601333157"
    for kind in ("SVG", "PNG"):
        with window.page.expect_download() as saved:
            window.button(f"Save the loss curve as {kind}").click()
        assert saved.value.suggested_filename == f"loss.{kind.lower()}"
