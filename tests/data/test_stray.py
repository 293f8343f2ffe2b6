"""Text among numbers: refused where no category can be meant, taken as a category where one can."""

from __future__ import annotations

import pytest

from tests.data.asked import training
from whygrad.data import as_table, prepare, refuse_stray_words
from whygrad.errors.data import ClassesUnfit, NotANumber
from whygrad.spec import Data

GIVE = "\n  try: correct the value, or leave it empty and choose a rule for missing values"


@pytest.mark.parametrize("sign", ["?", "n.a.", "-", "12O"])
def test_a_word_among_numbers_is_named_with_its_row(sign: str) -> None:
    with pytest.raises(NotANumber) as caught:
        refuse_stray_words(as_table({"hp": ["1.5", "2.5", sign, "4", "5"]}), "hp")
    assert str(caught.value) == (
        f"WG311 the data, row 2: {sign!r} in column 'hp' is not a finite number\n"
        "  why: 4 of the column's 5 values are numbers" + GIVE
    )


def test_a_sign_for_missing_values_may_stand_often() -> None:
    words = [str(row) if row % 4 else "?" for row in range(40)]
    with pytest.raises(NotANumber, match="30 of the column's 40 values are numbers"):
        refuse_stray_words(as_table({"hp": words}), "hp")


@pytest.mark.parametrize(
    "words",
    [
        ["2", "3", "4", "5more"] * 20,
        ["1", "2", "x"],
        [str(row) if row % 3 else f"A {row}" for row in range(60)],
        ["red", "green"] * 5,
    ],
)
def test_a_category_may_have_names_that_are_numbers(words: list[str]) -> None:
    refuse_stray_words(as_table({"c": words}), "c")


@pytest.mark.parametrize("words", [["9,6", "1,5"], ["9,6", "2", "1,5"], ["1,234,567", "2"]])
def test_numbers_with_a_comma_are_no_words(words: list[str]) -> None:
    with pytest.raises(NotANumber) as caught:
        refuse_stray_words(as_table({"c": words}), "c")
    assert "why: its numbers are written with a comma\n  try: write numbers with a point" in str(caught.value)


def test_a_bad_target_is_refused_before_the_split_is_drawn() -> None:
    typed = {"x": list(range(100)), "price": [str(row) if row != 40 else "abc" for row in range(100)]}
    with pytest.raises(NotANumber, match="row 40: 'abc' in column 'price'"):
        prepare(Data(target="price"), training(validation=0.1), typed)
    with pytest.raises(NotANumber, match="row 40: 'abc' in column 'price'"):
        prepare(Data(target="price", task="regression"), training(validation=0.1), typed)
    names = {"x": list(range(100)), "name": [f"car {row}" for row in range(100)]}
    with pytest.raises(ClassesUnfit) as caught:
        prepare(Data(target="name"), training("cross-entropy", validation=0.1), names)
    assert str(caught.value).endswith(
        "  why: that is almost one per row (100 rows)\n  try: predict a column of numbers, or of few different words"
    )
