"""Pieces are cut into runs: each what may be one chain, with the words around it. Prose is passed over here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from whygrad.check.reading import signs
from whygrad.check.reading.formula import Relation
from whygrad.check.reading.moment import equals, timed
from whygrad.check.reading.piece import ENDS, INFIX, STARTS, Piece
from whygrad.check.reading.spelling import folded
from whygrad.check.reading.vocabulary import ABOUT, BETWEEN, OPERATOR_WORDS, SAYS_GIVEN, SAYS_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DEEPEST: Final = 60
WIDE: Final = 2  # blanks that part two columns
JOINING: Final = frozenset({"TIMES", "DIVIDE", "POWER", "PLUS", "RELATION"})
NO_FORMULA: Final = frozenset({"WORD", "RELATION", "STOP"})


@dataclass(frozen=True)
class Run:
    """Pieces without prose between them.

    - `words`: the prose directly before, back to the last stop; `after`: the word directly behind, if one follows.
    - `stop`: the sign that ended the run before: ",", ":", ".", a new line, or nothing where prose did.
    - `label`: what stood before a colon, "H1" in "H1: net = 0.3775".
    - `moment`: words that say when, "after one update", "after 10000".
    - `goes_on`: words stand within the formula, which goes on behind them with a sign; `is_rest` is what goes on.
    """

    pieces: tuple[Piece, ...]
    words: tuple[str, ...] = ()
    after: str = ""
    stop: str = ""
    label: str = ""
    moment: str = ""
    goes_on: bool = False
    is_rest: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(piece.kind for piece in self.pieces)

    @property
    def has_relation(self) -> bool:
        return any(piece.kind == "RELATION" for piece in self.pieces)

    @property
    def is_name(self) -> bool:
        return len(self.pieces) == 1 and self.pieces[0].kind in ("NAME", "QUANTITY")

    @property
    def starts_with_name(self) -> bool:
        return self.kinds[:1] in (("NAME",), ("QUANTITY",)) and self.kinds[1:2] == ("RELATION",)

    @property
    def is_number(self) -> bool:
        return self.kinds in (("NUMBER",), ("MINUS", "NUMBER"))


def runs(pieces: Sequence[Piece], about: frozenset[str] = frozenset()) -> list[Run]:
    """The runs of the pieces of a paragraph, in order."""
    worded = promoted(in_signs(pieces, ABOUT | {each.casefold().rstrip(".") for each in about}))
    found = list(timed(list(cut(worded, matched(worded)))))
    return [part for run in combined(pairs(found)) for part in parted(run)]


def in_signs(pieces: Sequence[Piece], about: frozenset[str]) -> list[Piece]:
    """Words that stand for signs become signs: "equals", "times"; "= about 0.3" is ≈ 0.3."""
    found: list[Piece] = []
    for place, piece in enumerate(pieces):
        before = found[-1].kind if found else ""
        after = pieces[place + 1].kind if place + 1 < len(pieces) else ""
        word = piece.text.casefold() if piece.kind == "WORD" else ""
        kind = OPERATOR_WORDS.get(word, "")
        if kind and before in ENDS and after in STARTS | {"MINUS"}:
            found.append(piece.as_kind(kind, relation=Relation.EQUAL if kind == "RELATION" else None))
        elif word in about and before == "RELATION":
            found[-1] = found[-1].as_kind("RELATION", relation=Relation.ABOUT)
        elif word in about and before in ENDS and after in ("NUMBER", "MINUS") and found[-1].kind == "NAME":
            found.append(piece.as_kind("RELATION", relation=Relation.ABOUT))
        elif piece.kind == "RELATION" and before == "RELATION":
            found[-1] = found[-1].as_kind("RELATION", relation=piece.relation or found[-1].relation)
        elif piece.text == "." and before == "RELATION":
            continue  # "= approx. 0.3"
        else:
            found.append(piece)
    return found


def promoted(pieces: Sequence[Piece]) -> list[Piece]:
    """A word directly before a relation to a number is a name: "slope = -67.5"."""
    around = zip(("", *(piece.kind for piece in pieces)), pieces, range(1, len(pieces) + 1), strict=False)
    return [as_name(piece, before, pieces[place : place + 2]) for before, piece, place in around]


def as_name(piece: Piece, before: str, after: Sequence[Piece]) -> Piece:
    """A word as a name, where it is one; `before` is the kind of what stands before it."""
    if piece.kind != "WORD" or len(after) < 2 or after[0].kind != "RELATION" or not piece.text[0].isalpha():
        return piece
    follows = after[1].kind in STARTS | {"MINUS"} and after[1].kind != "QUANTITY"
    adjacent = before in ENDS | INFIX | {"QUANTITY"}
    return piece.as_kind("NAME") if follows and not adjacent else piece


def matched(pieces: Sequence[Piece]) -> dict[int, int]:
    """Where each bracket closes. A bracket that never closes, and one that never opened, is missing."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for place, piece in enumerate(pieces):
        if piece.kind == "STOP" and piece.text in ("\n", ""):
            waiting.clear()
        elif piece.kind == "OPEN":
            waiting.append(place)
        elif piece.kind == "CLOSE" and waiting:
            found[waiting.pop()] = place
    return found


