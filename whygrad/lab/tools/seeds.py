"""How many starts of the experiment solve it, and how many stick."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
import numpy as np

from whygrad.dataset import ClassTarget
from whygrad.errors import WhygradError
from whygrad.lab.frame import numbers
from whygrad.lab.message import Told
from whygrad.lab.sweep import Sweep, Wish
from whygrad.lab.tools.tool import Tool
from whygrad.pipeline.flock import GOAL, HOWS, of_seed
from whygrad.pipeline.share import share_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whygrad.lab.desk import Desk
    from whygrad.lab.message import Answer
    from whygrad.pipeline.flock import Outcome

TURN: Final = 2.0  # seconds of work for one request; the page asks on, and what else it asks comes in between
TOLD: Final = 0.25  # seconds between two words about how far it is
LISTED: Final = 10
BINS: Final = 16
WIDE: Final = 100.0  # a largest loss so many times the smallest is counted by its order of magnitude


class Seeds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From which seed on (that of the experiment), how many, and until when: epochs and a loss, as the experiment has.

    `go_on`: with what is not finished yet of the same request.
    """

    starts: Annotated[int, msgspec.Meta(ge=1, le=2_000)] = 200
    first: Annotated[int, msgspec.Meta(ge=0, le=2**31)] | None = None
    epochs: Annotated[int, msgspec.Meta(ge=1, le=100_000)] | None = None
    goal: Annotated[float, msgspec.Meta(gt=0)] | None = None
    go_on: bool = False


def use(desk: Desk, asked: Seeds) -> Iterator[Answer | None]:
    """How far it is, several times a second, and in the end how it stands.

    Raises TooLargeForSeeds (WG1029), and what setting up an experiment raises.
    """
    sweep = sweep_for(desk, asked)
    spent, since = 0.0, desk.clock()
    yield Told("seeds", progress(sweep, "running"))
    try:
        while spent < TURN and not sweep.is_over and not desk.stop:
            start = desk.clock()
            next(sweep.work, None)
            taken = desk.clock() - start
            spent, sweep.seconds = spent + taken, sweep.seconds + taken
            if desk.clock() - since > TOLD:
                since = desk.clock()
                yield Told("seeds", progress(sweep, "running"))
            yield None
    except WhygradError:
        del desk.kept["seeds"]
        yield Told("seeds", progress(sweep, "stopped") | results(sweep))
        raise
    stands = "over" if sweep.is_over else "stopped" if desk.stop == "asked" else "asks on"
    desk.stop = "" if desk.stop == "time" else desk.stop
    yield Told("seeds", progress(sweep, stands) | results(sweep))


def sweep_for(desk: Desk, asked: Seeds) -> Sweep:
    """What is to be gone on with, or begun."""
    experiment = desk.session.experiment
    training = experiment.training
    wish = Wish(
        of_seed(experiment, 0),
        training.seed if asked.first is None else asked.first,
        asked.starts,
        asked.epochs or max(training.epochs, 1),
        asked.goal or training.stop_below or GOAL,
    )
    kept = desk.kept.get("seeds")
    if not (asked.go_on and isinstance(kept, Sweep) and kept.wish == wish):
        kept = desk.kept["seeds"] = Sweep(wish, desk.session.folder)
    return kept


def progress(sweep: Sweep, stands: str) -> dict[str, Any]:
    """How far it is.

    - `stands`: running, asks on (it goes on when asked), stopped, or over.
    - `counts`: of starts by how they ended; `shares`: of these, with a 95 % interval, all in per cent.
    - `left`: seconds at most, None where nothing is known; `alike`: whether all starts are the same.
    """
    wish, counts, ended = sweep.wish, sweep.counts, len(sweep.outcomes)
    return {
        "stands": stands,
        "ended": ended,
        "running": sweep.running,
        "epoch": sweep.epoch,
        "seconds": sweep.seconds,
        "left": sweep.left,
        "asked": {"starts": wish.starts, "first": wish.first, "epochs": wish.epochs, "goal": wish.goal},
        "alike": sweep.alike,
        "classes": isinstance(sweep.first.job.target, ClassTarget),
        "counts": counts,
        "shares": {how: share(count, ended) for how, count in counts.items()} if ended else {},
    }


def results(sweep: Sweep) -> dict[str, Any]:
    """What came of those that ended.

    - `bins`: how many final losses lie between two, by how they ended; `is_log`: at equal ratios.
    - `lines`: of some starts the losses of some epochs; `best`, `worst`: the first and the last as `rank` has them.
    """
    outcomes = sweep.outcomes
    ranked = sorted(outcomes, key=rank)
    return {
        **histogram([each for each in outcomes if each.how != "diverged"]),
        "lines": [line(each) for each in outcomes if each.curve],
        "best": [row(each) for each in ranked[:LISTED]],
        "worst": [row(each) for each in ranked[::-1][:LISTED]],
    }


def rank(outcome: Outcome) -> tuple[int, float, float, int]:
    """The better start first: solved sooner, else stuck at a smaller loss; what diverged comes last, the soonest.

    A start that is solved stops there, so how far its loss is below the goal says nothing.
    """
    place, epochs, loss = HOWS.index(outcome.how), outcome.epochs, outcome.loss
    by = {"solved": (epochs, loss), "stuck": (loss, epochs), "diverged": (-epochs, 0.0)}
    return place, *by[outcome.how], outcome.seed


def share(count: int, of: int) -> dict[str, float]:
    """A share and the interval in which the true one lies 95 times of 100, in per cent."""
    found = share_of(count, of)
    return {"share": 100 * found.share, "low": 100 * found.low, "high": 100 * found.high}


def histogram(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Final losses, counted."""
    losses = [each.loss for each in outcomes]
    if not losses:
        return {"is_log": False, "bins": []}
    low, high = min(losses), max(losses)
    is_log = low > 0 and high / low > WIDE
    edges = np.geomspace(low, high, BINS + 1) if is_log else np.linspace(low, high if high > low else low + 1, BINS + 1)
    counts = {
        how: np.histogram([each.loss for each in outcomes if each.how == how], edges)[0] for how in ("solved", "stuck")
    }
    return {
        "is_log": is_log,
        "bins": [
            {"from": float(edges[k]), "to": float(edges[k + 1])} | {how: int(found[k]) for how, found in counts.items()}
            for k in range(BINS)
        ],
    }


def line(outcome: Outcome) -> dict[str, Any]:
    """The curve of a start; five digits are enough to be drawn."""
    return {
        "seed": outcome.seed,
        "how": outcome.how,
        "epochs": [epoch for epoch, _ in outcome.curve],
        "losses": [float(f"{loss:.5g}") if isfinite(loss) else None for _, loss in outcome.curve],
    }


def row(outcome: Outcome) -> dict[str, Any]:
    """A start in a list."""
    return {"seed": outcome.seed, "how": outcome.how, "epochs": outcome.epochs, "loss": numbers(outcome.loss)}


TOOL = Tool("seeds", Seeds, use)
