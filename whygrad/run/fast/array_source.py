"""A step as NumPy calls that write into buffers made once: the source of a function, and what it needs.

Each buffer has the layout of the array that the interpreter would have made, since the order of sums, and with it the
last bit, depends on that. What merely looks at another array in another way (`transpose`, `spread`) is taken once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from whygrad.code.identifier import Identifiers, plain
from whygrad.code.layout import tupled
from whygrad.graph import Apply, Constant, Domain, Expr, Input, Kind, State, topological
from whygrad.primitive import spread
from whygrad.run.fast.buffers import Buffers, empty
from whygrad.run.fast.calls import Call, Operand, call_of
from whygrad.run.fast.rewrites import BRANCHLESS, EXACT, merged
from whygrad.run.interpreter import call_for, constant_value

if TYPE_CHECKING:
    from whygrad.graph import Step
    from whygrad.run.interpreter import Dtype

WITHOUT_WRAPPER: Final = {"sum": "add.reduce", "max": "maximum.reduce"}
OWN: Final = frozenset(("make_step", "constants", "state", "step", "np"))


@dataclass(frozen=True)
class Source:
    """Generated code: its text, the names of its inputs in order, those of its outputs, and arrays it is given."""

    text: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    constants: tuple[Any, ...]


def array_source(step: Step, dtype: Dtype) -> Source:
    """The source of a step: `make_step(state, constants)` gives the function that makes one update in place."""
    return Draft(step, dtype).source()


class Draft:
    """The lines of one step as they are written.

    - `names`: what each value is called; `samples`: an array that looks like it.
    - `looking`: of a value that shares another's memory, the node whose memory it is.
    - `short`: the values that are written without the axes along which they are spread.
    - `fixed`: the nodes whose arrays stay the same from step to step.
    """

    def __init__(self, step: Step, dtype: Dtype) -> None:
        self.step, self.dtype = step, dtype
        new = merged((*step.outputs.values(), *step.next.values()), (*EXACT, *BRANCHLESS), step.names.of)
        self.called = {new.get(node, node): name.symbol for node, name in step.names.of.items()}
        self.outputs = {name: new[node] for name, node in step.outputs.items()}
        self.after = {name: new[node] for name, node in step.next.items()}
        kept = (*self.outputs.values(), *self.after.values())
        self.order = topological(kept)
        self.buffers = Buffers(self.order, kept)
        self.identifiers = Identifiers(OWN)
        self.names: dict[Expr, str] = {}
        self.samples: dict[Expr, Any] = {}
        self.looking: dict[Expr, Expr] = {}
        self.short: set[Expr] = set()
        self.fixed: set[Expr] = set()
        self.constants: list[Any] = []
        self.setup: list[str] = []
        self.lines: list[str] = []
        self.known: dict[str, str] = {}

    def source(self) -> Source:
        """The whole function."""
        for given in self.step.inputs.values():
            self.write_leaf(given)
        for state in self.step.states.values():
            self.write_leaf(state)
        for node in self.order:
            if isinstance(node, Constant):
                self.write_constant(node)
            elif isinstance(node, Apply):
                self.write(node)
        arguments = ", ".join(self.names[leaf] for leaf in self.step.inputs.values())
        body = [*self.fetched(), *self.lines, *self.stored(), f"return {self.returned()}"]
        text = [
            "import numpy as np",
            *("", "", "def make_step(state, constants):"),
            *(f"    {line}" for line in self.setup),
            *("", f"    def step({arguments}):"),
            *(f"        {line}" for line in body),
            *("", "    return step"),
        ]
        return Source("\n".join(text) + "\n", tuple(self.step.inputs), tuple(self.outputs), tuple(self.constants))

    def write_leaf(self, leaf: Input | State) -> None:
        """A leaf: an argument of the function, or an entry of the state."""
        self.names[leaf] = self.identifiers(self.called.get(leaf) or leaf.name)
        self.samples[leaf] = np.zeros(leaf.shape, self.dtype_of(leaf))
        if isinstance(leaf, State) and leaf.shape:
            self.fixed.add(leaf)
            self.setup.append(f'{self.names[leaf]} = state["{leaf.name}"]')

    def dtype_of(self, leaf: Expr) -> Any:
        """Of what kind the numbers of a leaf are, by what reads it."""
        read_as = {
            node.primitive.domain_of(number)
            for node in self.order
            if isinstance(node, Apply)
            for number, x in enumerate(node.arguments)
            if x is leaf
        }
        if Domain.INDEX in read_as:
            return np.intp
        return np.bool_ if Domain.CONDITION in read_as else self.dtype if leaf.shape else np.float64

    def write_constant(self, node: Constant) -> None:
        """A number as a numeral, an array as one of those that are given."""
        value = constant_value(node, self.dtype)
        self.samples[node] = value
        self.fixed.add(node)
        if node.shape == ():
            self.names[node] = repr(value) if np.isfinite(value) else f'float("{value}")'
            return
        self.names[node] = self.identifiers("constant")
        self.setup.append(f"{self.names[node]} = constants[{len(self.constants)}]")
        self.constants.append(value)

    def write(self, node: Apply) -> None:
        """The line of an operation, or none where its value is only another look at an array."""
        with np.errstate(all="ignore"):
            self.samples[node] = call_for(node, self.dtype, np)(*(self.samples[x] for x in node.arguments))
        call = call_of(node)
        if node.primitive is spread:
            self.spread_out(node)
        elif call is not None and node.primitive.kind is Kind.MOVER and self.shares_memory(node):
            self.look(node, node.arguments[0], self.text(node, call))
        elif node.shape == ():
            self.names[node] = self.identifiers(self.called.get(node) or node.primitive.name)
            self.lines.append(f"{self.names[node]} = {self.text(node, call)}")
        else:
            self.into_buffer(node, call)
        self.buffers.release(node, [self.looking.get(x, x) for x in node.arguments], self.samples)

    def shares_memory(self, node: Apply) -> bool:
        """Whether a value is another look at its one input."""
        return len(node.arguments) == 1 and np.shares_memory(self.samples[node], self.samples[node.arguments[0]])

    def spread_out(self, node: Apply) -> None:
        """Only the axes that NumPy does not find by itself: it stretches arrays where they meet larger ones."""
        (source,) = node.arguments
        axes = dict(node.attributes)["axes"]
        self.short.add(node)
        if source.shape == ():
            self.names[node] = self.single(source)
            return
        name = self.names[source] if source not in self.short else self.full(source)
        index = ", ".join("None" if axis in axes else ":" for axis in range(len(node.shape)))
        self.look(node, source, name if axes == tuple(range(len(axes))) else f"{name}[{index}]")

    def single(self, number: Expr) -> str:
        """A single number as it meets arrays: in their precision."""
        name = self.names[number]
        if isinstance(number, Constant) or np.asarray(self.samples[number]).dtype in (np.bool_, self.dtype):
            return name
        return self.once(f"np.{np.dtype(self.dtype).name}({name})", "single", fixed=False)

    def look(self, node: Apply, source: Expr, text: str) -> None:
        """Take a view: once and for all where what it looks at stays where it is."""
        self.looking[node] = self.looking.get(source, source)
        fixed = source in self.fixed
        if fixed:
            self.fixed.add(node)
        self.names[node] = text if text == self.names[source] else self.once(text, "view", fixed=fixed)

    def once(self, text: str, name: str, *, fixed: bool) -> str:
        """The name of what is written only once."""
        if text not in self.known:
            self.known[text] = self.identifiers(name)
            (self.setup if fixed else self.lines).append(f"{self.known[text]} = {text}")
        return self.known[text]

    def full(self, node: Expr) -> str:
        """The text of a value with all its axes."""
        return f"np.broadcast_to({self.names[node]}, {node.shape})" if node in self.short else self.names[node]

    def into_buffer(self, node: Apply, call: Call | None) -> None:
        """One call of NumPy that writes into a buffer, or a copy of what it gives into one."""
        text = self.text(node, call)
        if call is None or not writes_into(call):
            self.lines.append(f"np.copyto({self.buffer(node, None)}, {text}){self.comment(node)}")
            return
        heir = None
        if node.primitive.kind is Kind.ELEMENTWISE:
            heir = self.buffers.take_over(node, self.samples[node], self.samples, self.looking)
        self.lines.append(f"{text[:-1]}, out={self.buffer(node, heir)}){self.comment(node)}")

    def comment(self, node: Apply) -> str:
        """What people call a value whose buffer was named after another."""
        symbol = self.called.get(node, "")
        return f"  # {symbol}" if symbol and plain(symbol) != self.names[node] else ""

    def buffer(self, node: Apply, heir: str | None) -> str:
        """The buffer that a value is written to."""
        sample = self.samples[node]
        name = heir or self.buffers.take(sample)
        if name is None:
            name = self.identifiers(self.called.get(node) or node.primitive.name)
            self.setup.append(f"{name} = {empty(sample)}")
        self.names[node] = self.buffers.held[node] = name
        self.fixed.add(node)
        return name

    def text(self, node: Apply, call: Call | None) -> str:
        """A call as NumPy has it."""
        elementwise = node.primitive.kind is Kind.ELEMENTWISE
        inputs = [self.names[x] if elementwise else self.full(x) for x in node.arguments]
        if call is None:
            self.constants.append(call_for(node, self.dtype, np))
            return f"constants[{len(self.constants) - 1}]({', '.join(inputs)})"
        return written(call, inputs)

    def fetched(self) -> list[str]:
        """The lines that take the states that are single numbers."""
        states = [state for state in self.step.states.values() if state.shape == () and state in self.buffers.place]
        return [f'{self.names[state]} = state["{state.name}"]' for state in states]

    def stored(self) -> list[str]:
        """The lines that give the states their next values; first those are set aside that are states themselves."""
        aside, lines = [], []
        for name, node in self.after.items():
            state, text = self.step.states[name], self.full(node)
            if node is state:
                continue
            if isinstance(self.looking.get(node, node), State):
                aside.append(f"{(copy := self.identifiers('next'))} = np.array({text})")
                text = copy
            lines.append(f"np.copyto({self.names[state]}, {text})" if state.shape else f'state["{name}"] = {text}')
        return aside + lines

    def returned(self) -> str:
        """The values of the outputs; arrays are copied, since the next step writes over them."""
        texts = [f"np.array({self.full(node)})" if node.shape else self.names[node] for node in self.outputs.values()]
        return f"({', '.join(texts)},)"


def writes_into(call: Call) -> bool:
    """Whether a call is one of those that can be told where to write."""
    function = getattr(np, WITHOUT_WRAPPER.get(call.name, call.name).partition(".")[0], None)
    return isinstance(function, np.ufunc) and not any(isinstance(each, Call) for each in call.arguments)


def written(call: Any, inputs: list[str], library: str = "np") -> str:
    """A call, or what stands between its brackets, as text; `library` is the name of the array module."""
    if isinstance(call, Operand):
        return inputs[call.number]
    if isinstance(call, tuple) and any(isinstance(each, Operand) for each in call):
        return tupled([written(each, inputs, library) for each in call])
    if not isinstance(call, Call):
        return repr(call)
    if call.name == "[]":
        of, index = call.arguments
        return f"{written(of, inputs, library)}[{written_index(index, inputs)}]"
    inside = [written(each, inputs, library) for each in call.arguments]
    inside += [f"{name}={value!r}" for name, value in call.settings.items()]
    name = WITHOUT_WRAPPER.get(call.name, call.name) if library == "np" else call.name
    return f"{library}.{name}({', '.join(inside)})"


def written_index(index: Any, inputs: list[str]) -> str:
    """What stands between square brackets."""
    if isinstance(index, tuple):
        return ", ".join(written_index(each, inputs) for each in index)
    if isinstance(index, slice):
        return ":".join("" if each is None else str(each) for each in (index.start, index.stop))
    return written(index, inputs)
