"""Which class was taken for which: counts of rows by true and predicted class, for each part of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whygrad.dataset import ClassTarget
from whygrad.lab.panels.panel import NoSettings, Panel
from whygrad.run.metrics import confusion_matrix, metrics

if TYPE_CHECKING:
    from whygrad.lab.sight import Sight
    from whygrad.pipeline.setting_up import SetUp


def fits(ready: SetUp) -> bool:
    """Only classes are confused."""
    return isinstance(ready.dataset.preparation.target, ClassTarget)


def draw(sight: Sight, _: NoSettings) -> dict[str, Any]:
    """`classes` in order; per part the `counts` (true class, predicted class) and the metrics."""
    target, threshold = sight.dataset.preparation.target, sight.ready.experiment.training.threshold
    if not isinstance(target, ClassTarget):
        return {"classes": [], "parts": []}
    parts = []
    for name, part in sight.parts.items():
        said = sight.predict(part.inputs)
        counts = confusion_matrix(target, said, part.targets, threshold)
        parts.append(
            {"name": name, "counts": counts.tolist(), "metrics": metrics(target, said, part.targets, threshold)}
        )
    return {"classes": list(target.classes), "parts": parts}


PANEL = Panel("confusion", "Confusion matrix", fits, draw)
