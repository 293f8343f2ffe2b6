"""Random changes to training inputs, drawn anew for each step: noise for any inputs, shift and flip for images."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from whygrad.data.scale import scaled, unscaled
from whygrad.data.stream import generator
from whygrad.dataset import NumberColumn
from whygrad.errors.data import ImagesNeeded

if TYPE_CHECKING:
    from whygrad.dataset import Preparation
    from whygrad.spec import Augment

__all__ = ["augmentation_generator", "augmented", "flipped", "refuse_unless_image", "shifted"]

Array = NDArray[np.float64]


def augmentation_generator(seed: int, epoch: int, step: int) -> np.random.Generator:
    """The generator of one step's augmentation; `step` counts the batches of the epoch from 0."""
    return generator(seed, "augment", epoch, step)


def augmented(inputs: Array, augment: Augment, preparation: Preparation, random: np.random.Generator) -> Array:
    """A changed copy of prepared inputs, (rows, features).

    Images are moved in raw units, where what comes in at the border is 0; noise is in prepared units.
    """
    changed = inputs
    if augment.shift or augment.flip:
        changed = _moved(inputs, augment, preparation, random)
    return changed + random.normal(0.0, augment.noise, inputs.shape) if augment.noise else changed.copy()


def refuse_unless_image(augment: Augment | None, image: tuple[int, int] | None, source: str, features: int) -> None:
    """Shift and flip need the size of the image (WG323)."""
    if augment is not None and (augment.shift or augment.flip) and image is None:
        raise ImagesNeeded(source, features)


def _moved(inputs: Array, augment: Augment, preparation: Preparation, random: np.random.Generator) -> Array:
    numbers = [column for column in preparation.columns if isinstance(column, NumberColumn)]
    shifts, factors = [column.shift for column in numbers], [column.factor for column in numbers]
    height, width = preparation.image or (1, len(numbers))
    images = unscaled(inputs, shifts, factors).reshape(-1, height, width)
    if augment.shift:
        down, right = random.integers(-augment.shift, augment.shift + 1, (2, len(images)))
        images = shifted(images, down, right)
    if augment.flip:
        images = flipped(images, random.integers(0, 2, len(images)).astype(bool))
    return scaled(images.reshape(inputs.shape), shifts, factors)


def shifted(images: Array, down: NDArray[np.int64], right: NDArray[np.int64]) -> Array:
    """Images (n, height, width), each moved by whole pixels; what comes in at the border is 0."""
    _, height, width = images.shape
    rows = np.arange(height) - down[:, None]
    columns = np.arange(width) - right[:, None]
    inside = ((rows >= 0) & (rows < height))[:, :, None] & ((columns >= 0) & (columns < width))[:, None, :]
    image = np.arange(len(images))[:, None, None]
    moved = images[image, rows.clip(0, height - 1)[:, :, None], columns.clip(0, width - 1)[:, None, :]]
    return np.where(inside, moved, 0.0)


def flipped(images: Array, which: NDArray[np.bool_]) -> Array:
    """Images (n, height, width), mirrored left to right where `which` (n,) says so."""
    return np.where(which[:, None, None], images[:, :, ::-1], images)
