"""Draws the pictures of the gallery anew: pages as whygrad writes them, seen in a browser.

Run by `make gallery`, from the root of the repository; needs Chromium and what `make check` installs.
"""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from whygrad import train

HERE = Path(__file__).parent
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")


@dataclass(frozen=True)
class Picture:
    """A page as it is seen: what it explains, how wide and high the window is, light or dark."""

    name: str
    file: str
    of: str | None
    size: tuple[int, int]
    dark: bool = False


PICTURES = (
    Picture("one-weight", "notes-222", "w1", (1240, 880)),
    Picture("one-weight-phone", "notes-222", "w1", (390, 844), dark=True),
    Picture("whole-step", "notes-222", None, (1240, 880), dark=True),
    Picture("batch", "penguins", "w4", (1240, 880)),
    Picture("deep", "deep-norm", "w1", (1240, 880)),
)


def main() -> None:
    """Write every picture beside this file."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is missing: on Debian, apt-get install chromium")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for picture in PICTURES:
            draw(browser, picture, Path(folder) / f"{picture.name}.html")
        with running_lab("examples/notes-222.toml") as address:
            draw_lab(browser, address)


def draw(browser: Browser, picture: Picture, page: Path) -> None:
    """One picture of one page."""
    page.write_text(train(f"examples/{picture.file}.toml").explain(picture.of, torch=False).html(), encoding="utf-8")
    width, height = picture.size
    seen = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme="dark" if picture.dark else "light"
    )
    seen.goto(page.as_uri())
    seen.screenshot(path=HERE / f"{picture.name}.png")
    seen.close()


@contextmanager
def running_lab(file: str) -> Iterator[str]:
    """The address of a lab that runs as long as it is needed."""
    words = [sys.executable, "-m", "whygrad", "lab", file, "--no-browser", "--port", "0", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as lab:
        told = ""
        while lab.stdout is not None and not told.endswith("}\n"):
            told += lab.stdout.readline()
        yield json.loads(told)["url"]
        lab.send_signal(signal.SIGINT)


def draw_lab(browser: Browser, address: str) -> None:
    """The lab in the middle of its second update, with its losses so far."""
    seen = browser.new_page(viewport={"width": 1240, "height": 1000}, color_scheme="light")
    seen.goto(address)
    seen.get_by_text("Put away").click()
    for words, times in (("Update »", 12), ("Step \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", 5)):
        for _ in range(times):
            seen.get_by_text(words).click()
            seen.wait_for_timeout(150)
    seen.wait_for_timeout(1500)
    seen.screenshot(path=HERE / "lab.png")
    seen.close()


if __name__ == "__main__":
    main()