def is_clean(pieces: Sequence[Piece], opening: int, closing: int) -> bool:
    """Whether what is between two brackets can belong to a formula."""
    return all(piece.kind not in NO_FORMULA or piece.text == ";" for piece in pieces[opening + 1 : closing])


def follows(done: Sequence[Run]) -> bool:
    """Whether there is a chain that may go on."""
    return bool(done) and done[-1].has_relation


class Cutter:
    """Collects one run after another."""

    def __init__(self) -> None:
        self.done: list[Run] = []
        self.pieces: list[Piece] = []
        self.words: list[str] = []
        self.remarks: list[str] = []
        self.stop = "\n"

    def end(self, stop: str, word: str = "") -> None:
        """The run that is open ends with a sign or with a word."""
        if self.pieces:
            rest = bool(self.words) and not self.stop and self.pieces[0].kind in JOINING and follows(self.done)
            if rest:
                self.done[-1] = replace(self.done[-1], goes_on=True)
            moment = " ".join(self.remarks)
            self.done.append(Run(tuple(self.pieces), tuple(self.words), word, self.stop, moment=moment, is_rest=rest))
            self.words = []
            self.remarks = []
            self.stop = ""
        self.pieces = []
        if word:
            self.words.append(word)
        else:
            self.words, self.stop = [], stop


def cut(pieces: Sequence[Piece], closes: dict[int, int], depth: int = 0) -> Iterator[Run]:
    """The runs in their order; brackets with prose or equations in them are read by themselves."""
    cutter = Cutter()
    closed = set(closes.values())
    inner: list[Run] = []
    place = 0
    while place < len(pieces):
        piece = pieces[place]
        end = closes.get(place)
        if piece.kind == "OPEN" and end is not None:
            if is_clean(pieces, place, end) and not is_remark(pieces, place, end):
                cutter.pieces += map(in_list, pieces[place : end + 1])
            else:
                inner += annotated(cutter, pieces, place, end, depth)
            place = end
        else:
            one_piece(
                cutter, piece, pieces[place + 1].kind if place + 1 < len(pieces) else "", is_closed=place in closed
            )
        place += 1
    cutter.end("\n")
    yield from cutter.done
    yield from inner


def in_list(piece: Piece) -> Piece:
    """A semicolon between brackets parts values, as a comma does."""
    return piece.as_kind("COMMA") if piece.text == ";" else piece


