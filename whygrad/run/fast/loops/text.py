"""The lines of a loop plan: products as calls, single numbers as formulas, nests as loops."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import prod
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from whygrad.code.layout import indented
from whygrad.code.spelling import form_of, number, source
from whygrad.graph import Apply, Constant, Expr
from whygrad.primitive import concatenate, fold, gather, matmul, maximum, transpose
from whygrad.run.fast.loops.passes import VECTORS, Passes
from whygrad.run.fast.loops.places import INDICES, PICKED, REDUCTIONS, axes_of, is_elementwise, space_of
from whygrad.run.fast.loops.plan import MANY, Nest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from whygrad.code.identifier import Identifiers
    from whygrad.graph import Shape
    from whygrad.notation.style import Form
    from whygrad.run.fast.loops.memory import LoopMemory
    from whygrad.run.fast.loops.places import Place

DEEPEST: Final = 8  # operations in one line
BLOCK: Final = 2048  # elements that are added up in the arrays' own precision, before the sum is added to a double


class LoopText:
    """Writes the units of a plan.

    - `names`: of leaves and stored nodes the array, of single numbers the variable.
    - `views`: the lines that stand at the start of an epoch; what is needed there is added.
    - `size`: how a size is written; `short`: the function that brings a number into the arrays' precision, if any.
    """

    def __init__(
        self,
        memory: LoopMemory,
        names: dict[Expr, str],
        identifiers: Identifiers,
        size: Callable[[int], str],
        short: str,
        called: Mapping[Expr, str],
        views: list[str],
    ) -> None:
        self.memory, self.plan, self.names, self.called = memory, memory.plan, names, called
        self.identifiers, self.size, self.short = identifiers, size, short
        self.views, self.passes = views, Passes(identifiers)
        self.cast: dict[Expr, str] = {}
        self.flat: dict[str, str] = {}
        self.lines: list[str] = []

    def name(self, node: Apply) -> str:
        """A free name for a node, like the one that people have for it."""
        return self.identifiers(self.called.get(node) or node.primitive.notation.word)

    def write(self) -> list[str]:
        """All lines of one update, but for what is done with its results."""
        for unit in self.memory.units:
            if isinstance(unit, Nest):
                self.write_nest(unit)
            elif unit.shape == ():
                self.write_single(unit)
            else:
                self.write_statement(unit)
        return self.lines

    def write_single(self, node: Apply) -> None:
        """A single number gets a variable."""
        reads = self.plan.reads[node]
        texts: dict[Expr, str] = {}
        for place, x in zip(reads, node.arguments, strict=True):
            if place.node.shape or not isinstance(place.node, Constant):
                texts[x] = self.names[place.node] + bracketed(place.index)
            elif place.node is not x:
                texts[x] = repr(float(place.node.value))
        if node.primitive is gather:
            text = gathered(self.names[reads[0].node], reads[0], texts[node.arguments[1]])
        elif node in self.plan.places.copied or node.primitive in REDUCTIONS:
            text = texts[node.arguments[0]]
        else:
            text = source(node, texts, single_form)
        self.names[node] = self.name(node)
        self.lines.append(f"{self.names[node]} = {text}")

    def write_statement(self, node: Apply) -> None:
        """What is done in one go."""
        out = self.whole(node)
        if node.primitive is matmul:
            one, other = node.arguments
            stack = INDICES[: len(node.shape) - 2]
            of = bracketed(stack)
            call = f"np.dot({self.whole(one)}{of}, {self.whole(other)}{of}, {out}{of})"
            self.lines += self.looped(stack, node.shape, [call])
        elif node.primitive is concatenate:
            self.join(node, out)
        else:
            self.scatter(node, out)

    def scatter(self, node: Apply, out: str) -> None:
        """Rows added at their numbers."""
        given, index = (self.names[place.node] for place in self.plan.reads[node])
        shape = node.arguments[1].shape
        here = bracketed(INDICES[: len(shape)])
        line = f"{out}[{index}{here}] += {given}{here}"
        self.lines += [f"{out}[:] = 0", *self.looped(INDICES[: len(shape)], shape, [line])]

    def join(self, node: Apply, out: str) -> None:
        """Arrays one behind the other along an axis."""
        (axis,) = (value for name, value in node.attributes if name == "axis")
        start = 0
        for x in node.arguments:
            end = start + x.shape[axis]
            index = ", ".join([":"] * axis + [f"{start}:{end}"])
            self.lines.append(f"{out}[{index}] = {self.whole(x)}")
            start = end

    def looped(self, indices: Sequence[str], shape: Shape, lines: Sequence[str]) -> list[str]:
        """Some lines within loops over the first axes of a shape."""
        for index, size in reversed([*zip(indices, shape, strict=False)]):
            lines = [f"for {index} in range({self.size(size)}):", *indented(lines)]
        return list(lines)

    def whole(self, node: Expr) -> str:
        """An array as a product takes it: no longer than there are rows, transposed where that is all that is asked."""
        if isinstance(node, Apply) and self.plan.places.looks(node) and node.primitive is transpose:
            return f"{self.whole(node.arguments[0])}.T"
        buffered = isinstance(node, Apply)
        return f"{self.names[node]}[:rows]" if buffered and self.size(node.shape[0]) == "rows" else self.names[node]

    def write_nest(self, nest: Nest) -> None:
        """Loops over rows, and within them over what a row has, as a function of their own."""
        self.bring_in(nest)
        totals = [node for node in nest.nodes if self.plan.is_late(node) and node.shape == ()]
        self.names.update((node, self.name(node)) for node in totals)
        lines = [*self.starts(nest), *self.loops(nest)]
        known = (node for node in reversed(nest.nodes) if node in self.called)
        name = f"loops_for_{self.called[named]}" if (named := next(known, None)) else "loops"
        self.lines.append(self.passes.call(name, lines, [self.names[node] for node in totals]))

    def loops(self, nest: Nest) -> list[str]:
        """The loops of a nest."""
        space = space_of(nest.nodes[0])
        if self.is_flat(nest):
            return Body(self, nest, nest.nodes, {}, loop_form, is_flat=True).flat(self.length(nest))
        lines: list[str] = []
        live: dict[Expr, str] = {}
        levels = grouped(sorted(nest.nodes, key=lambda node: nest.level[node]), lambda n: (nest.level[n], space_of(n)))
        for (_, inner), same in levels:
            is_innermost = len(inner) > 1 or len(levels) == 1
            body = Body(self, nest, same, live, loop_form if is_innermost else single_form)
            lines += body.lines(INDICES[1 : len(inner)], inner[1:])
        return self.looped(INDICES[:1], space[:1], lines)

    def is_flat(self, nest: Nest) -> bool:
        """Whether nothing is done that needs to know where a row ends: then all are one long row."""
        space = space_of(nest.nodes[0])
        if self.size(space[0]) == "rows":
            return self.plan.key[nest.nodes[0]][0] == MANY
        reads = [place for node in nest.nodes for place in self.plan.reads[node]]
        alike = all(space_of(node) == space for node in nest.nodes)
        simple = all(is_elementwise(node) or (node.primitive is fold and node.shape == ()) for node in nest.nodes)
        return (
            alike
            and simple
            and all(not place.node.shape or (place.node.shape == space and place.is_own) for place in reads)
        )

    def length(self, nest: Nest) -> str:
        """How many elements a flat nest goes through, by the arrays that it is given: the same text for all sizes."""
        if self.size(space_of(nest.nodes[0])[0]) == "rows":
            return f"rows * {prod(space_of(nest.nodes[0])[1:])}"
        near = (each for node in nest.nodes for each in (node, *(place.node for place in self.plan.reads[node])))
        known = next((each for each in near if each.shape and each in self.names), None)
        return f"{self.flattened(known)}.size" if known else str(prod(space_of(nest.nodes[0])))

    def flattened(self, node: Expr) -> str:
        """An array as one long row."""
        array = self.names[node]
        if len(node.shape) > 1 and array not in self.flat:
            self.flat[array] = self.identifiers(f"{array}_flat")
            self.views.append(f"{self.flat[array]} = {array}.reshape(-1)")
        return self.flat.get(array, array)

    def bring_in(self, nest: Nest) -> None:
        """The single numbers that a nest reads, in the arrays' precision."""
        for place in (place for node in nest.nodes for place in self.plan.reads[node]):
            single = place.node
            if single.shape or isinstance(single, Constant) or single in self.cast:
                continue
            self.cast[single] = self.names[single]
            if self.short and single not in self.memory.truths:
                self.cast[single] = self.name_like(single)
                self.lines.append(f"{self.cast[single]} = {self.short}({self.names[single]})")

    def starts(self, nest: Nest) -> list[str]:
        """The lines that let what grows start at nothing."""
        late = [node for node in nest.nodes if self.plan.is_late(node)]
        worth = {node: "0.0" if node.primitive is fold else "-np.inf" for node in late}
        return [f"{self.names[node]}{'[:]' if node.shape else ''} = {start}" for node, start in worth.items()]

    def name_like(self, single: Expr) -> str:
        """The name of a single number in the arrays' precision."""
        return self.identifiers(f"{self.names[single]}_short")

    def literal(self, node: Constant) -> str:
        """A number as arrays take it."""
        value = float(node.value)
        text = number(repr(value)).words if np.isfinite(value) else f"np.{value}".replace("np.-", "-np.")
        return f"{self.short}({text})" if self.short else f"({text})" if " " in text or text[0] == "-" else text


