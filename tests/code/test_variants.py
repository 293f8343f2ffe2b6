"""Every setting of an experiment, in every language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.code.printed import differing, trained
from tests.code.variants import VARIANTS
from whygrad.code import LANGUAGES, Language

if TYPE_CHECKING:
    from whygrad import Run


@cache
def variant(name: str) -> Run:
    return trained(VARIANTS[name])


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_prints_the_losses_of_the_training(name: str, language: Language) -> None:
    assert differing(variant(name), language) == []
