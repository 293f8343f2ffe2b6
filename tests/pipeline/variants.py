"""Experiments that carry something from step to step, and how to compare where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.asked import asked
from whygrad import Data, Split
from whygrad.spec import Adam, Augment, Cosine, EarlyStopping, Momentum, OneCycle, RmsProp, Toy

if TYPE_CHECKING:
    from whygrad import Experiment

NOISY = Data(toy=Toy("moons", rows=24, noise=0.1), augment=Augment(noise=0.2))
VARIANTS: dict[str, Experiment] = {
    "plain in order": asked(order="in order"),
    "shuffled per row": asked(batch_size="per row"),
    "momentum": asked(optimizer=Momentum()),
    "adam, cosine": asked(optimizer=Adam(), schedule=Cosine()),
    "rmsprop, one cycle": asked(optimizer=RmsProp(), schedule=OneCycle()),
    "dropout": asked("2 -> 8 relu -> dropout 0.4 -> 1 sigmoid"),
    "batch norm, a last batch of its own size": asked("2 -> 6 -> batch-norm -> 1 sigmoid", batch_size=10),
    "augmentation": asked(data=NOISY),
    "float32": asked(dtype="float32", optimizer=Adam()),
    "held out": asked(split=Split(validation=0.25)),
    "everything": asked(
        "2 -> 6 relu -> batch-norm -> residual(6 tanh -> dropout 0.2) -> layer-norm -> 1 sigmoid",
        data=NOISY,
        optimizer=Adam(),
        split=Split(validation=0.25),
        early_stopping=EarlyStopping(patience=50),
        l1=0.001,
        l2=0.001,
        seed=3,
    ),
}


def same_bits(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two groups of arrays are equal to the last bit, names and dtypes included."""
    return set(one) == set(other) and all(
        np.asarray(one[name]).dtype == np.asarray(other[name]).dtype
        and np.asarray(one[name]).tobytes() == np.asarray(other[name]).tobytes()
        for name in one
    )
