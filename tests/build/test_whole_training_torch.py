"""A whole training - forward, loss, penalties, gradients, bounds, schedule, update - goes PyTorch's way.

Networks, losses, optimizers and everything between are drawn by seed; after 24 updates all parameters, running
statistics and losses agree to 1e-12.
"""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest

from tests.asked import asked
from tests.build.mirror import Mirror
from whygrad import Data, Experiment, Run, train
from whygrad.spec import (
    AdaGrad,
    Adam,
    AdamW,
    Clip,
    Constant,
    Cosine,
    Momentum,
    Nesterov,
    OneCycle,
    RmsProp,
    Sgd,
    StepDecay,
    WarmUp,
)

ROWS, EPOCHS, BATCH = 22, 8, 8  # the last batch of each epoch is smaller
HIDDEN = ("sigmoid", "tanh", "relu", "leaky-relu", "elu", "softplus", "gelu", "silu", "linear")
NUMBERS = ("squared-error", "half-squared-error", "absolute-error", "huber")
OPTIMIZERS = (
    (Sgd(), 0.02),
    (Momentum(0.8), 0.01),
    (Nesterov(0.7), 0.01),
    (AdaGrad(), 0.05),
    (RmsProp(), 0.01),
    (Adam(), 0.01),
    (AdamW(weight_decay=0.1), 0.01),
)
SCHEDULES = (Constant(), StepDecay(3, 0.5), Cosine(0.1), WarmUp(4, 0.2), OneCycle(0.4))
REGULARISED: tuple[dict[str, Any], ...] = (
    {},
    {"l1": 0.01},
    {"l2": 0.1},
    {"clip": Clip(norm=0.1)},
    {"clip": Clip(value=0.02)},
    {"l1": 0.02, "l2": 0.03, "clip": Clip(norm=0.2)},
    {"weight_decay": 0.1},
)


@pytest.fixture(scope="module")
def torch() -> Any:
    return pytest.importorskip("torch", reason="PyTorch is what the training is compared with")


def drawn(seed: int) -> Experiment:
    """An experiment nobody chose."""
    draw = Random(seed)
    task = draw.choice(("numbers", "two classes", "classes"))
    layers, loss = last_layer_and_loss(task, draw)
    optimizer, rate = OPTIMIZERS[seed % len(OPTIMIZERS)]
    regularised = dict(draw.choice(REGULARISED))
    if isinstance(optimizer, AdamW):
        regularised.pop("weight_decay", None)
    return asked(
        " -> ".join(["in", *hidden_layers(draw), layers]),
        data=data(task, seed),
        loss=f"{draw.choice(('sum', 'mean'))} {loss}",
        optimizer=optimizer,
        learning_rate=rate,
        schedule=draw.choice(SCHEDULES),
        epochs=EPOCHS,
        batch_size=BATCH,
        seed=seed,
        record_every=1,
        **regularised,
    )


def hidden_layers(draw: Random) -> list[str]:
    found = []
    for _ in range(draw.randint(1, 3)):
        width = draw.randint(3, 6)  # normalising two values leaves only their signs
        found.append(f"{width} {draw.choice(HIDDEN)}")
        found += draw.choice(([], [], ["layer-norm"], ["batch-norm"], [f"residual({width} tanh -> {width})"]))
    return found


def last_layer_and_loss(task: str, draw: Random) -> tuple[str, str]:
    if task == "numbers":
        return draw.choice(("out", "out tanh", "out softplus")), draw.choice(NUMBERS)
    if task == "two classes":
        return draw.choice(("out sigmoid", "out")), "binary-cross-entropy"
    return draw.choice(("out softmax", "out")), "cross-entropy"


def data(task: str, seed: int) -> Data:
    noise = np.random.default_rng(seed)
    columns: dict[str, Any] = {f"x{i}": tuple(noise.normal(size=ROWS).tolist()) for i in range(3)}
    if task == "numbers":
        columns |= {f"y{i}": tuple(noise.normal(size=ROWS).tolist()) for i in range(2)}
        return Data(columns=columns, target=("y0", "y1"))
    names = "ab" if task == "two classes" else "abc"
    return Data(columns=columns | {"y": tuple(names[i % len(names)] for i in range(ROWS))}, target="y")


def assert_same(run: Run, mirror: Mirror) -> None:
    for name, parameter in mirror.parameters.items():
        np.testing.assert_allclose(run[name], parameter.detach().numpy(), rtol=1e-12, atol=1e-12, err_msg=name)
    for name, running in mirror.running.items():
        np.testing.assert_allclose(run.model.values[name], running.numpy(), rtol=1e-12, atol=1e-12, err_msg=name)
    losses = [step["loss"] for step in run.history.steps]
    np.testing.assert_allclose(np.array(losses, dtype=float), mirror.losses, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("seed", range(42))
def test_a_drawn_experiment(torch: Any, seed: int) -> None:
    run = train(drawn(seed))
    mirror = Mirror(torch, run)
    mirror.train()
    assert len(run.history.steps) == len(mirror.losses) == 24
    assert_same(run, mirror)
    x = torch.tensor(run.parts["training"].inputs)
    said = mirror.said(mirror.forward(x, learning=False)).detach().numpy()
    ours = run.model.predict_prepared(run.parts["training"].inputs).outputs
    np.testing.assert_allclose(ours, said, rtol=1e-11, atol=1e-12)
