"""`whygrad code`: an experiment as a program that stands by itself."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from textwrap import fill
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from whygrad.cli.options import AsJson, example

if TYPE_CHECKING:
    from whygrad.code import Language
    from whygrad.pipeline import Run

EPILOG: Final = example(
    "whygrad code examples/xor.toml",
    "whygrad code examples/xor.toml --to numpy",
    "whygrad code runs/penguins --to pytorch --out penguins.py",
    "whygrad code examples/xor.toml --engine python",
)

CALLED: Final = {
    "python": "train goes through epochs of rows of numbers and appends what was said, figures and states to lists.",
    "numpy": "make_step gives a function that makes one update and writes the next state over the one before.",
    "compiled": "Numba makes machine code of it. train goes through all epochs and writes what was said, figures and "
    "states into arrays.",
    "jax": "JAX compiles it. update makes one update; epoch makes many, one after the other.",
}


def code(
    what: Annotated[Path, typer.Argument(metavar="FILE|RUN", help="An experiment, or the folder of a saved run.")],
    *,
    to: Annotated[
        Literal["python", "numpy", "pytorch", "jax"], typer.Option("--to", help="What it is written in.")
    ] = "python",
    engine: Annotated[
        Literal["python", "numpy", "compiled", "jax"] | None,
        typer.Option(help="Print instead what this engine runs, which is made for speed and trains from whygrad."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE.py", help="Write it to a file; one that is there is left alone.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print the experiment as a program for reading that runs without whygrad and prints the same losses.

    The formulas are those of the graph that trains. The rows stand in the program as they were prepared; more than 200
    of them, or rows of more than 20 columns, are written to FILE_rows.csv beside --out FILE.py. An experiment is
    trained first, as its losses decide which epochs are shown.
    """
    if engine is not None:
        carry_out_engine(what, engine=engine, out=out, as_json=as_json)
    else:
        carry_out(what, to=to, out=out, as_json=as_json)


def carry_out_engine(what: Path, *, engine: str, out: Path | None, as_json: bool) -> None:
    """Print the code that an engine runs. Raises what reading raises, WG504, WG505 and NotOverwritten (WG806)."""
    from whygrad.cli.paper import document, put
    from whygrad.pipeline.files import write_text

    refuse_taken(out)
    text = f"{head_of(what, engine)}\n\n{untrained_by(what, engine).set_up.job.engine.source()}"
    if out is not None:
        write_text(out, text)
    if as_json:
        document({"program": text, "engine": engine, "file": out})
    else:
        put(text.rstrip("\n") if out is None else f"Written to {out}")


def head_of(what: Path, engine: str) -> str:
    """What generated code is, and how it is called, as comments."""
    words = (
        f"`whygrad train {quote(str(what))} --engine {engine}` runs this; it is written from the experiment's graph."
    )
    return fill(f"{words} {CALLED[engine]}", 88, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)


def carry_out(what: Path, *, to: Language, out: Path | None, as_json: bool) -> None:
    """Print an experiment as a program, or write it to a file, and rows that are too many beside it.

    An experiment is trained first: which epochs are shown is decided by its losses. Raises what reading and training
    raise, NotOverwritten (WG806), RowsNeedFile (WG814) and CannotWrite (WG606).
    """
    from whygrad.cli.paper import document, put
    from whygrad.errors.command import RowsNeedFile
    from whygrad.pipeline.program import Commands, printed_by, program, too_many_rows, write

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
    from whygrad.errors.command import NotOverwritten

    if path is not None and path.exists():
        raise NotOverwritten(str(path))


def trained(what: Path) -> Run:
    """The run that is meant; an experiment is trained."""
    from whygrad.cli.places import meant_as
    from whygrad.pipeline import go_on, load

    return load(what) if meant_as(what) == "run" else go_on(untrained_by(what))


def untrained_by(what: Path, engine: str = "auto") -> Run:
    """The experiment that is meant, or that of a saved run, before its first epoch."""
    from whygrad.cli.places import Wish, asked_experiment, meant_as
    from whygrad.pipeline import load
    from whygrad.pipeline.starting import untrained
    from whygrad.spec import located_in

    if meant_as(what) == "run":
        run = load(what)
        return untrained(run.experiment, run.folder, engine)
    experiment, folder = asked_experiment(Wish(what))
    with located_in(what):
        return untrained(experiment, folder, engine)


def trained_by(what: Path) -> str:
    """The command that prints the same losses."""
    from whygrad.cli.places import meant_as

    return f"whygrad train {quote(str(what))}" + (" --resume" if meant_as(what) == "run" else "")
