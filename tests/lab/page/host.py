"""A lab for tests of its page: the page's files with the policy of the server, and answers from a real session.

It answers at once and one request at a time; what the server adds (sessions, limits, time) the page does not know of.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any, Final

import msgspec

from whygrad.errors import WhygradError
from whygrad.lab import message
from whygrad.lab.apart.work import outcome_of
from whygrad.lab.desk import Desk
from whygrad.lab.desk import said as said_of
from whygrad.lab.frame import View
from whygrad.lab.limits import Limits
from whygrad.lab.opening import Opening, wanted
from whygrad.lab.server.files import FIRST, Files
from whygrad.lab.session import Session
from whygrad.lab.state import State
from whygrad.lab.wire import decoded
from whygrad.spec import Experiment
from whygrad.spec.read import read_experiment

ROOT: Final = Path(__file__).parents[3]
EXAMPLES: Final = ROOT / "examples"
STATIC: Final = ROOT / "whygrad" / "lab" / "static"
FILES: Final = Files(STATIC)
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
)


class Pages(BaseHTTPRequestHandler):
    """The page's files, each with the policy that the lab sends."""

    def __init__(self, files: Files, *given: Any) -> None:
        self.files = files
        super().__init__(*given)

    def do_GET(self) -> None:
        """The page itself at the root, its files below `static`, as the lab has them."""
        name = self.path.partition("?")[0].removeprefix("/").removeprefix("static/") or FIRST
        if name not in self.files.names:
            self.send_error(404)
            return
        kept = self.files.read(name)
        self.send_response(200)
        self.send_header("Content-Type", kept.kind)
        self.send_header("Content-Length", str(len(kept.plain)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(kept.plain)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def served(files: Files = FILES) -> Iterator[str]:
    """The address of the page while it is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, files))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Lab:
    """Answers requests of a page as the server does, at once, and remembers them."""

    def __init__(self, preset: str = "notes-222") -> None:
        self.asked: list[dict[str, Any]] = []
        self.desk = self.sat_down(read_experiment(EXAMPLES / f"{preset}.toml"))

    @property
    def session(self) -> Session:
        return self.desk.session

    @property
    def view(self) -> View:
        return self.desk.view

    def opened(self) -> Any:
        """What the page is told first, as it arrives there."""
        return msgspec.to_builtins(next(self.desk.opened()))

    def sat_down(self, experiment: Experiment, update: int = 0, state: State | None = None) -> Desk:
        opening = Opening(experiment, EXAMPLES, update=update, state=state)
        return Desk(opening, monotonic, name="first", server="one")

    def answers(self, text: str) -> list[Any]:
        """What the lab says to a request, and what is drawn beside the network then."""
        self.asked.append(json.loads(text))
        try:
            said = self._answers(decoded(text.encode(), Limits().message))
            found = [each for each in said if each is not None]
        except WhygradError as error:
            found = [said_of(error)]
        while (beside := self.desk.beside.next()) is not None:
            found.append(beside)
        while (apart := self.desk.apart.next(lambda wish, _: outcome_of(wish))) is not None:
            found.append(apart)
        return found

    def _answers(self, request: message.Request) -> Iterator[Any]:
        if not isinstance(request, message.Open):
            yield from self.desk.answers(request)
            return
        if request.session != "first":
            if request.session:
                yield message.Said("note", "this session is not kept any more")
            opening = wanted(request, self.desk.opening)
            self.desk = self.sat_down(opening.experiment, opening.update, opening.state)
        yield from self.desk.opened()
