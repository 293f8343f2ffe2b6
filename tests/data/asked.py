"""Short ways to ask for data, shared by the tests of this room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whygrad.spec import Loss, LossName, Split, Training

EXAMPLES = Path(__file__).parents[2] / "examples"


def training(loss: LossName = "squared-error", *, seed: int = 0, **split: Any) -> Training:
    return Training(
        loss=Loss(loss, "mean"), learning_rate=0.1, epochs=1, batch_size="all", seed=seed, split=Split(**split)
    )
