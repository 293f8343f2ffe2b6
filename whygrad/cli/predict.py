"""`whygrad predict`: what a saved run says of rows."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from whygrad.cli.cells import as_rows, data_cells, said_cells
from whygrad.cli.paper import document, fitting, heading, say, table
from whygrad.cli.rows import Asked, own_rows, rows_of_file, typed_rows
from whygrad.dataset import ClassTarget
from whygrad.errors.command import NotOverwritten, ThresholdUnfit
from whygrad.pipeline import load, load_model
from whygrad.pipeline.files import write_text
from whygrad.render.numbers import count, figure

if TYPE_CHECKING:
    from whygrad.cli.cells import Cell
    from whygrad.pipeline import Model, Predictions

MOST_ROWS: Final = 20
FLIPS_SHOWN: Final = 10
DROPPED_NAMED: Final = 6


@dataclass(frozen=True, eq=False)
class Answer:
    """What a model says of rows under its own threshold or another, and the rows of which its own says otherwise."""

    asked: Asked
    model: Model
    threshold: float | None
    said: Predictions
    before: Predictions

    @property
    def flips(self) -> list[int]:
        """The rows whose class differs from that under the run's own threshold."""
        if self.threshold is None:
            return []
        return [row for row, label in enumerate(self.said.labels) if label != self.before.labels[row]]

    @property
    def inputs(self) -> dict[str, list[Cell]]:
        """The columns that the model read."""
        return {column.name: self.asked.column(column.name) for column in self.model.preparation.columns}

    @property
    def truth(self) -> dict[str, list[Cell]]:
        """The columns that the model predicts, where the rows have them."""
        target = self.model.preparation.target
        names = (target.name,) if isinstance(target, ClassTarget) else target.names
        known = self.asked.table.columns
        if isinstance(target, ClassTarget):
            return {name: list(known[name].labels()) for name in names if name in known}
        return {name: self.asked.column(name) for name in names if name in known}

    @property
    def outputs(self) -> dict[str, list[Cell]]:
        """The columns of the answer: probability and class, or numbers in the units of the data."""
        target, said = self.model.preparation.target, self.said
        if not isinstance(target, ClassTarget):
            numbers = np.asarray(said.labels)
            return {f"predicted {name}": numbers[:, place].tolist() for place, name in enumerate(target.names)}
        chances = said.outputs.max(axis=1) if target.one_hot else said.outputs[:, 0]
        label = "probability" if target.one_hot else f"probability of {target.classes[1]}"
        return {label: chances.tolist(), "says": list(said.labels)}


def carry_out(
    folder: Path, path: Path | None, rows: tuple[str, ...], *, threshold: float | None, out: Path | None, as_json: bool
) -> None:
    """Predict and print; raises ThresholdUnfit (WG809), and NotOverwritten (WG806) for the table itself."""
    if out is not None and path is not None and out.exists() and path.exists() and out.samefile(path):
        raise NotOverwritten(str(out))
    if path is None and not rows:
        run = load(folder)
        model, asked = run.model, own_rows(run)
    else:
        model = load_model(folder)
        asked = typed_rows(rows, model.preparation) if path is None else rows_of_file(path)
    refuse_threshold(model, threshold, folder)
    said, before = model.predict(asked.table, threshold=threshold), model.predict(asked.table)
    answer = Answer(asked, model, threshold, said, before)
    if out is not None:
        write_text(out, as_csv(answer))
    if as_json:
        document(as_tables(answer, folder, out))
    else:
        print_answer(answer, out)


def refuse_threshold(model: Model, threshold: float | None, folder: Path) -> None:
    """Raises ThresholdUnfit (WG809) unless one output decides between two classes."""
    target = model.preparation.target
    if threshold is None or (isinstance(target, ClassTarget) and not target.one_hot):
        return
    classes = f"{len(target.classes)} classes, each with a probability" if isinstance(target, ClassTarget) else ""
    raise ThresholdUnfit(str(folder), threshold, classes or "numbers")


def print_answer(answer: Answer, out: Path | None) -> None:
    """The rows with what is said of them, how much of it is right, and which rows another threshold flips."""
    asked = answer.asked
    say(asked.source)
    say()
    print_rows(answer, MOST_ROWS)
    if len(asked.places) > MOST_ROWS:
        say(f"... and {count(len(asked.places) - MOST_ROWS, 'more row')}: --out FILE.csv writes all")
    if words := verdict(answer):
        say()
        say(words)
    if answer.threshold is not None:
        print_flips(answer)
    if out is not None:
        say()
        say(f"All {count(len(asked.places), 'row')} are in {out}" if len(asked.places) > 1 else f"Written to {out}")


