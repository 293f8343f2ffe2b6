"""All that can be typed after `whygrad`, with its help; what the commands do is in the files of their names.

Nothing heavy is imported here: help and usage errors answer at once.
"""

from __future__ import annotations

from math import isfinite
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from whygrad.cli import exercise, sweep
from whygrad.cli.check import EPILOG, check
from whygrad.cli.code import EPILOG as CODE_EPILOG
from whygrad.cli.code import code
from whygrad.cli.options import AsJson, RunFolder, Target, above_zero, example, inside_one, place_among
from whygrad.cli.plain import plain
from whygrad.errors.command import Stopped

__all__ = ["app"]

CODES = (
    "Exit codes: 0 done; 1 an error, which is explained, or a training that a NaN stopped (what was learned before is "
    "saved); 2 a command that cannot be understood; 130 stopped with Ctrl-C (a training keeps what it learned)."
)
Kind = Literal["xor", "table", "regression", "images"]
EngineChoice = Literal["auto", "interpreter", "numpy", "python", "compiled", "jax"]


class Commands(TyperGroup):
    """The commands, of which Ctrl-C says a word."""

    def get_params(self, ctx: Any) -> Any:
        return plain(super().get_params(ctx))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            plain(command.get_params(ctx))
        return command

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise Stopped(ctx.invoked_subcommand or "") from None


app = typer.Typer(
    cls=Commands,
    help="A neural network that shows its work: describe an experiment in one file, train it, and ask it why.",
    epilog=CODES + "\n\n" + example("whygrad new xor.toml", "whygrad train xor.toml", "whygrad show runs/xor"),
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def version_asked(asked: bool) -> None:  # noqa: FBT001 (typer calls it so)
    """Print the version and leave."""
    if asked:
        from importlib.metadata import version

        typer.echo(f"whygrad {version('whygrad')}")
        raise typer.Exit


@app.callback()
def whygrad(
    *,
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=version_asked)
    ] = False,
) -> None:
    """Take the options that belong to no command."""


@app.command(
    short_help="Train a network, say what it learned, and save it.",
    epilog=example(
        "whygrad train examples/xor.toml --report",
        "whygrad train flowers.csv --target species",
        "whygrad train examples/xor.toml --resume --epochs 6000",
    ),
)
def train(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="An experiment (.toml), a table (.csv, .tsv, .parquet), or a run's folder.",
        ),
    ],
    *,
    target: Target = "",
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where to save the run; by default runs/ and FILE's name.")
    ] = None,
    epochs: Annotated[int | None, typer.Option(metavar="N", min=0, help="Train for this many epochs.")] = None,
    seed: Annotated[int | None, typer.Option(metavar="N", min=0, help="Draw weights and order from this seed.")] = None,
    learning_rate: Annotated[
        float | None, typer.Option(metavar="X", callback=above_zero, help="Take steps of this size.")
    ] = None,
    engine: Annotated[
        EngineChoice,
        typer.Option(
            help="What computes; auto takes what is likely to be done first. compiled needs the extra fast, jax the "
            "extra jax: it uses all devices there are."
        ),
    ] = "auto",
    coordinator: Annotated[
        str,
        typer.Option(metavar="HOST:PORT", help="Train with --engine jax in several processes; the first listens here."),
    ] = "",
    process: Annotated[
        str, typer.Option(metavar="N/COUNT", help="Which of these processes this is, from 0: 0/2, 1/2.")
    ] = "",
    report: Annotated[bool, typer.Option("--report", help="Write a page with pictures, report.html, too.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run as if it had not stopped.")] = False,
    as_json: AsJson = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only the folder of the run.")] = False,
) -> None:
    """Train a network, say what it learned, and save the run.

    Options take the place of what FILE says, and are saved with the run. Ctrl-C ends the training after the last whole
    epoch and saves it; --resume goes on from there.
    """
    if target and file.suffix.lower() == ".toml":
        raise typer.BadParameter("it belongs to a table; an experiment names its own", param_hint="--target")
    if as_json and quiet:
        raise typer.BadParameter("choose --json or --quiet", param_hint="--quiet")
    place = place_among(coordinator, process, engine)
    from whygrad.cli.places import Wish
    from whygrad.cli.train import carry_out

    wish = Wish(file, target, out, epochs, seed, learning_rate, engine, resume, coordinator, *place)
    carry_out(wish, report=report, style="json" if as_json else "quiet" if quiet else "words")


