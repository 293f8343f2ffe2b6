"""What of an update a page is sent: of each array with a row for each row of the batch, the row that is looked at."""

from __future__ import annotations

from tests.asked import asked
from whygrad.lab.frame import View
from whygrad.lab.session import Session


def test_only_an_array_of_rows_is_cut_to_a_row() -> None:
    session = Session(asked("2 -> 4 -> batch-norm -> 1 sigmoid", batch_size=4))  # as many rows as units
    view = View(session)
    view.row = 2
    session.go(0, len(view.chart()[1]))
    trace, seen = session.trace(), view.frame()
    assert seen.values["hidden.out"] == trace.value("hidden.out")[2].tolist()
    assert seen.values["norm1.batch_mean"] == trace.value("norm1.batch_mean").tolist()
    assert seen.adjoints["norm1.batch_mean"] == trace.adjoint("norm1.batch_mean").tolist()
