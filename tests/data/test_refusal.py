"""What a table can have wrong with it, word by word."""

from __future__ import annotations

import math
from typing import Any

import msgspec
import pytest

from tests.data.asked import EXAMPLES, training
from whygrad.data import prepare, prepare_rows
from whygrad.dataset import CategoryColumn, NumberColumn, NumberTarget, Preparation
from whygrad.errors.data import DataError
from whygrad.spec import Data, Toy

TABLE: dict[str, list[Any]] = {"a": [1.0, None, 3.0], "c": ["u", "v", "w"], "y": [1, 2, 3]}
GIVE = "\n  try: correct the value, or leave it empty and choose a rule for missing values"
CHOOSE = '\n  try: set data.missing to "drop", or per column to "mean", "median", "most-frequent" or a value'

REFUSALS: list[tuple[dict[str, Any], str, dict[str, list[Any]], str]] = [
    (
        {"target": "z"},
        "squared-error",
        TABLE,
        (
            "WG306 the data has no column 'z', named as the target\n"
            "  why: its columns are: a, c, y\n"
            "  try: use one of these names"
        ),
    ),
    (
        {"target": "y", "inputs": ("aa",)},
        "squared-error",
        TABLE,
        (
            "WG306 the data has no column 'aa', named as an input\n"
            "  why: its columns are: a, c, y\n"
            "  try: did you mean 'a'?"
        ),
    ),
    (
        {"target": "y", "missing": {"b": "mean"}},
        "squared-error",
        TABLE,
        (
            "WG306 the data has no column 'b', named as a column of data.missing\n"
            "  why: its columns are: a, c, y\n"
            "  try: use one of these names"
        ),
    ),
    (
        {},
        "squared-error",
        TABLE,
        (
            "WG319 the data: it is not said which column to predict\n"
            "  why: its columns are: a, c, y\n"
            '  try: set data.target, for example target = "y"'
        ),
    ),
    (
        {"target": "y", "inputs": ("a", "y")},
        "squared-error",
        TABLE,
        (
            "WG319 the data: the column 'y' is both an input and the target\n"
            "  why: its columns are: a, c, y\n"
            '  try: set data.target, for example target = "y"'
        ),
    ),
    (
        {"target": ("c", "y"), "inputs": ("a",)},
        "squared-error",
        {**TABLE, "a": [1, 2, 3]},
        (
            "WG319 the data: several target columns are predicted as numbers, and 'c' is text\n"
            "  why: its columns are: a, c, y\n"
            '  try: set data.target, for example target = "y"'
        ),
    ),
    (
        {"target": "y"},
        "squared-error",
        {"y": [1, 2]},
        (
            "WG303 the data has no rows to learn from\n"
            "  why: no column is left to learn from besides the target\n"
            "  try: give at least one complete row"
        ),
    ),
    (
        {"target": "y", "missing": "drop"},
        "squared-error",
        {"a": [1, None], "y": [None, 2]},
        (
            "WG303 the data has no rows to learn from\n"
            "  why: each of its 2 rows has a missing value and was dropped\n"
            "  try: give at least one complete row"
        ),
    ),
    (
        {"target": "y"},
        "squared-error",
        TABLE,
        (
            "WG307 the data: 1 missing input value (a 1)\n"
            "  why: a network cannot compute with a missing value; the first: a in row 1" + CHOOSE
        ),
    ),
    (
        {"target": "a", "missing": "mean"},
        "squared-error",
        TABLE,
        (
            "WG308 the data: the target 'a' is missing in 1 row\n"
            "  why: an answer is never made up; missing at row 1\n"
            '  try: fill in the answers, or set data.missing = "drop" to leave these rows out'
        ),
    ),
    (
        {"target": "y", "missing": "mean"},
        "squared-error",
        {"c": ["u", None, "w"], "y": [1, 2, 3]},
        (
            "WG317 the data: the rule 'mean' for missing values does not fit column 'c'\n"
            "  why: the column holds text\n"
            '  try: say "most-frequent", "drop" or a text for this column in data.missing'
        ),
    ),
    (
        {"target": "y", "missing": {"a": "none"}},
        "squared-error",
        TABLE,
        (
            "WG317 the data: the rule 'none' for missing values does not fit column 'a'\n"
            "  why: the column holds numbers\n"
            '  try: say "mean", "median", "most-frequent", "drop" or a number in data.missing'
        ),
    ),
    (
        {"target": "y", "missing": "mean"},
        "squared-error",
        {"a": [None, None], "y": [1, 2]},
        (
            "WG317 the data: the rule 'mean' for missing values does not fit column 'a'\n"
            "  why: every value of it is missing in the training part\n"
            "  try: give a value to fill in, or leave the column out of data.inputs"
        ),
    ),
    (
        {"target": "y"},
        "squared-error",
        {"day": [f"day {day:03}" for day in range(101)], "y": list(range(101))},
        (
            "WG318 the data: the text column 'day' has 101 different values\n"
            "  why: each would become an input of its own (at most 100); for example 'day 000', 'day 001', 'day 002'\n"
            "  try: leave a date, name or number-like text out by listing the others in data.inputs"
        ),
    ),
    (
        {"target": "y"},
        "squared-error",
        {"a": [*map(str, range(19)), "?"], "y": list(range(20))},
        (
            "WG311 the data, row 19: '?' in column 'a' is not a finite number\n"
            "  why: 19 of the column's 20 values are numbers" + GIVE
        ),
    ),
    (
        {"target": "y"},
        "squared-error",
        {"a": [1, math.inf], "y": [1, 2]},
        (
            "WG311 the data, row 1: 'inf' in column 'a' is not a finite number\n"
            "  why: a network cannot compute with it" + GIVE
        ),
    ),
    (
        {"target": "c", "task": "regression"},
        "squared-error",
        {"a": [1, 2], "c": ["u", "v"]},
        (
            "WG311 the data, row 0: 'u' in column 'c' is not a finite number\n"
            "  why: data.task is regression, which predicts numbers" + GIVE
        ),
    ),
    (
        {"target": "c"},
        "cross-entropy",
        {"a": [1, 2], "c": ["u", "u"]},
        (
            "WG310 the data: the target 'c' has 1 class: u\n"
            "  why: the training part needs two classes at least\n"
            "  try: check data.target and data.file"
        ),
    ),
    (
        {"target": "c"},
        "binary-cross-entropy",
        {"a": [1, 2, 3], "c": ["u", "v", "w"]},
        (
            "WG310 the data: the target 'c' has 3 classes: u, v, w\n"
            "  why: binary-cross-entropy tells two classes apart\n"
            "  try: choose cross-entropy, with a last layer of softmax"
        ),
    ),
    (
        {"target": "y"},
        "cross-entropy",
        {"a": list(range(21)), "y": [row + 0.5 for row in range(21)]},
        (
            "WG310 the data: the target 'y' has 21 classes: 0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5 and 13 more\n"
            "  why: that is almost one per row (21 rows)\n"
            "  try: choose squared-error to predict a number"
        ),
    ),
    (
        {"target": "c", "scale_target": "standard"},
        "cross-entropy",
        {"a": [1, 2], "c": ["u", "v"]},
        (
            "WG310 the data: the target 'c' has 2 classes: u, v\n"
            "  why: classes are not scaled\n"
            "  try: leave data.scale_target out, or set data.task = 'regression'"
        ),
    ),
    (
        {"target": ("p", "q")},
        "binary-cross-entropy",
        {"a": [1, 2], "p": [0, 1], "q": [0.5, 2]},
        (
            "WG312 the data, row 1: target 1, 2 under the loss binary-cross-entropy\n"
            "  why: binary-cross-entropy needs targets between 0 and 1\n"
            "  try: choose squared-error for numbers, or give targets in that range"
        ),
    ),
    (
        {"target": ("p", "q")},
        "cross-entropy",
        {"a": [1, 2], "p": [0.5, 0.25], "q": [0.5, 0.5]},
        (
            "WG312 the data, row 1: target 0.25, 0.5 under the loss cross-entropy\n"
            "  why: cross-entropy needs targets between 0 and 1 that sum to 1 in each row\n"
            "  try: choose squared-error for numbers, or give targets in that range"
        ),
    ),
]


