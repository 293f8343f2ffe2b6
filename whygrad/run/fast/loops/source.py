"""A training as products of matrices and loops over arrays, for Numba: epochs, batches and the update in one function.

Matrix products are calls of BLAS that write into arrays made once. All that stands between two products is done in one
pass over the rows; an optimizer makes one pass over each parameter. The lengths and counts that a history keeps grow in
the loops that run anyway. Sums are taken in any order, so the numbers are the interpreter's but for rounding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from inspect import getsource, isfunction
from math import prod
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from whygrad.code.identifier import Identifiers
from whygrad.code.layout import WIDTH, fitted, indented
from whygrad.graph import GATE, Apply, Constant, Expr, Input, State, topological
from whygrad.primitive import concatenate, matmul, reshape, scatter, transpose
from whygrad.run.fast import elementary, elementary_short
from whygrad.run.fast.loops.memory import LoopMemory
from whygrad.run.fast.loops.passes import MATH, VECTORS
from whygrad.run.fast.loops.places import INDICES, LOOKING, Places
from whygrad.run.fast.loops.plan import LoopPlan
from whygrad.run.fast.loops.text import LoopText
from whygrad.run.fast.rewrites import EXACT, RELAXED, merged
from whygrad.run.interpreter import constant_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.graph import Shape
    from whygrad.run.fast.loops.open_rows import OpenStep
    from whygrad.run.interpreter import Dtype

    Layout = dict[str, tuple[int, Shape]]

OWN: Final = frozenset(
    (
        *"all_rows at batch epoch figures i in_order j k m n o order p rows said singles single_trail".split(),  # noqa: SIM905
        *"start state trail train update units_open".split(),  # noqa: SIM905
        *vars(elementary),
        *vars(elementary_short),
    )
)
ALWAYS: Final = "order in_order singles said figures units_open trail single_trail".split()  # noqa: SIM905
LINE: Final = 16  # numbers: each state starts where a line of the cache does
WHAT: Final = "Epochs of updates; what each gave is written into said, figures, units_open and the two trails."
VECTOR: Final = re.compile(rf"\b({'|'.join(VECTORS)})\(")
IMPORTS: Final = f"import math\nfrom math import {', '.join(MATH.split())}\n\nimport numpy as np"


@dataclass(frozen=True)
class LoopSource:
    """Generated code, and what it is given and gives.

    - `figures`: names of single outputs; `gates`: of each layer that can shut, how many units.
    - `layout`: of each state that is an array, where it lies in the flat one; `singles`: the other states.
    - `batched`: the inputs that have a row for each example, in order; `whole`: the others.
    - `constants`: arrays that the code is given; `length`: of the flat array; `inner`: the functions that are called,
      and `in_order` those that must be computed as written.
    """

    text: str
    figures: tuple[str, ...]
    gates: dict[str, int]
    layout: Layout
    singles: tuple[str, ...]
    batched: tuple[str, ...]
    whole: tuple[str, ...]
    constants: tuple[Any, ...]
    length: int
    inner: tuple[str, ...]
    in_order: tuple[str, ...]


def loop_source(opened: OpenStep, dtype: Dtype) -> LoopSource:
    """`train(rows of each input, order, in_order, singles, said, figures, units_open, trail, single_trail)`."""
    return Draft(opened, dtype).source()


class Draft:
    """The lines of one training as they are written."""

    def __init__(self, opened: OpenStep, dtype: Dtype) -> None:
        self.opened, self.dtype, self.step = opened, dtype, opened.step
        self.short = "f32" if dtype == np.float32 else ""
        self.identifiers = Identifiers(OWN)
        new = merged((*opened.outputs.values(), *opened.next.values()), (*EXACT, *RELAXED), opened.called)
        self.called = {new.get(node, node): name for node, name in opened.called.items()}
        self.outputs = {name: as_array(new[node]) for name, node in opened.outputs.items()}
        states = self.step.states
        self.after = {
            states[name]: as_array(new[node]) for name, node in opened.next.items() if new[node] is not states[name]
        }
        roots = (*self.outputs.values(), *self.after.values())
        order = topological(roots)
        self.order = order
        places = Places(copied(order, roots), self.size)
        plan = LoopPlan(order, [root for root in roots if root.shape], places)
        self.names: dict[Expr, str] = {}
        self.constants: list[Any] = []
        self.setup: list[str] = []
        self.views: list[str] = []
        self.name_leaves()
        fixed = {node for node in self.outputs.values() if isinstance(node, State)}
        self.memory = LoopMemory(plan, self.after, fixed, self.name)
        self.name_arrays()
        self.text = LoopText(self.memory, self.names, self.identifiers, self.size, self.short, self.called, self.views)

    @property
    def kind(self) -> str:
        """The precision of arrays, as the code has it."""
        return self.short or "np.float64"

    def size(self, size: int) -> str:
        """A size as it is written: the rows of a batch by name."""
        return "rows" if size == self.opened.rows else str(size)

    def name(self, node: Expr) -> str:
        """A free name for a node, like the one that people have for it."""
        return self.identifiers(
            self.called.get(node) or (node.primitive.notation.word if isinstance(node, Apply) else "x")
        )

    def is_batched(self, leaf: Input) -> bool:
        """Whether an input has a row for each row of a batch."""
        return bool(leaf.shape) and leaf.shape[0] == self.opened.rows

    def name_leaves(self) -> None:
        """Names for what comes in, and views of the states in the flat array that holds them."""
        for leaf in self.step.inputs.values():
            self.names[leaf] = self.identifiers(self.called.get(leaf) or leaf.name)
        for leaf in self.opened.depends:
            self.names[leaf] = self.identifiers(leaf.name)
        for state in self.step.states.values():
            self.names[state] = self.identifiers(self.called.get(state) or state.name)
        for node in self.order:
            if isinstance(node, Constant) and node.shape:
                self.names[node] = self.identifiers("constant")
                self.constants.append(np.ascontiguousarray(constant_value(node, self.dtype)))

    def name_arrays(self) -> None:
        """Names for what is stored, and the lines that make the buffers."""
        largest = max(self.opened.sizes, default=0)
        for node, state in self.memory.over.items():
            self.names[node] = self.names[state]
        for node, name in self.memory.array.items():
            self.names[node] = name
        for name, (shape, is_truth) in self.memory.made.items():
            sizes = tuple(largest if size == self.opened.rows else size for size in shape)
            self.setup.append(f"{name} = np.empty({sizes}, {'np.bool_' if is_truth else self.kind})")

    def source(self) -> LoopSource:
        """The whole function."""
        inputs = self.step.inputs
        batched = tuple(name for name, leaf in inputs.items() if self.is_batched(leaf))
        whole = tuple(name for name in inputs if name not in batched)
        singles = tuple(name for name, leaf in self.step.states.items() if not leaf.shape)
        layout, length = laid_out({name: leaf for name, leaf in self.step.states.items() if leaf.shape})
        body = self.body(self.update(batched), layout, singles, is_batched=bool(batched))
        given = [f"{self.names[inputs[name]]}_rows" for name in batched] + [self.names[inputs[name]] for name in whole]
        given += [name for node, name in self.names.items() if isinstance(node, Constant)]
        functions = dict(self.text.passes.functions)
        first, in_order = self.beginning([line for lines in functions.values() for line in lines])
        return LoopSource(
            program([*given, *ALWAYS], body, [*functions.values()], first),
            tuple(self.figures),
            {layer: prod(node.shape) for layer, node in self.gates.items()},
            *(layout, singles, batched, whole, tuple(self.constants), length),
            *(tuple(functions), in_order),
        )

    def body(self, update: list[str], layout: Layout, singles: Sequence[str], *, is_batched: bool) -> list[str]:
        """The lines of the whole function: each epoch has states of its own, which begin as the last ones ended."""
        return [
            *(f"{self.state(name)} = singles[{place}]" for place, name in enumerate(singles)),
            *self.setup,
            "for epoch in range(order.shape[0]):",
            "    state = trail[epoch]",
            "    if epoch > 0:",
            "        state[:] = trail[epoch - 1]",
            *(f"    {self.state(name)} = {view}" for name, view in views(layout).items()),
            *indented(self.views),
            *indented(self.batches(update, is_batched=is_batched)),
            *(f"    single_trail[epoch, {place}] = {self.state(name)}" for place, name in enumerate(singles)),
        ]

    def beginning(self, lines: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """The first lines of a program, and which functions it has there: none where some lines ask for none."""
        if not any(map(VECTOR.search, lines)):
            return "\n".join([IMPORTS, *(["", f"{self.short} = np.float32"] if self.short else [])]), ()
        module = elementary_short if self.short else elementary
        names = (name for name, each in vars(module).items() if isfunction(each))
        return re.sub(r"  # noqa.*", "", getsource(module)).rstrip(), tuple(names)

    def state(self, name: str) -> str:
        """What a state is called in the code."""
        return self.names[self.step.states[name]]

    @property
    def figures(self) -> dict[str, Expr]:
        """The outputs that are single numbers."""
        return {name: node for name, node in self.outputs.items() if node.shape == ()}

    @property
    def gates(self) -> dict[str, Expr]:
        """Of each layer that can shut, the output that says which units were open."""
        return {name.removeprefix(GATE): node for name, node in self.outputs.items() if name.startswith(GATE)}

    def update(self, batched: Sequence[str]) -> list[str]:
        """The lines of one update."""
        masks = [name for name in batched if name in self.step.masks]
        rows = [name for name in batched if name not in masks]
        return [
            *(self.taken(rows) if rows else ()),
            *map(self.drawn, masks),
            *self.dependent(),
            *self.text.write(),
            *self.told(),
            *self.moved_on(),
        ]

    def batches(self, batch: list[str], *, is_batched: bool) -> list[str]:
        """The loop over the updates of an epoch."""
        if not is_batched:
            return ["for update in range(order.shape[1]):", *indented(batch)]
        full = self.opened.sizes[0]
        head = [f"rows = min({full}, order.shape[1] - start)", f"update = start // {full}"]
        return [f"for start in range(0, order.shape[1], {full}):", *indented([*head, *batch])]

    def taken(self, names: list[str]) -> list[str]:
        """The lines that take the rows of a batch: as they lie where they are in order, else copied."""
        looks, copies = [], []
        for name in names:
            leaf = self.step.inputs[name]
            array, within = self.names[leaf], INDICES[1 : len(leaf.shape)]
            buffer = self.identifiers(f"{array}_taken")
            self.setup.append(f"{buffer} = np.empty({(self.opened.sizes[0], *leaf.shape[1:])}, {self.kind})")
            looks.append(f"{array} = {array}_rows[at:at + rows]")
            copy = f"{buffer}[{', '.join(('i', *within))}] = {array}_rows[{', '.join(('at', *within))}]"
            copies += ["for i in range(rows):", "    at = order[epoch, start + i]"]
            copies += [*indented(self.text.looped(within, leaf.shape[1:], [copy])), f"{array} = {buffer}[:rows]"]
        return ["if in_order:", "    at = order[epoch, start]", *indented(looks), "else:", *indented(copies)]

    def drawn(self, mask: str) -> str:
        """The line that takes the mask of a batch."""
        array = self.names[self.step.inputs[mask]]
        return f"{array} = {array}_rows[epoch, start:start + rows]"

    def dependent(self) -> list[str]:
        """The lines of numbers that depend on how many rows a batch has."""
        lines = []
        for leaf, values in self.opened.depends.items():
            text = repr(values[0])
            if len(values) > 1:
                text = f"{values[0]!r} if rows == {self.opened.sizes[0]} else {values[1]!r}"
            lines.append(f"{self.names[leaf]} = {text}")
        return lines

    def told(self) -> list[str]:
        """The lines that put down what an update gave."""
        said = self.outputs["prediction"]
        is_batched = bool(said.shape) and said.shape[0] == self.opened.rows
        place = "epoch, start:start + rows" if is_batched else "epoch, update"
        lines = [f"said[{place}] = {self.text.whole(said) if said.shape else self.single(said)}"]
        figures = enumerate(self.figures.values())
        lines += [f"figures[epoch, update, {place}] = {self.single(node)}" for place, node in figures]
        start = 0
        for node in self.gates.values():
            (units,) = node.shape
            at = f"units_open[epoch, {f'{start} + i' if start else 'i'}]"
            lines += [f"for i in range({units}):", f"    {at} = {at} | ({self.names[node]}[i] > 0)"]
            start += units
        return lines

    def single(self, node: Expr) -> str:
        """A single number as text."""
        return repr(float(node.value)) if isinstance(node, Constant) else self.names[node]

    def moved_on(self) -> list[str]:
        """The lines that give the states their next values, but for those that have them already."""
        due = {state: node for state, node in self.after.items() if self.memory.over.get(node) is not state}
        arrays = [f"{self.names[state]}[:] = {self.names[node]}" for state, node in due.items() if state.shape]
        singles = [(self.names[state], self.single(node)) for state, node in due.items() if not state.shape]
        if not singles:
            return arrays
        names, texts = zip(*singles, strict=True)
        return [*arrays, f"{', '.join(names)} = {', '.join(texts)}"]


def as_array(node: Expr) -> Expr:
    """A result as something computed: one that is a leaf is copied."""
    return reshape(node, shape=node.shape) if node.shape and not isinstance(node, Apply) else node


def copied(order: list[Expr], roots: tuple[Expr, ...]) -> set[Expr]:
    """What only looks at other arrays, yet must lie in one of its own for those who read it whole."""
    looks = {node for node in order if isinstance(node, Apply) and node.primitive in LOOKING}
    found = set(roots)
    for node in order:
        if not isinstance(node, Apply) or node.primitive not in (matmul, concatenate, scatter):
            continue
        for x in node.arguments:
            plain = node.primitive is matmul and len(x.shape) == 2 and isinstance(x, Apply) and x.primitive is transpose
            plain = plain and x.arguments[0] not in looks  # type: ignore[attr-defined]
            if not plain:
                found.add(x)
    return found & looks


def laid_out(states: dict[str, State]) -> tuple[Layout, int]:
    """Where each state lies in one flat array, and how long that is."""
    layout: Layout = {}
    start = 0
    for name, leaf in states.items():
        layout[name] = start, leaf.shape
        start += -(-prod(leaf.shape) // LINE) * LINE
    return layout, start


def views(layout: Layout) -> dict[str, str]:
    """Of each state, how it is seen in the flat array that holds all."""
    return {name: f"state[{at}:{at + prod(shape)}].reshape({shape})" for name, (at, shape) in layout.items()}


def program(arguments: Sequence[str], body: Sequence[str], functions: Sequence[Sequence[str]], first: str) -> str:
    """Some functions and the one that calls them, after the first lines."""
    main = ["def train(", *indented(wrap(f"{', '.join(arguments)},", WIDTH)), "):", f'    """{WHAT}"""']
    parts = [first]
    for head, lines in (*((each[0], each[1:]) for each in functions), ("\n".join(main), indented(body))):
        parts += ["", "", head, *(each for line in lines for each in laid(line))]
    return "\n".join(parts) + "\n"


def laid(line: str) -> list[str]:
    """A line as lines that fit, as far to the right as it stands."""
    depth = (len(line) - len(line.lstrip())) // 4
    return [line] if line.endswith(":") else indented(fitted(line.lstrip(), depth), depth)
