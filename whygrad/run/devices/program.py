"""A step as functions of JAX: the source of one update, and of many of them one after the other.

JAX differentiates nothing here: forward pass, gradients and update are lines made from the graph, and each calls what
the record of its operation calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from whygrad.code.identifier import Identifiers
from whygrad.code.layout import fitted, indented, tupled, unpacked
from whygrad.graph import Apply, Constant, Expr, Kind, topological
from whygrad.primitive import equal, greater, spread
from whygrad.run.fast.array_source import written
from whygrad.run.fast.calls import call_of
from whygrad.run.fast.rewrites import EXACT, merged
from whygrad.run.interpreter import constant_value

if TYPE_CHECKING:
    from whygrad.graph import Step
    from whygrad.run.interpreter import Dtype

OWN: Final = frozenset(("constants", "epoch", "given", "jax", "jnp", "primitive", "state", "update"))
PRIMITIVES: Final = "from whygrad import primitive"
TRUTHS: Final = (equal, greater)


@dataclass(frozen=True)
class DeviceSource:
    """Generated code: `epoch(state, given, constants)`, with the arrays that it is given besides.

    - `states`, `inputs`, `outputs`: what the places of `state`, of `given` and of what is told are called.
    """

    text: str
    states: tuple[str, ...]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    constants: tuple[Any, ...]


def device_source(step: Step, dtype: Dtype) -> DeviceSource:
    """The source of a step."""
    return Draft(step, dtype).source()


class Draft:
    """The lines of one step as they are written.

    - `names`: what each value is called, or how it is written where it has no line of its own.
    - `short`: the values that are written without axes along which JAX stretches them where they meet larger ones.
    """

    def __init__(self, step: Step, dtype: Dtype) -> None:
        self.step, self.dtype = step, dtype
        new = merged((*step.outputs.values(), *step.next.values()), EXACT, step.names.of)
        self.called = {new.get(node, node): name.symbol for node, name in step.names.of.items()}
        self.outputs = [new[node] for node in step.outputs.values()]
        self.after = [new[step.next[name]] for name in step.states]
        self.identifiers = Identifiers(OWN)
        self.names: dict[Expr, str] = {}
        self.short: set[Expr] = set()
        self.constants: list[Any] = []
        self.lines: list[str] = []
        self.imports = ["import jax", "import jax.numpy as jnp"]

    def source(self) -> DeviceSource:
        """The whole program."""
        step = self.step
        for name, leaf in (*step.states.items(), *step.inputs.items()):
            self.names[leaf] = self.identifiers(self.called.get(leaf) or name)
        taken = [f"{unpacked([self.names[leaf] for leaf in step.states.values()])} = state"]
        taken += [f"{unpacked([self.names[leaf] for leaf in step.inputs.values()])} = given"] * bool(step.inputs)
        for node in topological((*self.outputs, *self.after)):
            if isinstance(node, Constant):
                self.write_constant(node)
            elif isinstance(node, Apply):
                self.write(node)
        given = tupled(list(map(self.result, self.after))), tupled(list(map(self.result, self.outputs)))
        body = [line for each in (*taken, *self.lines, f"return {', '.join(given)}") for line in fitted(each, 1)]
        text = [
            *self.imports,
            *("", "", "def update(state, given, constants):"),
            *indented(['"""One update: the state after it, and what is told of it."""', *body]),
            *("", "", "def epoch(state, given, constants):"),
            '    """Updates one after the other: each array of `given` has a part for each of them."""',
            "    return jax.lax.scan(lambda state, given: update(state, given, constants), state, given)",
        ]
        order = tuple(step.states), tuple(step.inputs), tuple(step.outputs)
        return DeviceSource("\n".join(text) + "\n", *order, tuple(self.constants))

    def write_constant(self, node: Constant) -> None:
        """A number as a numeral, an array as one of those that are given."""
        value = constant_value(node, self.dtype)
        if node.shape == ():
            self.names[node] = repr(value) if np.isfinite(value) else f'float("{value}")'
            return
        self.names[node] = f"constants[{len(self.constants)}]"
        self.constants.append(value)

    def write(self, node: Apply) -> None:
        """The line of an operation, or none where it is written where it is needed."""
        if node.primitive is spread:
            self.spread_out(node)
            return
        stretches = node.primitive.kind is Kind.ELEMENTWISE
        if stretches and node.shape and self.short.issuperset(node.arguments):
            self.short.add(node)
        text = self.text(node, [self.names[x] if stretches else self.full(x) for x in node.arguments])
        self.names[node] = self.identifiers(self.called.get(node) or node.primitive.name)
        self.lines.append(f"{self.names[node]} = {text}")

    def text(self, node: Apply, inputs: list[str]) -> str:
        """An operation as JAX has it; one that looks into its arrays as it goes is called by its own name."""
        call = call_of(node)
        if call is not None:
            return written(call, inputs, "jnp")
        self.imports += [PRIMITIVES] if PRIMITIVES not in self.imports else []
        settings = [f"{key}={value!r}" for key, value in node.attributes]
        return f"primitive.{node.primitive.name}.forward({', '.join(['jnp', *inputs, *settings])})"

    def spread_out(self, node: Apply) -> None:
        """Only the axes that JAX does not find by itself."""
        (source,) = node.arguments
        axes = dict(node.attributes)["axes"]
        self.short.add(node)
        if source.shape == ():
            self.names[node] = self.single(source)
        elif axes == tuple(range(len(axes))):
            self.names[node] = self.names[source]
        else:
            index = ", ".join("None" if axis in axes else ":" for axis in range(len(node.shape)))
            self.names[node] = f"{self.full(source)}[{index}]"

    def single(self, number: Expr) -> str:
        """A single number as it meets arrays: in their precision."""
        is_truth = isinstance(number, Apply) and number.primitive in TRUTHS
        return self.names[number] if self.dtype is np.float64 or is_truth else self.as_number(self.names[number])

    def as_number(self, text: str) -> str:
        """What is written, in the precision of arrays."""
        return f"jnp.{np.dtype(self.dtype).name}({text})"

    def full(self, node: Expr) -> str:
        """What is written for a value, with all its axes."""
        return f"jnp.broadcast_to({self.names[node]}, {node.shape})" if node in self.short else self.names[node]

    def result(self, node: Expr) -> str:
        """A value as it is given back: of a type of its own, which a numeral lacks."""
        return f"jnp.float64({self.names[node]})" if isinstance(node, Constant) and not node.shape else self.full(node)