@pytest.mark.parametrize(("asked", "loss", "table", "text"), REFUSALS, ids=[text[:60] for *_, text in REFUSALS])
def test_a_table_is_refused(asked: dict[str, Any], loss: Any, table: dict[str, list[Any]], text: str) -> None:
    with pytest.raises(DataError) as caught:
        prepare(msgspec.structs.replace(Data(), **asked), training(loss), table)
    assert str(caught.value) == text


def test_no_source_is_refused() -> None:
    with pytest.raises(DataError) as caught:
        prepare(Data(), training())
    assert str(caught.value) == (
        "WG319 the experiment: it names no file, toy, columns or dataset, and no table was given\n"
        "  try: set one of data.file, data.toy, data.columns and data.dataset"
    )


def test_missing_values_of_a_file_are_counted_and_named_by_line() -> None:
    with pytest.raises(DataError) as caught:
        prepare(Data(file="penguins.csv", inputs=("body_mass_g", "sex"), target="species"), training(), folder=EXAMPLES)
    assert str(caught.value) == (
        "WG307 penguins.csv: 13 missing input values (body_mass_g 2, sex 11)\n"
        "  why: a network cannot compute with a missing value; the first: body_mass_g in line 5, "
        "body_mass_g in line 273, sex in line 5, sex in line 10, sex in line 11" + CHOOSE
    )


