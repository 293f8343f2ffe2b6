"""The engine on JAX's devices against the interpreter: trainings, every primitive, NaN, what is saved and goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.asked import asked
from tests.pipeline.variants import NOISY, VARIANTS
from tests.primitive.draw import samples
from tests.run.faults import named_as_the_interpreter_does
from tests.run.test_engines import one_step
from whygrad import Data, Split, load, train
from whygrad.graph import Domain, State
from whygrad.pipeline import go_on, with_epochs
from whygrad.pipeline.starting import untrained
from whygrad.primitive import PRIMITIVES, spread
from whygrad.run.interpreter import evaluate
from whygrad.spec import Adam, Momentum, Toy

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.primitive.draw import Sample
    from whygrad import Experiment
    from whygrad.graph import Expr

pytest.importorskip("jax", reason="JAX is not installed (extra jax)")

# Every kind of layer, a smaller last batch, noise in the inputs, a validation part, figures of every few updates. Not
# by Adam: a bias before a batch norm has no gradient but rounding, which Adam makes as large as any other.
EVERYTHING = asked(
    "2 -> 6 relu -> batch-norm -> residual(6 tanh -> dropout 0.2) -> layer-norm -> 1 sigmoid",
    data=NOISY,
    optimizer=Momentum(),
    split=Split(validation=0.25),
    l1=0.001,
    l2=0.001,
    learning_rate=0.005,
)
SHORT = {
    "adam, cosine": VARIANTS["adam, cosine"],
    "figures of every two updates": asked(record_every=2),
    "everything": EVERYTHING,
}
LONG = {name: each for name, each in VARIANTS.items() if name not in ("float32", "everything")}


def for_epochs(experiment: Experiment, epochs: int) -> Experiment:
    return structs.replace(experiment, training=structs.replace(experiment.training, epochs=epochs))


def farthest(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """How far two groups of arrays are from each other, which have the same names and dtypes."""
    assert {name: np.asarray(each).dtype for name, each in one.items()} == {
        name: np.asarray(each).dtype for name, each in other.items()
    }
    return max(float(np.max(np.abs(np.asarray(one[name]) - np.asarray(other[name])), initial=0.0)) for name in one)


def agree(experiment: Experiment, within: float) -> None:
    """Train by both; all states and figures are the same to so much."""
    plain, fast = train(experiment, engine="interpreter"), train(experiment, engine="jax")
    assert fast.engine == "jax"
    assert farthest(plain.position.states, fast.position.states) <= within
    for mine, theirs in ((fast.history.rows, plain.history.rows), (fast.history.steps, plain.history.steps)):
        assert len(mine) == len(theirs)
        for row, expected in zip(mine, theirs, strict=True):
            assert row == pytest.approx(expected, rel=1000 * within, abs=1000 * within)


@pytest.mark.parametrize("name", SHORT)
def test_trainings_agree_over_a_hundred_updates(name: str) -> None:
    agree(for_epochs(SHORT[name], 34), 1e-12)


def test_single_precision_stays_single_and_agrees_as_far_as_it_goes() -> None:
    agree(for_epochs(VARIANTS["float32"], 5), 1e-6)


@pytest.mark.long
@pytest.mark.parametrize("name", LONG)
def test_every_variant_agrees_over_three_hundred_updates(name: str) -> None:
    agree(for_epochs(LONG[name], 100), 1e-12)


@settings(max_examples=1, phases=[Phase.generate])
@given(data=st.data())
def test_every_primitive_in_one_program(data: st.DataObject) -> None:
    one_program_with_all(data)


@pytest.mark.long
@settings(max_examples=15, phases=[Phase.generate])
@given(data=st.data())
def test_every_primitive_in_many_shapes(data: st.DataObject) -> None:
    one_program_with_all(data)


def one_program_with_all(data: st.DataObject) -> None:
    """Each primitive on a sample of its own gives what the interpreter gives; one program, as compiling takes long.

    Each once more on inputs of which the first row was spread over the others, which JAX has only where it must.
    """
    from whygrad.run.devices.fleet import fleet, precise
    from whygrad.run.devices.program import device_source

    leaves: dict[str, State] = {}
    arrays: dict[Expr, Any] = {}
    outputs = {}
    for primitive in PRIMITIVES:
        sample = data.draw(samples(primitive))
        own = [State(np.shape(array), f"{primitive.name}{n}") for n, array in enumerate(sample.arrays)]
        leaves |= {leaf.name: leaf for leaf in own}
        arrays |= dict(zip(own, sample.arrays, strict=True))
        outputs[primitive.name] = primitive(*own, **sample.attributes)
        outputs[f"{primitive.name} of rows"] = primitive(*of_rows(own, sample, leaves, arrays), **sample.attributes)
    step = replace(one_step(leaves, next(iter(outputs.values()))), outputs=outputs)
    source = device_source(step, np.float64)
    expected = evaluate(outputs.values(), arrays)
    ships = fleet(together=False)
    with precise():
        state = tuple(np.asarray(arrays.get(step.states[name], 0.0)) for name in source.states)
        _, told = ships.compiled(source.text)(state, (np.zeros(1),), source.constants)
    for name, value in zip(source.outputs, told, strict=True):
        np.testing.assert_allclose(np.asarray(value)[0], expected[outputs[name]], rtol=1e-12, atol=1e-14, err_msg=name)


def of_rows(own: list[State], sample: Sample, leaves: dict[str, State], arrays: dict[Expr, Any]) -> list[Expr]:
    """The inputs with their first row in place of all rows, where they have rows of numbers."""
    found: list[Expr] = []
    for leaf, array, domain in zip(own, sample.arrays, sample.domains, strict=True):
        if not leaf.shape or domain in (Domain.INDEX, Domain.CONDITION, Domain.DISTRIBUTION):
            found.append(leaf)
            continue
        row = State(leaf.shape[1:], f"{leaf.name}_row")
        leaves[row.name], arrays[row] = row, array[0]
        found.append(spread(row, shape=leaf.shape, axes=(0,)))
    return found


def test_a_nan_is_named_by_the_interpreter() -> None:
    named_as_the_interpreter_does("jax")


def test_a_run_is_kept_and_goes_on_by_any_engine(tmp_path: Path) -> None:
    experiment = asked(data=Data(toy=Toy("moons", rows=10, noise=0.1)), batch_size=5, optimizer=Adam())
    run = train(experiment, engine="jax")
    back = load(run.save(tmp_path / "run"))
    assert (back.engine, back.set_up.job.engine.devices) == ("jax", 1)
    assert '"jax": "' in (tmp_path / "run" / "run.json").read_text("utf-8")
    assert farthest(back.at(2).values, run.at(2).values) == 0.0
    further = {engine: train(for_epochs(experiment, 8), engine=engine) for engine in ("interpreter", "jax")}
    gone_on = go_on(with_epochs(back, 8))
    assert farthest(gone_on.position.states, further["jax"].position.states) == 0.0
    assert farthest(gone_on.position.states, further["interpreter"].position.states) < 1e-12


def test_the_program_that_runs_can_be_read_and_run_by_hand() -> None:
    import jax

    run = untrained(asked("2 -> 2 relu -> 1", batch_size="all", loss="mean squared-error"), engine="jax")
    text = run.set_up.job.engine.source()
    assert text.startswith("import jax\nimport jax.numpy as jnp\n\n\ndef update(state, given, constants):\n")
    assert "    hidden_net = jnp.add(matmul, hidden_b)\n" in text
    space: dict[str, Any] = {}
    exec(text, space)  # noqa: S102 (our own program)
    batch = next(iter(run.set_up.job.batches(0)))
    with jax.enable_x64(new_val=True):
        given = (np.asarray(batch.inputs)[None], np.asarray(batch.targets)[None])
        after, _ = space["epoch"](tuple(run.position.states.values()), given, ())
    plain = train(structs.replace(run.experiment, training=structs.replace(run.experiment.training, epochs=1)))
    for mine, name in zip(after, run.position.states, strict=True):
        np.testing.assert_allclose(mine, plain.position.states[name], rtol=1e-12)
