"""Two hundred learners at one lab, each of whom steps once a second: how long they wait.

Measured are the frame, and the equations that follow it when there is time for them. The lab runs in a process of its
own, the learners in this one; they begin at different moments of the second.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import resource
from collections import Counter
from dataclasses import dataclass, field
from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.request import HTTPErrorProcessor, build_opener

from websockets.asyncio.client import connect

from benchmarks.labs import lab

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.asyncio.client import ClientConnection

PRESETS = ("xor", "students", "live-221", "notes-222", "chain-depth")


@dataclass
class Seen:
    """What all learners saw: seconds to each frame, seconds to the equations, what went wrong."""

    frames: list[float] = field(default_factory=list)
    equations: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)


@dataclass
class Asked:
    """When a learner asked last."""

    at: float = 0.0


class Stay(HTTPErrorProcessor):
    """Goes nowhere when it is sent on."""

    def http_response(self, request: object, response: object) -> object:  # noqa: ARG002 (urllib calls it so)
        return response


async def learner(
    number: int, address: str, cookie: str, seconds: float, seen: Seen, all_here: asyncio.Barrier
) -> None:
    """Open a preset, wait for the others, then step once a second."""
    host = address.split("/")[2]
    asked = Asked()
    async with connect(f"ws://{host}/ws", origin=f"http://{host}", additional_headers={"Cookie": cookie}) as page:  # type: ignore[arg-type]
        await page.send(json.dumps({"do": "open", "preset": PRESETS[number % len(PRESETS)]}))
        await until(page, "frame", seen)
        async with asyncio.timeout(120), all_here:
            pass
        await asyncio.sleep((number * 0.618) % 1)
        listening = asyncio.create_task(listen(page, seen, asked))
        for _ in range(int(seconds)):
            asked.at = perf_counter()
            await page.send('{"do": "step"}')
            await asyncio.sleep(1 - (perf_counter() - asked.at))
        listening.cancel()


async def listen(page: ClientConnection, seen: Seen, asked: Asked) -> None:
    """Take in every answer and say how long it took."""
    async for words in page:
        took = perf_counter() - asked.at
        kind = kind_of(str(words))
        if kind == "frame":
            seen.frames.append(took)
        elif kind == "why":
            seen.equations.append(took)
        elif kind == "said":
            seen.errors[str(words)[:100]] += 1


async def until(page: ClientConnection, kind: str, seen: Seen) -> None:
    """Pass over what comes before a message of a kind."""
    async for words in page:
        if kind_of(str(words)) == kind:
            return
        if kind_of(str(words)) == "said":
            seen.errors[str(words)[:100]] += 1


def kind_of(words: str) -> str:
    """The kind of an answer, without reading the rest of it."""
    found = re.match(r'{"is":"([a-z]+)"', words)
    return found[1] if found else ""


async def all_learners(address: str, learners: int, seconds: float) -> Seen:
    """Everybody at once."""
    with build_opener(Stay).open(address) as answer:
        cookie = answer.headers["set-cookie"].partition(";")[0]
    seen, all_here = Seen(), asyncio.Barrier(learners)
    each = [learner(number, address, cookie, seconds, seen, all_here) for number in range(learners)]
    for outcome in await asyncio.gather(*each, return_exceptions=True):
        if isinstance(outcome, BaseException):
            seen.errors[repr(outcome)[:100]] += 1
    return seen


def lines(seen: Seen, learners: int, seconds: float) -> Iterator[str]:
    """What is printed."""
    yield f"{learners} learners, one step a second for {seconds:g} s: {len(seen.frames):,} frames"
    for name, waited in (("frame", seen.frames), ("equations", seen.equations)):
        if len(waited) > 1:
            late = quantiles(waited, n=100)
            yield (
                f"{name:10} median {1000 * median(waited):5.0f} ms   95th percentile {1000 * late[94]:5.0f} ms   "
                f"largest {1000 * max(waited):5.0f} ms   {len(waited):,} answers"
            )
    yield f"errors     {sum(seen.errors.values())}"
    yield from (f"  {number} x {words}" for words, number in seen.errors.most_common(5))


def main() -> None:
    """Start a lab, let everybody in, print how long they waited."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=15)
    asked = parser.parse_args()
    with lab() as address:
        seen = asyncio.run(all_learners(address, asked.learners, asked.seconds))
    for line in lines(seen, asked.learners, asked.seconds):
        print(line)
    for name, who in (("lab", resource.RUSAGE_CHILDREN), ("learners", resource.RUSAGE_SELF)):
        used = resource.getrusage(who)
        print(f"{name:10} {used.ru_utime + used.ru_stime:5.1f} s of processor time, start included")


if __name__ == "__main__":
    main()