class Body:
    """The nodes that are done in the same turn of the same loops, and the lines that do it."""

    def __init__(
        self,
        text: LoopText,
        nest: Nest,
        nodes: Sequence[Apply],
        live: dict[Expr, str],
        form: Callable[[Apply], Form],
        *,
        is_flat: bool = False,
    ) -> None:
        self.form, self.is_flat = form, is_flat
        self.is_cut = is_flat and any(node.primitive in REDUCTIONS for node in nodes)
        self.cut: dict[str, str] = {}
        self.text, self.plan, self.nest, self.nodes, self.live = text, text.plan, nest, nodes, live
        self.texts: dict[Expr, str] = {}
        self.depth: dict[Expr, int] = {}
        self.inlined: set[Expr] = set()
        self.before: list[str] = []
        self.inside: list[str] = []
        self.first: list[str] = []  # at most one, since its formula reads what the others write over
        self.stores: list[str] = []
        self.behind: list[str] = []

    def lines(self, indices: Sequence[str], sizes: Shape) -> list[str]:
        """All of them, with the loops within the row around what is done there."""
        self.fill(is_looped=bool(sizes))
        turn = [*self.inside, *self.first, *self.stores]
        return [*self.before, *self.text.looped(indices, sizes, turn), *self.behind]

    def flat(self, length: str) -> list[str]:
        """All of them for one long row, cut into blocks where sums grow: none of them takes in too much.

        A block is seen as an array of its own, since a compiler then knows that no index is negative.
        """
        self.fill(is_looped=True)
        turn = [*self.inside, *self.first, *self.stores]
        if not self.before:
            return [f"for {INDICES[0]} in range({length}):", *indented(turn)]
        cuts = [f"{part} = {array}[start:start + {BLOCK}]" for array, part in self.cut.items()]
        loop = [f"for {INDICES[0]} in range(min({BLOCK}, {length} - start)):", *indented(turn)]
        return [f"for start in range(0, {length}, {BLOCK}):", *indented([*cuts, *self.before, *loop, *self.behind])]

    def fill(self, *, is_looped: bool) -> None:
        """Write what is done with each node; `is_looped` where there is a loop within the row."""
        uses = Counter(place.node for node in self.nodes for place in self.plan.reads[node])
        for node in self.nodes:
            for place, x in zip(self.plan.reads[node], node.arguments, strict=False):
                if x not in self.inlined:
                    self.texts[x] = self.element(place)
            if node.primitive in REDUCTIONS:
                self.reduce(node, is_looped=is_looped)
            else:
                self.define(node, uses[node])

    def element(self, place: Place) -> str:
        """The element at a place."""
        node = place.node
        if node in self.texts and place.is_own:
            return self.texts[node]
        if node in self.live:
            return self.live[node]
        if isinstance(node, Constant) and node.shape == ():
            return self.text.literal(node)
        if node.shape == ():
            return self.text.cast[node]
        return self.at(node, place.index)

    def at(self, node: Expr, index: Sequence[str]) -> str:
        """An element of an array."""
        if self.is_flat:
            array = self.text.flattened(node)
            if self.is_cut and array not in self.cut:
                self.cut[array] = self.text.identifiers(f"{self.text.names[node]}_block")
            return f"{self.cut.get(array, array)}[{INDICES[0]}]"
        return f"{self.text.names[node]}{bracketed(index)}"

    def formula(self, node: Apply) -> str:
        """What an element is made of."""
        if node.primitive is gather:
            of, index = self.plan.reads[node]
            return gathered(self.text.names[of.node], of, self.element(index))
        if node in self.plan.places.copied:
            return self.element(self.plan.reads[node][0])
        return source(node, self.texts, self.form)

    def define(self, node: Apply, uses: int) -> None:
        """A line for a node, or none where it is read once and its formula can stand there."""
        stored = node in self.plan.stored
        here = [each for each in self.plan.after[node] if each in self.nest.level and self.plan.is_local(node, each)]
        direct = len(here) == 1 and here[0] in self.nodes and uses == 1 and node in here[0].arguments
        self.depth[node] = 1 + max((self.depth.get(x, 0) for x in node.arguments), default=0)
        if not stored and direct and self.depth[node] < DEEPEST and node not in self.text.called:
            self.inlined.add(node)
            return
        self.depth[node] = 0
        text = self.formula(node)
        if stored and not here and not self.first:
            self.first.append(f"{self.at(node, INDICES[: len(node.shape)])} = {text}")
            return
        self.texts[node] = self.text.name(node)
        if len(space_of(node)) == 1:
            self.live[node] = self.texts[node]
        self.inside.append(f"{self.texts[node]} = {text}")
        if stored:
            self.stores.append(f"{self.at(node, INDICES[: len(node.shape)])} = {self.texts[node]}")

    def reduce(self, node: Apply, *, is_looped: bool) -> None:
        """A sum or a maximum that grows turn by turn."""
        (given,) = node.arguments
        of = self.texts.get(given) or source(given, self.texts, self.form)
        if not self.plan.is_late(node):
            self.live[node] = into = self.text.name(node)
            self.start(into, node)
            if node in self.plan.stored:
                self.behind.append(f"{self.text.names[node]}[{INDICES[0]}] = {into}")
        elif node.shape == () and is_looped and node.primitive is fold:
            into = self.text.name(node)
            self.start(into, node)
            self.behind.append(f"{self.text.names[node]} += {into}")
        else:
            kept = tuple(each for axis, each in enumerate(INDICES[: len(space_of(node))]) if axis not in axes_of(node))
            into = f"{self.text.names[node]}{bracketed(kept)}"
        self.inside.append(f"{into} += {of}" if node.primitive is fold else f"{into} = {maximum_of(into, of)}")

    def start(self, into: str, node: Apply) -> None:
        """The line that lets a sum or a maximum start anew for each row."""
        value = "0.0" if node.primitive is fold else "-np.inf"
        self.before.append(f"{into} = {self.text.short}({value})" if self.text.short else f"{into} = {value}")


