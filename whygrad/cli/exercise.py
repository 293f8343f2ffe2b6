"""`whygrad exercise`: a sheet to fill in, its key, and a solution with an error."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, get_args

import typer

from whygrad.cli.options import AsJson, above_zero, example

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from whygrad.pipeline.exercising import Exercise, Page
    from whygrad.spec import Loss

EPILOG: Final = example(
    'whygrad exercise --network "2-2-1" --seed 7',
    "whygrad exercise examples/notes-222.toml --seed 7 --plant bias-left-out",
    'whygrad exercise --network "2-3-2" --part forward --out week3.html',
)
Part = Literal["all", "forward", "backward", "update"]
Medium = Literal["markdown", "html", "latex"]
ENDINGS: Final[Mapping[str, Medium]] = {".md": "markdown", ".html": "html", ".tex": "latex"}
LOSS: Final = "sum half-squared-error"
Activation = Literal["sigmoid", "tanh", "relu", "leaky-relu", "softplus", "gelu", "silu", "linear"]


@dataclass(frozen=True)
class Wish:
    """What is wanted: of which network, with which numbers, and where it is written."""

    file: Path | None
    network: str
    activation: str
    loss: str
    learning_rate: float
    seed: int
    digits: int | None
    part: str
    plant: str
    keep_numbers: bool


def exercise(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="An experiment, whose network it is about.", show_default=False),
    ] = None,
    *,
    network: Annotated[
        str,
        typer.Option(metavar="SIZES", help='A network instead: "2-2-1", or "2 -> 2 relu -> 1".', show_default=False),
    ] = "",
    activation: Annotated[Activation, typer.Option(help="The activation of its hidden units.")] = "sigmoid",
    loss: Annotated[str, typer.Option(metavar="LOSS", help="Its loss, as an experiment has it.")] = LOSS,
    learning_rate: Annotated[float, typer.Option(metavar="X", callback=above_zero, help="Its learning rate.")] = 0.5,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Another seed gives other numbers.")] = 1,
    digits: Annotated[
        int | None,
        typer.Option(metavar="N", min=2, max=10, help="Decimals of every number; by default 4, more in deep networks."),
    ] = None,
    part: Annotated[Part, typer.Option(help="What is asked for; what it goes on from is given.")] = "all",
    plant: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="Write a solution too in which this misconception is made.", show_default=False
        ),
    ] = "",
    keep_numbers: Annotated[bool, typer.Option("--keep-numbers", help="Take the numbers of FILE.")] = False,
    medium: Annotated[Medium, typer.Option("--format", help="How it is written.")] = "markdown",
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER|FILE", help="Where to; .md, .html and .tex say the format.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over files that say something else.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write an exercise sheet with blanks to fill in, and its key; with --plant also a solution that has an error.

    Numbers are friendly, and every seed is as hard as any other. A sheet in Markdown can be filled in where it stands:
    whygrad check marks it. A misconception has a name and a code, such as bias-left-out or M101.
    """
    if (file is None) == (not network):
        raise typer.BadParameter("give FILE or --network, one of them", param_hint="--network")
    if file is not None and (activation, loss, learning_rate) != ("sigmoid", LOSS, 0.5):
        raise typer.BadParameter("--activation, --loss and --learning-rate belong to --network", param_hint="FILE")
    if keep_numbers and file is None:
        raise typer.BadParameter("it belongs to FILE", param_hint="--keep-numbers")
    wish = Wish(file, network, activation, loss, learning_rate, seed, digits, part, plant, keep_numbers)
    carry_out(wish, medium=medium, out=out, force=force, as_json=as_json)


def carry_out(wish: Wish, *, medium: Medium, out: Path | None, force: bool, as_json: bool) -> None:
    """Write the pages of an exercise.

    Raises ExerciseError (WG1115 to WG1119), what reading an experiment raises, SuffixUnknown (WG701) and CannotWrite
    (WG606).
    """
    from whygrad.cli.paper import document
    from whygrad.pipeline.files import write_text

    sheet, medium = sheet_path(out, wish.seed, medium)
    found = made(wish)
    texts = texts_of(found, sheet, medium)
    if not force:
        for path, text in texts.items():
            refuse_other(path, text)
    for path, text in texts.items():
        write_text(path, text)
    if as_json:
        document(record(found, texts))
    else:
        tell(found, texts, medium)


