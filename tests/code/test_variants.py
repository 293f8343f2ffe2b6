"""Every setting of an experiment, in every language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.code.printed import differing, trained
from tests.code.variants import VARIANTS
from whygrad.code import LANGUAGES, Language

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

    from whygrad import Run


@cache
def variant(name: str) -> Run:
    return trained(VARIANTS[name])


# What a framework has words of its own for; the rest of its programs is that of NumPy's.
FRAMEWORKS = {
    *("adagrad", "adam", "adamw", "momentum", "nesterov", "rmsprop", "decay", "adam, decay, warm-up"),
    *("mean huber", "mean absolute-error", "reported loss", "logits", "logits of three", "softmax, squared"),
    *("relu", "leaky-relu", "elu", "softplus", "gelu", "silu", "zeros", "clip norm", "clip value", "l1"),
    *("batch norm, watched", "everything", "early stopping", "class weights", "noise per row"),
    *("shared biases", "float32, shared biases, clip"),
}


def cases() -> list[ParameterSet]:
    """Every variant in every language; what a framework adds nothing to is left to the long tests."""
    rest = {("pytorch", name) for name in VARIANTS if name not in FRAMEWORKS}
    rest |= {("jax", name) for _, name in rest}
    pairs = [(language, name) for language in LANGUAGES for name in VARIANTS]
    return [pytest.param(*pair, marks=[pytest.mark.long] if pair in rest else []) for pair in pairs]


def test_the_names_are_those_of_variants() -> None:
    assert set(VARIANTS) >= FRAMEWORKS


@pytest.mark.parametrize(("language", "name"), cases())
def test_it_prints_the_losses_of_the_training(name: str, language: Language) -> None:
    assert differing(variant(name), language) == []