def gathered(array: str, place: Place, at: str) -> str:
    """An element of a row that a number picks."""
    return f"{array}{bracketed(tuple(each.replace(PICKED, at) for each in place.index))}"


def loop_form(node: Apply) -> Form:
    """How an operation is written: as Python has it, but so that no NaN is lost in a comparison."""
    return form_of(node, "numpy" if is_lossy(node) else "python")


def single_form(node: Apply) -> Form:
    """The same where no others are computed beside it: then the C library is faster than plain operations."""
    form = loop_form(node)
    if node.primitive.name not in VECTORS:
        return form
    (words, slot), *rest = form.parts
    return replace(form, parts=((f"math.{words}", slot), *rest))


def is_lossy(node: Apply) -> bool:
    """Whether Python's word for an operation drops a NaN, or makes whole numbers of fractions."""
    return node.primitive.notation.gathers or node.primitive.name == "floor"


def maximum_of(one: str, other: str) -> str:
    """The larger of two, in the words of its record."""
    phrase = maximum.notation.source["numpy"]
    return phrase.template.format(one, other)


def bracketed(index: Sequence[str]) -> str:
    """An index as it stands behind an array; nothing for none."""
    return f"[{', '.join(index)}]" if index else ""


def grouped(nodes: Sequence[Apply], key: Callable[[Apply], Any]) -> list[tuple[Any, list[Apply]]]:
    """The nodes that share a key, in the order in which each key first appears."""
    found: dict[Any, list[Apply]] = {}
    for node in nodes:
        found.setdefault(key(node), []).append(node)
    return list(found.items())