@app.command(
    short_help="Ask a saved run about rows: its own, or new ones.",
    epilog=example(
        "whygrad predict runs/students --row hours=2.5",
        "whygrad predict runs/students new.csv --threshold 0.6",
        "whygrad predict runs/penguins --out predicted.csv",
    ),
)
def predict(
    run: RunFolder,
    table: Annotated[
        Path | None, typer.Argument(metavar="CSV", help="Rows to predict; by default those of the run's own data.")
    ] = None,
    *,
    row: Annotated[
        list[str] | None, typer.Option(metavar="COLUMN=VALUE,...", help="A row to predict; may be given several times.")
    ] = None,
    threshold: Annotated[
        float | None,
        typer.Option(metavar="P", callback=inside_one, help="Say the second of two classes from this probability on."),
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE.csv", help="Write every prediction to a file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask a saved run about rows: its own, those of a table, or some typed here.

    With a table or --row only the saved weights are needed, not the data that the run was trained on.
    """
    if table is not None and row:
        raise typer.BadParameter("give a table or --row, not both", param_hint="--row")
    from whygrad.cli.predict import carry_out

    carry_out(run, table, tuple(row or ()), threshold=threshold, out=out, as_json=as_json)


@app.command(
    short_help="Show a network: layers, weights, data, settings.",
    epilog=example("whygrad show runs/xor", "whygrad show examples/xor.toml --weights"),
)
def show(
    what: Annotated[Path, typer.Argument(metavar="RUN|FILE", help="A run's folder, or an experiment not yet trained.")],
    *,
    weights: Annotated[bool, typer.Option("--weights", help="Print every weight, however many.")] = False,
    epoch: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="Show the run as it was at the start of this epoch.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a network: its layers, sizes, weights, data and settings.

    An experiment is shown with its weights as drawn.
    """
    from whygrad.cli.show import carry_out

    carry_out(what, epoch=epoch, every_weight=weights, as_json=as_json)


@app.command(
    short_help="Say why a gradient is this number.",
    epilog=example(
        "whygrad explain examples/notes-222.toml",
        "whygrad explain examples/notes-222.toml --of w1",
        "whygrad explain runs/xor --of net_h1 --epoch 20 --batch 2",
        "whygrad explain examples/notes-222.toml --as-by-hand --digits 4",
        "whygrad explain examples/notes-222.toml --out solution.html",
    ),
)
def explain(
    what: Annotated[Path, typer.Argument(metavar="RUN|FILE", help="A run's folder, or an experiment not yet trained.")],
    *,
    of: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="One quantity, such as w5, dE/dw5, net_h1 or w5_new; else the whole step."),
    ] = None,
    epoch: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="The epoch; by default the first, of a run the next.")
    ] = None,
    batch: Annotated[int, typer.Option(metavar="N", min=0, help="The batch of the epoch, from 0.")] = 0,
    digits: Annotated[int, typer.Option(metavar="N", min=1, max=17, help="Significant digits shown.")] = 6,
    fixed: Annotated[bool, typer.Option("--fixed", help="Show as many decimal places as --digits says.")] = False,
    exact: Annotated[bool, typer.Option("--exact", help="Show every digit that was computed.")] = False,
    by_hand: Annotated[
        bool, typer.Option("--as-by-hand", help="Round every number as it is shown, then go on with that.")
    ] = False,
    paths: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="Derive so many of the largest paths, where there are many.")
    ] = None,
    nudge: Annotated[
        list[float] | None,
        typer.Option(metavar="X", help="Move the parameter by X and measure; may be given several times."),
    ] = None,
    jacobian: Annotated[
        bool, typer.Option("--jacobian", help="Derive a softmax with cross-entropy in full, not only as p - y.")
    ] = False,
    torch: Annotated[
        bool, typer.Option("--torch", help="Put PyTorch's gradient beside it; importing it takes seconds.")
    ] = False,
    medium: Annotated[
        Literal["text", "markdown", "latex", "latex-fragment", "html"],
        typer.Option("--format", help="How it is written."),
    ] = "text",
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it to a file; .md, .tex and .html say the format.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say why a gradient is this number: a step as a worked solution, or one quantity with every path to it.

    Everything is read from the step that ran; numbers are rounded only where they are shown. In a batch the values of
    a row are called net_h1(0), net_h1(1), and so on.
    """
    if exact and (fixed or by_hand):
        raise typer.BadParameter("it leaves nothing to round", param_hint="--exact")
    if any(not isfinite(size) or size == 0 for size in nudge or ()):
        raise typer.BadParameter("a parameter is moved by a number other than 0", param_hint="--nudge")
    from whygrad.cli.explain import Question, carry_out
    from whygrad.notation import Numbers

    numbers = Numbers(None) if exact else Numbers(digits, fixed=fixed)
    question = Question(of, epoch, batch, numbers, paths, tuple(nudge or ()), by_hand, jacobian, torch)
    carry_out(what, question, medium=medium, out=out, as_json=as_json)


app.command(short_help="Print the experiment as a program.", epilog=CODE_EPILOG)(code)


@app.command(
    short_help="Open a page where a network is driven, move by move.",
    epilog=example(
        "whygrad lab",
        "whygrad lab examples/notes-222.toml",
        "whygrad lab runs/xor --port 9000",
        "whygrad lab examples/xor.toml --record xor.html",
    ),
)
def lab(
    what: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE|RUN]", help="An experiment, or a run's folder; by default XOR.", show_default=False
        ),
    ] = None,
    *,
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="Listen here; 0 takes a free port.")] = 8765,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")] = True,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Listen at this address of the machine; others need a password.")
    ] = "127.0.0.1",
    password: Annotated[
        str,
        typer.Option(
            metavar="WORDS", envvar="WHYGRAD_LAB_PASSWORD", help="What others type to come in.", show_default=False
        ),
    ] = "",
    recorded: Annotated[
        Path | None,
        typer.Option("--record", metavar="FILE", help="Write the run to a .html file that opens offline; open no lab."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Open a page on this machine where a network is driven: forward, back, with other settings, number by number.

    The page opens only through the address that is printed. Nothing leaves this machine; --host 0.0.0.0 lets others
    of its network in, who know the password.
    With --record nothing is opened: the experiment is trained, and written as one page in which one can step and ask.
    """
    if recorded is not None and (port, host, browser) != (8765, "127.0.0.1", True):
        raise typer.BadParameter("it opens no lab: leave out --port, --host and --no-browser", param_hint="--record")
    from whygrad.cli import lab

    if recorded is None:
        lab.carry_out(what, host=host, port=port, password=password, browser=browser, as_json=as_json)
    else:
        lab.record(what, recorded, as_json=as_json)


