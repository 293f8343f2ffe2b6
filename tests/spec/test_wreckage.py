"""However a file is wrecked, the answer is an experiment or a SpecError that names a line, never a crash."""

from __future__ import annotations

import tomllib
from typing import Any

import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from tests.spec.draw import experiments
from tests.spec.test_locate import keys
from whygrad.errors.spec import Key, SpecError
from whygrad.spec import Experiment, parse_experiment, write_experiment

scalars = st.integers(-3, 3) | st.floats() | st.text(max_size=4) | st.booleans() | st.dates()
wreckage = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
)


@given(experiments, wreckage, st.data())
def test_any_value_in_any_place_is_taken_or_refused(experiment: Experiment, value: Any, data: st.DataObject) -> None:
    tables = tomllib.loads(write_experiment(experiment))
    put(tables, data.draw(st.sampled_from(list(keys(tables)))), value)
    taken_or_refused(tomlkit.dumps(tables))


@given(experiments, st.data())
def test_any_key_may_be_missing(experiment: Experiment, data: st.DataObject) -> None:
    tables = tomllib.loads(write_experiment(experiment))
    key = data.draw(st.sampled_from(list(keys(tables))))
    del step_down(tables, key[:-1])[key[-1]]
    taken_or_refused(tomlkit.dumps(tables))


@given(st.text())
def test_any_text_is_taken_or_refused(text: str) -> None:
    taken_or_refused(text)


def taken_or_refused(text: str) -> None:
    """A section that is missing altogether has no line."""
    refusal: SpecError | None = None
    try:
        parse_experiment(text, "a.toml")
    except SpecError as error:
        refusal = error
    if refusal is not None:
        assert str(refusal).startswith(f"{refusal.code} a.toml, ")
        assert refusal.line is not None or len(refusal.key) == 1


def step_down(tables: Any, key: Key) -> Any:
    for part in key:
        tables = tables[part]
    return tables


def put(tables: Any, key: Key, value: Any) -> None:
    step_down(tables, key[:-1])[key[-1]] = value
