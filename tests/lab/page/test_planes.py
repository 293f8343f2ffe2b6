"""What each unit computes, in the picture of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.lab.page.conftest import Opening
from tests.lab.page.test_boundary import go
from tests.render.window import missing
from whygrad.lab.panels import PANELS

if TYPE_CHECKING:
    from tests.lab.page.conftest import Window

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

SELECT = "What units show"
PIXELS = """async ([picture, places]) => {
    const image = new Image(); image.src = picture.getAttribute('href'); await image.decode();
    const canvas = document.createElement('canvas'); canvas.width = image.width; canvas.height = image.height;
    const brush = canvas.getContext('2d', { willReadFrequently: true }); brush.drawImage(image, 0, 0);
    return places.map(place => {
        const [x, y] = [place % image.width, image.height - 1 - Math.floor(place / image.width)];
        return [...brush.getImageData(x, y, 1, 1).data];
    });
}"""


def asked(window: Window) -> list[bool]:
    return [each.get("on", True) for each in window.lab.asked if each.get("panel") == "planes"]


def test_units_show_what_they_compute_and_follow_the_run(opening: Opening) -> None:
    window = opening("xor")
    loaded = "performance.getEntriesByType('resource').filter((each) => each.name.endsWith('/planes.js')).length"
    assert window.page.evaluate(loaded) == 0
    window.page.get_by_label(SELECT).select_option("planes")
    window.part("wg-network .plane image[href]").nth(10).wait_for(state="attached")
    assert window.page.evaluate(loaded) == 1
    go(window, 160)
    data = PANELS["planes"].draw(window.lab.desk.sight(), None)
    window.part("wg-network .legend").get_by_text(f"{data['most']:.3f}: what a unit gives").wait_for()
    places = [0, 17, 150, 323]
    for layer, units in enumerate(data["layers"]):
        for unit, found in enumerate(units):
            picture = window.part(f"wg-network [data-key='unit {layer} {unit}'] image").element_handle()
            for place, (red, _, blue, alpha) in zip(
                places, window.page.evaluate(PIXELS, [picture, places]), strict=True
            ):
                shade = found["shades"][place]
                assert alpha / 255 == pytest.approx(0.8 * abs(shade) / 100, abs=0.01)
                assert abs(shade) < 3 or (blue > red) == (shade > 0)
    title = window.part("wg-network [data-key='unit 2 0'] title").text_content() or ""
    assert title.startswith("o1: ")
    assert title.endswith("over x1 −0.15 to 1.1 (across), x2 −0.15 to 1.1 (up)")


def test_values_alone_come_back_and_nothing_is_drawn_for_nobody(opening: Opening) -> None:
    window = opening("xor")
    window.page.get_by_label(SELECT).select_option("planes")
    window.part("wg-network .plane").first.wait_for(state="attached")
    window.page.get_by_label(SELECT).select_option("values")
    window.part("wg-network .plane").first.wait_for(state="detached")
    assert asked(window) == [True, False]
    assert window.part("wg-network .legend").get_by_text("activation").count() == 1


def test_a_single_input_gives_curves_and_a_change_of_the_network_asks_again(opening: Opening) -> None:
    window = opening("students")
    window.page.get_by_label(SELECT).select_option("planes")
    window.part("wg-network .plane path[d]").nth(1).wait_for(state="attached")
    window.page.get_by_label("Preset").select_option("xor")
    window.part("wg-network .plane image[href]").nth(10).wait_for(state="attached")
    assert asked(window) == [True, True]
    window.page.get_by_label("Preset").select_option("chain-depth")
    window.part("wg-network .plane image[href]").nth(4).wait_for(state="attached")


def test_where_there_is_no_plane_there_is_no_choice(opening: Opening) -> None:
    window = opening("penguins")
    assert window.page.get_by_label(SELECT).is_hidden()