def one_piece(cutter: Cutter, piece: Piece, after: str, *, is_closed: bool) -> None:
    """Adds a piece that opens no pair of brackets, or ends the run with it."""
    if piece.kind in ("OPEN", "CLOSE") and not is_closed:
        last = cutter.pieces[-1].kind if cutter.pieces else ""
        within = last in INFIX | {"FUNCTION", "SLOPE"} or (last in ENDS and after in INFIX | STARTS | {"RELATION"})
        if within:
            cutter.pieces.append(piece.as_kind("ODD", why=signs.UNCLOSED))
        else:
            cutter.end("")
    elif piece.kind == "WORD":
        cutter.end("", piece.text)
    elif piece.kind in ("STOP", "COMMA"):
        cutter.end(piece.text)
    else:
        joined(cutter, piece)


def is_remark(pieces: Sequence[Piece], opening: int, closing: int) -> bool:
    """Whether brackets hold a remark: the number of an equation far behind it, or one word that is a quantity."""
    if closing != opening + 2 or not opening or pieces[opening - 1].kind not in ENDS:
        return False
    inside, gap = pieces[opening + 1], pieces[opening].gap
    last = closing + 1 == len(pieces) or pieces[closing + 1].text == "\n"
    return (inside.kind == "QUANTITY" and gap > 0) or (inside.text.isdigit() and last and gap >= WIDE)


def annotated(cutter: Cutter, pieces: Sequence[Piece], opening: int, closing: int, depth: int) -> list[Run]:
    """Brackets with words in them: a remark behind an operand, else a hole in the formula. Their own runs come back."""
    if not (cutter.pieces and cutter.pieces[-1].kind in ENDS):
        cutter.pieces.append(pieces[opening].as_kind("ODD", why="words stand where a formula belongs"))
    within = pieces[opening + 1 : closing]
    cutter.remarks += (piece.text for piece in within if piece.kind in ("WORD", "NUMBER", "NAME"))
    if depth >= DEEPEST or not any(piece.kind == "RELATION" for piece in within):
        return []
    return [replace(run, words=run.words or ("(",)) for run in cut(within, matched(within), depth + 1)]


def joined(cutter: Cutter, piece: Piece) -> None:
    """Adds a piece to the open run, or begins another where the two cannot be one formula."""
    last = cutter.pieces[-1] if cutter.pieces else None
    if last is not None and last.kind in ENDS:
        parts = piece.kind == "NUMBER" and not (last.kind in ("CLOSE", "BAR_CLOSE") and not piece.gap)
        parts = parts or (piece.kind in STARTS and "QUANTITY" in (last.kind, piece.kind))
        if parts and not raised_by(cutter.pieces):
            cutter.end(" ")
    cutter.pieces.append(piece)


def raised_by(pieces: Sequence[Piece]) -> bool:
    """Whether the last piece is the 2 of tanh^2."""
    return [piece.kind for piece in pieces[-3:-1]] == ["FUNCTION", "POWER"]


def parted(run: Run) -> Iterator[Run]:
    """One run for each chain: columns side by side, and arrows that lead on to another equation, part a run."""
    level = start = 0
    for place, piece in enumerate(run.pieces):
        level += (piece.kind == "OPEN") - (piece.kind == "CLOSE")
        if level == 0 and place > start and begins_another(run.pieces, start, place):
            arrow = piece.kind == "RELATION"
            yield replace(run, pieces=run.pieces[start:place], after="")
            start = place + arrow
            run = replace(run, words=(), stop=" ")
    yield replace(run, pieces=run.pieces[start:])


def begins_another(pieces: Sequence[Piece], start: int, place: int) -> bool:
    """Whether a second equation begins at this place of a run."""
    piece, before, after = pieces[place], pieces[place - 1], pieces[place + 1 : place + 3]
    if piece.kind == "RELATION" and piece.relation is Relation.BECOMES:
        return (
            bool(after) and after[0].kind in ("NAME", "QUANTITY") and (len(after) == 1 or after[1].kind == "RELATION")
        )
    if piece.kind not in ("NAME", "QUANTITY") or before.kind not in ENDS or not after or after[0].kind != "RELATION":
        return False
    side = [each.kind for each in pieces[max(start, place - 2) : place]]
    alone = side in (["RELATION", "NUMBER"], ["MINUS", "NUMBER"])
    return piece.gap >= WIDE or (alone and piece.gap > 0 and "." in before.text)


