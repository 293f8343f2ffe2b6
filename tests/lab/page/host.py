"""A lab for tests of its page: the page's files with the policy of the server, and answers from a real session.

It answers at once and one request at a time; what the server adds (sessions, limits, time) the page does not know of.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Final

import msgspec

from whygrad.errors import WhygradError
from whygrad.explain import Links, Runner
from whygrad.explain.one_move import one_move
from whygrad.lab import message
from whygrad.lab.files import FIRST, Files
from whygrad.lab.frame import View
from whygrad.lab.network import network_of
from whygrad.lab.session import Session
from whygrad.pipeline.derivation import explain, prepared
from whygrad.render.live import live
from whygrad.run import evaluate
from whygrad.spec.read import read_experiment
from whygrad.spec.tables import experiment_of

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
    """Answers requests of a page by a real session, and remembers them; each frame is followed by its derivation."""

    def __init__(self, preset: str = "notes-222") -> None:
        self.preset = preset
        self.scratch = "."
        self.asked: list[dict[str, Any]] = []
        self.view = View(Session(read_experiment(EXAMPLES / f"{preset}.toml"), EXAMPLES))

    @property
    def session(self) -> Session:
        return self.view.session

    def answers(self, text: str) -> list[Any]:
        """What the lab says to a request."""
        self.asked.append(json.loads(text))
        request = msgspec.json.decode(text, type=message.Request)
        try:
            return self._answers(request)
        except WhygradError as error:
            return [message.Said("error", error.what(), error.code, error.why(), error.advice())]

    def _answers(self, request: message.Request) -> list[Any]:
        session = self.session
        match request:
            case message.Open():
                if request.session == "first":
                    return [self.opened(), *self.seen(0)]
                gone = [message.Said("note", "this session is not kept any more")] if request.session else []
                self.open(request)
                return [*gone, self.opened(), *self.seen(0)]
            case message.Step():
                return self.moved(lambda: self.step(request))
            case message.Go():
                return self.moved(lambda: session.go(request.update, request.moves))
            case message.Play() | message.Pause():
                self.view.playing = isinstance(request, message.Play)
                return self.seen(None)
            case message.Look():
                self.view.row = request.row
                return self.seen(None)
            case message.Explain():
                found = explain(session.trace(), request.of)
                return [why(request.of, live(found.document, found.numbers))]
            case message.Reset() | message.Change() | message.SetWeight():
                return self.altered(request)

    def altered(self, request: message.Reset | message.Change | message.SetWeight) -> list[Any]:
        """What is answered where the run is another one afterwards."""
        told: list[Any] = []
        match request:
            case message.Reset():
                self.session.reset()
            case message.Change():
                goes_on = self.session.change(changed(self.session, request.key, request.value))
                words = "The run goes on from here." if goes_on else "The run starts again."
                told = [self.opened(), message.Said("note", words)]
            case message.SetWeight():
                self.session.set_weight(request.name, request.value)
        return [*told, *self.seen(0)]

    def open(self, request: message.Open) -> None:
        if request.experiment:
            path = Path(self.scratch) / "opened.toml"
            path.write_text(request.experiment, encoding="utf-8")
            self.view = View(Session(read_experiment(path), EXAMPLES))
        elif request.preset:
            self.view = View(Session(read_experiment(EXAMPLES / f"{request.preset}.toml"), EXAMPLES))

    def opened(self) -> dict[str, Any]:
        session = self.session
        return {
            "is": "opened",
            "session": "first",
            "server": "one",
            "experiment": msgspec.to_builtins(session.experiment),
            "network": network_of(session.stretches[-1].ready.plan),
            "text": (EXAMPLES / f"{self.preset}.toml").read_text(encoding="utf-8"),
            "presets": [{"name": name, "title": name.upper()} for name in ("xor", "students")],
        }

    def moved(self, move: Callable[[], None]) -> list[Any]:
        """A frame, and the losses of the updates that were made on the way."""
        before = self.session.end
        move()
        return self.seen(before if self.session.end > before else None)

    def seen(self, losses_from: int | None) -> list[Any]:
        frame = self.view.frame()
        found: list[Any] = [frame]
        if losses_from is not None:
            found.append(message.Curve(losses_from, list(self.session.losses()[losses_from:])))
        return [*found, why("", self.of_move(frame))]

    def of_move(self, frame: message.Frame) -> dict[str, Any]:
        chart, moves = self.view.chart()
        links = Links(chart, Runner(evaluate, prepared))
        return live(one_move(links, moves[frame.moves - 1] if frame.moves else None, frame.row))

    def step(self, request: message.Step) -> None:
        place = self.session.place
        count = -request.count if request.back else request.count
        moves = len(self.view.chart()[1])
        if request.unit == "move":
            update, left = divmod(place.update * (moves + 1) + place.moves + count, moves + 1)
            self.session.go(max(0, update), left if update >= 0 else 0)
        elif request.unit == "update":
            self.session.go(max(0, place.update + count))
        else:
            self.session.go(max(0, place.update + 4 * count))


def why(of: str, document: dict[str, Any]) -> dict[str, Any]:
    """A derivation of the place that the page saw last; the server names the place as well."""
    return {"is": "why", "of": of, "document": document}


def changed(session: Session, key: str, value: Any) -> Any:
    """The experiment with another value for one key. Raises what reading it raises."""
    tables = msgspec.to_builtins(session.experiment)
    section, _, name = key.partition(".")
    tables[section][name] = value
    return experiment_of(tables)
