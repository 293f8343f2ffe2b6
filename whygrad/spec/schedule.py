"""How the learning rate changes over the epochs; every factor is of the training's `learning_rate`."""

from __future__ import annotations

from typing import Annotated

import msgspec

from whygrad.spec.record import AboveZero, Count, Fraction, Record

__all__ = ["Constant", "Cosine", "OneCycle", "Schedule", "StepDecay", "WarmUp"]

Divisor = Annotated[float, msgspec.Meta(ge=1)]


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

    - warm_epochs: how long it rises
    - start: where it starts, as a factor of learning_rate
    """

    warm_epochs: Count
    start: Fraction = 0.1


class OneCycle(Record, frozen=True, tag_field="name", tag="one-cycle"):
    """Rises to `learning_rate`, the peak, and falls far below its start (Smith and Topin 2018; PyTorch's OneCycleLR).

    - warm_fraction: the share of the updates that rise
    - start_divisor: it starts at learning_rate divided by this
    - final_divisor: it ends at its start divided by this
    """

    warm_fraction: Fraction = 0.3
    start_divisor: Divisor = 25.0
    final_divisor: Divisor = 1e4


Schedule = Constant | StepDecay | Cosine | WarmUp | OneCycle
