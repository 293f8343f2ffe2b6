"""A run is its file, its seed and its engine: the same three give the same bits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.asked import asked
from tests.pipeline.variants import VARIANTS, same_bits
from whygrad import Experiment, train
from whygrad.spec import write_experiment

ROOT = Path(__file__).parents[2]
HASHES = """
import hashlib, sys
from whygrad import train
run = train(sys.argv[1])
digest = hashlib.sha256(repr(run.history.rows).encode())
for name, value in run.position.states.items():
    digest.update(name.encode() + value.tobytes())
print(digest.hexdigest())
"""


@pytest.mark.parametrize("experiment", VARIANTS.values(), ids=VARIANTS)
def test_the_same_bits_twice(experiment: Experiment) -> None:
    first, second = train(experiment), train(experiment)
    assert same_bits(first.position.states, second.position.states)
    assert first.history == second.history


def test_the_same_bits_in_another_process(tmp_path: Path) -> None:
    """Whatever the order in which that process hashes its strings."""
    file = tmp_path / "everything.toml"
    file.write_text(write_experiment(VARIANTS["everything"]), "utf-8")
    digests = {
        subprocess.run(
            [sys.executable, "-c", HASHES, str(file)],
            env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1
    assert len(digests.pop()) == 65


def test_another_seed_gives_another_run() -> None:
    one, other = train(asked(seed=1)), train(asked(seed=2))
    assert not same_bits(one.at(0).values, other.at(0).values)


def test_looking_at_a_run_does_not_change_it() -> None:
    """Traces, predictions and earlier epochs are read; the run stands where it stood."""
    run = train(VARIANTS["everything"])
    before = {name: value.copy() for name, value in run.position.states.items()}
    step = run.step(1, 1)
    with pytest.raises(ValueError, match="read-only"):
        step.change("hidden1.W").before[:] += 1.0
    run["hidden1.W"][:] = 0.0
    run.at(2)["output.W"][:] = 0.0
    run.metrics()
    assert same_bits(run.position.states, before)
    assert same_bits(train(VARIANTS["everything"]).at(2).values, run.at(2).values)