def sheet_path(out: Path | None, seed: int, asked: Medium) -> tuple[Path, Medium]:
    """Where the sheet is written and in which format. Raises SuffixUnknown (WG701)."""
    from whygrad.errors.render import SuffixUnknown

    if out is None or not out.suffix or out.is_dir():
        ending = next(suffix for suffix, medium in ENDINGS.items() if medium == asked)
        return (out or Path()) / f"exercise-{seed}{ending}", asked
    if out.suffix.lower() not in ENDINGS:
        raise SuffixUnknown(str(out), out.suffix.lower(), tuple(ENDINGS), "exercise", "format")
    return out, ENDINGS[out.suffix.lower()]


def made(wish: Wish) -> Exercise:
    """The exercise that is wanted."""
    from whygrad.pipeline.exercising import Asking, exercise

    what = wish.file or Asking(wish.network, wish.activation, loss_of(wish.loss), wish.learning_rate)  # type: ignore[arg-type]
    return exercise(
        what, seed=wish.seed, digits=wish.digits, part=wish.part, plant=wish.plant, keep_numbers=wish.keep_numbers
    )


def loss_of(text: str) -> Loss:
    """A loss as an experiment has it: "sum squared-error"."""
    from whygrad.spec import Loss, LossName, Reduction

    for reduction, name in product(get_args(Reduction), get_args(LossName)):
        if text.split() == [reduction, name]:
            return Loss(name, reduction)
    known = f"sum or mean, and one of {', '.join(get_args(LossName))}"
    raise typer.BadParameter(f'"{text}" is no loss: expected {known}', param_hint="--loss")


def texts_of(found: Exercise, sheet: Path, medium: Medium) -> dict[Path, str]:
    """Every file and its text; a sheet on paper has its network beside it, for whoever types the lines."""
    write: Callable[[Page], str] = {"markdown": found.markdown, "html": found.html, "latex": found.latex}[medium]
    texts = {sheet.with_name(f"{sheet.stem}{page.value}{sheet.suffix}"): write(page) for page in found.pages}
    return texts if medium == "markdown" else texts | {sheet.with_suffix(".toml"): found.toml()}


def refuse_other(path: Path, text: str) -> None:
    """Raises ExerciseThere (WG1119) for a file that says something else: somebody may have filled it in."""
    from whygrad.errors.exercise import ExerciseThere

    try:
        same = path.read_bytes() == text.encode()
    except FileNotFoundError:
        return
    except OSError:
        same = False
    if not same:
        raise ExerciseThere(str(path))


def record(found: Exercise, texts: Mapping[Path, str]) -> dict[str, Any]:
    """What was written, for programs."""
    plant = found.plant
    return {
        "title": found.title,
        "seed": found.seed,
        "digits": found.digits,
        "part": found.part,
        "files": [str(path) for path in texts],
        "blanks": [{"name": each.name, "value": each.value} for each in found.answers()],
        "planted": None
        if plant is None
        else {"code": plant.rule.code, "name": plant.rule.name, "at": plant.quantity.written, "detail": plant.detail},
    }


def tell(found: Exercise, texts: Mapping[Path, str], medium: Medium) -> None:
    """Say what was written, and how to go on."""
    from whygrad.cli.paper import commands, heading, put, say

    blanks = len(found.answers())
    say(f"{found.title}: {blanks} numbers to work out, each with {found.digits} decimals")
    for path in texts:
        put(f"  {path}")
    if found.plant is not None:
        say(f"Planted: {found.plant.rule.name} at {found.plant.quantity.written}, {found.plant.detail}.")
    sheet = next(iter(texts))
    heading("When it is filled in")
    commands([f"whygrad check {sheet}" if medium == "markdown" else typed(sheet)])


def typed(sheet: Path) -> str:
    """The command for lines that were typed from paper."""
    return f"whygrad check typed.md --network {sheet.with_suffix('.toml')}"
