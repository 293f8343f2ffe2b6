"""A history is written as a table that reads back as the same figures."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whygrad.errors.run import NoSuchColumn
from whygrad.trace import History, Row, as_csv, from_csv

NAMES = st.sampled_from(
    ["loss", "accuracy", "validation_loss", "gradient_norm/hidden, 1", 'inactive/"layer"', "r2 (é)"]
)
FIGURES = st.one_of(st.none(), st.floats(width=64), st.just(-0.0), st.just(5e-324))
ROWS = st.lists(st.dictionaries(NAMES, FIGURES, max_size=4), max_size=8).map(
    lambda rows: [{"epoch": number} | row for number, row in enumerate(rows)]
)


def known(row: Row) -> list[tuple[str, str]]:
    """The figures of a row; repr tells -0.0 from 0.0, and NaN is itself."""
    return sorted((name, repr(value)) for name, value in row.items() if value is not None)


@given(ROWS)
def test_every_figure_comes_back_to_the_last_bit(rows: list[Row]) -> None:
    assert list(map(known, from_csv(as_csv(rows)))) == list(map(known, rows))


def test_the_text() -> None:
    rows: list[Row] = [{"epoch": 0, "loss": 0.1}, {"epoch": 1, "loss": 1e-17, "accuracy": None, "r2": math.inf}]
    assert as_csv(rows) == "epoch,loss,accuracy,r2\n0,0.1,,\n1,1e-17,,inf\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("epoch,loss\n0,much\n", "could not convert string to float: 'much'"),
        ("epoch,loss\n0.5,1\n", "invalid literal for int() with base 10: '0.5'"),
        ("epoch,loss\n0,1,2\n", "a line has more fields than the header"),
        ('epoch,loss\n"0,1\n', "unexpected end of data"),
    ],
)
def test_what_is_no_history(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        from_csv(text)
    assert str(caught.value) == reason


def test_a_line_may_be_short() -> None:
    assert from_csv("epoch,loss\n0\n") == ({"epoch": 0},)


def test_columns_layers_and_rows() -> None:
    history = History(({"epoch": 0, "loss": 2.0},)).plus([{"epoch": 1, "loss": 1.0, "inactive/hidden": 0.5}])
    assert len(history) == 2
    assert history.columns == ("epoch", "loss", "inactive/hidden")
    assert history.column("inactive/hidden") == [None, 0.5]
    assert history.layers() == ("hidden",)
    assert history.at(1)["loss"] == 1.0
    with pytest.raises(KeyError):
        history.at(2)


def test_a_column_that_no_epoch_has() -> None:
    history = History(({"epoch": 0, "loss": 2.0, "accuracy": 0.5},))
    with pytest.raises(NoSuchColumn) as caught:
        history.column("los")
    assert str(caught.value) == (
        "WG503 the history has no column 'los'\n"
        "  why: its columns are epoch, loss, accuracy\n"
        "  try: did you mean 'loss'?"
    )
    with pytest.raises(NoSuchColumn, match="try: ask for one of those"):
        history.column("§")
    assert History().column("loss") == []


def test_a_history_is_shown_in_a_line() -> None:
    assert repr(History(({"epoch": 0, "loss": 2.0},))) == "<History of 1 epoch: epoch, loss>"
    assert repr(History()) == "<History of 0 epochs: no columns>"
