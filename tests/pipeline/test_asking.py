"""The ways to say what is to be trained, and those that do not go together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec import structs

from tests.asked import MOONS, asked, training
from whygrad import Data, Experiment, Network, train
from whygrad.data import TABLE_SUFFIXES
from whygrad.errors.command import TargetNeeded
from whygrad.pipeline.starting import experiment_for_table

GAPS: dict[str, list[Any]] = {"x": [0.0, None, 2.0, 3.0], "y": [1.0, 2.0, 3.0, 4.0]}
NETWORK, TRAINING = Network("1 -> 1"), training("mean squared-error", epochs=1)


def test_rows_come_with_what_is_to_be_done_with_them() -> None:
    data = Data(target="y", missing="median", scale="standard")
    run = train(NETWORK, TRAINING, data, rows=GAPS)
    assert run.experiment.data == data
    assert run.set_up.dataset.training.inputs[1, 0] == pytest.approx((2.0 - 1.75) / np.std([0.0, 2.0, 2.0, 3.0]))
    whole = Experiment(data=data, network=NETWORK, training=TRAINING)
    assert train(whole, rows=GAPS).weights() == train(whole, data=GAPS).weights() == run.weights()


def test_the_target_may_stand_in_either_place() -> None:
    beside = train(NETWORK, TRAINING, Data(missing="mean"), rows=GAPS, target="y")
    assert beside.experiment.data.target == "y"
    whole = {"x": [0.0, 1.0], "y": [1.0, 2.0]}
    assert (
        train(NETWORK, TRAINING, whole, target="y").weights()
        == train(NETWORK, TRAINING, rows=whole, target="y").weights()
    )


def test_a_table_is_trained_as_the_command_does_it(tmp_path: Path) -> None:
    file = tmp_path / "cars.csv"
    file.write_text("hp,price\n" + "".join(f"{i % 7},{2 * (i % 7)}\n" for i in range(30)), encoding="utf-8")
    assert TABLE_SUFFIXES[0] == file.suffix
    run = train(file, target="price")
    assert run.experiment == experiment_for_table(file, "price")
    with pytest.raises(TargetNeeded, match=r"^WG802 .*cars.csv: which column is to be predicted\?"):
        train(file)


@pytest.mark.parametrize(
    ("ask", "text"),
    [
        (lambda: train(NETWORK, TRAINING), "train(network, training, data) needs all three"),
        (lambda: train(asked(), TRAINING), "training goes with a Network; an experiment has its own"),
        (lambda: train(asked(), data=GAPS, rows=GAPS), "rows from memory were given twice: as data and as rows"),
        (lambda: train(NETWORK, TRAINING, GAPS, rows=GAPS), "rows from memory were given twice: as data and as rows"),
        (lambda: train("xor.toml", rows=GAPS), "rows from memory go with a Network or an Experiment, not with a file"),
        (lambda: train("xor.toml", target="y"), "xor.toml is an experiment, which names its own target"),
        (
            lambda: train("cars.csv", target=("a", "b")),
            "a table by itself is trained for one target; several take an Experiment",
        ),
        (
            lambda: train(NETWORK, TRAINING, structs.replace(MOONS, target="a"), target="b"),
            "two targets: 'a' in Data, 'b' beside it",
        ),
    ],
)
def test_what_does_not_go_together(ask: Any, text: str) -> None:
    with pytest.raises(TypeError) as caught:
        ask()
    assert str(caught.value) == text
