"""`whygrad explain`: why a gradient, or any number of a step, is what it is."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from whygrad.cli.paper import document, put, width
from whygrad.cli.places import Wish, asked_experiment, meant_as
from whygrad.errors.render import SuffixUnknown
from whygrad.notation import Numbers
from whygrad.pipeline import Run, load
from whygrad.pipeline.derivation import Derivation
from whygrad.pipeline.files import write_text
from whygrad.pipeline.starting import untrained

Medium = Literal["text", "markdown", "latex", "latex-fragment", "html"]


ENDINGS: Final[dict[str, Medium]] = {".txt": "text", ".md": "markdown", ".tex": "latex", ".html": "html"}


@dataclass(frozen=True)
class Question:
    """What is to be explained: a quantity by name (None: the whole step), of the step at an epoch and a batch.

    The rest is what `pipeline.derivation.explain` takes.
    """

    of: str | None
    epoch: int | None
    batch: int
    numbers: Numbers
    paths: int | None
    nudges: tuple[float, ...]
    by_hand: bool
    jacobian: bool
    torch: bool


def carry_out(what: Path, question: Question, *, medium: Medium, out: Path | None, as_json: bool) -> None:
    """Explain a step of an experiment or a run, or one of its quantities.

    Raises what reading raises and what `pipeline.derivation.explain` does, NoSuchEpoch (WG502), CannotWrite (WG606).
    """
    into = None if out is None else medium_of(out, medium)
    run, epoch = asked_run(what, question.epoch)
    derivation = run.explain(
        question.of,
        epoch=epoch,
        batch=question.batch,
        numbers=question.numbers,
        paths=question.paths,
        nudges=question.nudges or None,
        by_hand=question.by_hand,
        jacobian=question.jacobian,
        torch=question.torch,
    )
    if as_json:
        document(derivation.structure())
    elif into is not None and out is not None:
        write_text(out, written(derivation, into))
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
    """The medium of a file: what its ending says. Raises SuffixUnknown (WG701)."""
    suffix = out.suffix.lower()
    if suffix not in ENDINGS:
        raise SuffixUnknown(str(out), suffix, tuple(ENDINGS), "derivation", "format")
    said = ENDINGS[suffix]
    return asked if said == "latex" and asked == "latex-fragment" else said


def written(derivation: Derivation, medium: Medium) -> str:
    """A derivation in a medium."""
    match medium:
        case "markdown":
            return derivation.markdown()
        case "latex":
            return derivation.latex()
        case "latex-fragment":
            return derivation.latex(fragment=True)
        case "html":
            return derivation.html()
        case "text":
            return derivation.text(width() if sys.stdout.isatty() else 80)