app.command(short_help="Count how many of many seeds solve it.", epilog=sweep.EPILOG)(sweep.sweep)
app.command(short_help="Mark hand-worked notes line by line.", epilog=EPILOG)(check)
app.command(short_help="Write an exercise sheet and its key.", epilog=exercise.EPILOG)(exercise.exercise)


@app.command(
    short_help="Put runs side by side, with a chart of their losses.",
    epilog=example("whygrad compare runs/xor runs/xor-2 --chart losses.svg"),
)
def compare(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN", help="The folders of two runs or more.")],
    *,
    chart: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the loss curves to a .png or .svg file.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put runs side by side: settings that differ, losses by epoch, figures at the end, and a chart.

    Needs only the folders, not the data.
    """
    if len(runs) < 2:
        raise typer.BadParameter("name two runs at least", param_hint="RUN")
    from whygrad.cli.compare import carry_out

    carry_out(runs, chart=chart, as_json=as_json)


@app.command(
    short_help="Write an experiment to start from.",
    epilog=example(
        "whygrad new xor.toml",
        "whygrad new flowers.toml --from flowers.csv --target species",
        "whygrad new --kind images > digits.toml",
    ),
)
def new(
    name: Annotated[
        Path | None, typer.Argument(metavar="NAME.toml", help="The file to write; without it, the text is printed.")
    ] = None,
    *,
    kind: Annotated[Kind, typer.Option(help="What to start from.")] = "xor",
    source: Annotated[
        Path | None, typer.Option("--from", metavar="TABLE", help="Start from this table (.csv, .tsv, .parquet).")
    ] = None,
    target: Target = "",
    as_json: AsJson = False,
) -> None:
    """Write an experiment to start from, with every key explained; it can be trained as it stands.

    Training --kind images needs scikit-learn, which ships the data.
    """
    if target and source is None:
        raise typer.BadParameter("it belongs to --from TABLE", param_hint="--target")
    from whygrad.cli.new import carry_out

    carry_out(name, kind=kind, source=source, target=target, as_json=as_json)


@app.command(
    short_help="Print the JSON Schema of an experiment.", epilog=example("whygrad schema > experiment.schema.json")
)
def schema(
    *,
    _as_json: Annotated[bool, typer.Option("--json", help="The same: the schema is a JSON document.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print a page to read instead.")] = False,
) -> None:
    """Print the JSON Schema of an experiment, by which editors complete and explain its keys."""
    from whygrad.cli.schema import carry_out

    carry_out(markdown=markdown)
