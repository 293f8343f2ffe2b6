from __future__ import annotations

import sys
from typing import get_args

import numpy as np
import pytest

from tests.data.asked import training
from whygrad.data import prepare
from whygrad.data.digits import digits_table
from whygrad.data.toy import toy_table
from whygrad.errors.data import DataError
from whygrad.spec import Data, Toy, ToyName


def arrays(toy: Toy) -> dict[str, np.ndarray]:
    return {name: column.values for name, column in toy_table(toy).columns.items()}


@pytest.mark.parametrize(("name", "answers"), [("xor", [0, 1, 1, 0]), ("and", [0, 0, 0, 1]), ("or", [0, 1, 1, 1])])
def test_logic_without_noise_is_its_four_rows(name: ToyName, answers: list[int]) -> None:
    values = arrays(Toy(name, rows=99))
    assert values["x1"].tolist() == [0, 0, 1, 1]
    assert values["x2"].tolist() == [0, 1, 0, 1]
    assert values["y"].tolist() == answers


@pytest.mark.parametrize("name", get_args(ToyName))
def test_rows_noise_and_seed_are_kept(name: ToyName) -> None:
    toy = Toy(name, rows=37, noise=0.1, seed=5)
    values, again, other = arrays(toy), arrays(toy), arrays(Toy(name, rows=37, noise=0.1, seed=6))
    assert {len(column) for column in values.values()} == {37}
    assert all(np.array_equal(values[column], again[column]) for column in values)
    assert any(not np.array_equal(values[column], other[column]) for column in values)


@pytest.mark.parametrize("name", ["circles", "moons", "spiral", "gaussians"])
def test_classes_take_turns(name: ToyName) -> None:
    classes = arrays(Toy(name, rows=30))["y"]
    number = 3 if name == "gaussians" else 2
    assert classes.tolist() == [row % number for row in range(30)]


def test_the_shapes_are_what_they_are_called() -> None:
    circles = arrays(Toy("circles"))
    np.testing.assert_allclose(np.hypot(circles["x1"], circles["x2"]), 1 - 0.5 * circles["y"])
    moons = arrays(Toy("moons"))
    centre = np.where(moons["y"] == 0, 0.0, 1.0), np.where(moons["y"] == 0, 0.0, 0.5)
    np.testing.assert_allclose(np.hypot(moons["x1"] - centre[0], moons["x2"] - centre[1]), 1)
    line = arrays(Toy("linear"))
    np.testing.assert_allclose(line["y"], 2 * line["x"] + 1)
    sine = arrays(Toy("sine"))
    np.testing.assert_allclose(sine["y"], np.sin(sine["x"]))
    spiral = arrays(Toy("spiral"))
    radius, turned = np.hypot(spiral["x1"], spiral["x2"]), np.arctan2(spiral["x2"], spiral["x1"])
    np.testing.assert_allclose(np.cos(turned), np.cos(2 * np.pi * radius + np.pi * spiral["y"]))


def test_noise_has_the_deviation_that_was_asked_for() -> None:
    quiet, loud = arrays(Toy("sine", rows=4000)), arrays(Toy("sine", rows=4000, noise=0.25))
    assert np.array_equal(quiet["x"], loud["x"])
    assert np.std(loud["y"] - quiet["y"]) == pytest.approx(0.25, rel=0.05)


def test_digits_are_images_of_8_by_8() -> None:
    data = prepare(Data(dataset="digits", scale="min-max"), training("cross-entropy", test=0.2))
    assert data.preparation.image == (8, 8)
    assert data.preparation.feature_names[:2] == ("pixel_0_0", "pixel_0_1")
    assert data.preparation.output_names == tuple("0123456789")
    assert len(data.training) + len(data.test) == 1797
    assert data.training.inputs.min() == 0.0
    assert data.training.inputs.max() == 1.0


def test_digits_without_their_library_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    with pytest.raises(DataError) as caught:
        digits_table()
    assert str(caught.value) == (
        'WG321 the data set digits needs the library scikit-learn\n  try: pip install "whygrad[datasets]"'
    )
