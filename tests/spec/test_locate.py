"""A key's line, against a second way of finding it: parse ever more lines until the key is there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.spec.draw import experiments
from whygrad.errors.spec import Key
from whygrad.spec import Experiment, write_experiment
from whygrad.spec.locate import line_of

AWKWARD = """\
# a remark
title = "x"
training.loss = "sum squared-error"
training.epochs = 3

[data]
columns = { a = [1, 2], b = [
   1,
   "x", # a remark
   3] }

[network.weights]
w1 = { to = "h1", from = "x1" }
[[network.layers]] # first
type = "dense"

[[network.layers]]
type = "residual"
  [[network.layers.layers]]
  units = 4
[network.weights.w5]
to = \"\"\"
x\"\"\"
[network.initialiser]
name = "he"
"""


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (("title",), 2),
        (("training",), 3),
        (("training", "epochs"), 4),
        (("training", "missing"), 3),
        (("data",), 6),
        (("data", "columns", "b"), 7),
        (("data", "columns", "b", 1), 9),
        (("network",), 13),
        (("network", "weights", "w1", "from"), 13),
        (("network", "layers"), 14),
        (("network", "layers", 0), 14),
        (("network", "layers", 1), 17),
        (("network", "layers", 1, "layers", 0, "units"), 20),
        (("network", "weights", "w5", "to"), 22),
        (("network", "initialiser"), 24),
        (("network", "initialiser", "name"), 25),
        (("missing",), None),
        ((), None),
    ],
)
def test_the_line_of_a_key_in_an_awkward_file(key: Key, line: int | None) -> None:
    assert line_of(AWKWARD, key) == line


@given(experiments, st.data())
def test_the_line_of_any_key_of_a_written_experiment(experiment: Experiment, data: st.DataObject) -> None:
    text = write_experiment(experiment)
    key = data.draw(st.sampled_from(list(keys(tomllib.loads(text)))))
    assert line_of(text, key) == first_line_with(text, key)


def first_line_with(text: str, key: Key) -> int:
    lines = text.split("\n")
    return next(n for n in range(1, len(lines) + 1) if key in keys(tomllib.loads("\n".join(lines[:n]))))


def keys(value: object, key: Key = ()) -> Iterator[Key]:
    """The key of everything in nested tables and lists."""
    if key:
        yield key
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for part, inner in parts:
        yield from keys(inner, (*key, part))
