"""Notes as somebody writes them who states a small network and works one step out by hand, in one way or another.

The numbers come from loops over plain floats: nothing here knows whygrad.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SLOPES: dict[str, Callable[[float], float]] = {
    "sigmoid": lambda out: out * (1 - out),
    "tanh": lambda out: 1 - out * out,
    "relu": lambda out: 1.0 if out > 0 else 0.0,
    "linear": lambda _: 1.0,
}
CURVES: dict[str, Callable[[float], float]] = {
    "sigmoid": lambda net: 1 / (1 + math.exp(-net)),
    "tanh": math.tanh,
    "relu": lambda net: max(0.0, net),
    "linear": lambda net: net,
}


@dataclass
class Ways:
    """The choices that people make differently."""

    sizes: tuple[int, ...] = (2, 2, 2)
    hidden: str = "sigmoid"
    output: str = "sigmoid"
    half: bool = True
    mean: bool = False
    biases: str = "layer"  # or "unit", "none", "unstated"
    biases_stay: bool = False
    separate: bool = False
    by_origin: bool = False
    in_sequence: bool = False
    negative: bool = False
    minus: bool = False
    digits: int = 6
    seed: int = 1
    says: str = ""
    slips: dict[str, float] = field(default_factory=dict)


class Solution:
    """One step worked out, with a line for each number; each is rounded and used on as it was rounded."""

    def __init__(self, ways: Ways) -> None:
        self.ways, self.lines = ways, [ways.says] if ways.says else []
        random = Random(ways.seed)

        def pick() -> float:
            return random.choice((-1, 1)) * random.randint(5, 95) / 100

        sizes = ways.sizes
        self.x = [random.randint(1, 9) / 10 for _ in range(sizes[0])]
        self.t = [random.randint(1, 9) / 10 for _ in range(sizes[-1])]
        self.rate = random.choice((0.1, 0.25, 0.5))
        self.w = [[[pick() for _ in range(a)] for _ in range(b)] for a, b in pairwise(sizes)]
        self.names: dict[tuple[int, int, int], str] = {}
        for layer, (a, b) in enumerate(pairwise(sizes)):
            places = [(layer, to, of) for to in range(b) for of in range(a)]
            places = sorted(places, key=lambda each: (each[2], each[1])) if ways.by_origin else places
            for each in places:
                self.names[each] = f"w{len(self.names) + 1}"
        self.b = [[0.0] * size for size in sizes[1:]]
        if ways.biases != "none":
            self.b = [[pick()] * size if ways.biases != "unit" else [pick() for _ in range(size)] for size in sizes[1:]]

    def text(self) -> str:
        """The notes."""
        self.state()
        self.forward()
        self.loss()
        self.backward()
        return "\n".join(self.lines) + "\n"

    def put(self, name: str, value: float, expression: str = "") -> float:
        """A line, and the number as it is written."""
        value = self.ways.slips.get(name, value)
        written = f"{value:.{self.ways.digits}f}"
        self.lines.append(f"{name} = {expression}{' = ' if expression else ''}{written}")
        return float(written)

    def bias_name(self, layer: int, unit: int) -> str:
        if self.ways.biases != "unit":
            return f"b{layer + 1}"
        return f"b{sum(self.ways.sizes[1 : layer + 1]) + unit + 1}"

    def state(self) -> None:
        sizes, ways = self.ways.sizes, self.ways
        self.lines.append(", ".join(f"x{n} = {value}" for n, value in enumerate(self.x, 1)))
        targets = [f"t{n} = {value}" for n, value in enumerate(self.t, 1)]
        self.lines.append(f"Targets: {', '.join(targets)}. The learning rate is {self.rate}.")
        of_weights = sorted(self.names.items(), key=lambda item: int(item[1][1:]))
        self.lines.append(", ".join(f"{name} = {self.w[place[0]][place[1]][place[2]]}" for place, name in of_weights))
        if ways.biases in ("layer", "unit"):
            stated = {self.bias_name(n, u): self.b[n][u] for n, size in enumerate(sizes[1:]) for u in range(size)}
            self.lines.append(", ".join(f"{name} = {value}" for name, value in stated.items()))
        self.lines.append("")

    def unit(self, layer: int, unit: int) -> str:
        """The name of a unit: hidden ones are counted through."""
        last = layer == len(self.ways.sizes) - 2
        return f"o{unit + 1}" if last else f"h{sum(self.ways.sizes[1 : layer + 1]) + unit + 1}"

    def forward(self) -> None:
        self.outs: list[list[float]] = []
        below = self.x
        for layer, rows in enumerate(self.w):
            curve = CURVES[self.ways.output if layer == len(self.w) - 1 else self.ways.hidden]
            here = []
            for unit, row in enumerate(rows):
                net = sum(w * x for w, x in zip(row, below, strict=True)) + self.b[layer][unit]
                terms = [
                    f"{w}*{x if layer == 0 else f'{x:.{self.ways.digits}f}'}" for w, x in zip(row, below, strict=True)
                ]
                if self.ways.biases != "none":
                    terms.append(f"b{layer + 1}" if self.ways.biases == "unstated" else f"{self.b[layer][unit]}")
                name = self.unit(layer, unit)
                net = self.put(f"net_{name}", net, " + ".join(terms).replace("+ -", "- "))
                here.append(self.put(f"out_{name}", curve(net)))
            self.outs.append(here)
            below = here

    def loss(self) -> None:
        factor = 0.5 if self.ways.half else 1.0
        half = "0.5*" if self.ways.half else ""
        errors = []
        for n, (t, out) in enumerate(zip(self.t, self.outs[-1], strict=True), 1):
            name = f"E_o{n}" if len(self.t) > 1 else "E"
            errors.append(self.put(name, factor * (t - out) ** 2, f"{half}({t} - {out:.{self.ways.digits}f})^2"))
        if len(errors) > 1:
            self.put("E_total", sum(errors) / (len(errors) if self.ways.mean else 1))
        self.lines.append("")

    def backward(self) -> None:
        ways = self.ways
        scale = (1.0 if ways.half else 2.0) / (len(self.t) if ways.mean else 1)
        turn = -1.0 if ways.negative else 1.0
        blame = [turn * scale * (out - t) for t, out in zip(self.t, self.outs[-1], strict=True)]
        new = [[list(row) for row in rows] for rows in self.w]
        for layer in reversed(range(len(self.w))):
            slope = SLOPES[ways.output if layer == len(self.w) - 1 else ways.hidden]
            sign = -1 if ways.minus else 1
            deltas = [
                sign * self.put(f"delta_{self.unit(layer, unit)}", sign * each * slope(out))
                for unit, (each, out) in enumerate(zip(blame, self.outs[layer], strict=True))
            ]
            below = self.x if layer == 0 else self.outs[layer - 1]
            for (at, unit, of), name in sorted(self.names.items()):
                if at == layer:
                    gradient = self.put(f"dE/d{name}", deltas[unit] * below[of])
                    new[layer][unit][of] = self.put(
                        f"{name}_new", self.w[layer][unit][of] - turn * self.rate * gradient
                    )
            self.new_biases(layer, deltas, turn)
            weights = new[layer] if ways.in_sequence else self.w[layer]
            blame = [sum(d * row[of] for d, row in zip(deltas, weights, strict=True)) for of in range(len(below))]

    def new_biases(self, layer: int, deltas: list[float], turn: float) -> None:
        """Each bias once more."""
        if self.ways.biases in ("none", "unstated"):
            return
        seen: set[str] = set()
        for unit, delta in enumerate(deltas):
            name = self.bias_name(layer, unit)
            if name in seen:
                continue
            seen.add(name)
            step = sum(deltas) if self.ways.biases == "layer" else delta
            move = 0.0 if self.ways.biases_stay else turn * self.rate * step
            self.put(f"{name}_new", self.b[layer][unit] - move)
