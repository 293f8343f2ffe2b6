"""The page of the lab: every control asks for what it says, and what is shown is what the lab answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.render.window import contrast, missing
from whygrad.pipeline.derivation import explain

if TYPE_CHECKING:
    from tests.lab.page.conftest import Opening, Window

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


def everything(window: Window) -> str:
    """All numbers that are shown of a place."""
    window.part("wg-formula .document:not([data-stale])").wait_for()
    parts = ("wg-network", "wg-controls .place", "wg-moves", "wg-formula .document", "wg-weights tbody", "wg-units")
    fields = window.part("wg-weights input").evaluate_all("fields => fields.map(field => field.value)")
    return "\n".join([*(window.part(each).first.inner_text() for each in parts), *fields])


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


def test_what_is_not_computed_yet_is_empty_and_then_exact(opening: Opening) -> None:
    window = opening()
    row = window.part("wg-units tbody tr").nth(2)
    assert row.locator("td").nth(2).inner_text() == ""
    assert window.part("wg-network .unit .value").nth(2).text_content() == ""
    window.button("Step on").click()
    window.at(0, 1)
    assert row.locator("td").nth(2).get_attribute("title") == "0.5932699921071872"
    assert window.part("wg-network .unit .value").nth(2).text_content() == "0.5933"
    assert window.part("wg-controls dd").nth(4).inner_text() == ""
    assert window.part("wg-moves [aria-current=step]").inner_text() == "Forward: hidden"
    assert window.part("wg-network .flow.forward").count() == 6


def test_stepping_back_restores_what_was_shown(opening: Opening) -> None:
    window = opening()
    seen = [everything(window)]
    for moves in range(1, 7):
        window.page.keyboard.press("ArrowRight")
        window.at(0, moves)
        seen.append(everything(window))
    assert len(set(seen)) == 7
    for moves in reversed(range(6)):
        window.page.keyboard.press("ArrowLeft")
        window.at(0, moves)
        assert everything(window) == seen[moves]


def test_the_formulas_are_those_of_the_move_and_their_numbers_light_up_the_picture(opening: Opening) -> None:
    window = opening()
    window.button("Step on").click()
    window.at(0, 1)
    window.part("wg-formula .title").get_by_text("Forward pass, layer hidden").wait_for()
    window.part("wg-formula mn[data-ref='hidden.W[1,0]']").hover()
    window.part("wg-network .edge.pointed").wait_for(state="attached")
    assert window.part("wg-network .weight.pointed").text_content() == "w2 0.200"
    assert window.part("wg-weights tr.pointed th").inner_text() == "w2"
    window.part("wg-network [data-key='unit 1 0'] circle").hover()
    window.part("wg-formula mn.pointed[data-ref='hidden.out[0,0]']").wait_for(state="attached")
    assert "out (sigmoid) 0.5932699921071872" in window.part("wg-network .readout").inner_text()


def test_a_click_asks_why_and_there_is_a_way_back(opening: Opening) -> None:
    window = opening()
    window.button("Step on").click()
    window.at(0, 1)
    window.part("wg-network [data-key='unit 1 0'] circle").click()
    window.asks({"do": "explain", "of": "hidden.out[0,0]"})
    window.part("wg-formula .title").get_by_text("Why out_H1 is 0.593270").wait_for()
    window.part("wg-formula mn[data-ref='hidden.net[0,0]']").first.click()
    window.asks({"do": "explain", "of": "hidden.net[0,0]"})
    window.button("← Back").click()
    window.asks({"do": "explain", "of": "hidden.out[0,0]"})
    window.button("The current move").click()
    window.part("wg-formula .title").get_by_text("Forward pass").wait_for()
    window.part("wg-formula input").fill("dE/dw5")
    window.part("wg-formula input").press("Enter")
    window.part("wg-formula .title").get_by_text("Why dE/dw5 is 0.0815341").wait_for()
    assert window.part("wg-formula math mfrac").count() > 0


def test_a_derivation_of_another_place_is_never_shown_as_current(opening: Opening) -> None:
    window = opening()
    window.part("wg-formula input").fill("w5")
    window.part("wg-formula input").press("Enter")
    window.part("wg-formula .title").get_by_text("0.0815341").wait_for()
    window.button("Update on").click()
    window.at(1, 0)
    window.asks({"do": "explain", "of": "w5"})
    window.part("wg-formula .title").get_by_text(explain(window.lab.session.trace(), "w5").document.title).wait_for()
    window.answers_why = False
    frame = window.lab.view.frame()
    window.say({"is": "frame", **{key: getattr(frame, key) for key in frame.__struct_fields__}, "moves": 2})
    window.at(1, 2)
    assert window.part("wg-formula .document").get_attribute("data-stale") == ""
    assert window.part("wg-formula .stale").inner_text().startswith("w5: not known at this move yet")


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
    window.asks({"do": "change", "key": "training.learning_rate", "value": -1})
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
    window.asks({"do": "change", "key": "training.optimizer", "value": {"name": "adam"}})
    beta = window.page.get_by_label("adam: beta1")
    beta.fill("0.8")
    beta.press("Enter")
    constants = {"name": "adam", "beta1": 0.8, "beta2": 0.999, "epsilon": 1e-8}
    window.asks({"do": "change", "key": "training.optimizer", "value": constants})


def test_until_a_change_is_answered_nothing_is_shown_as_current(opening: Opening) -> None:
    window = opening()
    window.is_slow = True
    window.page.get_by_label("Optimizer").select_option("adam")
    window.part("#lab[data-waiting][aria-busy=true]").wait_for()
    window.is_slow = False
    window.button("Reset").click()
    window.part("#lab:not([data-waiting])").wait_for()


def test_edges_show_gradients_once_they_are_known(opening: Opening) -> None:
    window = opening()
    window.page.get_by_label("What edges show").select_option("gradients")
    window.part("wg-network .edge.unknown").first.wait_for(state="attached")
    assert window.part("wg-network .edge:not(.unknown)").count() == 0
    for moves in range(1, 7):
        window.page.keyboard.press("ArrowRight")
        window.at(0, moves)
    assert window.part("wg-network .edge.negative").count() == 2
    assert window.part("wg-weights tbody tr").first.inner_text().split("\t")[-2:] == ["0.000448", "0.149776"]


def test_layers_are_changed_in_the_line_that_says_them(opening: Opening) -> None:
    window = opening("xor")
    window.page.get_by_label("Activation of layer 1").select_option("tanh")
    window.asks({"do": "change", "key": "network.layers", "value": "2 -> 8 tanh -> 1"})
    window.part("wg-network .activation").get_by_text("tanh").wait_for()
    units = window.page.get_by_label("Units of layer 1")
    units.fill("3")
    units.press("Enter")
    window.asks({"do": "change", "key": "network.layers", "value": "2 -> 3 tanh -> 1"})
    window.part("wg-network [data-key='unit 1 3']").wait_for(state="detached")
    assert window.part("wg-network g.unit").count() == 6


def test_presets_and_experiments_are_opened_and_a_faulty_text_is_not_lost(opening: Opening) -> None:
    window = opening()
    window.part("wg-header select").select_option("xor")
    window.asks({"do": "open", "preset": "xor"})
    window.part("h1").get_by_text("XOR").wait_for()
    window.button("Experiment …").click()
    text = window.part("dialog textarea")
    assert "learning_rate = 0.5" in text.input_value()
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


def test_a_server_that_is_gone_is_said_and_the_session_goes_on_when_it_is_back(opening: Opening) -> None:
    window = opening()
    window.button("Update on").click()
    window.at(1, 0)
    window.answering = False
    window.sockets[-1].close()
    window.part("wg-notes .gone").get_by_text("server is gone").wait_for()
    assert window.button("Step on").is_disabled()
    window.answering = True
    window.button("Try now").click()
    window.part("#lab[data-connection=open]").wait_for()
    window.part("wg-notes .gone").wait_for(state="hidden")
    asked = {"do": "open", "session": "first", "experiment": window.lab.opened().text}
    assert asked in window.lab.asked
    window.part("wg-controls button:enabled").first.wait_for()
    window.sockets[-1].close(code=4001)
    window.part("wg-notes .gone").get_by_text("open in another page").wait_for()
    assert window.button("Take it back").is_enabled()


def test_many_edges_are_drawn_on_a_canvas(opening: Opening) -> None:
    window = opening("penguins")
    assert window.part("wg-network canvas").count() == 1
    assert window.part("wg-network line").count() == 0
    assert window.part("wg-weights tbody tr").count() == 200
    assert "27 more" in window.part("wg-weights .note").inner_text()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (820, "light"), (1400, "dark")])
def test_it_never_scrolls_sideways_and_can_be_read(opening: Opening, width: int, scheme: str) -> None:
    window = opening("live-221", viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    for moves in range(1, 6):
        window.page.keyboard.press("ArrowRight")
        window.at(0, moves)
    assert window.page.evaluate("() => document.documentElement.scrollWidth") == width
    paper = window.page.evaluate("() => getComputedStyle(document.querySelector('#lab')).backgroundColor")
    for selector in ("#lab", "wg-network .caption", "wg-network .readout", "thead th", "button.name"):
        ink = window.part(selector).first.evaluate("element => getComputedStyle(element).color")
        assert contrast(paper, ink) >= 4.5, selector
    motion = window.part("wg-network .flow.backward").first.evaluate("line => getComputedStyle(line).animationName")
    assert motion == "none"
    assert window.part("wg-network .way").text_content() == "← blame"


def test_every_control_has_a_name(opening: Opening) -> None:
    window = opening()
    window.button("Step on").click()
    window.at(0, 1)
    nameless = window.part("button, input, select, textarea, [role=button]").evaluate_all(
        """all => all.filter(each => !each.ariaLabel && !each.textContent.trim() && !each.labels?.length)
                  .map(each => each.outerHTML)"""
    )
    assert nameless == []
