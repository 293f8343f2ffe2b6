"""`whygrad code`: an experiment as a program that stands by itself."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from whygrad.cli.paper import document, put
from whygrad.cli.places import Wish, asked_experiment, meant_as
from whygrad.errors.command import NotOverwritten, RowsNeedFile
from whygrad.pipeline import Run, go_on, load
from whygrad.pipeline.program import Commands, printed_by, program, too_many_rows, write
from whygrad.pipeline.starting import untrained
from whygrad.spec import located_in

if TYPE_CHECKING:
    from whygrad.code import Language


def carry_out(what: Path, *, to: Language, out: Path | None, as_json: bool) -> None:
    """Print an experiment as a program, or write it to a file, and rows that are too many beside it.

    An experiment is trained first: which epochs are shown is decided by its losses. Raises what reading and training
    raise, NotOverwritten (WG806), RowsNeedFile (WG814) and CannotWrite (WG606).
    """
    refuse_taken(out)
    beside = out.with_name(f"{out.stem}_rows.csv") if out else None
    run = trained(what)
    if out is None and too_many_rows(run):
        raise RowsNeedFile(str(what), to, len(run.set_up.dataset.training))
    words = f"whygrad code {quote(str(what))} --to {to}"
    commands = Commands(words, trained_by(what))
    written = program(run, to, printed_by(run), commands, beside.name if beside else "")
    if out is not None:
        refuse_taken(beside if written.rows_file else None)
        write(out, written)
    if as_json:
        document({"program": written.text, "language": to, "file": out, "rows": written.rows_file or None})
    elif out is None:
        put(written.text.rstrip("\n"))
    else:
        put(f"Written to {out}" + (f", its rows to {beside}" if written.rows_file else ""))


def refuse_taken(path: Path | None) -> None:
    """Raises NotOverwritten (WG806) for a file that is there: somebody may have changed it."""
    if path is not None and path.exists():
        raise NotOverwritten(str(path))


def trained(what: Path) -> Run:
    """The run that is meant; an experiment is trained."""
    if meant_as(what) == "run":
        return load(what)
    experiment, folder = asked_experiment(Wish(what))
    with located_in(what):
        return go_on(untrained(experiment, folder))


def trained_by(what: Path) -> str:
    """The command that prints the same losses."""
    return f"whygrad train {quote(str(what))}" + (" --resume" if meant_as(what) == "run" else "")
