"""The picture over the inputs in the browser: what it shows and says is what Python told, whatever is pointed at."""

from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.lab.page.conftest import Opening
from tests.lab.page.host import STATIC
from tests.lab.page.test_access import faults
from tests.render.window import missing
from whygrad.lab.panels import PANELS
from whygrad.render.palette import SERIES

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Position

    from tests.lab.page.conftest import Window

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

PANEL = "wg-panel-boundary"
GO = "(lab, update) => lab.dispatchEvent(new CustomEvent('wg-ask', { detail: { do: 'go', update, moves: 0 } }))"
SLIDE = "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input')); }"


def go(window: Window, update: int) -> None:
    """Look at an update, whoever asks for it."""
    window.lab.session.go(update)
    window.part("#lab").evaluate(GO, update)
    window.at(update, 0)


def shown(opening: Opening, preset: str, update: int = 0, **settings: Any) -> Window:
    """The lab with the panel at some update."""
    window = opening(preset, **settings)
    go(window, update)
    window.button("Decision boundary").click()
    part(window, ".mark").first.wait_for()
    return window


def part(window: Window, selector: str) -> Locator:
    return window.part(f"{PANEL} {selector}")


def told(window: Window, **settings: Any) -> dict[str, Any]:
    """What Python tells of the same place."""
    panel = PANELS["boundary"]
    return dict(panel.draw(window.lab.desk.sight(), panel.settings(**settings)))


def digits(value: float) -> str:
    return f"{value:.4g}" if abs(value) >= 1 else f"{value:.4f}"


def at_place(window: Window, column: int, line: int, side: int = 81) -> Position:
    """Where on the drawing a place of the grid is painted."""
    box = part(window, "image").evaluate("e => [e.x, e.y, e.width, e.height].map(each => each.baseVal.value)")
    x, y, width, height = box
    return {"x": x + (column + 0.5) / side * width, "y": y + height - (line + 0.5) / side * height}


def slide(window: Window, value: float) -> None:
    part(window, "input[type=range]").evaluate(SLIDE, value)


def says(window: Window, selector: str, text: str) -> None:
    part(window, selector).get_by_text(text).wait_for()


def test_hovering_tells_the_value_of_the_nearest_place(opening: Opening) -> None:
    window = shown(opening, "xor", 163)
    data = told(window)
    for column, line in ((0, 0), (10, 60), (80, 80), (40, 25)):
        part(window, ".drawing > svg").hover(position=at_place(window, column, line), force=True)
        text = part(window, ".readout").inner_text().replace("−", "-")
        if text.startswith("Row"):
            continue
        found = re.fullmatch(r"x1 (\S+), x2 (\S+): the network says y ([01]) \((\S+)\)", text)
        assert found, text
        place = line * 81 + column
        assert float(found[1]) == pytest.approx(data["axes"][0][column], rel=1e-3)
        assert float(found[2]) == pytest.approx(data["axes"][1][line], rel=1e-3)
        assert float(found[4]) == pytest.approx(data["values"][place], rel=1e-3)
        assert int(found[3]) == data["said"][place]


def test_regions_have_the_colour_of_their_class_and_are_stronger_where_it_is_surer(opening: Opening) -> None:
    window = shown(opening, "xor", 163)
    data = told(window)
    pixels = """async ([picture, places]) => {
        const image = new Image(); image.src = picture.getAttribute('href'); await image.decode();
        const canvas = document.createElement('canvas'); canvas.width = image.width; canvas.height = image.height;
        const brush = canvas.getContext('2d', { willReadFrequently: true }); brush.drawImage(image, 0, 0);
        return places.map(([x, y]) => [...brush.getImageData(x, image.height - 1 - y, 1, 1).data]);
    }"""
    places = [(0, 0), (80, 0), (40, 40), (13, 70)]

    def painted() -> list[list[int]]:
        picture = part(window, "image").element_handle()
        found: list[list[int]] = window.page.evaluate(pixels, [picture, places])
        return found

    for (x, y), (red, _, blue, alpha) in zip(places, painted(), strict=True):
        place = y * 81 + x
        assert (blue > red) == bool(data["said"][place])
        assert alpha / 255 == pytest.approx(0.14 + 0.48 * data["shades"][place] / 100, abs=0.01)
    part(window, "select").first.select_option("cut")
    assert {each[3] for each in painted()} == {102}


