"""Misconceptions planted in notes about random networks are named, and right notes are not accused."""

from __future__ import annotations

import pytest

from benchmarks.planting import SAME, TOP1, TOP3, counted, table


@pytest.mark.parametrize("seed", [8, 9])
def test_a_network(seed: int) -> None:
    found = counted(1, seed)
    assert found.accused == []
    assert found.judged > 20
    assert found.planted >= 5
    assert found.share(TOP1, SAME, TOP3) == 1, "\n".join(table(found))


@pytest.mark.long
def test_the_goals() -> None:
    found = counted(80, seed=5, processes=2)
    assert found.accused == [], "\n".join(table(found))
    assert found.share(TOP1, SAME) >= 0.95, "\n".join(table(found))
    assert found.share(TOP1, SAME, TOP3) >= 0.98, "\n".join(table(found))
