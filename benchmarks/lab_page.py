"""The lab's page in a browser: what its first load weighs, how soon its network is there, how smoothly it plays.

Chromium and the lab's own server, on this machine. The first view counts until the frame of the screen in which the
network is drawn, from the moment at which the page is asked for. A cold cache is that of a browser that was never
here, a warm one that of a second tab.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.labs import lab
from tests.render.window import missing, started

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

MOST_BYTES, MOST_MS = 200_000, 500
XOR = (Path(__file__).parents[1] / "examples" / "xor.toml").read_text(encoding="utf-8")
# The layers of XOR, and others that have about 200 and 1,000 weights, all of which the page draws; the frames a second
# that are aimed at.
PLAYED = (
    ("2 -> 8 relu -> 1", 50),
    ("2 -> 14 tanh -> 12 tanh -> 1", 50),
    ("2 -> 22 tanh -> 22 tanh -> 22 tanh -> 1", 30),
)
WHEN_DRAWN = """new MutationObserver((_, seen) => {
    if (!document.querySelector("wg-network .unit")) return;
    seen.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.drawnAt = performance.now(); }));
}).observe(document, { childList: true, subtree: true });"""
# Frames of the screen, and places in the run that were shown in them, for some seconds.
COUNT = """seconds => new Promise(done => {
    let [frames, places, start] = [0, 0, performance.now()];
    const seen = new MutationObserver(() => { places += 1; });
    seen.observe(document.getElementById("lab"), { attributes: true, attributeFilter: ["data-place"] });
    const count = () => {
        const since = (performance.now() - start) / 1000;
        frames += 1;
        if (since < seconds) requestAnimationFrame(count);
        else done([frames / since, places / since]);
    };
    requestAnimationFrame(count);
})"""


@dataclass
class Seen:
    """What the visits of a page took: bytes and milliseconds, each visit with another browser or in a second tab."""

    cold_bytes: list[int] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)
    warm_bytes: list[int] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)


def visits(browser: Browser, address: str, rounds: int) -> Seen:
    """Visit the page again and again; a first round that wakes everything up is thrown away."""
    seen = Seen()
    for turn in range(rounds + 1):
        context = browser.new_context()
        context.add_init_script(WHEN_DRAWN)
        cold, warm = visit(context, address), visit(context, address)
        context.close()
        if turn:
            seen.cold_bytes.append(cold[0])
            seen.cold.append(cold[1])
            seen.warm_bytes.append(warm[0])
            seen.warm.append(warm[1])
    return seen


def visit(context: BrowserContext, address: str) -> tuple[int, float]:
    """The bytes that came, heads of answers included, and the milliseconds until the network was drawn."""
    page, came = context.new_page(), list[int]()
    network: Any = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda each: came.append(int(each["encodedDataLength"])))
    page.goto(address.partition("?")[0] if context.cookies() else address)
    while (drawn := page.evaluate("window.drawnAt")) is None:
        page.wait_for_timeout(20)
    page.wait_for_timeout(300)  # the icon comes last
    page.close()
    return sum(came), float(drawn)


def smoothness(page: Page, seconds: float) -> tuple[float, float]:
    """Frames a second, and places shown a second, while a run plays as fast as the page lets it."""
    for value in ("update", "60"):  # whichever of the two has it
        page.locator("wg-controls select", has=page.locator(f"option[value='{value}']")).select_option(value)
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_timeout(500)
    frames, places = page.evaluate(COUNT, seconds)
    return float(frames), float(places)


def played(browser: Browser, layers: str, seconds: float) -> tuple[int, float, float]:
    """How many edges a network has, and how smoothly it plays."""
    sizes = [int(each.split()[0]) for each in layers.split(" -> ")]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "played.toml"
        file.write_text(XOR.replace("2 -> 8 relu -> 1", layers), encoding="utf-8")
        with lab(str(file)) as address:
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            page.goto(address)
            page.locator("#lab[data-place^='0/0/']").wait_for()
            frames, places = smoothness(page, seconds)
            page.close()
    return sum(one * other for one, other in pairwise(sizes)), frames, places


def lines(seen: Seen, found: list[tuple[int, float, float]]) -> Iterator[str]:
    """What is printed: a measurement a line, its goal beside it."""
    yield f"{'':32} {'measured':>10} {'goal':>8}"
    yield f"{'first load, kB':32} {median(seen.cold_bytes) / 1000:10.1f} {MOST_BYTES / 1000:8g}"
    yield f"{'the same from a warm cache, kB':32} {median(seen.warm_bytes) / 1000:10.1f}"
    for name, took in (("cold", seen.cold), ("warm", seen.warm)):
        spread = f"   {min(took):.0f} to {max(took):.0f}"
        yield f"{f'first network drawn, {name}, ms':32} {median(took):10.0f} {MOST_MS:8}{spread}"
    for (edges, frames, places), (_, goal) in zip(found, PLAYED, strict=True):
        name = f"frames a second, {edges:,} edges"
        yield f"{name:32} {frames:10.1f} {goal:8}   {places:.1f} places of the run shown a second"


def main() -> None:
    """Open labs and look at them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=9, help="how often the page is visited (9)")
    parser.add_argument("--seconds", type=float, default=4, help="how long each network plays (4)")
    asked = parser.parse_args()
    if why := missing():
        print(f"left out: {why}")
        return
    for browser in started():
        with lab() as address:
            seen = visits(browser, address, asked.rounds)
        found = [played(browser, layers, asked.seconds) for layers, _ in PLAYED]
        print(*lines(seen, found), sep="\n")


if __name__ == "__main__":
    main()
