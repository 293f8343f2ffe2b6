"""Each optimizer goes PyTorch's way, step by step; Adam's corrections survive float32."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pytest

from tests.primitive.descent import EPOCHS, STEPS, Descent, farthest, ours, torchs
from whygrad.graph import Apply, Input, State, constant, topological
from whygrad.primitive import power
from whygrad.primitive.optimizer import OPTIMIZERS
from whygrad.primitive.penalty import clip_by_value, clip_factor, l2, norm
from whygrad.run.interpreter import evaluate, prepare

ADAM = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
# whygrad's name -> constants, rate, PyTorch's class and its arguments
CASES: dict[str, tuple[dict[str, float], float, str, dict[str, Any]]] = {
    "sgd": ({}, 0.1, "SGD", {}),
    "momentum": ({"momentum": 0.9}, 0.05, "SGD", {"momentum": 0.9}),
    "nesterov": ({"momentum": 0.9}, 0.05, "SGD", {"momentum": 0.9, "nesterov": True}),
    "adagrad": ({"epsilon": 1e-10}, 0.1, "Adagrad", {"eps": 1e-10}),
    "rmsprop": ({"decay": 0.99, "epsilon": 1e-8}, 0.01, "RMSprop", {"alpha": 0.99, "eps": 1e-8}),
    "adam": (ADAM, 0.02, "Adam", {"betas": (0.9, 0.999), "eps": 1e-8}),
    "adamw": (
        {**ADAM, "weight_decay": 0.1},
        0.02,
        "AdamW",
        {"betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": 0.1},
    ),
}
# whygrad's name -> settings, PyTorch's class and its arguments, whether it is stepped at every update
SCHEDULED: dict[str, tuple[dict[str, float], str, dict[str, Any], bool]] = {
    "step": ({"every_epochs": 3, "factor": 0.5}, "StepLR", {"step_size": 3, "gamma": 0.5}, False),
    "cosine": ({"final": 0.1}, "CosineAnnealingLR", {"T_max": EPOCHS}, False),
    "warm-up": (
        {"warm_epochs": 7, "start": 0.2},
        "LinearLR",
        {"start_factor": 0.2, "end_factor": 1.0, "total_iters": 7},
        False,
    ),
    "one-cycle": (
        {"warm_fraction": 0.3, "start_divisor": 25.0, "final_divisor": 1e4},
        "OneCycleLR",
        {"total_steps": STEPS, "cycle_momentum": False},
        True,
    ),
}


@pytest.fixture(scope="module")
def torch() -> Any:
    return pytest.importorskip("torch", reason="PyTorch is what the optimizers are compared with")


def descent_of(name: str, **varied: Any) -> Descent:
    constants, rate, _, _ = CASES[name]
    return Descent(name, constants, rate, **varied)


def pytorch_of(torch: Any, name: str, **more: Any) -> Any:
    _, rate, kind, arguments = CASES[name]
    return partial(getattr(torch.optim, kind), lr=rate, **arguments, **more)


def test_every_optimizer_is_compared() -> None:
    assert set(CASES) == set(OPTIMIZERS)


@pytest.mark.parametrize("name", CASES)
def test_an_optimizer_goes_pytorchs_way(torch: Any, name: str) -> None:
    assert farthest(ours(descent_of(name)), torchs(torch, pytorch_of(torch, name))) < 1e-12


@pytest.mark.parametrize("schedule", SCHEDULED)
@pytest.mark.parametrize("name", CASES)
def test_a_scheduled_optimizer_goes_pytorchs_way(torch: Any, name: str, schedule: str) -> None:
    settings, kind, arguments, every_step = SCHEDULED[schedule]
    rate = CASES[name][1]
    bounds = {"one-cycle": {"max_lr": rate}, "cosine": {"eta_min": 0.1 * rate}}.get(schedule, {})
    scheduler = partial(getattr(torch.optim.lr_scheduler, kind), **arguments, **bounds)
    way = torchs(torch, pytorch_of(torch, name), scheduler, every_step=every_step)
    assert farthest(ours(descent_of(name, schedule=schedule, settings=settings)), way) < 1e-12


@pytest.mark.parametrize("name", sorted(set(CASES) - {"adamw"}))
def test_the_l2_penalty_is_pytorchs_coupled_weight_decay(torch: Any, name: str) -> None:
    way = torchs(torch, pytorch_of(torch, name, weight_decay=0.03))
    assert farthest(ours(descent_of(name, penalty=lambda parameter: l2(parameter, 0.03))), way) < 1e-12


def test_decay_apart_from_the_gradient_makes_adamw_of_adam(torch: Any) -> None:
    assert farthest(ours(descent_of("adam", decay=0.1)), torchs(torch, pytorch_of(torch, "adamw"))) < 1e-12


def test_plain_gradient_descent_cannot_tell_decoupled_decay_from_the_penalty(torch: Any) -> None:
    way = torchs(torch, pytorch_of(torch, "sgd", weight_decay=0.03))
    assert farthest(ours(descent_of("sgd", decay=0.03)), way) < 1e-12


@pytest.mark.parametrize("name", ["sgd", "momentum", "adam"])
def test_clipping_by_norm_is_pytorchs(torch: Any, name: str) -> None:
    def clip(parameters: Any) -> None:
        torch.nn.utils.clip_grad_norm_(parameters, 0.2)

    way = torchs(torch, pytorch_of(torch, name), clip=clip)
    clipped = ours(
        descent_of(name, clip=lambda gradients: [clip_factor(norm(gradients), 0.2) * each for each in gradients])
    )
    assert farthest(clipped, way) < 1e-12
    assert farthest(clipped, ours(descent_of(name))) > 1e-6, "the limit was never reached"


@pytest.mark.parametrize("name", ["sgd", "momentum", "adam"])
def test_clipping_by_value_is_pytorchs(torch: Any, name: str) -> None:
    def clip(parameters: Any) -> None:
        torch.nn.utils.clip_grad_value_(parameters, 0.05)

    way = torchs(torch, pytorch_of(torch, name), clip=clip)
    clipped = ours(descent_of(name, clip=lambda gradients: [clip_by_value(g, 0.05) for g in gradients]))
    assert farthest(clipped, way) < 1e-12
    assert farthest(clipped, ours(descent_of(name))) > 1e-6, "the limit was never reached"


def test_the_first_step_of_adam_is_the_rate_whatever_the_gradient() -> None:
    """m' = g and v' = g^2 at t = 1, so the step is r sign(g): the figure that the corrections exist for."""
    gradient = constant([3.0, -0.001, 250.0])
    memory = (constant(np.zeros(3)), constant(np.zeros(3)))
    after = OPTIMIZERS["adam"].update(
        constant(np.zeros(3)), gradient, constant(0.1), constant(1.0), memory, beta1=0.9, beta2=0.999, epsilon=1e-12
    )
    np.testing.assert_allclose(evaluate([after.parameter], {})[after.parameter], [-0.1, 0.1, -0.1], rtol=1e-8)


@pytest.mark.parametrize("name", ["adam", "adamw"])
def test_bias_corrections_in_float32_are_those_of_double_precision(name: str) -> None:
    """1 - 0.999 ** t in float32 is off by 1e-5 at t = 1; a thousand steps of it would show."""
    gradients = np.random.default_rng(2).normal(size=(1000, 8)).astype(np.float32)
    constants = CASES[name][0]
    count, parameter, slope = State((), "count"), State((8,), "p"), Input((8,), "g")
    memory = (State((8,), "m"), State((8,), "v"))
    after = OPTIMIZERS[name].update(parameter, slope, constant(0.01), count, memory, **constants)
    program = prepare([after.parameter, *after.memory], np.float32)
    values: dict[Any, Any] = {s: np.zeros(8, np.float32) for s in (parameter, *memory)}
    w = m = v = np.zeros(8, np.float32)
    for t in range(1, 1001):
        g = gradients[t - 1]
        done = program.run({**values, slope: g, count: float(t)})
        values = {
            s: done[program.slots[x]]
            for s, x in zip((parameter, *memory), (after.parameter, *after.memory), strict=True)
        }
        m, v = np.float32(0.9) * m + np.float32(0.1) * g, np.float32(0.999) * v + np.float32(0.001) * (g * g)
        w = w * np.float32(1.0 - 0.01 * constants.get("weight_decay", 0.0))
        corrected = (m / np.float32(1.0 - 0.9**t), np.sqrt(v / np.float32(1.0 - 0.999**t)) + np.float32(1e-8))
        w = w - np.float32(0.01) * corrected[0] / corrected[1]
        assert values[parameter].dtype == np.float32
        np.testing.assert_allclose(values[parameter], w, rtol=0, atol=3e-7 * (1 + np.abs(w).max()))


@pytest.mark.parametrize("name", ["adam", "adamw"])
def test_bias_corrections_stay_single_numbers(name: str) -> None:
    parameter, count, memory = State((4,), "p"), State((), "count"), (State((4,), "m"), State((4,), "v"))
    after = OPTIMIZERS[name].update(parameter, parameter, constant(0.1), count, memory, **CASES[name][0])
    powers = [node for node in topological([after.parameter]) if isinstance(node, Apply) and node.primitive is power]
    assert [node.shape for node in powers] == [(), ()]
