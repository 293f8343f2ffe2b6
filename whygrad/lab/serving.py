"""The lab at an address of this machine."""

from __future__ import annotations

import errno
import gc
import secrets
import socket
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from whygrad.errors.lab import PasswordNeeded, PortTaken
from whygrad.lab.guard import LOCAL, Keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from whygrad.lab.opening import Opening

HERE: Final = ("127.0.0.1", "localhost")
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
        return f"http://127.0.0.1:{self.port}/?token={self.keys.token}"

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

    from whygrad.lab.app import lab_app

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready()

    config = uvicorn.Config(
        lab_app(opening, address.keys),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="websockets-sansio",
        ws_max_size=LARGEST,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=1,
    )
    sys.setswitchinterval(SWITCH)
    gc.freeze()  # what is there now stays: looking through it again would only make everybody wait
    Server(config).run([address.listening])