def test_the_threshold_says_who_flips_and_can_become_the_runs(opening: Opening) -> None:
    window = shown(opening, "students", 4000)
    assert part(window, "input[type=range]").input_value() == "0.5"
    assert part(window, "button").get_by_text("Use it for the run").is_disabled()
    slide(window, 0.6)
    says(window, "p.flips", "With the threshold at 0.60 instead of 0.50 no row flips; hours from")
    assert part(window, "p.flips").inner_text() == told(window, threshold=0.6)["flips"]
    slide(window, 0.95)
    says(window, "p.flips", "row 2 flips from 1 to 0")
    assert part(window, ".rings .flips").count() == 1
    assert part(window, ".rings .wrong").count() == 1
    part(window, "summary").click()
    part(window, "tbody tr").nth(3).wait_for()
    rows = part(window, "tbody tr").all_inner_texts()
    score = told(window)["parts"][0]["values"][2]
    assert rows[2].split() == ["2", "3.00000", "1", f"{score:.6f}", "0", "wrong", "flips"]
    slide(window, 0.6)
    part(window, "button").get_by_text("Use it for the run").click()
    window.asks({"do": "watch", "panel": "boundary", "settings": {"places": 81, "threshold": 0.6}})
    assert {"do": "change", "key": "training.threshold", "value": 0.6, "called": "Threshold"} in window.lab.asked
    says(window, "p.flips", "The threshold is 0.60: from there on the network says 1")
    assert window.lab.session.experiment.training.threshold == 0.6
    slide(window, 0.3)
    part(window, "button").get_by_text("Back to the run's").click()
    says(window, "p.flips", "The threshold is 0.60")
    assert part(window, "output").first.inner_text() == "0.60"


def test_a_place_that_is_typed_in_is_asked_at(opening: Opening) -> None:
    window = shown(opening, "students", 4000)
    part(window, ".question input").fill("2,5")
    says(window, ".question output", "passed 0.5614, the network says 1")
    slide(window, 0.6)
    says(window, ".question output", "with the threshold at 0.60 it says 0")
    part(window, ".question input").fill("2.")
    says(window, ".question output", f"passed {digits(told(window, at=(2.0,))['asked']['value'])}, the network says 0")
    part(window, ".question input").fill("")
    window.page.wait_for_function(f"() => document.querySelector('{PANEL} .question output').textContent === ''")


def test_a_row_of_the_batch_is_looked_at_and_an_empty_place_is_told(opening: Opening) -> None:
    window = shown(opening, "moons", 3)
    window.page.evaluate("() => document.addEventListener('wg-plane', event => { window.plane = event.detail; })")
    data = told(window)
    training = data["parts"][0]
    inside = training["batch"].index(7)
    outside = training["batch"].index(None)
    part(window, f".mark[data-row='{inside}']").dispatch_event("click")
    window.asks({"do": "look", "row": 7})
    window.at(3, 0)
    part(window, ".rings .looked").wait_for(state="attached")
    asked = len(window.lab.asked)
    part(window, f".mark[data-row='{outside}']").dispatch_event("click")
    part(window, ".drawing > svg").click(position=at_place(window, 3, 77))
    assert len(window.lab.asked) == asked
    plane = window.page.evaluate("window.plane")
    assert plane["inputs"] == 2
    assert plane["x"] == pytest.approx(data["axes"][0][3], abs=0.03)
    assert plane["y"] == pytest.approx(data["axes"][1][77], abs=0.03)


def test_parts_of_the_data_can_be_hidden_and_look_different(opening: Opening) -> None:
    window = shown(opening, "moons", 40)
    assert part(window, ".marks .mark").count() == 200
    assert part(window, ".marks .test").count() == 50
    fills = part(window, ".marks").evaluate(
        """group => ['training', 'test'].map(each => getComputedStyle(group.querySelector('.' + each)).fill)"""
    )
    assert fills[0] != fills[1]
    shapes = {part(window, f".marks .training.{colour}").first.get_attribute("d") for colour in ("orange", "blue")}
    assert len(shapes) == 2
    part(window, ".parts input").nth(1).uncheck()
    assert part(window, ".marks .mark").count() == 150
    assert "test" not in part(window, ".legend").inner_text()
    part(window, "summary").click()
    part(window, "tbody tr").nth(149).wait_for(state="attached")
    assert part(window, "tbody tr").count() == 150
    wrong = told(window)["parts"][0]["right"].count(False)
    assert wrong > 0
    assert part(window, ".rings .wrong").count() == wrong
    assert part(window, "tbody td").get_by_text("wrong", exact=True).count() == wrong


