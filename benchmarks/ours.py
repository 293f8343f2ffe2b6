"""What is timed of whygrad: the whole call that trains, the generated loop alone, and the loop's matrix products alone.

The only file of the benchmarks that looks into an engine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from benchmarks.works import Work, start_of
from whygrad import Run
from whygrad.errors.run import EngineMissing, EngineUnfit
from whygrad.pipeline import go_on
from whygrad.run.choice import ASKED_FOR, COSTS
from whygrad.run.fast.compiled import compiled
from whygrad.run.fast.loops.arrays import Arrays
from whygrad.run.stretch import WholeEpochs, at_one_go, batches_of

ENGINES = (*COSTS, *ASKED_FOR)
ARRAY = re.compile(r"(\w+) = (?:state\[\d+:\d+\]\.reshape|np\.empty)\((\([\d, ]+\))")


class Differs(Exception):
    """Somebody's numbers are not those of the same arithmetic."""


def starts(work: Work, table: object | None) -> Iterator[tuple[str, Run]]:
    """A run before its first epoch by every engine that can do a work here."""
    for name in ENGINES:
        try:
            yield name, start_of(work, name, table)
        except (EngineUnfit, EngineMissing):
            continue


def losses_of(run: Run) -> list[float]:
    """The loss of every epoch of a run that is trained."""
    return [float(loss) for loss in run.history.column("loss") if loss is not None]


def trained(run: Run) -> list[float]:
    """A training and all the figures of its history, which are worked out when the first is asked for."""
    return losses_of(go_on(run))


def whole(run: Run) -> Callable[[], Callable[[], object]]:
    """The training as a person calls it; its history is kept, the figures of tiny networks as what they are made of."""
    return lambda: partial(go_on, run)


def read(run: Run) -> Callable[[], Callable[[], object]]:
    """The same, and every figure of its history."""
    return lambda: partial(trained, run)


@dataclass(frozen=True, eq=False)
class Recorded:
    """One call of a generated function: what it was given, with what it changes as that was before and after."""

    function: Callable[..., object]
    given: tuple[Any, ...]
    before: dict[int, Any]
    after: dict[int, Any]

    def fresh(self) -> Callable[[], object]:
        """The same call with what it changes as it was; its own arrays stay out of it."""
        return partial(self.function, *(copied(self.before.get(n, each)) for n, each in enumerate(self.given)))

    def check(self) -> None:
        """Run it again; raises Differs where it does not come to the same numbers, bit for bit."""
        call = partial(self.function, *(given := [copied(self.before.get(n, x)) for n, x in enumerate(self.given)]))
        call()
        for place, after in self.after.items():
            if not same(given[place], after):
                raise Differs("the generated loop, called alone, does not come to what it came to in a training")


def loop_alone(run: Run) -> Recorded | None:
    """The generated function of a training with its arguments; none where the engine has no such.

    All epochs are done at one go, where a training looks up every tenth of a second.
    """
    straight = run.set_up.job.engine.straight
    if straight is None:
        return None
    calls: list[Recorded] = []
    feed = WholeEpochs(run.set_up.job) if straight.takes_rows else partial(batches_of, run.set_up.job)
    function = straight.function
    straight.function = partial(recorded, calls, function)
    try:
        at_one_go(run.set_up.job, straight, feed, run.position, run.experiment.training.epochs)
    finally:
        straight.function = function
    (call,) = calls
    call.check()
    return call


def recorded(calls: list[Recorded], function: Callable[..., object], *arguments: Any) -> object:
    """Call a function, and keep the call."""
    given = tuple(list(each) if isinstance(each, Iterator) else each for each in arguments)
    before = {place: copied(each) for place, each in enumerate(given) if isinstance(each, np.ndarray | list)}
    found = function(*given)
    changed = [place for place, each in before.items() if not same(each, given[place])]
    after = {place: copied(given[place]) for place in changed}
    calls.append(Recorded(function, given, {place: before[place] for place in changed}, after))
    return found


def copied(value: Any) -> Any:
    """A list or an array of its own; anything else as it is."""
    return value.copy() if isinstance(value, np.ndarray | list) else value


def same(one: Any, other: Any) -> bool:
    """Whether two lists or arrays hold the same, a NaN being one."""
    if isinstance(one, list):
        return bool(one == other)
    return bool(one.shape == other.shape and one.tobytes() == other.tobytes())


def products_alone(run: Run) -> Callable[[], Callable[[], object]] | None:
    """The matrix products of a training by compiled loops, and nothing else; none where it has no such."""
    straight = run.set_up.job.engine.straight
    if not isinstance(straight, Arrays):
        return None
    full, batches = straight.sizes[0], -(-len(run.parts["training"]) // straight.sizes[0])
    calls = [line.strip() for line in straight.text.splitlines() if "np.dot(" in line]
    shapes = {name: tuple(map(int, re.findall(r"\d+", shape))) for name, shape in ARRAY.findall(straight.text)}
    shapes["x"] = (full, len(run.parts["training"].inputs[0]))
    used = sorted({name for call in calls for name in re.findall(r"\w+", call) if name in shapes})
    head = [f"def train({', '.join(used)}):", f"    rows = {full}", f"    for update in range({batches}):"]
    text = "\n".join(["import numpy as np", "", "", *head, *(f"        {call}" for call in calls)]) + "\n"
    function, dtype = compiled(text, "train", any_order=True), straight.engine.dtype
    arrays = [np.full(shapes[name], 0.01, dtype) for name in used]
    function(*arrays)
    epochs = run.experiment.training.epochs
    return lambda: lambda: [function(*arrays) for _ in range(epochs)]
