"""Experiments that between them have every setting that a program has to write down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.asked import SINE, asked
from tests.pipeline.variants import VARIANTS as CARRYING
from whygrad import Data, Dense, Loss, Split
from whygrad.spec import (
    AdaGrad,
    Adam,
    AdamW,
    Augment,
    Clip,
    Cosine,
    EarlyStopping,
    He,
    Momentum,
    Nesterov,
    OneCycle,
    Optimizer,
    Orthogonal,
    PythonRandom,
    RmsProp,
    Schedule,
    StepDecay,
    Toy,
    Uniform,
    WarmUp,
    Zeros,
)

if TYPE_CHECKING:
    from whygrad import Experiment

XOR = Data(toy=Toy("xor"))
THREE = Data(toy=Toy("gaussians", rows=21))
NOISY = Data(toy=Toy("moons", rows=12), augment=Augment(noise=0.1))
NOISY_SINE = Data(toy=Toy("sine", rows=12), augment=Augment(noise=0.1))
OPTIMIZERS: tuple[Optimizer, ...] = (Momentum(), Nesterov(), AdaGrad(), RmsProp(), Adam(), AdamW())
SCHEDULES: tuple[Schedule, ...] = (StepDecay(2, 0.5), Cosine(final=0.1), WarmUp(3), OneCycle())
ACTIVATIONS = ("relu", "leaky-relu", "elu", "softplus", "gelu", "silu", "sigmoid", "tanh")
LOSSES = ("squared-error", "half-squared-error", "absolute-error", "huber")
ODD = (Dense(("for", "exp", "x y"), "tanh", name="np"), Dense(("len",), "sigmoid", name="sum"))
SHARED = (Dense(4, "tanh", bias="shared"), Dense(1, "sigmoid", bias="shared"))


def small(layers: str = "2 -> 2 tanh -> 1 sigmoid", **settings: Any) -> Experiment:
    """A network that is written unit by unit, one row to a step."""
    usual: dict[str, Any] = {"data": XOR, "batch_size": "per row"}
    return asked(layers, **(usual | settings))


def curve(loss: str, **settings: Any) -> Experiment:
    """A network that predicts numbers."""
    return asked("1 -> 4 tanh -> 1", data=SINE, loss=loss, learning_rate=0.01, **settings)


def tag(record: Optimizer | Schedule) -> str:
    return str(record.__struct_config__.tag)


VARIANTS: dict[str, Experiment] = {
    **CARRYING,
    **{tag(each): asked(optimizer=each) for each in OPTIMIZERS},
    **{f"small, {tag(each)}": small(optimizer=each) for each in OPTIMIZERS},
    **{
        f"{tag(each)}, decay, warm-up": asked(optimizer=each, weight_decay=0.01, schedule=WarmUp(2))
        for each in OPTIMIZERS
        if not isinstance(each, AdamW)
    },
    **{f"{way} {loss}": curve(f"{way} {loss}") for way in ("sum", "mean") for loss in LOSSES},
    **{f"schedule {tag(each)}": asked(schedule=each) for each in SCHEDULES},
    **{f"small, schedule {tag(each)}": small(schedule=each) for each in SCHEDULES},
    **{f"{each}": asked(f"2 -> 5 {each} -> 1 sigmoid", network={"initialiser": He()}) for each in ACTIVATIONS},
    **{f"small, {each}": small(f"2 -> 2 {each} -> 1 sigmoid") for each in ACTIVATIONS},
    "decay": asked(weight_decay=0.01),
    "small, decay": small(weight_decay=0.1),
    "small, huber": small("1 -> 2 tanh -> 1", data=SINE, loss="sum huber", learning_rate=0.01),
    "reported loss": curve("mean huber", reported_loss=Loss("absolute-error", "sum")),
    "logits of three": asked("2 -> 4 tanh -> out", data=THREE, loss="mean cross-entropy"),
    "softmax per row": asked("2 -> 4 tanh -> out softmax", data=THREE, loss="sum cross-entropy", batch_size="per row"),
    "small, softmax": small("2 -> out softmax", data=THREE, loss="sum cross-entropy"),
    "softmax, squared": asked(
        "2 -> 4 tanh -> out softmax", data=Data(toy=Toy("gaussians", rows=21), task="classification"), loss="mean huber"
    ),
    "class weights of three": asked(
        "2 -> 4 tanh -> out softmax", data=THREE, loss="mean cross-entropy", class_weights="balanced"
    ),
    "class weights": asked(class_weights={"1": 3.0}),
    "logits": asked("2 -> 4 tanh -> 1"),
    "clip norm": asked(clip=Clip(norm=0.1)),
    "clip value": asked(clip=Clip(value=0.01)),
    "small, clip norm": small(clip=Clip(norm=0.1)),
    "small, clip value": small(clip=Clip(value=0.1), optimizer=Momentum()),
    "l1": asked(l1=0.01),
    "small, l1 and l2": small(l2=0.1, l1=0.05),
    "layer norm": asked("2 -> 6 tanh -> layer-norm -> 1 sigmoid"),
    "layer norm per row": asked("2 -> 6 tanh -> layer-norm -> 1 sigmoid", batch_size="per row"),
    "small, layer norm": small("2 -> 2 tanh -> layer-norm -> 1 sigmoid"),
    "small, residual": small("2 -> residual(2 tanh) -> 1 sigmoid"),
    "batch norm, watched": asked("2 -> 6 -> batch-norm -> 1 sigmoid", split=Split(validation=0.25), batch_size=6),
    "dropout per row": asked("2 -> 8 relu -> dropout 0.4 -> 1 sigmoid", batch_size="per row"),
    "early stopping": asked(
        split=Split(validation=0.3), early_stopping=EarlyStopping(patience=1), epochs=30, learning_rate=1.0
    ),
    "early stopping, least fall": asked(
        "2 -> 6 -> batch-norm -> 1 sigmoid",
        split=Split(validation=0.3),
        early_stopping=EarlyStopping(patience=2, min_delta=0.01),
        epochs=30,
        learning_rate=0.5,
        batch_size=6,
    ),
    "goal": asked(stop_below=0.5, epochs=60, learning_rate=0.5),
    "all rows, shuffled": asked(batch_size="all", epochs=9),
    "all rows, in order": asked(batch_size="all", order="in order", epochs=5),
    "watched per row": asked(batch_size="per row", split=Split(validation=0.25)),
    "uniform": asked(network={"initialiser": Uniform(-0.5, 0.5)}),
    "orthogonal": asked("2 -> 12 tanh -> 1 sigmoid", network={"initialiser": Orthogonal()}),
    "zeros": asked(network={"initialiser": Zeros()}),
    "Python's numbers": asked(network={"initialiser": PythonRandom(), "bias_initialiser": PythonRandom()}),
    "noise per row": asked(data=NOISY, batch_size="per row"),
    "noise on one input": asked("1 -> 4 tanh -> 1", data=NOISY_SINE, loss="mean squared-error", batch_size=5),
    "noise on one input per row": asked(
        "1 -> 4 tanh -> 1", data=NOISY_SINE, loss="mean squared-error", batch_size="per row"
    ),
    "shared biases": asked(SHARED, optimizer=Momentum()),
    "float32, shared biases, clip": asked(SHARED, dtype="float32", optimizer=Adam(), clip=Clip(norm=0.3)),
    "float32, schedule, decay": asked(dtype="float32", schedule=Cosine(), weight_decay=0.1, l2=0.1),
    "odd names": asked(ODD),
    "small, odd names": asked(ODD, batch_size="per row"),
}
