"""The moves of a step: their arrays are known before their numbers, and are those of their numbers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.asked import asked
from tests.explain.taken import links_in
from whygrad.document import Equations, Paragraph
from whygrad.explain.moves import Stage, moves_of
from whygrad.explain.one_move import LINES_AT_MOST, one_move
from whygrad.pipeline.starting import untrained


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"optimizer": "adam", "clip": {"norm": 1.0}},
        {"l1": 0.1, "l2": 0.1, "batch_size": 5},
        {"layers": "2 -> 3 tanh -> dropout 0.3 -> 3 relu -> 1 sigmoid", "batch_size": "per row"},
        {"layers": "2 -> 3 tanh -> layer-norm -> 1 sigmoid"},
    ],
    ids=str,
)
def test_arrays_are_those_of_the_numbers(settings: dict[str, Any]) -> None:
    from whygrad.spec.tables import experiment_of, tables_of

    layers = settings.pop("layers", "2 -> 4 tanh -> 1 sigmoid")
    tables = tables_of(asked(layers))
    tables["training"].update(settings)
    chart = links_in(untrained(experiment_of(tables)).step(0)).chart
    moves = moves_of(chart)
    assert [move.stage for move in moves][-1] is Stage.UPDATE
    for move in moves:
        assert set(move.arrays) == {element.named for element in move.elements}, move.stage


def test_one_move_is_written_for_one_row_and_not_without_end() -> None:
    links = links_in(untrained(asked("2 -> 30 tanh -> 1 sigmoid")).step(0))
    moves = moves_of(links.chart)
    before = one_move(links, None, 3)
    assert before.title == "Before the first move"
    (given,) = (block for block in before.sections[0].blocks if isinstance(block, Equations))
    assert len(given.lines) == 3
    forward = one_move(links, moves[0], 3)
    assert forward.title == "Forward pass, layer hidden"
    said, equations, more = forward.sections[0].blocks
    assert said == Paragraph("Layer hidden: weighted sum, then activation.")
    assert isinstance(equations, Equations)
    assert len(equations.lines) == LINES_AT_MOST
    assert more == Paragraph("This move computes more than these; ask for any of them by its name.")
