"""Networks of every kind, drawn at random: an update by JAX has the losses and gradients of the interpreter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import Phase, assume, given, settings

from tests.properties.networks import experiments
from whygrad.graph import Apply, lowered, topological
from whygrad.pipeline.starting import untrained
from whygrad.primitive import equal, greater
from whygrad.run.interpreter import evaluate
from whygrad.spec.write import write_experiment

if TYPE_CHECKING:
    from whygrad import Experiment
    from whygrad.graph import Expr

pytest.importorskip("jax", reason="JAX is not installed (extra jax)")

NEAR = 1e-9  # numbers so close to a kink that rounding may put them on its other side


@settings(max_examples=3, phases=[Phase.generate])
@given(experiments())
def test_one_update_of_a_few_random_networks(experiment: Experiment) -> None:
    one_update(experiment)


@pytest.mark.long
@settings(max_examples=100, phases=[Phase.generate])
@given(experiments())
def test_one_update_of_many_random_networks(experiment: Experiment) -> None:
    one_update(experiment)


def one_update(experiment: Experiment) -> None:
    from whygrad.run.devices.fleet import fleet, precise
    from whygrad.run.devices.program import device_source

    ready = untrained(experiment).set_up
    engine, states = ready.job.engine, ready.start().states
    step, _ = engine.ready(ready.batch_sizes[0])
    step = replace(step, outputs={**step.outputs, **{f"d {name}": node for name, node in step.gradients.items()}})
    leaves = engine.leaves(step, states, next(iter(ready.job.batches(0))), 0)
    assume(not any_near_a_kink(tuple(step.outputs.values()), leaves))
    wanted = evaluate((*step.outputs.values(), *step.next.values()), leaves)
    source = device_source(step, np.float64)
    with precise():
        given = tuple(np.asarray(leaves[step.inputs[name]])[None] for name in source.inputs)
        before = tuple(np.asarray(states[name]) for name in source.states)
        _, told = fleet(together=False).compiled(source.text)(before, given, source.constants)
    for name, value in zip(source.outputs, told, strict=True):
        expected = np.asarray(wanted[step.outputs[name]])
        size = max(1.0, float(np.max(np.abs(expected), initial=0.0)))
        message = f"{name} of\n{write_experiment(experiment)}"
        np.testing.assert_allclose(np.asarray(value)[0], expected, rtol=0, atol=1e-11 * size, err_msg=message)


def any_near_a_kink(roots: tuple[Expr, ...], leaves: dict[Expr, object]) -> bool:
    """Whether two numbers are compared that are nearly equal."""
    basic = topological(lowered(roots).values())
    compared = [node.arguments for node in basic if isinstance(node, Apply) and node.primitive in (greater, equal)]
    found = evaluate([x for pair in compared for x in pair], leaves)
    return any(np.any(np.abs(np.subtract(found[x], found[y])) < NEAR) for x, y in compared)
