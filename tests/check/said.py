"""What lines are read as, in short, to be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.check.reading.claims import Claim, Unread
from whygrad.check.reading.formula import plain_chain
from whygrad.check.reading.notes import parse_notes

if TYPE_CHECKING:
    from whygrad.check.reading.notes import Notes


def said(text: str, names: tuple[str, ...] = ()) -> list[str]:
    """Every claim on one line, and every unread place as "! reason"."""
    return said_of(parse_notes(text, "notes.md", names))


def said_of(notes: Notes) -> list[str]:
    return [plain_chain(item.chain) if isinstance(item, Claim) else f"! {item.reason}" for item in notes.items]


def claims(text: str, names: tuple[str, ...] = ()) -> tuple[Claim, ...]:
    return parse_notes(text, "notes.md", names).claims


def unread(text: str) -> tuple[Unread, ...]:
    return parse_notes(text, "notes.md").unread
