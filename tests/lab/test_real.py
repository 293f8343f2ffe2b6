"""The lab as people start it: the command in a process of its own, a real server, a client of another maker."""

from __future__ import annotations

import json
import signal
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.cli.typed import XOR, Shell, process

COMMAND = ("lab", "--no-browser", "--port", "0", "--json")


@contextmanager
def started(folder: Path, *words: str) -> Iterator[dict[str, Any]]:
    """The lab in a process of its own; Ctrl-C ends it."""
    with process(*COMMAND, *words, cwd=folder) as ran:
        assert ran.stdout is not None
        assert ran.stderr is not None
        told = ""
        while not told.endswith("}\n"):
            line = ran.stdout.readline()
            assert line, ran.stderr.read()
            told += line
        try:
            yield json.loads(told)
        finally:
            ran.send_signal(signal.SIGINT)
            ran.wait(10)
        assert ran.returncode == 0
        assert ran.stderr.read() == ""


def cookie_of(told: dict[str, Any]) -> str:
    with closing(HTTPConnection("127.0.0.1", told["port"])) as connection:
        connection.request("GET", told["url"].partition(str(told["port"]))[2])
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("location")) == (303, "./")
        return str(answer.getheader("set-cookie")).partition(";")[0]


def dialled(told: dict[str, Any], cookie: str, origin: str | None = None) -> ClientConnection:
    host = f"127.0.0.1:{told['port']}"
    given = f"http://{host}" if origin is None else origin
    return connect(f"ws://{host}/ws", origin=given or None, additional_headers={"Cookie": cookie})  # type: ignore[arg-type]


def heard(page: ClientConnection, kind: str) -> dict[str, Any]:
    while (message := json.loads(page.recv(10)))["is"] != kind:
        pass
    return dict(message)


def test_from_the_command_to_a_step_back(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(XOR.replace("XOR", "Mine"), encoding="utf-8")
    with started(tmp_path, "mine.toml") as told:
        cookie = cookie_of(told)
        for strange in ("", "http://evil.example"):
            with pytest.raises(InvalidStatus) as refused:
                dialled(told, cookie, strange)
            assert refused.value.response.status_code == 403
        with pytest.raises(InvalidStatus):
            dialled(told, "")
        with dialled(told, cookie) as page:
            page.send('{"do": "open"}')
            assert heard(page, "opened")["experiment"]["title"] == "Mine"
            first = heard(page, "frame")
            for words in ('{"do": "step", "unit": "epoch", "count": 9}', '{"do": "go", "update": 0}'):
                page.send(words)
                seen = heard(page, "frame")
            assert {**seen, "end": 0} == first
            page.send('{"do": "play", "unit": "epoch", "per_second": 60}')
            assert heard(page, "frame")["playing"] is True
            page.send("x" * (2**20 + 1))
            with pytest.raises(ConnectionClosed) as closed:
                heard(page, "nothing")
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1009


def test_a_run_opens_where_it_ended(tmp_path: Path, shell: Shell) -> None:
    shell.done("train", "xor.toml", "--epochs", "20", "-q")
    with started(tmp_path, "runs/xor") as told, dialled(told, cookie_of(told)) as page:
        page.send('{"do": "open"}')
        heard(page, "opened")
        assert heard(page, "frame")["update"] == 80


def test_a_port_that_is_taken(shell: Shell) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = shell("lab", "--port", str(port), "--no-browser")
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        f"WG1010 the lab cannot listen at 127.0.0.1, port {port}\n"
        "  why: another program listens there\n"
        "  try: choose another with --port N; --port 0 takes one that is free\n"
    )


@pytest.mark.parametrize("words", [[], ["--password", "short"]])
def test_other_machines_need_a_password(words: list[str], shell: Shell) -> None:
    said = shell("lab", "--host", "0.0.0.0", "--no-browser", *words)  # noqa: S104 (refused)
    assert said.code == 1
    assert said.line == (
        "WG1011 --host 0.0.0.0 opens the lab to every machine that reaches this one why: that needs a password of 8 "
        "characters or more, and none was given try: add --password WORDS, or leave --host out to work on this "
        "machine alone"
    )


def test_a_file_that_is_not_there(shell: Shell) -> None:
    assert shell("lab", "none.toml", "--no-browser").err.startswith("WG801 none.toml does not exist\n")
