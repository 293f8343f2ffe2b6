from __future__ import annotations

import numpy as np
import pytest

from tests.data.asked import training
from whygrad.data import augmentation_generator, augmented, prepare
from whygrad.data.augment import flipped, shifted
from whygrad.dataset import Dataset
from whygrad.errors.data import DataError
from whygrad.spec import Augment, Data, Scale

IMAGE = np.arange(1.0, 7.0).reshape(1, 2, 3)


def images(scale: Scale = "none") -> Dataset:
    pixels = {f"p{place}": tuple(float((7 * row + 3 * place) % 5) for row in range(40)) for place in range(6)}
    return prepare(Data(columns={**pixels, "y": tuple(range(40))}, target="y", image=(2, 3), scale=scale), training())


def test_an_image_moves_by_whole_pixels_and_nothing_comes_in() -> None:
    one = np.array([1])
    assert shifted(IMAGE, one, 0 * one)[0].tolist() == [[0, 0, 0], [1, 2, 3]]
    assert shifted(IMAGE, 0 * one, -one)[0].tolist() == [[2, 3, 0], [5, 6, 0]]
    assert shifted(IMAGE, 5 * one, one)[0].tolist() == [[0, 0, 0], [0, 0, 0]]
    assert flipped(IMAGE, np.array([True]))[0].tolist() == [[3, 2, 1], [6, 5, 4]]
    assert np.array_equal(flipped(IMAGE, np.array([False])), IMAGE)


def test_the_place_in_the_training_decides_and_nothing_else() -> None:
    data = images()
    augment = Augment(noise=0.1, shift=1, flip=True)

    def drawn(epoch: int, step: int) -> np.ndarray:
        return augmented(data.training.inputs, augment, data.preparation, augmentation_generator(0, epoch, step))

    assert np.array_equal(drawn(2, 3), drawn(2, 3))
    assert not np.array_equal(drawn(2, 3), drawn(3, 2))


@pytest.mark.parametrize("scale", ["standard", "min-max"])
def test_moving_pixels_does_not_depend_on_their_scale(scale: Scale) -> None:
    raw, prepared = images(), images(scale)
    augment = Augment(shift=1, flip=True)
    moved = [
        augmented(data.training.inputs, augment, data.preparation, augmentation_generator(0, 0, 0))
        for data in (raw, prepared)
    ]
    columns = prepared.preparation.columns
    factors, shifts = ([getattr(column, key) for column in columns] for key in ("factor", "shift"))
    np.testing.assert_allclose(moved[1] * factors + shifts, moved[0], atol=1e-12)


def test_noise_has_its_deviation_and_the_inputs_stay_as_they_were() -> None:
    data = images()
    before = data.training.inputs.copy()
    noisy = augmented(before, Augment(noise=0.5), data.preparation, augmentation_generator(0, 0, 0))
    assert np.array_equal(before, data.training.inputs)
    assert (noisy - before).std() == pytest.approx(0.5, rel=0.15)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (
            Data(target="y", image=(2, 2)),
            (
                "WG316 the data: an image of 2 x 2 needs 4 number columns\n"
                "  why: there are 2\n"
                "  try: list the pixel columns in data.inputs, row by row, or correct data.image"
            ),
        ),
        (
            Data(target="a", image=(1, 2)),
            (
                "WG316 the data: an image of 1 x 2 needs 2 number columns\n"
                "  why: the input 'y' is a category\n"
                "  try: list the pixel columns in data.inputs, row by row, or correct data.image"
            ),
        ),
        (
            Data(target="y", augment=Augment(flip=True)),
            (
                "WG323 the data: the rows are no images, so they cannot be shifted or flipped\n"
                "  why: data.image is not given; there are 2 inputs\n"
                "  try: set data.image = [height, width], or leave shift and flip out of data.augment"
            ),
        ),
    ],
)
def test_what_is_no_image_is_refused(data: Data, text: str) -> None:
    table = {"a": [1, 2], "b": [1, 2], "y": ["u", "v"]}
    with pytest.raises(DataError) as caught:
        prepare(data, training(), table)
    assert str(caught.value) == text
