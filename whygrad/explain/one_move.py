"""One move of a step as a document: the equations of what it computes, for one row of the batch."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from whygrad.document import Document, Equations, Paragraph, Section
from whygrad.explain.equation import definitions
from whygrad.explain.moves import Stage
from whygrad.explain.worked import place_of, what_it_does

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.document import Block
    from whygrad.explain.links import Links
    from whygrad.explain.moves import Move

LINES_AT_MOST: Final = 40  # of one move beside a drawing: more are not read


def one_move(links: Links, move: Move | None, row: int) -> Document:
    """What a move computes, or, before the first, what is given: the row's inputs and targets."""
    chart = links.chart
    if move is None:
        given = islice((each for symbol in ("x", "y") for each in chart.each(symbol, row=row)), LINES_AT_MOST)
        blocks: tuple[Block, ...] = (Paragraph("What is given."), Equations(definitions(links, given)))
        return Document("Before the first move", place_of(chart.trace), (Section("", blocks),))
    where = move.of or (f"layer {move.layer}" if move.layer else "")
    title = ", ".join(filter(None, [move.title, where]))
    return Document(title, place_of(chart.trace), (Section("", tuple(blocks_of(links, move, row))),))


def blocks_of(links: Links, move: Move, row: int) -> Iterator[Block]:
    """What the move does in words, its equations, and whether some were left out."""
    if move.stage is Stage.FORWARD:
        yield Paragraph(f"{move.of or f'Layer {move.layer}'}{what_it_does(move)}.")
    wanted = move.of_row(row)
    yield Equations(definitions(links, islice(wanted, LINES_AT_MOST)))
    if next(wanted, None) is not None:
        yield Paragraph("This move computes more than these; ask for any of them by its name.")
