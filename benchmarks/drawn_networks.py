"""Random networks for the checker to mark notes about: one to three hidden layers, short weights, every kind of end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

TARGETS = (0.01, 0.99, 1.0, 0.0, 0.5, 0.3, 0.8)
HIDDEN = ("sigmoid", "tanh", "relu")
RATES = (0.5, 0.1, 0.25, 0.05)
OPTIMIZERS = (
    'optimizer = "momentum"',
    'optimizer = { name = "nesterov", momentum = 0.8 }',
    'optimizer = "adam"',
    'optimizer = { name = "adam", epsilon = 1e-3 }',
    'optimizer = { name = "adamw", weight_decay = 0.1 }',
    'optimizer = "rmsprop"',
    "weight_decay = 0.1",
)


@dataclass(frozen=True)
class End:
    """How a network ends: its activation and its loss; `classes` where its targets are names."""

    activation: str
    loss: str
    classes: bool = False


ENDS = (
    End("sigmoid", "sum half-squared-error"),
    End("sigmoid", "sum half-squared-error"),
    End("linear", "sum squared-error"),
    End("tanh", "mean squared-error"),
    End("linear", "sum half-squared-error"),
    End("sigmoid", "sum squared-error"),
    End("softmax", "mean cross-entropy", classes=True),
    End("sigmoid", "mean binary-cross-entropy", classes=True),
)


def experiment(draw: Random) -> str:
    """A network of up to 4-5-3 and its only row, as the text of an experiment."""
    end = draw.choice(ENDS)
    outputs = (1 if end.activation == "sigmoid" else 3) if end.classes else draw.randint(1, 3)
    hidden = [draw.randint(1, 5) for _ in range(draw.choice((1, 1, 1, 2, 2, 3)))]
    if len(hidden) > 1:
        hidden = [min(each, 3) for each in hidden]
    inputs = draw.randint(1, 4)
    names = [f"x{n + 1}" for n in range(inputs)]
    layers = [
        [f"H{place + 1}{n + 1}" if len(hidden) > 1 else f"H{n + 1}" for n in range(size)]
        for place, size in enumerate(hidden)
    ]
    layers.append(list("abc") if end.classes and outputs > 1 else [f"Y{n + 1}" for n in range(outputs)])
    activations = [draw.choice(HIDDEN) for _ in hidden] + [end.activation]
    shared = draw.random() < 0.3
    return "\n".join(
        [
            *data(draw, names, outputs, end),
            *(dense(units, each, shared=shared) for units, each in zip(layers, activations, strict=True)),
            "[network.weights]",
            *weights(draw, names, layers, shared=shared),
            "[training]",
            f'loss = "{end.loss}"',
            f"learning_rate = {draw.choice(RATES)}",
            'batch_size = "per row"',
            'order = "in order"',
            "epochs = 1",
            draw.choice(OPTIMIZERS) if draw.random() < 0.35 else "",
        ]
    )


def data(draw: Random, names: Sequence[str], outputs: int, end: End) -> list[str]:
    """The table: one row, or one for each class."""
    rows = max(outputs, 2) if end.classes else draw.choice((1, 1, 1, 3))
    scale = draw.choice(("none", "standard")) if rows > 1 else "none"
    columns = [f"{name} = {[short(draw) for _ in range(rows)]}" for name in names]
    if end.classes:
        columns.append(f"kind = {['b', 'a', 'c'][:rows]}")
        target = '"kind"'
    else:
        targets = [f"t{n + 1}" for n in range(outputs)]
        columns += [f"{name} = {[draw.choice(TARGETS) for _ in range(rows)]}" for name in targets]
        target = str(targets)
    return ["[data]", f"target = {target}", f'scale = "{scale}"', "[data.columns]", *columns]


def dense(units: Sequence[str], activation: str, *, shared: bool) -> str:
    """A layer."""
    lines = ["[[network.layers]]", 'type = "dense"', f"units = {list(units)}"]
    if activation != "linear":
        lines.append(f'activation = "{activation}"')
    return "\n".join([*lines, *(['bias = "shared"'] if shared else [])])


def weights(draw: Random, inputs: Sequence[str], layers: Sequence[Sequence[str]], *, shared: bool) -> list[str]:
    """Every weight and bias, counted through, with one to three decimals; no two of the same size."""
    found: list[str] = []
    taken: set[float] = set()
    number = bias = 0
    for before, units in zip((inputs, *layers), layers, strict=False):
        for unit in units:
            for source in before:
                number += 1
                value = fresh(draw, taken)
                found.append(f'w{number} = {{ from = "{source}", to = "{unit}", value = {value} }}')
        for units_of in [list(units)] if shared else [[unit] for unit in units]:
            bias += 1
            to = f'"{units_of[0]}"' if len(units_of) == 1 and not shared else str(units_of)
            found.append(f"b{bias} = {{ to = {to}, value = {fresh(draw, taken)} }}")
    return found


def short(draw: Random) -> float:
    """A number that is good to write down."""
    return round(draw.choice((1, 1, -1)) * draw.uniform(0.05, 1.5), draw.choice((1, 2, 2))) or 0.5


def fresh(draw: Random, taken: set[float]) -> float:
    """A short number of another size than all before it."""
    while True:
        value = round(draw.choice((1, 1, -1)) * draw.uniform(0.05, 1.0), draw.choice((2, 2, 3)))
        if abs(value) not in taken:
            taken.add(abs(value))
            return value
