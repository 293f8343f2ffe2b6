"""The lab at an address of this machine."""

from __future__ import annotations

import errno
import gc
import secrets
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from whygrad.errors.lab import PasswordNeeded, PortTaken
from whygrad.lab.server.guard import LOCAL, Keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from whygrad.lab.opening import Opening

HERE: Final = ("127.0.0.1", "localhost")
EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 (a password is asked for)
ELSEWHERE: Final = ("192.0.2.1", 9)  # an address kept for documents, which nobody has
SHORTEST: Final = 8  # characters of a password
LARGEST: Final = 2**20  # bytes of a message before the connection is cut; the lab's own limit answers in words
SWITCH: Final = 0.0002  # seconds of Python before another thread has its turn: answers are small, and many wait


@dataclass(frozen=True, eq=False)
class Address:
    """Where the lab listens, and what opens it there."""

    listening: socket.socket
    host: str
    port: int
    keys: Keys

    @property
    def url(self) -> str:
        """What a browser on this machine is to open."""
        host = HERE[0] if self.host in (*HERE, EVERYWHERE) else self.host
        return f"http://{host}:{self.port}/?token={self.keys.token}"

    @property
    def others(self) -> tuple[str, ...]:
        """What browsers on other machines open; they are asked for the password."""
        if not self.is_open:
            return ()
        hosts = own_addresses() if self.host == EVERYWHERE else (self.host,)
        return tuple(f"http://{host}:{self.port}/" for host in hosts)

    @property
    def is_open(self) -> bool:
        """Whether other machines reach it."""
        return self.host not in HERE


def address_at(host: str, port: int, password: str) -> Address:
    """Take an address. Raises PasswordNeeded (WG1011), PortTaken (WG1010)."""
    if host not in HERE and len(password) < SHORTEST:
        raise PasswordNeeded(host, SHORTEST)
    listening = bound(host, port)
    found = listening.getsockname()[1]
    hosts = LOCAL if host in HERE else None
    return Address(listening, host, found, Keys(secrets.token_urlsafe(24), f"whygrad-lab-{found}", password, hosts))


def own_addresses() -> tuple[str, ...]:
    """By which addresses other machines may reach this one; none where it is on no network."""
    found: list[str] = []
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        asked.connect(ELSEWHERE)  # sends nothing: it only chooses the address that a message would come from
        found.append(asked.getsockname()[0])
    with suppress(OSError):
        found += [str(each[4][0]) for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return tuple(each for each in dict.fromkeys(found) if not each.startswith("127."))


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises PortTaken (WG1010)."""
    # Named, not left to be guessed: asyncio sends small messages at once (TCP_NODELAY) only where it reads this name.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(512)
    except OSError as error:
        listening.close()
        reason = "another program listens there" if error.errno == errno.EADDRINUSE else error.strerror or str(error)
        raise PortTaken(host, port, reason) from None
    return listening


def serve(address: Address, opening: Opening, ready: Callable[[], None]) -> None:
    """Answer pages until Ctrl-C; `ready` is called when the first can come."""
    import uvicorn

    from whygrad.lab.server.app import lab_app

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready()

    config = uvicorn.Config(
        lab_app(opening, address.keys),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        ws="websockets-sansio",
        ws_max_size=LARGEST,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=1,
    )
    sys.setswitchinterval(SWITCH)
    gc.freeze()  # what is there now stays: looking through it again would only make everybody wait
    Server(config).run([address.listening])
