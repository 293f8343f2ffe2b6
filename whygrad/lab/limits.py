"""How much one session, and all together, may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from whygrad.errors.lab import TooLarge
from whygrad.spec.short_form import parse_short_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whygrad.pipeline.setting_up import SetUp
    from whygrad.spec import Experiment, Layer


@dataclass(frozen=True)
class Limits:
    """Sizes are counts, times are seconds.

    - `numbers`: values of one update with all its rows; `updates`: made in one session.
    - `changes`: of settings and weights in one run; `memory`: bytes of states kept between two of them.
    - `message`: bytes; `opening`: those of a message that opens a session, which may be written down in it.
    - `slice`: work of one session before others have their turn; `request`: work for one request.
    - `notes`: characters of notes that are marked; `marking`: how long that may take, in a process of its own.
    - `closed`: how long work goes on after a page was closed; `kept`: how long its state is kept.
    """

    sessions: int = 500
    layers: int = 100
    parameters: int = 20_000
    rows: int = 5_000
    columns: int = 200
    numbers: int = 2_000_000
    updates: int = 200_000
    changes: int = 200
    memory: int = 8 * 2**20
    message: int = 900_000
    opening: int = 1_000_000
    waiting: int = 64
    slice: float = 0.02
    request: float = 30.0
    notes: int = 100_000
    marking: float = 10.0
    closed: float = 60.0
    kept: float = 1800.0
    frames_per_second: int = 25

    def check_asked(self, experiment: Experiment) -> None:
        """Refuse what is known to be too large before anything is made of it. Raises TooLarge (WG1001)."""
        data, layers = experiment.data, experiment.network.layers
        rows = data.toy.rows if data.toy else max(map(len, (data.columns or {"": ()}).values()))
        refuse_more(rows, self.rows, "rows")
        if isinstance(layers, str):
            layers = parse_short_form(layers)[1]
        refuse_more(depth(layers), self.layers, "layers")

    def check_ready(self, ready: SetUp) -> None:
        """Refuse what turned out to be too large, before a weight is drawn. Raises TooLarge (WG1001)."""
        dataset = ready.dataset
        rows = sum(map(len, (dataset.training, dataset.validation, dataset.test)))
        refuse_more(rows, self.rows, "rows")
        parameters, numbers = size_of(ready)
        refuse_more(parameters, self.parameters, "parameters")
        refuse_more(numbers, self.numbers, "numbers in each update")


def size_of(ready: SetUp) -> tuple[int, int]:
    """How many parameters there are, and how many numbers in each update."""
    step, _ = ready.job.engine.ready(ready.batch_sizes[0])
    return sum(prod(step.states[each].shape) for each in step.parameters), sum(
        prod(node.shape) for node in step.names.of
    )


def refuse_more(found: int, most: int, what: str) -> None:
    """Raises TooLarge (WG1001)."""
    if found > most:
        raise TooLarge(what, found, most)


def depth(layers: Iterable[Layer]) -> int:
    """How many layers there are, those inside of others counted."""
    return sum(1 + depth(getattr(each, "layers", ())) for each in layers)
