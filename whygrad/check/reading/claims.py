"""A run of pieces becomes a claim, or is unread with a reason, or is nothing: prose that has an equals sign."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from whygrad.check.reading.formula import Chain, Formula, Listing, Name, Relation, Span, unbracketed
from whygrad.check.reading.moment import COUNTED, OPENING
from whygrad.check.reading.parsing import Unreadable, alone, readings
from whygrad.check.reading.piece import INFIX, Piece
from whygrad.check.reading.runs import Run
from whygrad.check.reading.scan import scanned
from whygrad.check.reading.signs import BLANK
from whygrad.check.reading.spelling import folded
from whygrad.check.reading.vocabulary import CHANGES_MEANING, DESCRIBES, PLAIN, QUANTITIES, Manner

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


IN_WORDS: Final = "its left side is in words: give the quantity a name, or an alias"
WORDS_WITHIN: Final = "words stand within the formula: give the quantity a name, or an alias"
NO_LEFT: Final = "nothing stands left of the relation"
SPLIT: Final = re.compile(r"(?:[A-Za-zα-ω]_?\d+){2,4}|(?:[A-Za-zα-ω]_?\d+){1,3}[A-Za-zα-ω]|[a-z]{2}")
FACTOR: Final = re.compile(r"[A-Za-zα-ω](?:_?\d+)?")


@dataclass(frozen=True)
class Cell:
    """A place in a table by its headers, as written: row "H1", column "net"."""

    row: str
    column: str


@dataclass(frozen=True)
class Overrule:
    """What a person said of a line against the mark: `<!-- whygrad: right, reason -->`."""

    line: int
    mark: str
    reason: str = ""


@dataclass(frozen=True)
class Claim:
    """One chain of the notes.

    - `chain`: its likeliest reading. `others`: further readings of the same text, where it can be read in two ways.
    - `words`: the prose directly before it in its sentence; `label`: what stood before a colon; `heading`: the nearest
      heading above; `moment`: words that say when, "after one update".
    - `cell`: its place in a table, whose cell is then the last side and whose name is made of headers.
    - `overrule`: what a comment on its line says.
    """

    chain: Chain
    others: tuple[Chain, ...] = ()
    words: tuple[str, ...] = ()
    label: str = ""
    heading: str = ""
    moment: str = ""
    cell: Cell | None = None
    overrule: Overrule | None = None

    @property
    def line(self) -> int:
        return self.chain.line

    @property
    def span(self) -> Span:
        return self.chain.span

    @property
    def readings(self) -> tuple[Chain, ...]:
        """Every reading, the likeliest first."""
        return (self.chain, *self.others)


@dataclass(frozen=True)
class Unread:
    """Something with a relation and a number or a blank in it that could not be read: neither right nor wrong."""

    line: int
    span: Span
    reason: str
    text: str = ""
    overrule: Overrule | None = None

    @property
    def is_blank(self) -> bool:
        """Whether it is a blank that was not filled in."""
        return self.reason == BLANK


Item = Claim | Unread


def claimed(run: Run, manner: Manner = PLAIN) -> Iterator[Item]:
    """What one run claims: most often one thing or nothing; a list of values is a claim each."""
    run = introduced(filled_in(trimmed(run)))
    if not run.has_relation or run.is_rest or says_nothing(run) or is_numbered(run):
        return
    telling = "NUMBER" in run.kinds or "FUNCTION" in run.kinds or "SLOPE" in run.kinds
    if reason := fault_of(run):
        if telling or run.goes_on or reason == BLANK:
            yield unread(run, reason)
        return
    first, *others = variants(run, manner)
    try:
        found = readings(first, others)
    except Unreadable as error:
        if telling:
            yield replace(unread(run, error.reason), span=error.span)
        return
    for each in itemised(found):
        yield Claim(each[0], each[1:], run.words, run.label, moment=run.moment)


def unread(run: Run, reason: str) -> Unread:
    """A run that is not read, where it stands."""
    span = run.pieces[0].span.to(run.pieces[-1].span)
    return Unread(span.line, span, reason, " ".join(piece.text for piece in run.pieces if piece.text)[:200])


def trimmed(run: Run) -> Run:
    """A run without what dangles at its end: a relation with nothing behind it, a dash."""
    pieces = list(run.pieces)
    while pieces and (pieces[-1].kind == "RELATION" or is_dash(pieces[-1], run)):
        pieces.pop()
    while pieces and pieces[0].kind == "ODD" and not pieces[0].why.startswith(("matri", "words")):
        pieces.pop(0)
    return replace(run, pieces=tuple(pieces))


def filled_in(run: Run) -> Run:
    """A run without blanks that are filled in, where somebody wrote beside the line: "= ____ 0.38", "= 0.38 ____"."""
    kinds = ("", *run.kinds, "")
    return replace(
        run,
        pieces=tuple(
            piece
            for piece, before, after in zip(run.pieces, kinds, kinds[2:], strict=False)
            if piece.why != BLANK or not is_beside(before, after)
        ),
    )


def is_beside(before: str, after: str) -> bool:
    """Whether a blank stands before or behind what was written into it."""
    return (before == "RELATION" and after in ("NUMBER", "MINUS")) or (before == "NUMBER" and after in ("", "RELATION"))


def introduced(run: Run) -> Run:
    """A run without the word that introduces its name: "the loss L = 0.3" is about L."""
    if run.kinds[:3] != ("QUANTITY", "NAME", "RELATION"):
        return run
    return replace(run, pieces=run.pieces[1:], words=(*run.words, run.pieces[0].text))


def is_dash(piece: Piece, run: Run) -> bool:
    """Whether a minus sign at the end of a run is a dash before prose."""
    return piece.kind == "MINUS" and piece.gap > 0 and len(run.pieces) > 1 and not run.goes_on


def says_nothing(run: Run) -> bool:
    """Whether a run only draws arrows between names, or says in words what a word is."""
    plain = all(kind in ("NAME", "QUANTITY", "RELATION") for kind in run.kinds)
    arrows = all(piece.relation is Relation.BECOMES for piece in run.pieces if piece.kind == "RELATION")
    numbers = all(kind in ("NUMBER", "MINUS", "RELATION") for kind in run.kinds)
    return (plain and (arrows or "QUANTITY" in run.kinds or run.pieces[0].kind == "RELATION")) or (numbers and arrows)


def is_numbered(run: Run) -> bool:
    """Whether the left side is only the number of what stands before it in words: "step 2 = 0.3"."""
    return (
        run.kinds[:2] == ("NUMBER", "RELATION")
        and run.words[-1:] != ()
        and run.words[-1].casefold() in COUNTED | OPENING
    )


def fault_of(run: Run) -> str:
    """Why a run cannot be a chain, seen before it is parsed; nothing where it may be one."""
    if run.pieces[0].kind == "RELATION":
        return IN_WORDS if run.words else NO_LEFT
    if run.pieces[0].kind in INFIX - {"MINUS"} and run.words:
        return IN_WORDS
    if run.goes_on:
        return WORDS_WITHIN
    if changed_by_words(run):
        return IN_WORDS
    return next((piece.why for piece in run.pieces if piece.kind == "ODD"), "")


def changed_by_words(run: Run) -> bool:
    """Whether words before a name make it another quantity: "the square of x1 = 0.0025"."""
    if run.kinds[1:2] != ("RELATION",) or not run.words:
        return False
    words = [word.casefold() for word in run.words if word.casefold() not in ("the", "a", "an")]
    if words and words[-1] in CHANGES_MEANING:
        return True
    return len(words) > 1 and words[-1] == "of" and words[-2] not in DESCRIBES | QUANTITIES


def variants(run: Run, manner: Manner) -> list[tuple[Piece, ...]]:
    """The ways of cutting a run into pieces, the likeliest first: 2x1 is a product or a name, w1x1 two names or one."""
    found = [run.pieces]
    for other in (crossed, split, argued):
        found = [each for pieces in found for each in other(pieces, manner)]
    return found[:4]


def crossed(pieces: tuple[Piece, ...], manner: Manner) -> list[tuple[Piece, ...]]:
    """The x of 2x1 as a sign, and as the beginning of a name."""
    if all(piece.kind != "CROSS" for piece in pieces):
        return [pieces]
    sign = tuple(piece.as_kind("TIMES") if piece.kind == "CROSS" else piece for piece in pieces)
    named: list[Piece] = []
    for piece in pieces:
        if named and named[-1].kind == "CROSS" and piece.text.isdigit():
            letter = named.pop()
            named.append(Piece("NAME", letter.text + piece.text, letter.span.to(piece.span)))
        else:
            named.append(piece)
    if any(piece.kind == "CROSS" for piece in named):
        return [sign]
    known = all(
        folded(p.text) in manner.words for p, q in zip(named, pieces, strict=False) if p is not q and p.kind == "NAME"
    )
    both = [tuple(named), sign]
    return both if known and names_made(named, pieces, manner) else both[::-1]


def names_made(named: Sequence[Piece], pieces: Sequence[Piece], manner: Manner) -> bool:
    """Whether every name that was made of an x and a number is one of the network's."""
    before = {id(piece) for piece in pieces}
    made = [piece for piece in named if id(piece) not in before]
    return all(folded(piece.text) in manner.words for piece in made)


