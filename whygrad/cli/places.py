"""Which file and which folder is meant: an experiment, a table, a run that is there, a folder for a new one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from msgspec import structs

from whygrad.data import TABLE_SUFFIXES, load_table
from whygrad.errors import nearest
from whygrad.errors.command import FileNotKnown, FolderTaken, TargetNeeded
from whygrad.errors.saved import CannotWrite
from whygrad.pipeline.layout import RECORD
from whygrad.pipeline.starting import experiment_for_table
from whygrad.spec import Data, Experiment, check_experiment, read_experiment

TABLES = TABLE_SUFFIXES
SHEETS = (".xlsx", ".xls", ".ods", ".json", ".feather", ".dta", ".sav")
RUNS = Path("runs")
EXPECTED = "an experiment (.toml), a table (.csv, .tsv, .parquet) or the folder of a saved run"
STARTER = "`whygrad new xor.toml` writes an experiment to start from"
ANOTHER = "choose another place with --out FOLDER"
MeantAs = Literal["experiment", "table", "run"]


@dataclass(frozen=True)
class Wish:
    """What `whygrad train` was asked to do."""

    file: Path
    target: str = ""
    out: Path | None = None
    epochs: int | None = None
    seed: int | None = None
    learning_rate: float | None = None
    resume: bool = False


def meant_as(path: Path) -> MeantAs:
    """What an argument names; raises FileNotKnown (WG801)."""
    if holds_run(path):
        return "run"
    if path.is_dir():
        raise FileNotKnown(str(path), "is a folder without a saved run", EXPECTED, STARTER)
    if not path.exists():
        raise FileNotKnown(str(path), "does not exist", EXPECTED, nearest_name(path))
    if path.suffix.lower() == ".toml":
        return "experiment"
    if path.suffix.lower() in TABLES:
        return "table"
    remedy = "save the table as CSV" if path.suffix.lower() in SHEETS else STARTER
    raise FileNotKnown(str(path), f"ends in {path.suffix!r}" if path.suffix else "has no ending", EXPECTED, remedy)


def nearest_name(path: Path, otherwise: str = STARTER) -> str:
    """What to do about a name that is not there."""
    beside = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
    near = nearest(path.name, sorted(beside))
    return f"did you mean {path.parent / near}?" if near else otherwise


def holds_run(folder: Path) -> bool:
    """Whether a folder is a saved run, in whatever state."""
    return (folder / RECORD).exists()


def asked_experiment(wish: Wish) -> tuple[Experiment, Path]:
    """The experiment of a file or a table with the options in place, and the folder where its paths start."""
    meant = meant_as(wish.file)
    if meant == "run":
        raise FileNotKnown(
            str(wish.file),
            "is a saved run",
            "an experiment or a table",
            f"whygrad train {wish.file} --resume goes on with it",
        )
    if meant == "experiment":
        return with_options(read_experiment(wish.file), wish), wish.file.parent
    if not wish.target:
        columns = load_table(Data(file=str(wish.file)), Path()).names
        raise TargetNeeded(f"whygrad train {wish.file}", str(wish.file), columns)
    return with_options(experiment_for_table(wish.file, wish.target), wish), Path()


def with_options(experiment: Experiment, wish: Wish) -> Experiment:
    """The experiment with the settings that were given as options."""
    given = {"epochs": wish.epochs, "seed": wish.seed, "learning_rate": wish.learning_rate}
    changes = {name: value for name, value in given.items() if value is not None}
    changed = structs.replace(experiment, training=structs.replace(experiment.training, **changes))
    return check_experiment(changed, "options")


def new_folder(wish: Wish) -> Path:
    """Where a new run is saved: --out, or the first of runs/NAME, runs/NAME-2, ... that is free.

    Raises FolderTaken (WG803) when --out holds something, CannotWrite (WG606) when nothing can be written there.
    """
    if wish.out is None:
        folder = next(each for each in numbered(wish.file.stem) if not each.exists())
    elif wish.out.exists() and (not wish.out.is_dir() or any(wish.out.iterdir())):
        raise FolderTaken(str(wish.out), holds_run(wish.out))
    else:
        folder = wish.out
    refuse_unwritable(folder)
    return folder


def numbered(stem: str) -> Iterator[Path]:
    """The names for the runs of one experiment: runs/NAME, runs/NAME-2, ..."""
    yield RUNS / stem
    number = 2
    while True:
        yield RUNS / f"{stem}-{number}"
        number += 1


def latest_folder(wish: Wish) -> Path:
    """The folder of the run to go on with: FILE itself, --out, or the newest of the experiment's runs."""
    if wish.out is not None or holds_run(wish.file):
        return wish.out or wish.file
    last = RUNS / wish.file.stem
    for folder in numbered(wish.file.stem):
        if not folder.exists():
            return last
        last = folder
    return last


def refuse_unwritable(folder: Path) -> None:
    """Raises CannotWrite (WG606) before the work instead of after it."""
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not there.is_dir():
        raise CannotWrite(str(folder), f"{there} is a file", ANOTHER)
    if not os.access(there, os.W_OK):
        raise CannotWrite(str(folder), f"{there} may not be written to", ANOTHER)
