"""The address of the lab, without a page at it."""

from __future__ import annotations

import asyncio
import socket

from whygrad.lab.serving import bound


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
