"""Records made in Python are held to the same rules; a refusal names the field instead of the line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from tests.spec.sample import GOOD, SHORT
from whygrad.errors.spec import SpecError, UnreadableFile
from whygrad.spec import (
    Adam,
    Constant,
    Data,
    Dense,
    Experiment,
    Loss,
    Network,
    Sgd,
    Toy,
    Training,
    Weight,
    check_experiment,
    parse_experiment,
    read_experiment,
)

ROOT = Path(__file__).parents[2]
RIGHT = parse_experiment(SHORT, "a.toml")
NAMED = parse_experiment(GOOD, "a.toml")


def with_training(**changes: Any) -> Experiment:
    return msgspec.structs.replace(RIGHT, training=msgspec.structs.replace(RIGHT.training, **changes))


def refusal(experiment: Experiment, place: str = "Experiment") -> str:
    with pytest.raises(SpecError) as caught:
        check_experiment(experiment, place)
    return str(caught.value)


def test_the_records_hold_what_the_file_says() -> None:
    assert (
        Experiment(
            data=Data(toy=Toy("xor")),
            network=Network(layers="2 -> 8 relu -> 1"),
            training=Training(loss=Loss("squared-error", "mean"), learning_rate=0.1, epochs=100, batch_size=4),
        )
        == RIGHT
    )
    assert (RIGHT.training.optimizer, RIGHT.training.schedule) == (Sgd(), Constant())
    assert NAMED.network.layers[0] == Dense(units=("h1", "h2"), activation="sigmoid")
    assert NAMED.network.weights["w1"] == Weight(from_="x1", to="h1", value=0.5)


def test_a_range_is_checked_in_python_too() -> None:
    assert refusal(with_training(learning_rate=-1.0)) == (
        "WG206 Experiment.training.learning_rate: -1.0 is out of range\n  why: expected a number above 0, found -1.0\n"
        "  try: for example learning_rate = 0.1"
    )


def test_a_type_is_checked_in_python_too() -> None:
    assert refusal(with_training(epochs="many"), "spec") == (
        'WG204 spec.training.epochs: wrong type of value\n  why: expected a whole number of at least 0, found "many"\n'
        "  try: for example epochs = 100"
    )


def test_a_combination_is_checked_in_python_too() -> None:
    layers = (Dense(units=2), Dense(units=("h1",)), Dense(units=1, wiring="listed"))
    network = Network(layers=layers, weights={"w1": Weight(from_="h1", to="o2")})
    assert refusal(msgspec.structs.replace(RIGHT, network=network)) == (
        'WG216 Experiment.network.weights.w1.to: there is no unit "o2"\n'
        "  why: the units here are h1_1, h1_2, h1 and o1\n"
        '  try: did you mean "o1"?'
    )


def test_shorthands_lists_and_numpy_numbers_are_spelled_out() -> None:
    words: Any = {"optimizer": "adam", "loss": "mean squared-error"}
    numbers: Any = {"epochs": np.int64(100), "learning_rate": np.float64(0.1)}
    assert check_experiment(with_training(**words, **numbers)) == with_training(optimizer=Adam())


def test_classes_that_are_numbers_may_be_weighed_by_number() -> None:
    loss = Loss("binary-cross-entropy", "mean")
    numbered: Any = {0: 1.0, 1: 2.0}
    checked = check_experiment(with_training(loss=loss, class_weights=numbered))
    assert checked.training.class_weights == {"0": 1.0, "1": 2.0}


def test_rows_given_as_an_argument_need_no_source_and_allow_none() -> None:
    frame = msgspec.structs.replace(RIGHT, data=Data(target="y"))
    assert check_experiment(frame, with_frame=True) == frame
    with pytest.raises(SpecError) as caught:
        check_experiment(RIGHT, with_frame=True)
    assert str(caught.value) == (
        "WG209 Experiment.data.toy: the rows come from more than one place\n"
        "  why: expected no source in data, since the rows are given as an argument, found toy and the argument\n"
        "  try: keep one of toy and the argument"
    )


def test_a_file_is_read_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    for encoding in ("utf-8", "utf-8-sig"):
        path.write_text(SHORT, encoding=encoding)
        assert read_experiment(path) == RIGHT


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "none.toml"
    with pytest.raises(UnreadableFile) as caught:
        read_experiment(path)
    assert str(caught.value) == (
        f"WG200 {path}: this file cannot be read\n"
        "  why: No such file or directory\n"
        "  try: `whygrad new` writes a starter file"
    )


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"a = 1\n\xff")
    with pytest.raises(UnreadableFile) as caught:
        read_experiment(path)
    assert str(caught.value) == (
        f"WG200 {path}: this file cannot be read\n"
        "  why: byte 7 is not text in UTF-8\n"
        "  try: `whygrad new` writes a starter file"
    )


def test_missing_cells_are_nan_in_a_file_and_none_in_a_record() -> None:
    read = parse_experiment(GOOD.replace("[0.8, 0.2]", "[0.8, nan]"), "a.toml")
    assert read.data.columns is not None
    assert read.data.columns["x2"] == (0.8, None)


def test_a_right_file_is_read_without_tomlkit() -> None:
    """It takes longer to load than the file to read, and is only needed for the line of an error."""
    read = f"whygrad.spec.parse_experiment({SHORT!r}, 'a.toml')"
    script = f"import sys, whygrad.spec\n{read}\nprint('tomlkit' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "False\n"
