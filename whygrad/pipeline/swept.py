"""What a sweep found, counted: a line for each setting, and as files for programs."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any

import numpy as np

from whygrad.pipeline.flock import HOWS
from whygrad.pipeline.share import share_of
from whygrad.render.numbers import count, percent, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from whygrad.pipeline.flock import How
    from whygrad.pipeline.share import Share
    from whygrad.pipeline.sweep import Fates, Setting, Swept


@dataclass(frozen=True)
class Counted:
    """How many networks of a setting ended in each way, their shares, and the median of the epochs to solve it.

    - `quarters`: the epochs after which a quarter and three quarters of those that solve it had done so.
    """

    setting: Setting
    counts: Mapping[How, int]
    shares: Mapping[How, Share]
    median: float | None
    quarters: tuple[float, float] | None


def counted(swept: Swept) -> tuple[Counted, ...]:
    """A line for each setting."""
    return tuple(counted_one(setting, fates) for setting, fates in swept.fates.items())


def counted_one(setting: Setting, fates: Fates) -> Counted:
    """The line of one setting."""
    counts = {how: int(np.count_nonzero(fates.how == place)) for place, how in enumerate(HOWS)}
    shares = {how: share_of(number, len(fates.how)) for how, number in counts.items()}
    epochs = fates.epochs[fates.how == HOWS.index("solved")]
    if not len(epochs):
        return Counted(setting, counts, shares, None, None)
    low, middle, high = np.quantile(epochs, (0.25, 0.5, 0.75)).tolist()
    return Counted(setting, counts, shares, middle, (low, high))


def named(swept: Swept) -> dict[str, tuple[str, ...]]:
    """What tells the settings apart, by its name: only what was asked for in several sizes, or asked for at all."""
    grid, settings = swept.grid, tuple(swept.fates)
    found: dict[str, tuple[str, ...]] = {}
    if grid.hidden:
        found["hidden"] = tuple(str(setting.hidden) for setting in settings)
    if grid.learning_rates or not grid.hidden:
        found["learning rate"] = tuple(short(setting.learning_rate) for setting in settings)
    return found


def criterion(swept: Swept) -> str:
    """What solved, stuck and diverged mean here."""
    solved = "every row is classified right in an epoch" if swept.classes else f"its loss is below {swept.goal:g}"
    return (
        f"A network has solved it once {solved}, has diverged once a number is NaN or infinite, and is stuck when "
        f"neither has happened after {count(swept.epochs, 'epoch')}."
    )


def asked_in_words(swept: Swept) -> str:
    """How many networks were trained, and from which seeds."""
    seeds, settings = swept.grid.seeds, len(swept.fates)
    last = swept.first + seeds - 1
    which = f"seed {swept.first}" if seeds == 1 else f"seeds {swept.first} to {last}"
    each = f"{count(settings, 'setting')} with " if settings > 1 else ""
    return f"{count(settings * seeds, 'network')}, {each}{which}"


def with_interval(share: Share) -> str:
    """A share and its interval as they stand in tables, in per cent: 73.4 (70.6-76.0)."""
    found, low, high = (percent(each).removesuffix("%") for each in (share.share, share.low, share.high))
    return f"{found} ({low}-{high})"


def structure(swept: Swept) -> dict[str, Any]:
    """All but the single networks, for programs."""
    return {
        "title": swept.grid.experiment.title,
        "seeds": swept.grid.seeds,
        "first_seed": swept.first,
        "epochs": swept.epochs,
        "solved_when": "every row right" if swept.classes else f"loss below {swept.goal:g}",
        "goal": None if swept.classes else swept.goal,
        "engines": swept.engines,
        "interval": "Wilson, 95 %",
        "settings": [
            {
                "hidden": each.setting.hidden,
                "learning_rate": each.setting.learning_rate,
                "counts": each.counts,
                "shares": {how: vars(share) for how, share in each.shares.items()},
                "median_epochs": each.median,
                "quartiles_of_epochs": each.quarters,
            }
            for each in counted(swept)
        ],
    }


def networks(swept: Swept) -> Iterator[dict[str, Any]]:
    """What became of each network."""
    for setting, fates in swept.fates.items():
        ends = zip(fates.how.tolist(), fates.epochs.tolist(), fates.loss.tolist(), strict=True)
        for seed, (how, epochs, loss) in enumerate(ends, swept.first):
            yield {
                "hidden": setting.hidden,
                "learning_rate": setting.learning_rate,
                "seed": seed,
                "ended": HOWS[how],
                "epochs": epochs,
                "loss": loss,
            }


def as_csv(swept: Swept) -> str:
    """A line for each network."""
    text = StringIO()
    writer: csv.DictWriter[str] | None = None
    for each in networks(swept):
        if writer is None:
            writer = csv.DictWriter(text, list(each), lineterminator="\n")
            writer.writeheader()
        writer.writerow(each)
    return text.getvalue()
