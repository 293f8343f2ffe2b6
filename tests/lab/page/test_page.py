"""What the lab's page shows is what the lab answered, of this place and no other, for every eye and ear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.render.window import contrast, missing
from whygrad.pipeline.derivation import explain

if TYPE_CHECKING:
    from tests.lab.page.conftest import Opening, Window

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


def everything(window: Window) -> str:
    """All numbers that are shown of a place."""
    window.part("wg-formula .document:not([data-stale])").wait_for()
    parts = ("wg-network", "wg-controls .place", "wg-moves", "wg-formula .document", "wg-weights tbody", "wg-units")
    fields = window.part("wg-weights input").evaluate_all("fields => fields.map(field => field.value)")
    return "\n".join([*(window.part(each).first.inner_text() for each in parts), *fields])


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


def test_a_derivation_of_before_a_change_is_not_shown_as_one_of_after_it(opening: Opening) -> None:
    window = opening()
    window.button("Update on").click()
    window.at(1, 0)
    window.part("wg-weights").get_by_role("button", name="Why is the gradient of w5 what it is?").click()
    title = window.part("wg-formula .title")
    title.get_by_text("w5").wait_for()
    gradient = window.part("wg-formula .document:not([data-stale])").inner_text()
    window.answers_why = False
    window.button("Update back").click()
    window.at(0, 0)
    field = window.part("wg-weights input[data-ref='hidden.W[0,0]']")
    field.fill("0.5")
    field.press("Enter")
    window.part("wg-weights .said").get_by_text("w1 is 0.5").wait_for()
    window.button("Update on").click()
    window.at(1, 0)
    window.part("wg-formula .document[data-stale][aria-hidden=true]").wait_for()
    window.answers_why = True
    window.asks({"do": "explain", "of": "output.W[0,0]"})
    window.button("Update back").click()
    window.button("Update on").click()
    window.at(1, 0)
    window.part("wg-formula .document:not([data-stale])").wait_for()
    assert window.part("wg-formula .document").inner_text() != gradient


def test_a_derivation_is_worked_out_anew_where_a_change_was_made(opening: Opening) -> None:
    window = opening()
    window.part("wg-weights").get_by_role("button", name="Why is the gradient of w5 what it is?").click()
    document = window.part("wg-formula .document:not([data-stale])")
    window.part("wg-formula .title").get_by_text("w5").wait_for()
    before = document.inner_text()
    field = window.part("wg-weights input[data-ref='hidden.W[0,0]']")
    field.fill("0.5")
    field.press("Enter")
    window.part("wg-weights .said").get_by_text("w1 is 0.5").wait_for()
    window.asks({"do": "explain", "of": "output.W[0,0]"})
    document.wait_for()
    assert document.inner_text() != before


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


def test_edges_show_gradients_once_they_are_known(opening: Opening) -> None:
    window = opening()
    window.page.get_by_label("What edges show").select_option("gradients")
    window.part("wg-network .edge.unknown").first.wait_for(state="attached")
    assert window.part("wg-network .edge:not(.unknown)").count() == 0
    for moves in range(1, 7):
        window.page.keyboard.press("ArrowRight")
        window.at(0, moves)
    assert window.part("wg-network .edge.negative").count() == 2
    window.page.get_by_label("What edges show").select_option("updates")
    window.part("wg-network .legend").get_by_text("negative update").wait_for()
    assert window.part("wg-network .edge.negative").count() == 10
    assert window.part("wg-weights tbody tr").first.inner_text().split("\t")[-2:] == ["0.000448", "0.149776"]


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
    asked = {"do": "open", "session": "first", "experiment": window.lab.opened()["text"]}
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


LOOKED_AT = [
    (390, "light"),
    pytest.param(390, "dark", marks=pytest.mark.long),
    pytest.param(820, "light", marks=pytest.mark.long),
    (1400, "dark"),
]


@pytest.mark.parametrize(("width", "scheme"), LOOKED_AT)
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


def test_a_bias_has_its_number_beside_it_only_where_the_weights_have_theirs(opening: Opening) -> None:
    window = opening("xor")
    labels = [text for text in window.part("wg-network .weight").all_text_contents() if text]
    assert sorted(text.split()[0] for text in labels) == sorted(["b9", *(f"w{number}" for number in range(17, 25))])
    window.part("wg-network .legend").get_by_text("thickest line = weight 1.00").wait_for()
