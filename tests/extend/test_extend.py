"""Somebody's own misconceptions: a file of them is run, judged by and shown like the built-in ones, or refused."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.check.marked import EXAMPLES, cause
from whygrad import extend
from whygrad.errors.extend import ExtendError, RulesFailed
from whygrad.extend import MISCONCEPTIONS, Misconception, Mutant, Part, constant, misconceptions_in, with_own
from whygrad.pipeline.marked.pile import check_folder
from whygrad.pipeline.marking import check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OWN = Path(__file__).with_name("own_rules.py")
NETWORK = EXAMPLES / "notes-222.toml"
NOTES = b"net_H1 = 0.15 * 0.05 + 0.20 * 0.10 - 0.35 = -0.3225\n\nw5_new = 0.40 - 0.1 * 0.081534 = 0.391847\n"


def test_a_file_of_them_is_judged_by_like_the_built_in_ones() -> None:
    found = check(NOTES, NETWORK, rules=with_own(misconceptions_in(OWN)))
    assert [cause(each) for each in found.marked.errors] == [["bias-subtracted"], ["rate-of-a-tenth"]]
    assert "The bias is subtracted: b1 subtracted." in found.text()
    assert "X101" in str(found.structure())
    assert "With which sign does the bias enter the sum?" in found.hinted(2).text()


def test_without_the_file_nobody_knows_them() -> None:
    found = check(NOTES, NETWORK)
    assert [cause(each) for each in found.marked.errors] == [[], []]


def test_a_folder_of_notes_is_judged_by_them(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(NOTES)
    pile = check_folder(tmp_path, NETWORK, rules=with_own(misconceptions_in(OWN)))
    assert "bias-subtracted" in pile.csv() or "The bias is subtracted" in pile.csv()


def test_all_that_is_built_in_stays() -> None:
    every = with_own(misconceptions_in(OWN))
    assert {each.code for each in every} == {*(each.code for each in MISCONCEPTIONS), "X101", "X102"}
    assert [each.code for each in every] == sorted(each.code for each in every)


FILES = [
    (
        None,
        (
            "WG1125 {path} is no file\n  why: misconceptions of one's own stand in a file of Python\n"
            "  try: name the file; docs/checking.md shows what stands in it"
        ),
    ),
    (
        "x = 1\n\n1 / 0\n",
        (
            "WG1126 {path}, line 3: ZeroDivisionError: division by zero\n"
            "  why: the file is run before any notes are marked\n"
            "  try: run python {path} by itself until it ends without an error"
        ),
    ),
    (
        "def half(:\n",
        (
            "WG1126 {path}, line 1: SyntaxError: invalid syntax ({name}, line 1)\n"
            "  why: the file is run before any notes are marked\n"
            "  try: run python {path} by itself until it ends without an error"
        ),
    ),
    (
        "import sys; sys.exit(3)",
        (
            "WG1126 {path}, line 1: SystemExit: 3\n"
            "  why: the file is run before any notes are marked\n"
            "  try: run python {path} by itself until it ends without an error"
        ),
    ),
    (
        "from whygrad.extend import *\nRULE = MISCONCEPTIONS[0]\n",
        (
            "WG1127 {path} has no misconception\n"
            "  why: a function becomes one by @misconception(...) of whygrad.extend\n"
            "  try: write @misconception(...) above the function that gives the other formulas"
        ),
    ),
]


@pytest.mark.parametrize(("content", "text"), FILES)
def test_a_file_that_cannot_be_used(content: str | None, text: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ExtendError) as caught:
        misconceptions_in(path)
    assert str(caught.value) == text.format(path=path, name=path.name)


def test_a_file_may_fail_in_what_it_calls(tmp_path: Path) -> None:
    """The line is that of the file itself."""
    path = tmp_path / "mine.py"
    path.write_text("import json\n\njson.loads('{')\n", encoding="utf-8")
    with pytest.raises(RulesFailed, match=r"mine.py, line 3: JSONDecodeError"):
        misconceptions_in(path)


def own(**changes: Any) -> Misconception:
    return replace(misconceptions_in(OWN)[0], **changes)


CLASHES = [
    ({"code": "M101"}, "WG1128 the misconception M101 bias-subtracted is there already: M101 bias-left-out"),
    ({"name": "bias-twice"}, "WG1128 the misconception X101 bias-twice is there already: M102 bias-twice"),
]


@pytest.mark.parametrize(("changes", "text"), CLASHES)
def test_a_code_and_a_name_belong_to_one(changes: dict[str, str], text: str) -> None:
    with pytest.raises(ExtendError) as caught:
        with_own([own(**changes)])
    assert str(caught.value) == (
        f"{text}\n  why: a code and a name belong to one misconception\n"
        "  try: take another code and another name; whygrad's own codes begin with M"
    )


def test_two_of_ones_own_may_not_share_a_code_either() -> None:
    with pytest.raises(ExtendError, match="X101 other-name is there already: X101 bias-subtracted"):
        with_own([own(), own(name="other-name")])


UNFIT = [
    ({"code": "bias"}, "its code is 'bias'\n  try: take letters and a number, such as \"X101\""),
    ({"name": "Bias"}, "its name is 'Bias'\n  try: take words with hyphens, such as \"bias-halved\""),
    ({"looks": " "}, "its looks says nothing\n  try: give it words: they are shown to whoever errs"),
]


@pytest.mark.parametrize(("changes", "text"), UNFIT)
def test_one_without_its_words(changes: dict[str, str], text: str) -> None:
    with pytest.raises(ExtendError) as caught:
        with_own([own(**changes)])
    assert str(caught.value) == f"WG1129 the misconception {changes.get('code', 'X101')} cannot be used: {text}"


def fails(_scene: Any, quantity: Any) -> Iterator[Mutant]:
    raise KeyError(quantity.written)


def no_formula(_scene: Any, _quantity: Any) -> Iterator[Any]:
    yield Mutant(3.0, "three")  # type: ignore[arg-type]


def no_mutant(_scene: Any, _quantity: Any) -> Iterator[Any]:
    yield "half of it"


def endless(_scene: Any, _quantity: Any) -> Iterator[Mutant]:
    while True:
        yield Mutant(constant(0.0), "nothing")


@pytest.mark.parametrize(
    ("mutants", "text"),
    [
        (fails, "at net_H1 it fails with KeyError: 'net_H1'"),
        (no_formula, "at net_H1 it gives Mutant(formula=3.0, detail='three')"),
        (no_mutant, "at net_H1 it gives 'half of it'"),
        (endless, "at net_H1 it leads to more than 500 formulas"),
    ],
)
def test_what_goes_wrong_in_one_is_told_with_its_code(mutants: Callable[..., Any], text: str) -> None:
    with pytest.raises(ExtendError, match=re.escape(f"WG1129 the misconception X101 cannot be used: {text}")):
        check(b"net_H1 = 0.1", NETWORK, rules=with_own([own(mutants=mutants)]))


def test_right_notes_are_as_right_with_them() -> None:
    """Nobody is accused by a misconception whose number was not written."""
    found = check(b"net_H1 = 0.3775\nout_H1 = 0.5933", NETWORK, rules=with_own(misconceptions_in(OWN)))
    assert not found.marked.errors


def test_all_that_it_lists_is_there() -> None:
    assert all(hasattr(extend, name) for name in extend.__all__)
    assert Part.NET is extend.Part.NET
