"""A step unit by unit: the same numbers as layer by layer, no move before those that it needs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.asked import asked
from tests.explain.taken import links_in
from whygrad.explain.moves import Stage, moves_of
from whygrad.explain.one_move import one_move
from whygrad.explain.unit_moves import unit_moves_of
from whygrad.pipeline.starting import untrained
from whygrad.spec import read_experiment
from whygrad.spec.tables import experiment_of, tables_of

if TYPE_CHECKING:
    from whygrad.explain import Links
    from whygrad.explain.moves import Move

EXAMPLES = Path(__file__).parents[2] / "examples"


def links_of(layers: str, **settings: Any) -> Links:
    tables = tables_of(asked(layers))
    tables["training"].update(settings)
    return links_in(untrained(experiment_of(tables)).step(0))


def written(move: Move) -> tuple[str, str, str]:
    return move.stage.name, move.layer, move.of


def test_the_example_by_hand_has_sixteen_moves_and_so_seventeen_states() -> None:
    links = links_in(untrained(read_experiment(EXAMPLES / "notes-222.toml")).step(0))
    moves = unit_moves_of(links.chart)
    assert [written(move) for move in moves] == [
        ("FORWARD", "hidden", "H1"),
        ("FORWARD", "hidden", "H2"),
        ("FORWARD", "output", "Y1"),
        ("FORWARD", "output", "Y2"),
        ("LOSS", "", "Y1"),
        ("LOSS", "", "Y2"),
        ("OUTPUT", "output", "Y1"),
        ("OUTPUT", "output", "Y2"),
        ("BACKWARD", "hidden", "H1"),
        ("BACKWARD", "hidden", "H2"),
        ("UPDATE", "output", "Y1"),
        ("UPDATE", "output", "Y2"),
        ("UPDATE", "output", "shared by output"),
        ("UPDATE", "hidden", "H1"),
        ("UPDATE", "hidden", "H2"),
        ("UPDATE", "hidden", "shared by hidden"),
    ]
    numbers = [[element.written for element in move.elements] for move in moves]
    assert numbers[0] == ["net_H1", "out_H1"]
    assert numbers[4:6] == [["E_Y1"], ["E_Y2", "loss"]]
    assert numbers[8] == ["dE/dout_H1", "dE/dnet_H1"]
    assert numbers[10] == ["dE/dw5", "w5_new", "dE/dw7", "w7_new"]
    assert numbers[15] == ["dE/db1", "b1_new"]
    assert one_move(links, moves[8], 0).title == "Backward to the hidden layers, H1"
    assert one_move(links, moves[15], 0).title == "Update, shared by hidden"
    assert one_move(links, moves_of(links.chart)[-1], 0).title == "Update of every parameter"


@pytest.mark.parametrize(
    ("layers", "settings"),
    [
        ("2 -> 4 tanh -> 1 sigmoid", {}),
        ("2 -> 4 tanh -> 1 sigmoid", {"optimizer": "adam", "clip": {"value": 0.01}}),
        ("2 -> 3 relu -> 1 sigmoid", {"l1": 0.1, "l2": 0.1, "batch_size": 5}),
        ("2 -> 3 tanh -> dropout 0.3 -> 3 relu -> 1 sigmoid", {"batch_size": "per row"}),
        ("2 -> 3 tanh -> layer-norm -> 1 sigmoid", {}),
        ("2 -> 3 tanh -> batch-norm -> 1 sigmoid", {"batch_size": 5}),
    ],
)
def test_every_number_is_computed_once_and_needs_none_of_a_later_move(layers: str, settings: dict[str, Any]) -> None:
    chart = links_of(layers, **settings).chart
    whole = [each for move in moves_of(chart) for each in move.elements]
    moves = unit_moves_of(chart)
    assert len(moves) > len(moves_of(chart))
    assert sorted(each.written for move in moves for each in move.elements) == sorted(each.written for each in whole)
    known: set[Any] = set()
    for move in moves:
        known |= set(move.elements)
        for each in move.elements:
            needed = {below for below in chart.below(each) if below in whole}
            assert needed <= known, (written(move), each.written)


def test_the_arrays_of_a_move_are_those_of_its_numbers_and_their_part_is_its_unit() -> None:
    schedule = {"name": "step", "factor": 0.9, "every_epochs": 1}
    chart = links_of("2 -> 4 tanh -> 1 sigmoid", optimizer="adam", schedule=schedule, clip={"value": 0.01}).chart
    for move in unit_moves_of(chart):
        assert set(move.arrays) == {element.named for element in move.elements}, written(move)
        for named in move.arrays:
            value = chart.trace.values[named.node]
            mine = [each.value for each in move.elements if each.named is named]
            assert sorted(mine) == sorted(move.part(value).ravel().tolist())


@pytest.mark.parametrize(
    ("layers", "stage", "layer", "count"),
    [
        ("2 -> 3 tanh -> 2 softmax", Stage.FORWARD, "output", 1),  # each out is made of both nets
        ("2 -> 3 tanh -> 2 softmax", Stage.OUTPUT, "output", 2),
        ("2 -> 3 tanh -> layer-norm -> 1 sigmoid", Stage.FORWARD, "norm1", 1),
        ("2 -> 3 tanh -> batch-norm -> 1 sigmoid", Stage.FORWARD, "norm1", 3),
        ("2 -> 3 tanh -> batch-norm -> 1 sigmoid", Stage.UPDATE, "norm1", 3),
        ("2 -> 3 tanh -> 1 sigmoid", Stage.LOSS, "", 1),
        ("2 -> 3 tanh -> 1 sigmoid", Stage.UPDATE, "hidden", 3),
        ("2 -> 3 tanh -> 1 sigmoid", Stage.UPDATE, "bounded", 1),  # by the length of the whole gradient
    ],
)
def test_only_what_is_apart_is_divided(layers: str, stage: Stage, layer: str, count: int) -> None:
    settings: dict[str, Any] = {"batch_size": 5}
    if "softmax" in layers:
        settings["loss"] = "mean cross-entropy"
    if layer == "bounded":
        settings["clip"], layer = {"norm": 1.0}, ""
    moves = unit_moves_of(links_of(layers, **settings).chart)
    assert sum(move.stage is stage and move.layer == layer for move in moves) == count
