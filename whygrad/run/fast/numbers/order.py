"""Lines put in an order in which each finds what it reads, and those under one condition stand together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from whygrad.code.layout import indented

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from whygrad.code.identifier import Identifiers


@dataclass(frozen=True)
class Line:
    """One statement: what it reads, the variable that it sets or adds to, and the condition under which it stands."""

    text: str
    reads: frozenset[str]
    sets: str = ""
    gate: str = ""


def ordered(lines: Sequence[Line], states: Collection[str], identifiers: Identifiers) -> list[str]:
    """The lines, with conditions around some; a state is changed after all that read it as it was.

    Of two states each of which is made of the other, one is set aside and changed at the end.
    """
    lines, at_the_end = list(lines), list[str]()
    while True:
        blocks, left = blocks_of(lines, states)
        if not left:
            break
        place = next(place for place in left if lines[place].sets in states)
        name = lines[place].sets
        aside = identifiers(f"next_{name}")
        at_the_end.append(f"{name} = {aside}")
        text = lines[place].text.replace(f"{name} =", f"{aside} =", 1)
        lines[place] = replace(lines[place], text=text, sets=aside)
        if lines[place].gate:
            lines.insert(place, Line(f"{aside} = {name}", frozenset({name}), aside))
    return [text for gate, texts in blocks for text in under(gate, texts)] + at_the_end


def under(gate: str, texts: list[str]) -> list[str]:
    """Some lines under a condition, or as they are."""
    return [f"if {gate}:", *indented(texts)] if gate else texts


def blocks_of(lines: Sequence[Line], states: Collection[str]) -> tuple[list[tuple[str, list[str]]], list[int]]:
    """The lines in blocks, each with its condition, and those for which there is no order."""
    waits, followers = waiting(lines, states)
    ready: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        if not waits[place]:
            heappush(ready[line.gate], place)
    blocks: list[tuple[str, list[str]]] = []
    while any(ready.values()):
        gate = "" if ready[""] else min((gate for gate in ready if ready[gate]), key=lambda gate: ready[gate][0])
        texts: list[str] = []
        while ready[gate]:
            place = heappop(ready[gate])
            texts.append(lines[place].text)
            for follower in followers[place]:
                waits[follower] -= 1
                if not waits[follower]:
                    heappush(ready[lines[follower].gate], follower)
        if not ready[gate]:
            del ready[gate]
        blocks.append((gate, texts))
    return blocks, [place for place, number in enumerate(waits) if number]


def waiting(lines: Sequence[Line], states: Collection[str]) -> tuple[list[int], list[set[int]]]:
    """For how many others each line waits, and which lines wait for it."""
    setters: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        setters[line.sets].append(place)
    followers: list[set[int]] = [set() for _ in lines]
    for place, line in enumerate(lines):
        for name in line.reads:
            for setter in setters[name] if name else ():
                if setter != place:
                    followers[place if name in states else setter].add(setter if name in states else place)
        if line.sets and line.sets not in states and setters[line.sets][0] != place:
            followers[setters[line.sets][0]].add(place)
    waits = [0] * len(lines)
    for every in followers:
        for follower in every:
            waits[follower] += 1
    return waits, followers
