"""Tables in notes, with bars or in columns: each number is a claim with a name made of the headers of its cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from whygrad.check.reading.claims import Cell, Claim, Item, claimed
from whygrad.check.reading.formula import Relation, Span
from whygrad.check.reading.piece import Piece
from whygrad.check.reading.runs import runs
from whygrad.check.reading.scan import Scanner
from whygrad.check.reading.spelling import Role, folded, roles_of, spellings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whygrad.check.reading.vocabulary import Manner

RULE: Final = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
LINE: Final = re.compile(r"\s*[-─═━=+|┼\s]{3,}\s*")
CELL: Final = re.compile(r"(?:\\\||[^|])+")
COLUMN: Final = re.compile(r"\S+(?:[  ]\S+)*")
NUMERIC: Final = re.compile(r"[-−+]?[.,]?\d")
MARKUP: Final = re.compile(r"[*_`$]{1,3}(?=\W|$)|(?<!\w)[*_`$]{1,3}|\\[()]")
UNIT_WORDS: Final = re.compile(
    r"^(?:the\s+)?(?:neuron|unit|node|weight|parameter|hidden|output)\s+(?=\S)", re.IGNORECASE
)
LONGEST_TABLE: Final = 2_000
MOST_CELLS: Final = 40
ITSELF: Final = frozenset(
    [
        "value",
        "values",
        "initial",
        "old",
        "before",
        "start",
        "result",
        "weight",
        "weights",
        "parameter",
        "now",
        "current",
        "given",
        "is",
        "number",
    ]
)
RENEWED: Final = frozenset(["new", "after", "updated", "newvalue", "newweight", "afterwards", "next"])
GRADIENT: Final = frozenset(["gradient", "grad", "derivative", "slope", "de/dw", "∂e/∂w", "partial", "gradients"])
CHANGE: Final = frozenset(["change", "update", "step", "δw", "difference"])
OF_UNIT: Final = {Role.NET: "net", Role.OUT: "out", Role.TARGET: "target", Role.ERROR: "E", Role.DELTA: "delta"}
INPUT_WORDS: Final = frozenset({"netinput", "weightedsum", "preactivation", "pre-activation"})


@dataclass(frozen=True)
class Field:
    """The text between two bars or blanks, and where it stands."""

    text: str
    line: int
    start: int
    end: int

    @property
    def plain(self) -> str:
        """The text without marks of bold and code."""
        return MARKUP.sub("", self.text).strip()


Row = tuple[Field, ...]


def is_rule(line: str) -> bool:
    """Whether a line is the rule below the headers of a Markdown table."""
    return "-" in line and ("|" in line or ":" in line) and RULE.fullmatch(line) is not None


def table_at(lines: Sequence[str], number: int) -> tuple[list[Row], int] | None:
    """The rows of a table that begins on this line, the headers first, and how many lines it takes."""
    text = lines[number - 1].strip()
    if "|" not in text and "  " not in text and "\t" not in text:
        return None
    return markdown_table(lines, number) or aligned_table(lines, number)


def below(lines: Sequence[str], number: int) -> Iterator[tuple[int, str]]:
    """The lines behind one, with their numbers, up to an empty one."""
    for at in range(number + 1, min(len(lines), number + LONGEST_TABLE) + 1):
        if not lines[at - 1].strip():
            return
        yield at, lines[at - 1]


def markdown_table(lines: Sequence[str], number: int) -> tuple[list[Row], int] | None:
    """A table with bars."""
    if "|" not in lines[number - 1] or number >= len(lines) or not is_rule(lines[number]):
        return None
    rows = [barred(number, lines[number - 1])]
    rows += [barred(at, text) for at, text in takewhile(lambda line: "|" in line[1], below(lines, number + 1))]
    return rows, len(rows) + 1


def barred(number: int, text: str) -> Row:
    """The fields between bars."""
    start = len(text) - len(text.lstrip()) + text.lstrip().startswith("|")
    end = len(text.rstrip()) - text.rstrip().endswith("|")
    found, place = [], start
    for part in re.split(r"(?<!\\)\|", text[start:end])[:MOST_CELLS]:
        found.append(Field(part, number, place, place + len(part)))
        place += len(part) + 1
    return tuple(found)


def aligned_table(lines: Sequence[str], number: int) -> tuple[list[Row], int] | None:
    """A table in columns of plain text."""
    header = spaced(number, lines[number - 1])
    if not is_heading_row(header):
        return None
    rows, taken = [header], 1
    for at, text in below(lines, number):
        row = spaced(at, text)
        if taken == 1 and LINE.fullmatch(text):
            taken += 1
        elif is_row(row, header, text):
            rows.append(under(header, row))
            taken += 1
        else:
            break
    return (rows, taken) if len(rows) > 1 else None


def is_row(row: Row, header: Row, text: str) -> bool:
    """Whether fields are a row of numbers below these headers."""
    numbers = any(NUMERIC.match(each.plain) for each in row[1:])
    return 2 <= len(row) <= len(header) and numbers and "=" not in text


def spaced(number: int, text: str) -> Row:
    """The fields between two blanks or more."""
    found = COLUMN.finditer(text[:2000].replace("\t", "  ") if "\t" not in text else text[:2000])
    return tuple(Field(each[0], number, each.start(), each.end()) for each in found)[:MOST_CELLS]


def is_heading_row(row: Row) -> bool:
    """Whether fields are headers: several, none a number or an equation, and one a word that tables have."""
    if len(row) < 2 or any(len(each.text) > 30 or NUMERIC.match(each.plain) or "=" in each.text for each in row):
        return False
    return any(is_telling(each.plain) for each in row[1:])


def is_telling(header: str) -> bool:
    """Whether a header says which quantity its column holds."""
    word = folded(header)
    return word in ITSELF | RENEWED | GRADIENT | INPUT_WORDS or bool(set(OF_UNIT) & set(roles_of(word)))


def under(header: Row, row: Row) -> Row:
    """The fields of a row below the headers that they stand under; where one is missing, an empty field."""
    if len(row) == len(header):
        return row
    placed = [Field("", row[0].line, each.start, each.start) for each in header]
    for each in row:
        shares = [min(each.end, above.end) - max(each.start, above.start) for above in header]
        placed[shares.index(max(shares))] = each
    return tuple(placed)


def cell_claims(rows: Sequence[Row], manner: Manner) -> Iterator[Item]:
    """A claim for each field that holds a number, and one for each equation in a field."""
    header = rows[0]
    for row in rows[1:]:
        for column, each in zip(header[1:], row[1:], strict=False):
            yield from of_cell(row[0], column, each, manner)
        if row and "=" in row[0].text:
            yield from of_cell(Field("", row[0].line, row[0].start, row[0].start), header[0], row[0], manner)


def of_cell(row: Field, column: Field, field: Field, manner: Manner) -> Iterator[Item]:
    """What one field claims."""
    if not re.search(r"[\d½¼¾⅓⅔=]", field.text) or len(field.text) > 500:
        return
    found = list(runs(Scanner(padded(field), field.line, manner, start=field.start).scan(), manner.about))
    cell = Cell(row.plain, column.plain)
    place = row if row.text.strip() else column
    for run in found[:8]:
        named = run
        first_is_name = (
            len(run.pieces) > 1 and run.pieces[0].kind in ("NAME", "QUANTITY") and run.pieces[1].kind == "RELATION"
        )
        if (
            not first_is_name
            and "NUMBER" in run.kinds
            and len(found) == 1
            and not run.words
            and run.pieces[0].kind != "RELATION"
        ):
            name = Piece("NAME", name_of(cell), Span(place.line, place.start, place.end))
            sign = Piece("RELATION", "", Span(field.line, field.start, field.start), relation=Relation.EQUAL)
            named = replace(run, pieces=(name, sign, *run.pieces))
        for item in claimed(named, manner):
            yield within(item, cell, field)


def padded(field: Field) -> str:
    """A line on which only this field stands, in its place."""
    return " " * field.start + field.text


def within(item: Item, cell: Cell, field: Field) -> Item:
    """A claim or an unread field, in its cell."""
    span = Span(field.line, field.start, field.end)
    if isinstance(item, Claim):
        return replace(item, cell=cell, chain=replace(item.chain, span=span))
    return replace(item, span=span)


def name_of(cell: Cell) -> str:
    """The name of a cell's quantity: row H1 and column net are net_H1; row w5 and column new are w5_new."""
    row, column = UNIT_WORDS.sub("", cell.row).strip(), cell.column.strip()
    if not row or NUMERIC.match(row):
        return column or row
    if not column:
        return row
    return by_column(row, column) or by_column(column, row) or f"{column} of {row}"


def by_column(row: str, column: str) -> str:
    """The name that a column's word makes of a row's name; nothing where the word is none of those."""
    word = folded(re.sub(r"\(.*?\)", "", column)) or folded(column)
    if word in ITSELF:
        return row
    if word in RENEWED:
        return f"{row}_new"
    if word in GRADIENT:
        return f"dE/d{row}"
    if word in CHANGE:
        return f"Δ{row}"
    roles = roles_of(word) if word not in INPUT_WORDS else (Role.NET,)
    stem = next((OF_UNIT[role] for role in roles if role in OF_UNIT), "")
    if not stem or (spellings(row)[0].role is Role.OTHER and not row.replace("_", "").isalnum()):
        return ""
    return f"{stem}_{unit_of(row)}"


def unit_of(row: str) -> str:
    """The unit that a row is about, without what makes its name a quantity: out_H1 is of H1."""
    first = spellings(row)[0]
    return first.unit if first.role in OF_UNIT and first.below and len(row) > 2 and not row.isalnum() else row