def test_rows_are_stops_of_the_keyboard_and_say_what_they_are(opening: Opening) -> None:
    window = shown(opening, "xor", 400)
    mark = part(window, ".mark").nth(0)
    mark.focus()
    label = mark.get_attribute("aria-label") or ""
    assert re.fullmatch(r"Row 0 \(training\), x1 0, x2 0: y 0, the network says 0 \(\S+\), right", label)
    assert part(window, ".readout").inner_text() == label
    window.page.keyboard.press("Enter")
    window.asks({"do": "look", "row": 0})


def test_it_follows_the_run_with_fewer_places_while_that_goes_on_by_itself(opening: Opening) -> None:
    window = shown(opening, "xor", 4)
    window.button("Play").click()
    window.asks({"do": "watch", "panel": "boundary", "settings": {"places": 41}})
    window.button("Pause").click()
    window.asks({"do": "watch", "panel": "boundary", "settings": {"places": 81}})
    window.button("Update on").click()
    says(window, ".caption", "With 5 updates made")
    frame = window.lab.view.frame()
    assert part(window, ".drawing").get_attribute("data-stale") is None
    window.say({"is": "frame", **{key: getattr(frame, key) for key in frame.__struct_fields__}, "update": 9})
    part(window, ".drawing[data-stale]").wait_for()


def test_other_inputs_are_asked_about_anew(opening: Opening) -> None:
    window = shown(opening, "students", 4)
    slide(window, 0.9)
    says(window, "p.flips", "With the threshold at 0.90")
    window.page.get_by_label("Preset").select_option("xor")
    says(window, "p.flips", "The threshold is 0.50")
    assert part(window, ".question input").count() == 2
    assert part(window, "image").get_attribute("height") == part(window, "image").get_attribute("width")


def test_it_is_saved_with_its_regions_and_rows(opening: Opening, tmp_path: Path) -> None:
    window = shown(opening, "xor", 163, device_scale_factor=1)
    for kind in ("SVG", "PNG"):
        with window.page.expect_download() as download:
            window.button(f"Save the boundary as {kind}").click()
        download.value.save_as(tmp_path / f"boundary.{kind.lower()}")
    text = (tmp_path / "boundary.svg").read_text(encoding="utf-8")
    (inside,) = re.findall(r'href="data:image/png;base64,([^"]+)"', text)
    assert b64decode(inside).startswith(b"\x89PNG")
    assert text.count('class="mark training') == 4
    assert "var(" not in re.sub(r'style="[^"]*"', "", text)
    picture = (tmp_path / "boundary.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 5_000


LOOKED_AT = [(390, "light"), *(pytest.param(width, "dark", marks=pytest.mark.long) for width in (390, 1300))]


@pytest.mark.parametrize(("width", "scheme"), LOOKED_AT)
def test_it_fits_and_can_be_read_by_everybody(opening: Opening, width: int, scheme: str) -> None:
    window = shown(opening, "moons", 40, viewport={"width": width, "height": 800}, color_scheme=scheme)
    assert window.page.evaluate("() => document.documentElement.scrollWidth") == width
    part(window, "summary").click()
    part(window, "tbody tr").nth(199).wait_for(state="attached")
    slide(window, 0.7)
    window.page.get_by_label("What units show").select_option("planes")
    window.part("wg-network .plane image[href]").nth(18).wait_for(state="attached")
    assert faults(window) == []


def test_its_colours_are_those_of_every_picture() -> None:
    text = (STATIC / "lab.css").read_text() + (STATIC / "panels" / "boundary.css").read_text()
    for colour in SERIES:
        found = re.findall(rf"--wg-{colour.name}: (#\w+)", text)
        assert found == [colour.light, colour.dark], colour.name
