"""`whygrad show`: a network with its layers, sizes, weights, data and settings."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from whygrad.cli.cells import as_rows
from whygrad.cli.paper import commands, document, heading, say, table
from whygrad.cli.places import Wish, asked_experiment, meant_as
from whygrad.cli.words import training_in_words
from whygrad.pipeline import Model, load, load_model
from whygrad.pipeline.columns import column_in_words, target_in_words
from whygrad.pipeline.describing import joined, layers, network_line
from whygrad.pipeline.loading import kept_epochs, read_record, read_settings
from whygrad.pipeline.starting import untrained
from whygrad.render.numbers import column, count, figure
from whygrad.spec import located_in
from whygrad.trace import Ending

if TYPE_CHECKING:
    from whygrad.spec import Experiment

MOST_WEIGHTS: Final = 40
COLUMNS_LISTED: Final = 12


@dataclass(frozen=True)
class Shown:
    """A network at some moment: `moment` says which, `source` what is known of its data, `engine` what trained it."""

    what: Path
    model: Model
    experiment: Experiment
    moment: str
    source: str
    engine: str = ""


def carry_out(what: Path, *, epoch: int | None, every_weight: bool, as_json: bool) -> None:
    """Show a run or an experiment; raises FileNotKnown (WG801), NoSuchEpoch (WG502) and what reading raises."""
    shown = shown_run(what, epoch) if meant_as(what) == "run" else shown_file(what, epoch)
    if as_json:
        document(as_tables(shown))
        return
    experiment = shown.experiment
    title = experiment.title or what.name
    say(f"{title}: {network_line(shown.model.plan)}, {count(shown.model.parameter_count, 'parameter')}; {shown.moment}")
    print_layers(shown.model)
    print_weights(shown, every_weight=every_weight)
    print_data(shown)
    heading("Training")
    print_pairs([*training_in_words(experiment.training), *([("engine", shown.engine)] if shown.engine else [])])
    if meant_as(what) != "run":
        heading("Next")
        commands([f"whygrad train {what}"])


def shown_run(folder: Path, epoch: int | None) -> Shown:
    """A saved run as it is now, without its data, or with it at the start of an epoch."""
    record, experiment = read_record(folder), read_settings(folder)
    if epoch is None:
        moment = f"after {count(record.epochs, 'epoch')}, training {Ending(record.ending).sentence}"
        kept = kept_epochs(record, experiment)
        moment += f"; the weights are those after {count(kept, 'epoch')}" if kept != record.epochs else ""
        return Shown(folder, load_model(folder), experiment, moment, source_in_words(experiment, folder), record.engine)
    run = load(folder)
    moment = f"at the start of epoch {epoch}" + (", as drawn" if epoch == 0 else "")
    return Shown(folder, run.at(epoch), experiment, moment, run.set_up.dataset.source, record.engine)


def shown_file(file: Path, epoch: int | None) -> Shown:
    """An experiment with its weights as drawn."""
    experiment, folder = asked_experiment(Wish(file))
    with located_in(file):
        run = untrained(experiment, folder)
    return Shown(file, run.at(epoch or 0), run.experiment, "not trained: weights as drawn", run.set_up.dataset.source)


def source_in_words(experiment: Experiment, folder: Path) -> str:
    """Where the rows of a run came from, as its settings say it."""
    data = experiment.data
    if data.toy is not None:
        return f"toy set {data.toy.name}"
    if data.file is not None:
        return os.path.relpath(folder / data.file)
    return f"data set {data.dataset}" if data.dataset else "columns in the experiment"


def print_layers(model: Model) -> None:
    """Every layer with its sizes and how many numbers it learns."""
    heading("Layers")
    rows = [
        (each.name, each.kind, str(each.inputs), str(each.outputs), f"{each.parameters:,}")
        for each in layers(model.plan)
    ]
    total = ("total", "", "", "", f"{model.parameter_count:,}")
    table(["layer", "kind", "values in", "values out", "parameters"], [*rows, total], left=2)


def print_weights(shown: Shown, *, every_weight: bool) -> None:
    """Every weight by name, or parameter by parameter how they are spread where there are many."""
    weights = shown.model.weights()
    few = 0 < len(weights) == shown.model.parameter_count <= MOST_WEIGHTS
    heading("Weights and biases")
    if few or (every_weight and weights):
        sources, targets = zip(*map(joined(shown.model.plan).__getitem__, weights), strict=True)
        rows = as_rows([list(weights), sources, targets, column(list(weights.values()))])
        table(["name", "from", "to", "value"], rows, left=3)
    elif every_weight:
        print_numbers(shown.model)
    else:
        print_spread(shown.model)
        say("(--weights prints every one)")


def print_numbers(model: Model) -> None:
    """Every number of every parameter, for networks too large for names."""
    for name, array in model.parameters().items():
        say(f"{name} {sizes(array)}")
        for row in array.reshape(-1, array.shape[-1] if array.ndim else 1).tolist():
            say("  ".join(map(figure, row)), indent=2)


def print_spread(model: Model) -> None:
    """How the numbers of each parameter are spread."""
    arrays = model.parameters()
    kinds = ("min", "mean", "max")
    spread = [column([float(getattr(array, kind)()) for array in arrays.values()]) for kind in kinds]
    deviation = column([float(array.std()) for array in arrays.values()])
    columns = [list(arrays), [sizes(array) for array in arrays.values()], *spread, deviation]
    table(["parameter", "shape", *kinds, "deviation"], as_rows(columns), left=2)


def sizes(array: Any) -> str:
    """The shape of an array for people."""
    return " x ".join(map(str, array.shape)) or "1"


def print_data(shown: Shown) -> None:
    """Where the rows come from, and how columns become inputs and targets."""
    preparation = shown.model.preparation
    heading("Data")
    say(shown.source)
    listed = [(each.name, column_in_words(each)) for each in preparation.columns]
    more = len(listed) - COLUMNS_LISTED
    rest = [("...", f"and {count(more, 'more column')}")] if more > 0 else []
    print_pairs([*listed[:COLUMNS_LISTED], *rest, ("to predict", target_in_words(preparation.target))])


def print_pairs(pairs: list[tuple[str, str]]) -> None:
    """Words and what they stand for, below each other."""
    longest = max((len(word) for word, _ in pairs), default=0)
    for word, text in pairs:
        say(f"{word:<{longest}}  {text}", indent=2)


def as_tables(shown: Shown) -> dict[str, Any]:
    """Everything for a program."""
    model, experiment = shown.model, shown.experiment
    return {
        "what": shown.what,
        "title": experiment.title,
        "moment": shown.moment,
        "network": network_line(model.plan),
        "parameters": model.parameter_count,
        "layers": [
            {"name": each.name, "kind": each.kind, "inputs": each.inputs, "outputs": each.outputs}
            | {"parameters": each.parameters}
            for each in layers(model.plan)
        ],
        "weights": {name: array.tolist() for name, array in model.parameters().items()},
        "data": shown.source,
        "preparation": model.preparation,
        "experiment": experiment,
        "engine": shown.engine or None,
    }
