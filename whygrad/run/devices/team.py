"""Several processes, on one machine or many, that train one network together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Team:
    """One of them: where the first listens for the others, the number of this one from 0, and how many they are."""

    coordinator: str
    number: int
    count: int

    @property
    def leads(self) -> bool:
        """Whether this is the one that prints and saves."""
        return self.number == 0
