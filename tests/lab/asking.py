"""Pages of a lab in this process: they ask, and read until the answer that is waited for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

from starlette.testclient import TestClient

from whygrad.lab.desk import Desk
from whygrad.lab.limits import Limits
from whygrad.lab.message import Frame
from whygrad.lab.opening import Opening, first_opening
from whygrad.lab.server.app import lab_app
from whygrad.lab.server.guard import Keys

if TYPE_CHECKING:
    from starlette.testclient import WebSocketTestSession

    from whygrad.lab.message import Answer, Request
    from whygrad.spec import Experiment

HERE = "http://127.0.0.1:8765"
SOCKET = "ws://127.0.0.1:8765/ws"
KEYS = Keys("the-token", "whygrad-lab-8765")
Message = dict[str, Any]


class Socket:
    """The WebSocket of a page."""

    def __init__(self, session: WebSocketTestSession) -> None:
        self.session = session

    def say(self, do: str, **fields: Any) -> None:
        self.session.send_text(json.dumps({"do": do, **fields}))

    def hear(self, kind: str) -> Message:
        """The next message of a kind; others before it are passed over, errors are not."""
        while True:
            message: Message = json.loads(self.session.receive_text())
            if message["is"] == kind:
                return message
            assert message.get("kind") != "error", message

    def ask(self, kind: str, do: str, **fields: Any) -> Message:
        self.say(do, **fields)
        return self.hear(kind)


@contextmanager
def lab(limits: Limits | None = None, opening: Opening | None = None, keys: Keys = KEYS) -> Iterator[TestClient]:
    """A lab, and a browser that has its cookie."""
    with TestClient(
        lab_app(opening or first_opening(), keys, limits), base_url=HERE, follow_redirects=False
    ) as browser:
        browser.cookies.set(keys.cookie, keys.token)
        yield browser


@contextmanager
def page(browser: TestClient) -> Iterator[Socket]:
    """A page that has opened nothing yet."""
    with browser.websocket_connect(SOCKET, headers={"origin": HERE}) as session:
        yield Socket(session)


def desk(experiment: Experiment | None = None, limits: Limits | None = None) -> Desk:
    """A desk, seen once."""
    opening = first_opening() if experiment is None else Opening(experiment)
    made = Desk(opening, monotonic, limits or Limits())
    list(made.opened())
    return made


def told(desk: Desk, request: Request) -> list[Answer]:
    """Everything that is said to a request."""
    return [each for each in desk.answers(request) if each is not None]


def frame(answers: list[Answer]) -> Frame:
    """The frame that comes last."""
    assert isinstance(answers[-1], Frame)
    return answers[-1]


def only(answers: list[Answer], kind: type[Any]) -> Any:
    (found,) = [each for each in answers if isinstance(each, kind)]
    return found