def split(pieces: tuple[Piece, ...], manner: Manner) -> list[tuple[Piece, ...]]:
    """Names as they stand, and as products of short ones: w1x1."""
    broken: list[Piece] = []
    sure = True
    for piece in pieces:
        factors = FACTOR.findall(piece.text) if piece.kind == "NAME" and SPLIT.fullmatch(piece.text) else []
        if not factors or folded(piece.text) in manner.words or piece.text.startswith("d"):
            broken.append(piece)
            continue
        sure = sure and all(folded(factor) in manner.words for factor in factors)
        start = piece.span.start
        for factor in factors:
            span = Span(piece.span.line, start, start + len(factor))
            broken.append(Piece("NAME", factor, span))
            start += len(factor)
    if len(broken) == len(pieces):
        return [pieces]
    return [tuple(broken), pieces] if sure else [pieces, tuple(broken)]


def argued(pieces: tuple[Piece, ...], manner: Manner) -> list[tuple[Piece, ...]]:
    """Names before brackets as factors, and with the brackets as one name: p(2.5), net_h1(0)."""
    whole: list[Piece] = []
    first = False
    place = 0
    while place < len(pieces):
        end = argument_end(pieces, place)
        if end:
            text = pieces[place].text + "(" + ", ".join(each.text for each in pieces[place + 2 : end : 2]) + ")"
            whole.append(Piece("NAME", text, pieces[place].span.to(pieces[end].span), pieces[place].gap))
            left = place == 0 and end + 1 < len(pieces) and pieces[end + 1].kind == "RELATION"
            first = first or left or folded(text) in manner.words
            place = end + 1
        else:
            whole.append(pieces[place])
            place += 1
    if len(whole) == len(pieces):
        return [pieces]
    return [tuple(whole), pieces] if first else [pieces, tuple(whole)]


