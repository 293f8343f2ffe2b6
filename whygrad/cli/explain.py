"""`whygrad explain`: why a gradient, or any number of a step, is what it is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from whygrad.cli.paper import document, put, width
from whygrad.cli.places import Wish, asked_experiment, meant_as
from whygrad.notation import Numbers
from whygrad.pipeline import Run, load
from whygrad.pipeline.derivation import Derivation, explain
from whygrad.pipeline.files import write_text
from whygrad.pipeline.starting import untrained

Medium = Literal["text", "markdown", "latex", "html"]


def carry_out(
    what: Path,
    *,
    of: str | None,
    place: tuple[int | None, int],
    digits: int,
    medium: Medium,
    out: Path | None,
    as_json: bool,
) -> None:
    """Explain a step of an experiment or a run, or one of its quantities; `place` is its epoch and batch.

    Raises what reading raises, UnknownName (WG105), NoSuchEpoch (WG502), TooManyElements (WG401), CannotWrite (WG606).
    """
    run, epoch = asked_run(what, place[0])
    derivation = explain(run.step(epoch, place[1]), of, numbers=Numbers(digits))
    if as_json:
        document(derivation.structure())
    elif out is not None:
        write_text(out, written(derivation, medium_of(out, medium)))
        put(f"Written to {out}")
    else:
        put(written(derivation, medium))


def asked_run(what: Path, epoch: int | None) -> tuple[Run, int]:
    """The run that is meant, and the epoch: the first of an experiment, the next one of a run, unless one is given."""
    if meant_as(what) == "run":
        run = load(what)
        return run, run.position.epoch if epoch is None else epoch
    experiment, folder = asked_experiment(Wish(what))
    return untrained(experiment, folder), epoch or 0


def medium_of(out: Path, asked: Medium) -> Medium:
    """The medium of a file: what its ending says, else what was asked for."""
    endings: dict[str, Medium] = {".md": "markdown", ".tex": "latex", ".html": "html", ".txt": "text"}
    return endings.get(out.suffix.lower(), asked)


def written(derivation: Derivation, medium: Medium) -> str:
    """A derivation in a medium."""
    match medium:
        case "markdown":
            return derivation.markdown()
        case "latex":
            return derivation.latex()
        case "html":
            return derivation.html()
        case "text":
            return derivation.text(width() if sys.stdout.isatty() else 80)
