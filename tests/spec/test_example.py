"""What an error offers at a key can be written there, and each word of others is known where ours may stand."""

from __future__ import annotations

import tomllib

import pytest

from tests.spec.sample import RIGHT
from whygrad.errors.spec import SpecError
from whygrad.spec import parse_experiment
from whygrad.spec.example import EXAMPLES, example_at
from whygrad.spec.synonym import SYNONYMS, synonym


@pytest.mark.parametrize(("section", "key"), [(section, key) for section, keys in EXAMPLES.items() for key in keys])
def test_an_example_is_of_the_type_that_is_expected(section: str, key: str) -> None:
    line = example_at((section, key), tomllib.loads(RIGHT["short"]))
    assert tomllib.loads(line) == {key: EXAMPLES[section][key]}


@pytest.mark.parametrize(
    ("given", "example"),
    [
        ('order = "any"', 'order = "shuffled"'),
        ('optimizer = { name = "adam", beta1 = 2.0 }', "beta1 = 0.9"),
        ("split = { validation = 1.5 }", "validation = 0.0"),
        ('split = "some"', "split = { validation = 0.2, test = 0.2 }"),
        ("clip = { norm = -1 }", "norm = 1.0"),
        ("threshold = 1.0", "threshold = 0.5"),
        ("early_stopping = { patience = 0 }", "patience = 1"),
    ],
)
def test_whoever_writes_nonsense_is_shown_what_could_stand_there(given: str, example: str) -> None:
    with pytest.raises(SpecError) as caught:
        parse_experiment(f"{RIGHT['short']}\n{given}\n", "a.toml")
    assert str(caught.value).endswith(f"  try: for example {example}")


@pytest.mark.parametrize(("ours", "theirs"), [(ours, word) for ours, words in SYNONYMS.items() for word in words])
def test_a_word_of_others_is_known_whatever_its_capitals(ours: str, theirs: str) -> None:
    assert synonym(theirs.upper().replace("-", "_"), (ours, "other")) == ours
    assert synonym(theirs, ("other",)) == ""
