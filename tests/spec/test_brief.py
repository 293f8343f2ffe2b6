"""An experiment without its defaults as text reads back as the same experiment."""

from __future__ import annotations

from pathlib import Path

import pytest

from whygrad.spec import brief_experiment, parse_experiment, read_experiment, write_experiment

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("path", sorted(EXAMPLES.rglob("*.toml")), ids=lambda path: path.stem)
def test_it_reads_back(path: Path) -> None:
    experiment = read_experiment(path)
    brief = brief_experiment(experiment)
    assert parse_experiment(brief, path.name) == experiment
    assert len(brief) < len(write_experiment(experiment))
    assert "l2 = 0.0\n" not in brief
