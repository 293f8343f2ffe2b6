"""`whygrad sweep`: many networks at once, and how many of them solve it."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal, TypeVar

import typer

from whygrad.cli.options import AsJson, Target, above_zero, example

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from whygrad.pipeline.sweep import Swept

EPILOG: Final = example(
    "whygrad sweep examples/xor-sticks.toml --hidden 2,3,4,8",
    "whygrad sweep examples/xor.toml --learning-rate 0.01,0.1,0.5 --out rates.svg",
    "whygrad sweep examples/moons.toml --hidden 2,4 --seeds 200 --out grid.csv",
)
LARGEST: Final = 1_000_000
T = TypeVar("T")


@dataclass(frozen=True)
class Wish:
    """What is to be tried, as it was typed."""

    file: Path
    target: str
    seeds: int
    first: int | None
    learning_rates: str
    hidden: str
    epochs: int | None
    goal: float | None
    engine: str


def sweep(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="An experiment (.toml), or a table (.csv, .tsv, .parquet).")
    ],
    *,
    seeds: Annotated[int, typer.Option(metavar="N", min=1, help="Train from so many seeds at each setting.")] = 1000,
    learning_rate: Annotated[
        str, typer.Option(metavar="X,Y,...", help="Try these learning rates.", show_default=False)
    ] = "",
    hidden: Annotated[
        str, typer.Option(metavar="N,M,...", help="Try so many units in each hidden layer.", show_default=False)
    ] = "",
    epochs: Annotated[int | None, typer.Option(metavar="N", min=0, help="Give each at most so many epochs.")] = None,
    goal: Annotated[
        float | None,
        typer.Option(
            metavar="X",
            callback=above_zero,
            help="Numbers are solved below this loss; by default the file's stop_below, or 0.01.",
        ),
    ] = None,
    first: Annotated[
        int | None, typer.Option("--first-seed", metavar="N", min=0, help="Start from this seed, not the file's.")
    ] = None,
    target: Target = "",
    engine: Annotated[
        Literal["auto", "numpy", "compiled", "jax"],
        typer.Option(
            help="What computes; auto takes what is likely to be done first. compiled needs the extra fast, jax the "
            "extra jax: it shares the networks out among all devices there are."
        ),
    ] = "auto",
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write a picture (.svg, .png), a page (.html), or what became of each network (.csv, .json).",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Train an experiment from many seeds, at several settings, and count how many solve it, stick or diverge.

    Classes are solved once every row is right, numbers once the loss of an epoch is below --goal. What becomes of a
    seed is what whygrad train --seed makes of it. All cores are used; nothing is saved but --out.
    """
    carry_out(Wish(file, target, seeds, first, learning_rate, hidden, epochs, goal, engine), out=out, as_json=as_json)


def carry_out(wish: Wish, *, out: Path | None, as_json: bool) -> None:
    """Sweep, and say what was found.

    Raises SweepError (WG510 to WG515), what reading and setting up an experiment raises, EngineUnfit (WG504),
    EngineMissing (WG505), SuffixUnknown (WG701) and CannotWrite (WG606).
    """
    from whygrad.cli.paper import document, say
    from whygrad.cli.places import refuse_unwritable
    from whygrad.pipeline.sweep_file import refuse_unknown, write
    from whygrad.pipeline.swept import structure

    if out is not None:
        refuse_unknown(out)
        refuse_unwritable(out.parent)
    swept = found(wish, quietly=as_json)
    if out is not None:
        write(swept, out)
    if as_json:
        document(structure(swept) | {"file": out})
        return
    tell(swept)
    if out is not None:
        say(f"Written to {out}")


def found(wish: Wish, *, quietly: bool) -> Swept:
    """What the sweep found, while a person watches."""
    from contextlib import nullcontext

    from whygrad.cli.places import Wish as Place
    from whygrad.cli.places import asked_experiment, meant_as
    from whygrad.cli.progress import networks_ended
    from whygrad.pipeline.sweep import Grid, sweep
    from whygrad.spec import located_in

    rates = listed("--learning-rate", wish.learning_rates, a_rate, "a number above 0", "0.01,0.1,0.5")
    hidden = listed("--hidden", wish.hidden, a_size, f"a whole number from 1 to {LARGEST}", "2,4,8")
    experiment, folder = asked_experiment(Place(wish.file, wish.target))
    grid = Grid(experiment, folder, wish.seeds, rates, hidden, wish.epochs, wish.first, wish.goal, wish.engine)
    located = located_in(wish.file) if meant_as(wish.file) == "experiment" else nullcontext()
    with located, networks_ended(seen=not quietly) as told:
        return sweep(grid, told)


def listed(option: str, text: str, read: Callable[[str], T | None], expected: str, usual: str) -> tuple[T, ...]:
    """The entries of a list with commas. Raises NotInList (WG510)."""
    from whygrad.errors.sweep import NotInList

    entries = [each.strip() for each in text.split(",")] if text else []
    values = [read(each) for each in entries]
    for entry, value in zip(entries, values, strict=True):
        if value is None:
            raise NotInList(option, text, entry, expected, usual)
    return tuple(value for value in values if value is not None)


def a_rate(text: str) -> float | None:
    """A learning rate; None where the text is none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0.0 < value < inf else None


def a_size(text: str) -> int | None:
    """A number of units; None where the text is none."""
    return int(text) if text.isascii() and text.isdigit() and 1 <= int(text) <= LARGEST else None


def tell(swept: Swept) -> None:
    """What was found, for people."""
    from whygrad.cli.paper import say, table
    from whygrad.pipeline.swept import asked_in_words, criterion

    title = swept.grid.experiment.title
    say(f"{title}: {asked_in_words(swept)}" if title else asked_in_words(swept))
    say(criterion(swept))
    say()
    columns = columns_of(swept)
    table(list(columns), zip(*columns.values(), strict=True))
    say()
    say("In brackets the 95 % interval of each share; epochs: the median of those that solved it.")


def columns_of(swept: Swept) -> dict[str, Sequence[str]]:
    """The table, column by column; none for what happened to no network."""
    from whygrad.pipeline.flock import HOWS
    from whygrad.pipeline.swept import counted, named, with_interval
    from whygrad.render.numbers import short

    lines = counted(swept)
    columns: dict[str, Sequence[str]] = {name.removeprefix("learning "): each for name, each in named(swept).items()}
    for how in HOWS:
        if how != "diverged" or any(each.counts[how] for each in lines):
            columns[f"{how} %"] = [with_interval(each.shares[how]) for each in lines]
    columns["epochs"] = ["–" if each.median is None else short(each.median) for each in lines]
    return columns
