"""Every example as a program, in every language, prints the losses of its training to the last digit."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from tests.code.printed import differing, trained
from tests.examples.trained import EXAMPLES, asked_for
from whygrad.code import LANGUAGES, Language

if TYPE_CHECKING:
    from whygrad import Run

NAMES = sorted(path.relative_to(EXAMPLES).with_suffix("").as_posix() for path in EXAMPLES.rglob("*.toml"))
SLOW_IN_PYTHON = {"digits", "digits-augmented", "overfit", "overfit-cured", "spiral"}
QUICK_IN_JAX = {"notes-222", "xor"}  # it compiles each for a second; of the rest the long tests have all epochs
# They leave their plateaus by what rounding left there: only the same bits lead them out the same way.
CHAOTIC = {"deep-norm", "deep-sigmoid"}


@cache
def example(name: str, epochs: int | None) -> Run:
    """An example trained for some epochs, or for all that it asks for."""
    experiment = asked_for(name)
    if experiment.data.dataset == "digits":
        pytest.importorskip("sklearn", reason="scikit-learn ships the digits")
    most = experiment.training.epochs if epochs is None else min(experiment.training.epochs, epochs)
    return trained(structs.replace(experiment, training=structs.replace(experiment.training, epochs=most)))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_its_first_epochs(name: str, language: Language) -> None:
    if ("digits" in name and language != "numpy") or (language == "jax" and name not in QUICK_IN_JAX):
        pytest.skip("this takes its time: the long tests have it")
    assert differing(example(name, 2), language) == []


@pytest.mark.parametrize(
    "name", [pytest.param("xor", marks=pytest.mark.long), "students", "live-221", "students-squared"]
)
@pytest.mark.parametrize("language", ["python", "numpy"])
def test_all_of_its_epochs(name: str, language: Language) -> None:
    assert differing(example(name, None), language) == []


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_of_every_example(name: str, language: Language) -> None:
    if language != "numpy" and name in CHAOTIC:
        pytest.skip("its last epochs depend on the last bit")
    epochs = 1 if language == "python" and name in SLOW_IN_PYTHON else None
    assert differing(example(name, epochs), language) == []


def test_the_examples_are_found() -> None:
    assert len(NAMES) > 25
    assert all((Path(EXAMPLES) / f"{name}.toml").is_file() for name in NAMES)
