from __future__ import annotations

import datetime
import subprocess
import sys
import time
from decimal import Decimal
from typing import Any

import numpy as np
import pandas
import polars
import pytest

from whygrad.data import as_table, table_from_arrays
from whygrad.data.table import check_names
from whygrad.errors.data import DataError

COLUMNS = {"n": [1.5, None, 3.0], "b": [True, False, None], "t": ["x", None, "z"], "i": [1, 2, 3]}


@pytest.mark.parametrize(
    "frame",
    [
        COLUMNS,
        pandas.DataFrame(COLUMNS),
        pandas.DataFrame(COLUMNS).convert_dtypes(),
        pandas.DataFrame(COLUMNS).astype({"t": "category"}),
        polars.DataFrame(COLUMNS),
        polars.DataFrame(COLUMNS).with_columns(polars.col("t").cast(polars.Categorical)),
    ],
    ids=["dict", "pandas", "pandas nullable", "pandas category", "polars", "polars category"],
)
def test_every_frame_gives_the_same_table(frame: Any) -> None:
    table = as_table(frame)
    assert [column.kind for column in table.columns.values()] == ["number", "boolean", "text", "number"]
    assert [column.labels() for column in table.columns.values()] == [
        ["1.5", None, "3"],
        ["true", "false", None],
        ["x", None, "z"],
        ["1", "2", "3"],
    ]


def test_dates_become_text_and_decimals_numbers() -> None:
    day = datetime.date(2024, 5, 1)
    for frame in (
        {"d": [day, None], "m": [Decimal("0.5"), None]},
        polars.DataFrame({"d": [day, None], "m": [Decimal("0.5"), None]}),
        pandas.DataFrame({"d": [day, None], "m": [Decimal("0.5"), None]}),
    ):
        table = as_table(frame)
        assert table.columns["d"].labels() == ["2024-05-01", None]
        assert table.columns["m"].labels() == ["0.5", None]


def test_a_missing_time_of_pandas_is_missing() -> None:
    table = as_table(pandas.DataFrame({"d": pandas.to_datetime(["2024-05-01", None])}))
    assert table.columns["d"].missing.tolist() == [False, True]


def test_lengths_of_time_become_text() -> None:
    spans = [datetime.timedelta(hours=36), None]
    for frame in ({"d": spans}, polars.DataFrame({"d": spans}), pandas.DataFrame({"d": pandas.to_timedelta(spans)})):
        assert as_table(frame).columns["d"].labels() == ["1 day, 12:00:00", None]


def test_names_that_are_no_text_become_text() -> None:
    for frame in ({1: [1, 2], "b": [2, 3]}, pandas.DataFrame({1: [1, 2], "b": [2, 3]})):
        assert as_table(frame).names == ("1", "b")
    with pytest.raises(DataError, match=r"^WG304 the data has 2 columns named '1'"):
        as_table({1: [1], "1": [2]})


@pytest.mark.parametrize(
    ("levels", "labels"), [([2, 1, 2], ["2", "1", "2"]), ([0.5, None, 1.0], ["0.5", None, "1"])], ids=str
)
def test_a_category_of_numbers_stays_a_category(levels: list[float | None], labels: list[str | None]) -> None:
    column = as_table(pandas.DataFrame({"c": pandas.Categorical(levels)})).columns["c"]
    assert column.kind == "text"
    assert column.labels() == labels


def test_a_table_keeps_nothing_of_the_callers() -> None:
    numbers = np.array([1.0, 2.0])
    matrix, words = np.ones((2, 2)), ["u", "v"]
    frame = pandas.DataFrame({"n": [1.0, 2.0], "t": ["u", "v"]})
    tables = [as_table({"n": numbers, "t": words}), as_table((matrix, numbers)), as_table(frame)]
    before = [[column.labels() for column in table.columns.values()] for table in tables]
    numbers[:], matrix[:], words[0] = 7.0, 7.0, "w"
    frame.loc[0, "n"], frame.loc[0, "t"] = 7.0, "w"
    assert [[column.labels() for column in table.columns.values()] for table in tables] == before
    for table in tables:
        for column in table.columns.values():
            with pytest.raises(ValueError, match="read-only"):
                column.values[0] = column.values[1]