def argument_end(pieces: Sequence[Piece], place: int) -> int:
    """Where the brackets close that stand close behind a name, with numbers and names alone in them; 0 for none."""
    opening = pieces[place + 1] if place + 1 < len(pieces) else None
    if pieces[place].kind not in ("NAME", "QUANTITY") or opening is None or opening.kind != "OPEN" or opening.gap:
        return 0
    for end in range(place + 2, min(place + 8, len(pieces))):
        kind = pieces[end].kind
        if kind == "CLOSE":
            return end if (end - place) % 2 else 0
        if kind not in (("COMMA",) if (end - place) % 2 else ("NUMBER", "NAME")):
            return 0
    return 0


def formula_of(text: str, manner: Manner = PLAIN) -> Formula:
    """The one formula that a text is, in its likeliest reading; raises Unreadable.

    >>> from whygrad.check.reading.formula import plain
    >>> plain(formula_of("½(t−o)²"))
    '½ * ((t - o)^2)'
    """
    pieces = variants(Run(tuple(scanned(text, manner=manner))), manner)[0]
    return alone(pieces)


def itemised(found: tuple[Chain, ...]) -> Iterator[tuple[Chain, ...]]:
    """A chain as it is; a list of values as a chain for each: x = (0.05, 0.10) is x1 = 0.05 and x2 = 0.10."""
    chain = found[0]
    if len(chain.sides) != 2:
        yield found
        return
    left, right = map(unbracketed, chain.sides)
    if not isinstance(right, Listing) or not (names := names_for(left, len(right.items))):
        yield found
        return
    for name, item in zip(names, right.items, strict=True):
        yield (Chain((name, item), chain.relations, name.span.to(item.span)),)


def names_for(left: Formula, count: int) -> tuple[Formula, ...]:
    """A name for each of so many values: those that are listed, or one name with a number behind it."""
    if isinstance(left, Listing):
        return left.items if len(left.items) == count else ()
    if not isinstance(left, Name) or not left.text[-1].isalpha():
        return ()
    return tuple(Name(f"{left.text}{number}", left.span) for number in range(1, count + 1))
