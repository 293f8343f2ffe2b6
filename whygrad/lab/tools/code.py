"""The experiment as a program that stands by itself, as `whygrad code` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np

from whygrad.code import Language
from whygrad.lab.message import File, Said
from whygrad.lab.session import Session
from whygrad.lab.tools.tool import Tool
from whygrad.pipeline.program import Commands, printed_by, program
from whygrad.pipeline.trained import Trained
from whygrad.run import Checkpoints, Position
from whygrad.run.loop import better, why_ended
from whygrad.trace import Ending, History

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from whygrad.lab.desk import Desk
    from whygrad.lab.message import Answer

ROWS: Final = "program_rows.csv"


class Code(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In which language: "python" unit by unit, "numpy" in whole arrays, or for a framework."""

    to: Language


def use(desk: Desk, asked: Code) -> Iterator[Answer | None]:
    """The program, and its rows in a file beside it where they are many; words where it is not what one may expect.

    The experiment is trained anew first: its losses decide which epochs the program prints.
    """
    session = desk.session
    run = yield from trained(desk, Session(session.experiment, session.folder, desk.limits))
    if not len(run.history):
        yield Said("error", "no epoch was trained, so there is nothing for a program to print", advice="ask again")
        return
    command = f"whygrad code experiment.toml --to {asked.to}"
    written = program(run, asked.to, printed_by(run), Commands(command, "whygrad train experiment.toml"), ROWS)
    yield File("program.py", "text/x-python", written.text)
    if written.rows_file:
        yield File(written.rows_file, "text/csv", written.rows)
    yield from words(desk, run)


def words(desk: Desk, run: Trained) -> Iterator[Answer]:
    """What the program leaves out."""
    changes = len(desk.session.turns.made)
    if changes:
        many = "a change" if changes == 1 else f"{changes} changes"
        yield Said(
            "note",
            f"the program trains these settings from seed {run.experiment.training.seed} on; "
            f"{many} on the way to what you see {'is' if changes == 1 else 'are'} not in it",
        )
    if run.ending is Ending.INTERRUPTED:
        yield Said("note", f"the program has {run.position.epoch:,} epochs: training more of them took too long here")


def trained(desk: Desk, session: Session) -> Generator[None, None, Trained]:
    """A run of an experiment, made an update at a time, until it ends or its time is over."""
    ready, line = session.stretches[0].ready, session.stretches[0].line
    start = ready.start()
    position, rows, ending = start, session.stretches[0].rows, Ending.FINISHED
    while position.epoch < ready.experiment.training.epochs and not ending.is_over:
        for _ in range(line.per_epoch):
            session.make_one()
            yield None
            if desk.stop:
                desk.stop = "" if desk.stop == "time" else desk.stop
                return as_run(session, position, Ending.INTERRUPTED)
        if not np.isfinite(rows[-1]["loss"] or 0.0):
            rows.pop()
            return as_run(session, position, Ending.NOT_FINITE)
        states = line.states(line.end)
        training = ready.experiment.training
        best = better(training, position, states, rows[-1].get("validation_loss"))
        position = Position(position.epoch + 1, states, best)
        ending = why_ended(training, position, rows[-1]) or ending
    return as_run(session, position, ending)


def as_run(session: Session, position: Position, ending: Ending) -> Trained:
    """What was trained, as a program is printed from it."""
    ready, rows = session.stretches[0].ready, session.stretches[0].rows
    history = History(tuple({key: each[key] for key in each if key != "update"} for each in rows[: position.epoch]))
    return Trained(ready, history, ending, position, Checkpoints(ready.start()), folder=session.folder)


TOOL = Tool("code", Code, use)
