"""Local derivatives: how elements of one node change with elements of what it reads, by the primitives' own rules."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from whygrad.explain.edges import Edges, Places, nothing
from whygrad.graph import Apply, Basic, Composite, Constant, Expr, Input, Kind, zeros
from whygrad.graph.element import Window, chosen_mask, origins, windows
from whygrad.graph.expr import filled
from whygrad.graph.gradient import pulled_back
from whygrad.graph.names import unflat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from whygrad.explain.runner import Runner
    from whygrad.graph import Shape
    from whygrad.graph.element import Index

    Active = Mapping[int, Places]  # by the number of an input: which of its elements are followed, sorted


class Local:
    """The local derivatives of the nodes of one step, at the values of its trace."""

    def __init__(self, nodes: Iterable[Expr], values: Mapping[Expr, Any], runner: Runner) -> None:
        self.values = values
        self.runner = runner
        self.slopes = elementwise_slopes(nodes, values, runner)

    def edges(self, node: Apply, active: Active) -> dict[int, Edges]:
        """For each input that is followed, the edges from elements of the node to those elements of it.

        An edge is there wherever the rule reads the element, even if its slope happens to be 0; where the wiring has
        no weight there is none. Inputs without a gradient, such as conditions, have no edges.
        """
        if node.primitive.kind is Kind.ELEMENTWISE:
            return dict(self._elementwise(node, active))
        if (places := origins(node)) is not None:
            return dict(moved(node, places, active))
        return self._windowed(node, active)

    def _elementwise(self, node: Apply, active: Active) -> Iterator[tuple[int, Edges]]:
        mask = chosen_mask(node)
        for number, places in active.items():
            slope = self.slopes[node][number]
            if slope is None:
                continue
            read = places if mask is None else places[np.ravel(mask)[places] == (number == 1)]
            yield number, plain(read, read, slope[read])

    def _windowed(self, node: Apply, active: Active) -> dict[int, Edges]:
        """Each element of the node that reads anything active, through the part of the inputs that it reads."""
        masks = {number: mask_of(node.arguments[number], places) for number, places in active.items()}
        inputs, output = [np.asarray(self.values[x]) for x in node.arguments], np.asarray(self.values[node])
        places = [np.arange(x.size).reshape(x.shape) for x in inputs]
        wiring = [wired(x) for x in node.arguments]
        programs: dict[Any, Pulled] = {}
        found: dict[int, list[Row]] = {number: [] for number in active}
        for of in reached(node, masks):
            index = unflat(of, node.shape)
            into, out = region(node, index)
            parts = tuple(x[window] for x, window in zip(inputs, into, strict=True))
            shapes = tuple(part.shape for part in parts)
            pulled = programs.get(shapes) or programs.setdefault(
                shapes, Pulled(node, shapes, output[out].shape, self.runner)
            )
            seed = np.zeros(output[out].shape)
            seed[tuple(i - part.start for i, part in zip(index, out, strict=True))] = 1.0
            slopes = pulled(seed, output[out], parts)
            joined = self._joined(pulled, seed, [w[window] for w, window in zip(wiring, into, strict=True)])
            for number, rows in found.items():
                by = places[number][into[number]].ravel()
                wanted = masks[number].ravel()[by] & joined[number]
                rows.append((of, by[wanted], slopes[number][wanted]))
        return {number: together(rows) for number, rows in found.items()}

    def _joined(self, pulled: Pulled, seed: Any, wiring: list[NDArray[np.bool_]]) -> list[Any]:
        """Which of the elements read are joined to the output at all: those that no missing weight cuts off.

        The rule itself tells, run on 1 where there is a weight and on 0 where there is none.
        """
        if all(each.all() for each in wiring):
            return [True] * len(wiring)
        slopes = pulled(seed, np.ones(seed.shape), [each.astype(float) for each in wiring])
        return [slope != 0 for slope in slopes]


Row = tuple[int, Places, NDArray[np.float64]]


class Pulled:
    """The vjp of a node on parts of its inputs, made ready to run."""

    def __init__(self, node: Apply, shapes: tuple[Shape, ...], shape: Shape, runner: Runner) -> None:
        self.inputs = [Input(each, f"x{number}") for number, each in enumerate(shapes)]
        self.output, self.seed = Input(shape, "output"), Input(shape, "seed")
        found = node.primitive.vjp(self.seed, self.output, *self.inputs, **dict(node.attributes))
        self.slopes = [zeros(x.shape) if each is None else each for each, x in zip(found, self.inputs, strict=True)]
        self.run = runner.prepare(self.slopes)

    def __call__(self, seed: Any, output: Any, parts: Sequence[Any]) -> list[NDArray[np.float64]]:
        """The slopes by every element of every input, flat."""
        leaves: dict[Expr, Any] = dict(zip((self.seed, self.output, *self.inputs), (seed, output, *parts), strict=True))
        values = self.run(leaves)
        return [np.ravel(np.broadcast_to(values[each], each.shape)) for each in self.slopes]


def elementwise_slopes(
    nodes: Iterable[Expr], values: Mapping[Expr, Any], runner: Runner
) -> dict[Apply, list[NDArray[np.float64] | None]]:
    """For each elementwise node the slope by each of its inputs, flat: its vjp, the adjoint being 1 everywhere."""
    applied = [each for each in nodes if isinstance(each, Apply) and each.primitive.kind is Kind.ELEMENTWISE]
    rules = {node: pulled_back(node, filled(1.0, node.shape)) for node in applied}
    roots = [slope for found in rules.values() for slope in found if slope is not None]
    near = {each for node in applied for each in (node, *node.arguments) if each in values}
    result = runner.evaluate(roots, {each: values[each] for each in near})
    return {
        node: [None if slope is None else np.ravel(np.broadcast_to(result[slope], node.shape)) for slope in found]
        for node, found in rules.items()
    }


def moved(node: Apply, places: Places, active: Active) -> Iterator[tuple[int, Edges]]:
    """The edges of a node that only moves elements: each to where its element came from, with slope 1."""
    start = 0
    for number, x in enumerate(node.arguments):
        if number in active:
            inside = (places >= start) & (places < start + prod(x.shape))
            of = np.flatnonzero(inside & np.isin(places - start, active[number]))
            yield number, plain(of, places[of] - start, np.ones(len(of)))
        start += prod(x.shape)


def region(node: Apply, index: Index) -> tuple[tuple[Window, ...], Window]:
    """The part of each input that an element reads, and the part of the output that this part gives."""
    if node.primitive.window is not None:
        return windows(node, index), tuple(slice(i, i + 1) for i in index)
    if isinstance(node.primitive, Composite) and node.primitive.kind is Kind.ROW:
        leading = tuple(slice(i, i + 1) for i in index[: len(node.arguments[0].shape) - 1])
        whole = tuple(slice(0, size) for size in node.shape[len(leading) :])
        return tuple((*leading, slice(0, x.shape[-1])) for x in node.arguments), (*leading, *whole)
    return windows(node, index), tuple(slice(0, size) for size in node.shape)


def reached(node: Apply, masks: Mapping[int, NDArray[np.bool_]]) -> list[int]:
    """The elements of a node, by their places, that may read an active element of an input.

    A contraction adds and multiplies, and a maximum chooses, so run on ones and zeros it tells whether a one arrives.
    """
    primitive = node.primitive
    if not isinstance(primitive, Basic) or primitive.window is None:
        return list(range(prod(node.shape)))
    arrives = np.zeros(node.shape, dtype=bool)
    for number, mask in masks.items():
        ones = [mask.astype(float) if k == number else np.ones(x.shape) for k, x in enumerate(node.arguments)]
        arrives |= primitive.forward(np, *ones, **dict(node.attributes)) > 0
    return np.flatnonzero(arrives).tolist()


def wired(node: Expr) -> NDArray[np.bool_]:
    """Where an array is more than the zero that stands in the place of a missing weight."""
    mask = chosen_mask(node) if isinstance(node, Apply) else None
    if mask is not None:
        return np.where(mask, *(not is_nothing(x) for x in node.inputs[1:]))
    return np.ones(node.shape, dtype=bool)


def is_nothing(node: Expr) -> bool:
    """Whether a node is 0 all over, as a constant."""
    inner = node.arguments[0] if isinstance(node, Apply) and node.primitive.kind is Kind.MOVER else node
    return isinstance(inner, Constant) and not np.any(inner.value)


def mask_of(node: Expr, places: Places) -> NDArray[np.bool_]:
    """True at some places of an array of a node's shape."""
    mask = np.zeros(prod(node.shape), dtype=bool)
    mask[places] = True
    return mask.reshape(node.shape)


def plain(of: Places, by: Places, slope: NDArray[np.float64]) -> Edges:
    """Edges into one array."""
    return Edges(of, np.zeros(len(of), dtype=np.intp), by, np.asarray(slope, dtype=np.float64))


def together(rows: list[Row]) -> Edges:
    """The edges of several elements, one after the other."""
    if not rows:
        return nothing()
    of = np.repeat([of for of, _, _ in rows], [len(by) for _, by, _ in rows])
    return plain(of, np.concatenate([by for _, by, _ in rows]), np.concatenate([slope for _, _, slope in rows]))
