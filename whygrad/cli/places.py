"""Which file and which folder is meant: an experiment, a table, a run that is there, a folder for a new one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
    engine: str = "auto"
    resume: bool = False
    coordinator: str = ""
    process: int = 0
    processes: int = 1

    @property
    def leads(self) -> bool:
        """Whether this is the process that prints and saves."""
        return self.process == 0


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
    """Where a new run would be saved now: --out, or the first of runs/NAME, runs/NAME-2, ... after those there.

    Raises FolderTaken (WG803) when --out holds something, CannotWrite (WG606) when nothing can be written there.
    """
    if wish.out is None:
        folder = next(free_names(wish.file))
    elif wish.out.exists() and (not wish.out.is_dir() or any(wish.out.iterdir())):
        raise FolderTaken(str(wish.out), holds_run(wish.out))
    else:
        folder = wish.out
    refuse_unwritable(folder)
    return folder


@contextmanager
def reserved(wish: Wish) -> Iterator[Path]:
    """The folder for a new run, made empty so that no command beside this one takes it too; gone if nothing came in.

    Raises CannotWrite (WG606).
    """
    folder = wish.out or made(free_names(wish.file))
    try:
        yield folder
    except BaseException:
        if wish.out is None:
            with suppress(OSError):  # it holds something
                folder.rmdir()
        raise


def made(names: Iterator[Path]) -> Path:
    """The first folder that could be made, as it was not there; raises CannotWrite (WG606)."""
    for folder in names:
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise CannotWrite(str(folder), error.strerror or str(error), ANOTHER) from error
        return folder
    raise AssertionError("the names never end")


def free_names(file: Path) -> Iterator[Path]:
    """Names for further runs of one file, after those that are there, so that the last is always the newest."""
    number = max(places_of(file), default=0)
    while True:
        number += 1
        folder = RUNS / numbered(file.stem, number)
        if not folder.exists():
            yield folder


def places_of(file: Path) -> dict[int, Path]:
    """The numbers that are taken among runs/NAME (1), runs/NAME-2, ...; NAME-2 may be another file with its own."""
    entries = list(RUNS.iterdir()) if RUNS.is_dir() else []
    found: dict[int, Path] = {}
    for entry in entries:
        number = number_of(entry.name, file.stem)
        if number == 1 or (number and not file.with_name(entry.name + file.suffix).exists()):
            found[number] = entry
    return found


def numbered(stem: str, number: int) -> str:
    """The name of a run of a file: NAME, NAME-2, NAME-3, ..."""
    return stem if number == 1 else f"{stem}-{number}"


def number_of(name: str, stem: str) -> int:
    """Which run of a file has this name, counted from 1; 0 for none."""
    digits = "1" if name == stem else name.removeprefix(f"{stem}-")
    known = digits.isascii() and digits.isdigit() and numbered(stem, int(digits)) == name
    return int(digits) if known else 0


def latest_folder(wish: Wish) -> Path:
    """The folder of the run to go on with: FILE itself, --out, or the last by number of the file's saved runs."""
    if wish.out is not None or holds_run(wish.file):
        return wish.out or wish.file
    saved = {number: folder for number, folder in places_of(wish.file).items() if holds_run(folder)}
    return saved[max(saved)] if saved else RUNS / wish.file.stem


def refuse_unwritable(folder: Path) -> None:
    """Raises CannotWrite (WG606) before the work instead of after it."""
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not there.is_dir():
        raise CannotWrite(str(folder), f"{there} is a file", ANOTHER)
    if not os.access(there, os.W_OK):
        raise CannotWrite(str(folder), f"{there} may not be written to", ANOTHER)
