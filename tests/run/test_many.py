"""Many networks updated together are, bit for bit, the same networks updated one after another."""

from __future__ import annotations

from dataclasses import replace as replaced
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from msgspec.structs import replace

from tests.asked import SINE, asked
from tests.pipeline.variants import VARIANTS
from whygrad.graph import UPDATES
from whygrad.pipeline.setting_up import SetUp, set_up
from whygrad.run.many import Many, kept, stacked
from whygrad.spec import Clip, Experiment, read_experiment

if TYPE_CHECKING:
    from whygrad.run.predictor import States

EXAMPLES = Path(__file__).parents[2] / "examples"
NETWORKS = 7
MANY = {
    **{name: VARIANTS[name] for name in VARIANTS if name not in {"augmentation", "everything", "held out"}},
    "a shared bias": read_experiment(EXAMPLES / "notes-222.toml"),
    "a row at a time": read_experiment(EXAMPLES / "xor.toml"),
    "a softmax": read_experiment(EXAMPLES / "gaussians.toml"),
    "bounded gradients": asked("1 -> 5 gelu -> 1", data=SINE, loss="mean huber", clip=Clip(norm=0.1)),
    "layer norm": asked("2 -> 6 silu -> layer-norm -> 1 sigmoid", l1=0.01, weight_decay=0.1),
}


def with_seed(experiment: Experiment, seed: int) -> Experiment:
    return replace(experiment, training=replace(experiment.training, seed=seed, order="in order"))


def masks_of(readies: list[SetUp], many: Many, rows: int, number: int) -> dict[str, Any]:
    step, _ = many.ready(rows)
    noises = [ready.job.engine.noise(number) for ready in readies]
    return {
        name: np.stack([noise.random(step.inputs[name].shape) < keep for noise in noises])
        for name, keep in step.masks.items()
    }


@pytest.mark.parametrize("name", MANY)
def test_the_bits_are_those_of_each_by_itself(name: str) -> None:
    readies = [set_up(with_seed(MANY[name], seed), EXAMPLES) for seed in range(NETWORKS)]
    many = Many(readies[0].job.engine)
    each: list[States] = [ready.start().states for ready in readies]
    states: States = stacked(each)
    for number, part in enumerate(list(readies[0].job.batches(0)) * 2):
        masks = masks_of(readies, many, len(part), number)
        states, said, error = many.advance(states, part.inputs, part.targets, masks)
        for place, ready in enumerate(readies):
            alone = ready.job.engine.advance(each[place], part, number)
            each[place] = alone.states
            assert np.array_equal(said[place], alone.outputs["prediction"])
            assert error[place] == alone.outputs["error"]
            for symbol, value in alone.states.items():
                found = states[symbol] if symbol == UPDATES else states[symbol][place]
                assert np.array_equal(found, value)
                assert np.asarray(found).dtype == np.asarray(value).dtype


def test_rows_of_their_own() -> None:
    """Where each sees other rows, these have the networks in front as well."""
    ready = set_up(with_seed(VARIANTS["plain in order"], 0), Path())
    starts = [replaced(ready, experiment=with_seed(ready.experiment, seed)).start().states for seed in range(3)]
    parts = list(ready.job.batches(0))
    x, y = np.stack([part.inputs for part in parts]), np.stack([part.targets for part in parts])
    states, _, error = Many(ready.job.engine).advance(stacked(starts), x, y, {})
    for place, part in enumerate(parts):
        alone = ready.job.engine.advance(starts[place], part, 0)
        assert error[place] == alone.outputs["error"]
        assert np.array_equal(states["output.W"][place], alone.states["output.W"])


def test_some_of_them_are_kept() -> None:
    ready = set_up(VARIANTS["momentum"], Path())
    starts = [replaced(ready, experiment=with_seed(ready.experiment, seed)).start().states for seed in range(4)]
    found = kept(stacked(starts), np.array([False, True, False, True]))
    assert found[UPDATES] == 0
    assert np.array_equal(found["hidden.W"], np.stack([starts[1]["hidden.W"], starts[3]["hidden.W"]]))
