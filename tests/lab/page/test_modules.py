"""The page's modules by themselves, imported in a browser; and what every file of the page keeps to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, get_args

import pytest

from tests.lab.asking import lab
from tests.lab.page.host import STATIC, Lab
from tests.render.window import missing
from whygrad.pipeline.setting_up import DTYPES
from whygrad.spec.data import Scale, ToyName
from whygrad.spec.initialiser import Distribution, Initialiser
from whygrad.spec.loss import LossName, Reduction
from whygrad.spec.network import Activation
from whygrad.spec.optimizer import Optimizer
from whygrad.spec.schedule import Schedule
from whygrad.spec.training import Order

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.lab.page.conftest import Opening

needs_browser = pytest.mark.skipif(bool(missing()), reason=missing())
MOST_BYTES = 200_000
LINKED = re.compile(r'(?:href|src)="(static/[^"]+)"')


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(f"{address}static/lab.css")  # of the same origin, and without the lab
    yield page
    page.close()


def called(page: Page, module: str, call: str, *given: Any) -> Any:
    """What a call of a module gives, `m` being the module and `a` what is given."""
    return page.evaluate(
        f"async ([a, path]) => {{ const m = await import(path); return {call}; }}", [given, f"/static/{module}"]
    )


@needs_browser
@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, ""), (0, "0"), (0.5932699921071872, "0.5933"), (-1234.5, "−1235"), (1e-7, "1.000e−7"), ("-Infinity", "−∞")],
)
def test_a_number_is_rounded_for_the_eye(page: Page, value: Any, shown: str) -> None:
    assert called(page, "numbers.js", "m.shown(a[0])", value) == shown


@needs_browser
def test_the_numbers_of_a_column_line_up(page: Page) -> None:
    call = "a[0].map(m.column(a[0]))"
    assert called(page, "numbers.js", call, [0.25, -1.5, 12.0]) == ["0.2500", "−1.5000", "12.0000"]
    assert called(page, "numbers.js", call, [0.5, 1e-9, None, "NaN"]) == ["0.500000", "1.00e−9", "", "NaN"]


@needs_browser
@pytest.mark.parametrize(
    ("typed", "value"), [(" −0,5 ", -0.5), ("1e-3", 0.001), ("", None), ("two", None), ("1 2", None)]
)
def test_typed_numbers_are_read(page: Page, typed: str, value: float | None) -> None:
    assert called(page, "numbers.js", "m.read(a[0])", typed) == value


@needs_browser
@pytest.mark.parametrize(
    ("ref", "keys", "question"),
    [
        ("hidden.out[0,1]", ["unit 1 1"], "hidden.out[0,1]"),
        ("adjoint hidden.net[0,1]", ["unit 1 1"], "dE/dhidden.net[0,1]"),
        ("hidden.W after[1,0]", ["weight hidden.W 1,0"], "hidden.W[1,0]_new"),
        ("output.b gradient", ["bias output.b 0"], "g_output.b"),
        ("hidden.out[0,0] hidden.net[0,0]", ["unit 1 0", "unit 1 0"], "hidden.out[0,0]"),
        ("x[0,1]", ["unit 0 1"], "x[0,1]"),
        ("y[0,1]", ["target 1"], "y[0,1]"),
        ("learning_rate", [], "learning_rate"),
    ],
)
def test_a_place_in_the_trace_is_found_in_the_picture(page: Page, ref: str, keys: list[str], question: str) -> None:
    network = Lab().opened()["network"]
    assert called(page, "refs.js", "m.keysOf(a[0], a[1])", network, ref) == keys
    assert called(page, "refs.js", "m.questionOf(a[0])", ref) == question


@needs_browser
def test_a_long_curve_keeps_its_peaks_and_its_gaps(page: Page) -> None:
    values: list[float | None] = [float(place % 7) for place in range(10_000)]
    values[5_003], values[7_001] = 900.0, None
    kept = called(page, "chart-scale.js", "m.thinned(a[0], 300)", values)
    assert len(kept) < 1_000
    assert {"place": 5_003, "value": 900} in kept
    assert {"place": 7_001, "value": None} in kept
    assert [each["place"] for each in kept] == sorted(each["place"] for each in kept)


@needs_browser
def test_the_axes_have_round_numbers(page: Page) -> None:
    ticks = "m.linear(0, 0.3036, [0, 100]).ticks.map(tick => tick.value)"
    assert called(page, "chart-scale.js", ticks) == [0, 0.1, 0.2, 0.3]
    powers = "m.logarithmic(0.002, 40, [0, 100]).ticks.map(tick => tick.value)"
    assert called(page, "chart-scale.js", powers) == pytest.approx([0.001, 0.01, 0.1, 1, 10, 100])


@needs_browser
@pytest.mark.parametrize(
    ("least", "most"), [(0, 4.7), (0, 1), (0, 0.6), (-3.7, 0), (-0.2, 1.01), (0, 0.99), (0, 1e-9), (0, 37_000)]
)
def test_an_axis_ends_at_ticks_around_all_values(page: Page, least: float, most: float) -> None:
    scale = called(
        page, "chart-scale.js", "(s => ({...s, of: a.map(s.place)}))(m.linearToTicks(...a, [0, 100]))", least, most
    )
    values, places = ([each[key] for each in scale["ticks"]] for key in ("value", "place"))
    assert 3 <= len(values) <= 8
    assert (places[0], places[-1]) == pytest.approx((0, 100))
    assert values[0] <= least < values[1]
    assert values[-2] < most <= values[-1]
    assert all(-1e-9 <= each <= 100 + 1e-9 for each in scale["of"])


@needs_browser
@pytest.mark.parametrize(("least", "most"), [(0.002, 40), (1e-9, 3), (1e-12, 1e5), (5, 6)])
def test_a_logarithmic_axis_ends_at_a_tick_as_well(page: Page, least: float, most: float) -> None:
    ticks = called(page, "chart-scale.js", "m.logarithmic(...a, [0, 100]).ticks", least, most)
    assert ticks[-1]["value"] >= most
    assert (ticks[0]["place"], ticks[-1]["place"]) == pytest.approx((0, 100))


@needs_browser
def test_a_tree_becomes_mathematics_and_nothing_else(page: Page) -> None:
    tree = ["mrow", {"data-ref": "x[0,0]", "onclick": "alert(1)", "style": "color: red"}, [["script", {}, ["1"]], "2"]]
    made = called(page, "mathml.js", "new XMLSerializer().serializeToString(m.built(a[0]))", tree)
    assert "script" not in made
    assert "onclick" not in made
    assert "style" not in made
    assert 'data-ref="x[0,0]"' in made


@needs_browser
def test_a_large_layer_says_how_many_units_are_not_drawn(page: Page) -> None:
    layer = {"activation": "", "units": [f"u{number}" for number in range(100)]}
    network = {"layers": [{**layer, "name": "inputs"}, {**layer, "name": "out"}], "weights": [], "biases": []}
    laid = called(page, "network-layout.js", "m.layoutOf(a[0], 600)", network)
    assert [each["left"] for each in laid["more"]] == [76, 76]
    assert len(laid["spots"]) == 3 * 24


def test_the_choices_are_those_of_the_records() -> None:
    text = (STATIC / "parts" / "choices.js").read_text(encoding="utf-8")
    listed = {name: re.findall(r'"([^"]+)"', inside) for name, inside in re.findall(r"(\w+): \[([^\]]+)\]", text)}
    records = {
        "activation": get_args(Activation),
        "loss": get_args(LossName),
        "reduction": get_args(Reduction),
        "optimizer": tuple(each.__struct_config__.tag for each in get_args(Optimizer)),
        "order": get_args(Order),
        "toy": get_args(ToyName),
        "schedule": tuple(each.__struct_config__.tag for each in get_args(Schedule)),
        "initialiser": tuple(each.__struct_config__.tag for each in get_args(Initialiser)),
        "distribution": get_args(Distribution),
        "scale": get_args(Scale),
        "dtype": tuple(DTYPES),
    }
    assert set(listed) == set(records)
    for name, choices in records.items():
        assert tuple(listed[name]) == choices, name


# The settings stand on the first page, but nobody waits for them.
SETTINGS = (
    "settings.js",
    "settings-field.js",
    "settings-fields.js",
    "settings-layers.js",
    "choices.js",
    "drag.js",
    "settings.css",
)
SOON = {f"static/parts/{name}" for name in SETTINGS}


def linked() -> set[str]:
    """What the page asks for at once."""
    return set(LINKED.findall((STATIC / "index.html").read_text(encoding="utf-8")))


def test_every_module_is_asked_for_at_once() -> None:
    modules = {name.removeprefix("static/") for name in linked() if name.endswith(".js")}
    assert modules == {file.name for file in STATIC.glob("*.js")}


def test_the_first_load_is_at_most_200_000_bytes_as_it_is_transferred() -> None:
    with lab() as browser:
        sent = [browser.get(name, headers={"accept-encoding": "gzip"}) for name in ("/", *sorted(linked() | SOON))]
    assert {each.status_code for each in sent} == {200}
    heads = sum(len(name) + len(value) + 4 for each in sent for name, value in each.headers.items())
    assert sum(int(each.headers["content-length"]) for each in sent) + heads <= MOST_BYTES


@needs_browser
def test_the_first_load_is_what_the_page_links(opening: Opening) -> None:
    window = opening()
    window.part("wg-formula math").first.wait_for()
    window.part("wg-settings form").wait_for()
    asked = "() => performance.getEntriesByType('resource').map(each => new URL(each.name).pathname.slice(1))"
    assert set(window.page.evaluate(asked)) | {"static/icon.svg"} == linked() | SOON


def test_the_page_asks_nobody_else() -> None:
    for file in sorted(each for each in STATIC.rglob("*") if each.suffix in (".css", ".html", ".js", ".svg")):
        text = file.read_text(encoding="utf-8")
        assert text.count("\n") <= 400, file.name
        addresses = set(re.findall(r"https?://[^\s\"')]+", text))
        assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1998/Math/MathML"}, file.name
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|\beval\(|new Function", text), file.name
