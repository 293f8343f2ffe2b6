"""The random changes to the inputs of a batch, for programs that have NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from whygrad.code.layout import fitted, indented
from whygrad.code.literal import number, uniform

if TYPE_CHECKING:
    from whygrad.code.recipe import Augmentation

MOVED = """\
down, right = noise.integers({least}, {beyond}, (2, len(images)))
for image, (rows_down, columns_right) in enumerate(zip(down, right)):
    images[image] = moved(images[image], rows_down, columns_right)"""
MOVE = '''

def moved(image, down, right):
    """An image moved by whole pixels; what comes in at the border is 0."""
    height, width = image.shape
    framed = np.pad(image, {shift})
    top, left = {shift} - down, {shift} - right
    return framed[top : top + height, left : left + width]'''
FLIP = "images = np.where(noise.integers(0, 2, len(images))[:, None, None] == 1, images[:, :, ::-1], images)"


def augmenting_lines(augmentation: Augmentation | None, dtype: str = "") -> list[str]:
    """The function `augmented`, and what it calls; nothing where rows are used as they are."""
    if augmentation is None:
        return []
    lines = ['noise = generator("augment", epoch, step)']
    helper: list[str] = []
    if augmentation.shift or augmentation.flip:
        shifts, factors = as_operand(augmentation.shifts), as_operand(augmentation.factors)
        if shifts.startswith("np"):
            lines += fitted(f"shifts = {shifts}", 1)
            shifts = "shifts"
        if factors.startswith("np"):
            lines += fitted(f"factors = {factors}", 1)
            factors = "factors"
        height, width = augmentation.image
        raw = "x" + f" * {factors}" * (factors != "1") + f" + {shifts}" * (shifts != "0")
        back = "images.reshape(x.shape)"
        back = f"({back} - {shifts})" if shifts != "0" else back
        back = f"{back} / {factors}" if factors != "1" else back
        bracket = f"({raw})" if " " in raw else "x.copy()"
        lines += fitted(f"images = {bracket}.reshape(-1, {height}, {width})", 1)
        if augmentation.shift:
            shift = augmentation.shift
            lines += MOVED.format(least=-shift, beyond=shift + 1).splitlines()
            helper = MOVE.format(shift=shift).splitlines()
        lines += [FLIP] if augmentation.flip else []
        lines += fitted(f"x = {back}", 1)
    if augmentation.noise:
        lines.append(f"x = x + noise.normal(0.0, {number(augmentation.noise)}, x.shape)")
    told = '"""The rows of a batch, changed at random, anew at every step."""'
    result = f"return x.astype({dtype})" if dtype else "return x"
    return [*helper, "", "", "def augmented(x, epoch, step):", *indented([told, *lines, result])]


def as_operand(values: tuple[float, ...]) -> str:
    """A number for every input, or one for all."""
    same = uniform(np.array(values))
    return number(same) if same is not None else f"np.array([{', '.join(map(number, values))}])"
