"""Neural-network training that shows its work, checks yours, and says which link of the chain broke.

`train` runs an experiment and returns a `Run`; `load` brings a saved one back. The names load when they are first
used, so that importing whygrad costs hardly anything. Further settings (schedules, initialisers, ...) are records of
`whygrad.spec`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whygrad.errors import WhygradError
    from whygrad.pipeline import Model, Run, load, train
    from whygrad.primitive import gradient
    from whygrad.run import evaluate
    from whygrad.spec import (
        Adam,
        AdamW,
        BatchNorm,
        Data,
        Dense,
        Dropout,
        Experiment,
        LayerNorm,
        Loss,
        Network,
        Residual,
        Sgd,
        Split,
        Training,
        Weight,
        read_experiment,
    )
    from whygrad.trace import History, StepTrace

_HOMES = {
    "whygrad.errors": ("WhygradError",),
    "whygrad.pipeline": ("Model", "Run", "load", "train"),
    "whygrad.primitive": ("gradient",),
    "whygrad.run": ("evaluate",),
    "whygrad.spec": (
        *("Adam", "AdamW", "BatchNorm", "Data", "Dense", "Dropout", "Experiment", "LayerNorm", "Loss"),
        *("Network", "Residual", "Sgd", "Split", "Training", "Weight", "read_experiment"),
    ),
    "whygrad.trace": ("History", "StepTrace"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Adam",
    "AdamW",
    "BatchNorm",
    "Data",
    "Dense",
    "Dropout",
    "Experiment",
    "History",
    "LayerNorm",
    "Loss",
    "Model",
    "Network",
    "Residual",
    "Run",
    "Sgd",
    "Split",
    "StepTrace",
    "Training",
    "Weight",
    "WhygradError",
    "evaluate",
    "gradient",
    "load",
    "read_experiment",
    "train",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
