"""Rows of figures that are made only when somebody looks: a fast run has thousands that nobody may ever ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import overload

Row = Mapping[str, float | None]


class LazyRows(Sequence[Row]):
    """So many rows, made all at once when the first is asked for."""

    def __init__(self, count: int, make: Callable[[], Sequence[Row]]) -> None:
        self.number = count
        self.make: Callable[[], Sequence[Row]] | None = make
        self.made: Sequence[Row] = ()

    def __len__(self) -> int:
        return self.number

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        return self.rows[place]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @property
    def rows(self) -> Sequence[Row]:
        """All of them."""
        if self.make is not None:
            self.made, self.make = self.make(), None
        return self.made


class Rows(Sequence[Row]):
    """Rows one after the other, from several places."""

    def __init__(self, parts: Sequence[Sequence[Row]]) -> None:
        flat = chain.from_iterable(part.parts if isinstance(part, Rows) else (part,) for part in parts)
        self.parts: tuple[Sequence[Row], ...] = tuple(part for part in flat if len(part))

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def __iter__(self) -> Iterator[Row]:
        return chain.from_iterable(self.parts)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            return tuple(self)[place]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        place %= len(self)
        for part in self.parts:
            if place < len(part):
                return part[place]
            place -= len(part)
        raise IndexError(place)

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(len(self))
