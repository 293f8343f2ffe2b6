"""How the learning rate changes over the epochs; every factor is of the training's `learning_rate`."""

from __future__ import annotations

from typing import Annotated

import msgspec

from whygrad.spec.record import AboveZero, Count, Fraction, Record

__all__ = ["Constant", "Cosine", "OneCycle", "Schedule", "StepDecay", "WarmUp"]


class Constant(Record, frozen=True, tag_field="name", tag="constant"):
    """Always `learning_rate`."""


class StepDecay(Record, frozen=True, tag_field="name", tag="step"):
    """Multiplied by a factor every few epochs.

    - every_epochs: epochs between two changes
    - factor: what the rate is multiplied by each time
    """

    every_epochs: Count
    factor: AboveZero


class Cosine(Record, frozen=True, tag_field="name", tag="cosine"):
    """Falls along half a cosine from the first epoch to the last (Loshchilov and Hutter 2017).

    - final: where it ends, as a factor of learning_rate
    """

    final: Fraction = 0.0


class WarmUp(Record, frozen=True, tag_field="name", tag="warm-up"):
    """Rises in a straight line to `learning_rate`, then stays there.

    - epochs: how long it rises
    - start: where it starts, as a factor of learning_rate
    """

    epochs: Count
    start: Fraction = 0.0


class OneCycle(Record, frozen=True, tag_field="name", tag="one-cycle"):
    """Rises from `learning_rate` to a peak and falls far below its start (Smith and Topin 2018; PyTorch's OneCycleLR).

    - peak: the highest rate, as a factor of learning_rate
    - warm_fraction: the share of the steps that rise
    """

    peak: Annotated[float, msgspec.Meta(ge=1)]
    warm_fraction: Fraction = 0.3


Schedule = Constant | StepDecay | Cosine | WarmUp | OneCycle
