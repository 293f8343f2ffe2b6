"""The history of a run: one row of figures per epoch, as columns by name."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from whygrad.errors import nearest
from whygrad.errors.run import NoSuchColumn
from whygrad.trace.rows import Row, Rows


@dataclass(frozen=True, repr=False)
class History:
    """Figures per epoch, and per k updates where that was asked for; a missing figure reads as None.

    Columns: `epoch`, `loss`, `learning_rate`, `penalty`, metrics (`accuracy`, `r2`, ...), the same with
    `validation_` in front, and per layer `gradient_norm/LAYER`, `update_norm/LAYER`, `inactive/LAYER`. The rows of
    `steps` have `step`, the number of updates done, in front, and cover the last `updates` of them: as many as were
    asked for, or fewer at the end of an epoch.
    """

    rows: Sequence[Row] = ()
    steps: tuple[Row, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"<History of {len(self)} epoch{'s' * (len(self) != 1)}: {', '.join(self.columns) or 'no columns'}>"

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that any row has, in order of appearance."""
        return names_of(self.rows)

    def column(self, name: str) -> list[float | None]:
        """One figure over the epochs, None where an epoch lacks it; raises NoSuchColumn (WG503)."""
        if self.rows and name not in self.columns:
            raise NoSuchColumn(name, self.columns, nearest(name, self.columns))
        return [row.get(name) for row in self.rows]

    def layers(self) -> tuple[str, ...]:
        """Names of the layers that have figures of their own."""
        return tuple(dict.fromkeys(name.partition("/")[2] for name in self.columns if "/" in name))

    def at(self, epoch: int) -> Row:
        """The row of one epoch; raises KeyError when it was not run."""
        for row in self.rows:
            if row["epoch"] == epoch:
                return row
        raise KeyError(epoch)

    def plus(self, rows: Sequence[Row], steps: Sequence[Row] = ()) -> History:
        """This history and further rows."""
        return History(Rows((self.rows, rows)), (*self.steps, *steps))


def names_of(rows: Iterable[Row]) -> tuple[str, ...]:
    """Every name that any of some rows has, in order of appearance; most rows have the same."""
    return tuple(dict.fromkeys(name for same in dict.fromkeys(map(tuple, rows)) for name in same))


def as_csv(rows: Sequence[Row]) -> str:
    """Rows as text with a header; numbers in full precision, an empty field where there is none."""
    text = io.StringIO()
    rows = list(rows)
    names = list(names_of(rows))
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    # It writes the shortest text that reads back as the same number, and nothing for None.
    writer.writerows([row.get(name) for name in names] for row in rows)
    return text.getvalue()


def from_csv(text: str) -> tuple[Row, ...]:
    """The rows that `as_csv` wrote; raises ValueError for text that is not such."""
    try:
        rows = list(csv.DictReader(io.StringIO(text), restkey="", restval="", strict=True))
    except csv.Error as error:
        raise ValueError(str(error)) from error
    if any("" in row for row in rows):
        raise ValueError("a line has more fields than the header")
    return tuple({name: read(name, field) for name, field in row.items() if field != ""} for row in rows)


def read(name: str, field: str) -> float:
    """A field of the file as a figure; epochs and steps are whole."""
    return int(field) if name in ("epoch", "step", "updates") else float(field)