def test_a_level_or_class_that_only_a_held_out_row_has_is_refused() -> None:
    table = {"c": ["u"] * 9 + ["uu"], "y": list(range(10))}
    lone = next(
        seed for seed in range(99) if 9 in prepare(Data(toy=Toy("linear", 10)), training(test=0.2, seed=seed)).test.rows
    )
    with pytest.raises(DataError) as caught:
        prepare(Data(target="y"), training(test=0.2, seed=lone), table)
    assert str(caught.value) == (
        "WG309 the data, row 9: unknown value 'uu' in column 'c'\n"
        "  why: the training part has only: u\n"
        "  try: did you mean 'u'? Otherwise take another training.split.seed, leave the row out, "
        "or leave the column out of data.inputs"
    )
    classes = {"x": list(range(10)), "c": ["a"] * 5 + ["b"] * 4 + ["z"]}
    with pytest.raises(DataError) as caught:
        prepare(Data(target="c"), training("cross-entropy", test=0.2, seed=lone, stratified=False), classes)
    assert str(caught.value) == (
        "WG309 the data, row 9: unknown value 'z' in column 'c'\n"
        "  why: the training part has only: a, b\n"
        "  try: keep the split stratified, take another training.split.seed, or leave the row out"
    )


TRAINED = Preparation(
    (NumberColumn("height"), CategoryColumn("island", ("Biscoe", "Dream"))), NumberTarget(("y",), (0.0,), (1.0,))
)


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (
            {"hight": [1], "Island": ["Dream"]},
            (
                "WG322 the rows: 2 input columns of the network are not there: height, island\n"
                "  why: its columns are: hight, Island\n"
                "  try: rename 'hight' to 'height', 'Island' to 'island'"
            ),
        ),
        (
            {"height": [1], "q": ["Dream"]},
            (
                "WG322 the rows: 1 input column of the network is not there: island\n"
                "  why: its columns are: height, q\n"
                "  try: add them; the network cannot predict without"
            ),
        ),
        (
            {"height": [1, 2], "island": ["Dream", "Dreams"]},
            (
                "WG309 the rows, row 1: unknown value 'Dreams' in column 'island'\n"
                "  why: the training part has only: Biscoe, Dream\n"
                "  try: did you mean 'Dream'? Otherwise leave the row out, "
                "or train again on a table that has this value"
            ),
        ),
        (
            {"height": [1, None], "island": [None, "Dream"]},
            (
                "WG307 the rows: 2 missing input values (height 1, island 1)\n"
                "  why: a network cannot compute with a missing value; the first: height in row 1, island in row 0\n"
                "  try: give every value; the network was trained without a rule for missing ones"
            ),
        ),
        (
            {"height": ["1", "tall"], "island": ["Dream", "Dream"]},
            (
                "WG311 the rows, row 1: 'tall' in column 'height' is not a finite number\n"
                "  why: the network was trained on numbers here" + GIVE
            ),
        ),
        (
            [[1, "Dream", 3]],
            (
                "WG320 the rows: array of shape (1, 3) is not a table\n"
                "  why: each row needs 2 values: height, island\n"
                "  try: give a pandas or polars frame, a dict of columns, or NumPy arrays"
            ),
        ),
    ],
)
def test_new_rows_that_do_not_fit_the_model_are_refused(rows: object, text: str) -> None:
    with pytest.raises(DataError) as caught:
        prepare_rows(TRAINED, rows)
    assert str(caught.value) == text
