"""The page in a browser, driven against a lab that answers from a real session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from tests.lab.page.host import Lab, served
from tests.render.window import started
from whygrad.lab.message import Why

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, WebSocketRoute


@dataclass
class Window:
    """A page, the lab behind it, and what went wrong on the way."""

    page: Page
    lab: Lab
    complaints: list[str] = field(default_factory=list)
    sockets: list[WebSocketRoute] = field(default_factory=list)
    answering: bool = True
    answers_why: bool = True
    answers_use: bool = True
    is_slow: bool = False
    received: list[str] = field(default_factory=list)

    def part(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def at(self, update: int, moves: int) -> None:
        """Wait until the page shows a place."""
        self.part(f"#lab[data-place^='{update}/{moves}/']").wait_for()

    def asks(self, request: dict[str, Any]) -> None:
        """Wait until this is what the page asked for last."""
        for _ in range(200):
            if self.lab.asked[-1] == request:
                return
            self.page.wait_for_timeout(10)
        assert self.lab.asked[-1] == request

    def say(self, answer: object) -> None:
        """Something that the page did not ask for."""
        self.sockets[-1].send(msgspec.json.encode(answer).decode())

    def connect(self, socket: WebSocketRoute) -> None:
        self.sockets.append(socket)
        if self.answering:
            socket.on_message(lambda text: self.answer(socket, str(text)))
        else:
            socket.close()

    def answer(self, socket: WebSocketRoute, text: str) -> None:
        self.received.append(text)
        is_heard = not self.is_slow and (self.answers_use or '"use"' not in text)
        for each in self.lab.answers(text) if is_heard else []:
            if isinstance(each, Why) and not self.answers_why:
                continue
            socket.send(msgspec.json.encode(each).decode())


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from started()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as found:
        yield found


Opening = Callable[..., Window]


@pytest.fixture
def opening(browser: Browser, address: str) -> Iterator[Opening]:
    """Opens the lab on a preset, `at` another address or with something `behind` it; nothing may be complained of."""
    windows: list[Window] = []

    def opened(
        preset: str = "notes-222",
        *,
        at: str = address,
        behind: str = "",
        is_new: bool = False,
        script: str = "",
        **settings: Any,
    ) -> Window:
        page = browser.new_context(**settings).new_page()
        if script:
            page.add_init_script(script)
        if not is_new:  # who was here before has put the guide away
            page.add_init_script("try { localStorage['whygrad-guide'] ??= 'away' } catch {}")
        page.set_default_timeout(20_000)  # a machine that does other things as well is slow
        window = Window(page, Lab(preset))
        windows.append(window)
        page.on("console", lambda message: window.complaints.append(message.text))
        page.on("pageerror", lambda error: window.complaints.append(str(error)))
        page.route_web_socket("**/ws", window.connect)
        page.goto(at + behind)
        if not behind:
            window.at(0, 0)
        return window

    yield opened
    for window in windows:
        assert window.complaints == []
        window.page.context.close()