def test_many_columns_are_named_in_no_time() -> None:
    names = [f"c{place}" for place in range(20_000)]
    started = time.perf_counter()
    check_names(names, source="the data")
    assert time.perf_counter() - started < 1.0
    with pytest.raises(DataError, match=r"^WG304 the data has 2 columns named 'c5'"):
        check_names([*names, "c5"], source="the data")


def test_a_pair_of_arrays_knows_its_target() -> None:
    table = as_table((np.arange(6.0).reshape(3, 2), np.array(["u", "v", "u"])))
    assert table.names == ("x1", "x2", "y")
    assert table.target == ("y",)
    assert table.columns["x2"].values.tolist() == [1.0, 3.0, 5.0]
    assert table_from_arrays([1, 2], [[3, 4], [5, 6]]).target == ("y1", "y2")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            {"a": [1, 2], "b": [1]},
            (
                "WG315 the data: the columns have different lengths\n"
                "  why: a has 2, b has 1\n"
                "  try: give every column one value per row"
            ),
        ),
        (
            {},
            "WG303 the data has no rows to learn from\n  why: it has no columns\n  try: give at least one complete row",
        ),
        (
            {"a": [1, [2]]},
            (
                "WG311 the data, row 1: '[2]' in column 'a' is not a finite number\n"
                "  why: it is a list\n"
                "  try: correct the value, or leave it empty and choose a rule for missing values"
            ),
        ),
        (
            {"a": 1},
            (
                "WG320 the data: int is not a table\n"
                "  why: column 'a' holds no sequence of values\n"
                "  try: give a pandas or polars frame, a dict of columns, or NumPy arrays"
            ),
        ),
        (
            np.zeros((2, 2, 2)),
            (
                "WG320 the data: 3-D array is not a table\n"
                "  why: an array of rows has one axis or two\n"
                "  try: give a pandas or polars frame, a dict of columns, or NumPy arrays"
            ),
        ),
        (
            "penguins",
            (
                "WG320 the data: str is not a table\n"
                "  why: its rows and columns are not known\n"
                "  try: give a pandas or polars frame, a dict of columns, or NumPy arrays"
            ),
        ),
    ],
)
def test_what_is_no_table_is_refused(value: object, text: str) -> None:
    with pytest.raises(DataError) as caught:
        as_table(value)
    assert str(caught.value) == text


def test_two_pandas_columns_of_one_name_are_refused() -> None:
    with pytest.raises(DataError, match=r"^WG304 the data has 2 columns named 'a'"):
        as_table(pandas.DataFrame([[1, 2]], columns=["a", "a"]))


def test_preparing_a_toy_set_imports_no_table_library() -> None:
    program = (
        "import sys; from whygrad.data import prepare; from whygrad.spec import *\n"
        "loss = Loss('squared-error', 'sum')\n"
        "prepare(Data(toy=Toy('xor')), Training(loss=loss, learning_rate=1, epochs=1, batch_size='all'))\n"
        "print([name for name in ('polars', 'pandas', 'sklearn') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_single_precision_is_kept_as_it_came_and_read_in_double() -> None:
    single = np.array([0.1, np.nan, 3.0], np.float32)
    column = as_table({"x": single, "y": [1, 2, 3]}).columns["x"]
    assert column.stored.nbytes == 12
    assert column.values.dtype == np.float64
    np.testing.assert_array_equal(column.values, single.astype(np.float64))
    assert column.labels() == [repr(float(single[0])), None, "3"]
    assert column.missing.tolist() == [False, True, False]
    assert column.take(np.array([2, 0])).values.tolist() == [3.0, float(single[0])]
    single[0] = 9.0
    assert column.values[0] == float(np.float32(0.1))