def combined(found: Sequence[Run]) -> Iterator[Run]:
    """Values given without a relation are claims too: "net_H1: 0.3775", "learning rate of 0.5"."""
    waiting: Run | None = None
    for run in found:
        both = with_name(waiting, run) if waiting is not None and waiting.is_name else None
        if both is None and waiting is not None:
            yield waiting
        waiting = both or labelled(waiting, run)
    if waiting is not None:
        yield waiting


def with_name(name: Run, run: Run) -> Run | None:
    """A name and the value given for it as one run, if it is one."""
    behind = is_behind_colon(name, run) and run.has_relation and "NUMBER" in run.kinds and not run.starts_with_name
    if not behind and (run.has_relation or not is_given(name, run)):
        return None
    return replace(name, pieces=(*name.pieces, equals(run.pieces[0]), *run.pieces), after=run.after)


def labelled(name: Run | None, run: Run) -> Run:
    """A run with the name before its colon: "H1: net = 0.3775"."""
    if name is None or not name.is_name or not run.starts_with_name or not is_behind_colon(name, run):
        return run
    return replace(run, label=name.pieces[0].text)


def is_behind_colon(name: Run, run: Run) -> bool:
    """Whether a colon alone stands between a name and a run."""
    return run.stop == ":" and not run.words and not name.after


def is_given(name: Run, run: Run) -> bool:
    """Whether a run is the value of the name before it, without a relation between them."""
    if "NUMBER" not in run.kinds or "ODD" in run.kinds or run.pieces[0].kind in INFIX - {"MINUS"}:
        return False
    if is_behind_colon(name, run):
        return not run.after
    word = folded(name.pieces[0].text)
    between = all(each.casefold() in BETWEEN for each in run.words) and run.stop in ("", " ")
    usual = word in SAYS_GIVEN or word.startswith("target")
    return between and run.is_number and usual and (word in SAYS_RATE or not run.after)


def pairs(found: Sequence[Run]) -> list[Run]:
    """Names and numbers in pairs: "b1, b2 = 0.35, 0.60" is two claims."""
    done: list[Run] = []
    place = 0
    while place < len(found):
        run = found[place]
        names = names_before(done) if is_plain(run) else []
        numbers = numbers_behind(found, place)[: len(names)]
        if names and len(numbers) == len(names):
            del done[-len(names) :]
            every = [*(each.pieces[0] for each in names), run.pieces[0]]
            values = [run.pieces[2:], *(each.pieces for each in numbers)]
            done += [
                replace(run, pieces=(name, run.pieces[1], *value)) for name, value in zip(every, values, strict=True)
            ]
            place += len(numbers)
        else:
            done.append(run)
        place += 1
    return done


def is_plain(run: Run) -> bool:
    """Whether a run is a name, a relation and a number."""
    return (
        run.stop == "," and not run.words and run.kinds[1:] in (("RELATION", "NUMBER"), ("RELATION", "MINUS", "NUMBER"))
    )


def names_before(done: Sequence[Run]) -> list[Run]:
    """Names alone between commas at the end."""
    found: list[Run] = []
    for run in reversed(done):
        if not run.is_name:
            break
        found.insert(0, run)
        if run.stop != "," or run.words:
            break
    return found


def numbers_behind(found: Sequence[Run], place: int) -> list[Run]:
    """Numbers alone between commas behind a run."""
    behind: list[Run] = []
    for run in found[place + 1 :]:
        if not (run.is_number and run.stop == "," and not run.words):
            break
        behind.append(run)
    return behind
