"""The schema that editors read accepts what whygrad reads and knows every key."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from tests.spec.draw import experiments
from tests.spec.sample import BINARY, GOOD, SHORT
from whygrad.spec import Experiment, experiment_schema, write_experiment

SCHEMA = experiment_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def refused(text: str) -> list[Any]:
    return list(VALIDATOR.iter_errors(tomllib.loads(text)))


@pytest.mark.parametrize("text", [GOOD, SHORT, BINARY])
def test_what_is_right_is_accepted(text: str) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert refused(text) == []


@given(experiments)
def test_whatever_is_written_is_accepted(experiment: Experiment) -> None:
    assert refused(write_experiment(experiment)) == []


@pytest.mark.parametrize(
    "line",
    [
        'optimizer = "adam"',
        'optimizer = { name = "adam", beta1 = 0.8 }',
        'schedule = "cosine"',
        'reported_loss = "sum huber"',
        "class_weights = { a = 1.0 }",
    ],
)
def test_shorthands_and_tables_are_accepted(line: str) -> None:
    assert refused(SHORT + line) == []


@pytest.mark.parametrize(
    "line",
    [
        "lerning_rate = 0.1",
        'optimizer = "adamm"',
        'optimizer = { name = "adam", momentum = 0.8 }',
        'schedule = "step"',
        'reported_loss = "huber"',
        "seed = -1",
        'order = "random"',
        "clip = { size = 1 }",
    ],
)
def test_what_whygrad_refuses_is_refused(line: str) -> None:
    assert refused(SHORT) == []
    assert refused(SHORT + line) != []


def test_every_record_and_every_key_is_explained() -> None:
    unexplained = [
        f"{name}.{key}"
        for name, record in SCHEMA["$defs"].items()
        for key, value in record["properties"].items()
        if "description" not in value and key not in tag_keys(record)
    ]
    assert unexplained == []
    assert [name for name, record in SCHEMA["$defs"].items() if not record["description"]] == []
    assert [name for name, record in SCHEMA["$defs"].items() if "\n" in record["description"].split(".")[0]] == []


def tag_keys(record: dict[str, Any]) -> set[str]:
    """The key whose only value names the record."""
    return {key for key, value in record["properties"].items() if len(value.get("enum", ())) == 1}


def test_nothing_in_the_schema_is_null() -> None:
    assert "null" not in str(SCHEMA)
    assert "None" not in str(SCHEMA)
