"""Where the lab says that it is: for a browser on this machine, and for those on others."""

from __future__ import annotations

import asyncio
import socket
from contextlib import closing
from typing import Any

import pytest

from whygrad.cli.lab import announce
from whygrad.lab.server import serving
from whygrad.lab.server.serving import Address, address_at, bound, own_addresses

EVERYWHERE = "0.0.0.0"  # noqa: S104 (with a password)


def at(host: str) -> Address:
    found = address_at(host, 0, "a long password")
    found.listening.close()
    return found


def test_only_this_machine_reaches_it_unless_it_is_told_otherwise() -> None:
    for host in ("127.0.0.1", "localhost"):
        found = at(host)
        assert found.url.startswith(f"http://127.0.0.1:{found.port}/?token=")
        assert found.others == ()


def test_every_address_of_this_machine_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "own_addresses", lambda: ("192.0.2.7", "198.51.100.3"))
    found = at(EVERYWHERE)
    assert found.url.startswith(f"http://127.0.0.1:{found.port}/?token=")
    assert found.others == (f"http://192.0.2.7:{found.port}/", f"http://198.51.100.3:{found.port}/")


def test_an_address_of_its_own_is_where_it_is() -> None:
    found = Address(socket.socket(), "192.0.2.7", 80, at("127.0.0.1").keys)
    found.listening.close()
    assert found.url.startswith("http://192.0.2.7:80/?token=")
    assert found.others == ("http://192.0.2.7:80/",)


def test_the_addresses_found_are_this_machines_and_reach_it() -> None:
    for each in own_addresses():
        assert not each.startswith("127.")
        with closing(socket.socket()) as listening:
            listening.bind((each, 0))
            listening.listen()
            with closing(socket.create_connection(listening.getsockname(), 5)) as asking:
                assert asking.getpeername()[0] == each


def test_a_machine_without_a_network_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> Any:
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert own_addresses() == ()


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (("192.0.2.7", "198.51.100.3"), "From other machines: http://192.0.2.7:PORT/ or http://198.51.100.3:PORT/\n"),
        ((), "Other machines do not reach it: this one has no address on a network.\n"),
    ],
)
def test_it_says_how_others_come_in_and_what_that_opens(
    others: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serving, "own_addresses", lambda: others)
    found = at(EVERYWHERE)
    announce(found, browser=False, as_json=False)
    words = " ".join(capsys.readouterr().out.replace(str(found.port), "PORT").split())
    assert words.startswith("The lab is at http://127.0.0.1:PORT/?token=")
    assert " ".join(said.split()) in words
    assert "what they send is not encrypted" in words
    assert words.count("token=") == 1


def test_programs_are_told_as_well(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(serving, "own_addresses", lambda: ("192.0.2.7",))
    found = at(EVERYWHERE)
    announce(found, browser=False, as_json=True)
    assert f'"http://192.0.2.7:{found.port}/"' in capsys.readouterr().out


def test_a_small_answer_is_sent_at_once() -> None:
    """The kernel would keep it back for 40 ms, until the browser says that it has the one before."""

    async def accepted() -> int:
        found = asyncio.get_running_loop().create_future()

        def came(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            found.set_result(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        listening = bound("127.0.0.1", 0)
        port = listening.getsockname()[1]
        async with await asyncio.start_server(came, sock=listening):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            without_delay: int = await found
            writer.close()
        return without_delay

    assert asyncio.run(accepted()) != 0