def print_rows(answer: Answer, most: int) -> None:
    """A table of the first rows: as many inputs as there is room for."""
    asked = answer.asked
    first = {"": list(asked.places)} | ({"part": list(asked.parts)} if asked.parts else {})
    data = {name: data_cells(values[:most]) for name, values in (answer.inputs | answer.truth).items()}
    said = {name: said_cells(name, values[:most]) for name, values in (first | answer.outputs).items()}
    shown = {name: (data | said)[name] for name in (*first, *answer.inputs, *answer.truth, *answer.outputs)}
    dropped = fitting(shown, list(answer.inputs))
    for name in dropped:
        del shown[name]
    table(list(shown), as_rows(list(shown.values())), left=len(first))
    if dropped:
        names = ", ".join(dropped[:DROPPED_NAMED]) + (", ..." if len(dropped) > DROPPED_NAMED else "")
        say(f"({count(len(dropped), 'input')} not shown: {names})")


def verdict(answer: Answer) -> str:
    """How much of the answer is right, part by part, where the rows have the truth."""
    truth = answer.truth
    if not truth or any(value is None for values in truth.values() for value in values):
        return ""
    of_row = answer.asked.parts
    parts = [part for part in ("training", "validation", "test") if part in of_row]
    chosen = {f"{part}: ": [row for row, name in enumerate(of_row) if name == part] for part in parts}
    return "\n".join(label + right_of(answer, rows) for label, rows in (chosen or {"": every_row(answer)}).items())


def every_row(answer: Answer) -> list[int]:
    """All rows that were asked about."""
    return list(range(len(answer.asked.places)))


def right_of(answer: Answer, rows: list[int]) -> str:
    """How much of the answer is right on some rows."""
    truth = answer.truth
    if isinstance(answer.model.preparation.target, ClassTarget):
        [true] = truth.values()
        right = sum(answer.said.labels[row] == true[row] for row in rows)
        return f"{right} of {len(rows)} right ({100 * right / len(rows):.1f}%)"
    gaps = np.abs(np.asarray(answer.said.labels) - np.array(list(truth.values()), dtype=float).T)[rows]
    means = [f"{figure(mean)} for {name}" for name, mean in zip(truth, gaps.mean(axis=0).tolist(), strict=True)]
    return f"mean absolute error {', '.join(means)}"


def print_flips(answer: Answer) -> None:
    """Which rows another threshold says something else of."""
    asked, flips = answer.asked, answer.flips
    heading(f"Threshold {answer.threshold:g} instead of {answer.model.threshold:g}")
    if not flips:
        say("no row flips")
        return
    say(f"{len(flips)} of {count(len(asked.places), 'row')} {'flips' if len(flips) == 1 else 'flip'}:")
    [*_, says] = answer.outputs.values()
    before = answer.before.labels
    for row in flips[:FLIPS_SHOWN]:
        say(f"{asked.places[row]}: {before[row]} -> {says[row]} at {answer.said.outputs[row, 0]:.4f}", indent=2)
    if len(flips) > FLIPS_SHOWN:
        say(f"... and {len(flips) - FLIPS_SHOWN} more", indent=2)


def as_csv(answer: Answer) -> str:
    """The rows and what is said of them, every digit kept; each class has the column of its probability."""
    said, names = answer.said, answer.said.names
    asked = answer.asked
    where: dict[str, list[Cell]] = {"row": [*asked.places]}
    if asked.parts:
        where["part"] = [*asked.parts]
    columns = where | answer.inputs | answer.truth
    if isinstance(answer.model.preparation.target, ClassTarget):
        columns |= {f"probability of {name}": said.outputs[:, place].tolist() for place, name in enumerate(names)}
        if len(names) == 1:
            columns = where | answer.inputs | answer.truth | answer.outputs
        columns |= {"says": list(said.labels)}
    else:
        columns |= answer.outputs
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return text.getvalue()


def as_tables(answer: Answer, folder: Path, out: Path | None) -> dict[str, Any]:
    """Everything for a program."""
    asked, said = answer.asked, answer.said
    flips, inputs, truth = set(answer.flips), answer.inputs, answer.truth  # once: each is worked out when asked for
    rows = [
        {
            "row": place,
            "part": asked.parts[row] if asked.parts else None,
            "inputs": {name: values[row] for name, values in inputs.items()},
            "target": {name: values[row] for name, values in truth.items()} or None,
            "outputs": dict(zip(said.names, said.outputs[row].tolist(), strict=True)),
            "prediction": said.labels[row],
            "flips": row in flips,
        }
        for row, place in enumerate(asked.places)
    ]
    used = answer.model.threshold if answer.threshold is None else answer.threshold
    return {"run": folder, "from": asked.source, "threshold": used, "rows": rows, "file": out}
