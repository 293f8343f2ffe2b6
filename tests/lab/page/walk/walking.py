"""A walk over the page as a person makes it: each control is found and reached, operated, and seen to do something."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Locator, Page

    from tests.lab.page.conftest import Window

SCRIPT: Final = Path(__file__).with_name("walk.js").read_text(encoding="utf-8")
SMALLEST: Final = 24  # pixels that a finger needs each way (WCAG 2.2, 2.5.8)
# What is as large as what it stands for, in a picture or in a line of text; each has a twin in a table or a field.
OF_ANY_SIZE: Final = ("line[data-key]", "g[data-key]", "g[data-row]", "path[data-row]", "path[data-seed]", "[data-ref]")


@dataclass(frozen=True)
class Changes:
    """What one sees of some elements is other than before."""

    selector: str


@dataclass(frozen=True)
class Gone:
    """Something is not seen any more."""

    selector: str


@dataclass(frozen=True)
class Saves:
    """A file is handed out."""

    name: str


@dataclass(frozen=True)
class Holds:
    """A field shows a value."""

    field: Locator
    value: str


Sees = str | Changes | Gone | Saves | Holds | Callable[[], object]
Act = Callable[["ElementHandle"], None]


@dataclass
class Walk:
    """Through one room of the page. `rooms`: a selector of all of them; `driven`: patterns of what was operated."""

    window: Window
    room: str
    rooms: str
    is_phone: bool
    seen: set[str] = field(default_factory=set)
    driven: set[str] = field(default_factory=set)

    @property
    def page(self) -> Page:
        return self.window.page

    def part(self, selector: str) -> Locator:
        return self.window.part(selector)

    def use(self, key: str, act: Act | None = None, *, sees: Sees, at: int = 0) -> None:
        """Operate a control, and wait for what is to be seen then."""
        target = self.reached(key, at)
        do = self.press if act is None else act
        match sees:
            case Changes(selector):
                before = self.looks(selector)
                do(target)
                self.until(lambda: self.looks(selector) != before, f"{key}: nothing changes in {selector}")
            case Gone(selector):
                assert self.part(selector).first.is_visible(), f"{key}: {selector} was gone before"
                do(target)
                self.part(f"{selector}:visible").first.wait_for(state="detached")
            case Saves(name):
                with self.page.expect_download() as saved:
                    do(target)
                assert saved.value.suggested_filename == name, key
            case Holds(field, value):
                do(target)
                self.until(lambda: field.input_value() == value, f"{key} does not hold {value}")
            case str():
                there = f"{sees} >> visible=true"
                assert self.part(there).count() == 0, f"{key}: {sees} was there before"
                do(target)
                self.part(there).first.wait_for()
            case _:
                do(target)
                self.until(sees, f"{key}: what was expected is not to be seen")
        self.drove(key)

    def drove(self, key: str) -> None:
        """A control was operated; nothing stands out of the window then."""
        self.driven.add(pattern(key))
        self.survey()
        wide, width = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide <= width, f"after {key} the page is {wide} wide in a window of {width}"

    def survey(self) -> None:
        """Take in which controls there are."""
        found = self.page.evaluate("rooms => walk.keys(rooms)", self.rooms)
        self.seen |= {key for room, key in found if room == self.room}
        assert [key for room, key in found if not room] == [], "these controls are in no room"

    def reached(self, key: str, at: int = 0) -> ElementHandle:
        """A control that is seen, in the window, large enough for a finger, with nothing over it."""
        over = [f"there is no {key} in {self.room}"]
        found: ElementHandle = self.until(lambda: self.uncovered(key, at, over), lambda: over[0])
        if self.is_phone and not any(each in key for each in OF_ANY_SIZE):
            place = found.evaluate("each => walk.placeOf(each)")
            assert min(place.values()) >= SMALLEST, f"{key} is too small for a finger: {place}"
        return found

    def uncovered(self, key: str, at: int, over: list[str]) -> ElementHandle | None:
        """A control in the middle of the window, if it is there and nothing is over it; a note is put away."""
        found = self.found(pattern(key), at)
        if found is None:
            return None
        found.evaluate("each => (each.closest('label') ?? each).scrollIntoView({ block: 'center', inline: 'center' })")
        over[0] = str(found.evaluate("each => walk.coverOf(each)"))
        if "kind-note" in over[0] and self.room != "wg-notes":
            self.press(self.part("wg-notes li.kind-note button").first.element_handle())
        over[0] = over[0] and f"{key} lies under {over[0]}"
        return None if over[0] else found

    def found(self, key: str, at: int = 0) -> ElementHandle | None:
        args = [self.rooms, self.room, key, at]
        return self.page.evaluate_handle("args => walk.find(...args)", args).as_element()

    def press(self, target: ElementHandle) -> None:
        """With the finger or the mouse."""
        if self.is_phone:
            target.tap()
        else:
            target.click()

    def touch(self, target: ElementHandle) -> None:
        """The same where a line of a picture is to be seen."""
        place = target.evaluate("each => walk.spotOf(each)")
        if self.is_phone:
            self.page.touchscreen.tap(*place)
        else:
            self.page.mouse.click(*place)

    def point(self, target: ElementHandle) -> None:
        """With the mouse at a line of a picture."""
        self.page.mouse.move(*target.evaluate("each => walk.spotOf(each)"))

    def looks(self, selector: str) -> Any:
        return self.page.evaluate("selector => walk.looks(selector)", selector)

    def until(self, isso: Callable[[], object], otherwise: str | Callable[[], str]) -> Any:
        for _ in range(400):
            if found := isso():
                return found
            self.page.wait_for_timeout(25)
        raise AssertionError(otherwise if isinstance(otherwise, str) else otherwise())

    def regions(self) -> None:
        """What can be scrolled is a stop of the tab key, shows that it is, and is scrolled by keys where it is wide."""
        self.survey()
        for key in sorted(self.seen):
            if key.rpartition(" ")[0] and re.search(r"(^| )div ", key) and re.fullmatch(pattern(key), key):
                self.region(key)

    def region(self, key: str) -> None:
        found = self.found(f"^{re.escape(key)}$")
        if found is None or found.evaluate("each => each.tabIndex") < 0:
            return
        self.page.keyboard.press("Shift")  # keys are used from now on
        found.evaluate("each => { each.scrollIntoView({ block: 'center' }); each.scrollTo(0, 0); each.focus(); }")
        ring = found.evaluate("each => each === document.activeElement && getComputedStyle(each).outlineStyle")
        assert ring not in (False, "none"), f"{key} does not show that it has the focus"
        wide = "[each.scrollWidth - each.clientWidth > 1 && getComputedStyle(each).overflowX !== 'hidden',"
        high = "each.scrollHeight - each.clientHeight > 1 && getComputedStyle(each).overflowY !== 'hidden']"
        is_scrolled = found.evaluate(f"each => {wide} {high}")
        for key_of_way, is_on in zip(("ArrowRight", "ArrowDown"), is_scrolled, strict=True):
            if is_on:  # the keys of what is not scrolled are those of the lab
                self.page.keyboard.press(key_of_way)
        if any(is_scrolled):
            self.until(lambda: found.evaluate("each => each.scrollLeft + each.scrollTop > 0"), f"{key} is not scrolled")
        self.drove(key)

    def pull(self, target: ElementHandle, right: float, down: float = 0) -> None:
        """Take hold of something and draw it along, with the finger or the mouse."""
        self.page.wait_for_timeout(150)  # what drags loads when something comes near
        box = target.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        ways = [(x + right * step / 8, y + down * step / 8) for step in range(9)]
        if not self.is_phone:
            self.page.mouse.move(*ways[0])
            self.page.mouse.down()
            for way in ways[1:]:
                self.page.mouse.move(*way)
            self.page.mouse.up()
            return
        touch = self.page.context.new_cdp_session(self.page)
        for place, (left, top) in enumerate(ways):
            kind = "touchMove" if place else "touchStart"
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": left, "y": top}]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        touch.detach()
        self.page.wait_for_timeout(300)  # a browser takes the next tap of a finger for a part of this way until then

    def closed(self, containers: tuple[str, ...]) -> list[str]:
        """What is in the room and was not operated; `containers` listen for what is inside them."""
        known = [*self.driven, *map(pattern, containers)]
        return sorted(key for key in self.seen if not any(re.fullmatch(each, key) for each in known))


def pattern(key: str) -> str:
    """A key as an expression; * stands for anything."""
    return f"^{'.*'.join(map(re.escape, key.split('*')))}$"


def types(text: str, key: str = "Enter") -> Act:
    """Type into a field, and say that one is done."""

    def act(target: ElementHandle) -> None:
        target.fill(text)
        if key:
            target.press(key)

    return act


def chooses(value: str) -> Act:
    def act(target: ElementHandle) -> None:
        target.select_option(value)

    return act


def gives(name: str, content: bytes) -> Act:
    """A file of this machine."""
    return lambda target: target.set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})


def keys(*pressed: str) -> Act:
    """Press keys while something has the focus."""

    def act(target: ElementHandle) -> None:
        for each in pressed:
            target.press(each)

    return act


def hover(target: ElementHandle) -> None:
    target.hover()
