"""The record that holds every fact of an operation, so that nothing about it stands anywhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from whygrad.errors.graph import WrongArity
from whygrad.graph.expr import Apply, Expr, Number, Shape, constant
from whygrad.graph.operators import OPERATORS

ShapeRule = Callable[..., Shape]
Adjoints = tuple[Expr | None, ...]
VectorJacobianProduct = Callable[..., Adjoints]
Forward = Callable[..., Any]
Lowering = Callable[..., Expr]
Window = Callable[..., tuple[tuple[slice, ...], ...]]


class Kind(Enum):
    """How the elements of the output depend on the elements of the inputs."""

    ELEMENTWISE = "each output element reads the elements at its own place"
    MOVER = "each output element is one input element, moved"
    CONTRACTION = "each output element is a sum over input elements or products of them"
    ROW = "each output element reads a whole row, the last axis or the axes reduced"


class Domain(Enum):
    """Which numbers an input may take; tests draw from it, messages name it."""

    REAL = "any number"
    POSITIVE = "greater than 0"
    NONZERO = "any number but 0"
    FRACTION = "between 0 and 1, ends excluded"
    DISTRIBUTION = "rows of numbers from 0 to 1 that sum to 1"
    CONDITION = "true or false"
    INDEX = "whole numbers from 0"


@dataclass(frozen=True)
class Phrase:
    """How an operation is written in a program: a template, how tightly it binds, what its inputs need.

    `{axes}` stands for the axes that are summed over, with the word the language has for them, or nothing for all.
    As given it is a function called, between whose brackets anything may stand, a choice (level -1) too.
    """

    template: str
    level: int = 9
    needs: tuple[int, ...] = (-1, -1, -1)


@dataclass(frozen=True)
class Notation:
    """How an operation is written: `{0}` stands for the first input.

    `level` is how tightly the written form binds (0 comparison, 1 sum, 2 product, 3 sign, 5 power, 9 never needs
    brackets); `needs` is the level each input must have to stand without brackets. A fraction bar brackets where a
    slash does not, so TeX may differ: `tex_level` and `tex_needs`, taken from the text where they are not given.
    `{slope}` stands for the attribute of that name. With any number of inputs `{0}` stands for all of them.
    `source` says how programs in "python", "numpy", "torch" and "jax" write it, where that is not the text; in a
    language that has no word for a composite, a program defines one. `word` is what its value is called where it is
    needed twice. `gathers` says of a function of two that of itself it is written with all it takes: the maximum of a
    maximum and a third is a maximum of three.
    """

    text: str
    tex: str
    mathml: str
    level: int
    needs: tuple[int, ...]
    tex_level: int | None = None
    tex_needs: tuple[int, ...] | None = None
    source: Mapping[str, Phrase] = field(default_factory=dict, hash=False)
    word: str = "part"
    gathers: bool = False


def in_arrays(name: str, inside: str = "{0}") -> dict[str, Phrase]:
    """A function that every library of arrays has under one name."""
    modules = {"numpy": "np", "torch": "torch", "jax": "jnp"}
    return {language: Phrase(f"{module}.{name}({inside})") for language, module in modules.items()}


def everywhere(name: str, inside: str = "{0}", *, python: str = "") -> dict[str, Phrase]:
    """A function that Python has as well, by the same name or another."""
    return {"python": Phrase(f"{python or name}({inside})"), **in_arrays(name, inside)}


def called(
    text: str,
    tex: str,
    mathml: str,
    arity: int = 1,
    *,
    attributes: tuple[str, ...] = (),
    source: Mapping[str, Phrase] | None = None,
    word: str = "part",
    gathers: bool = False,
) -> Notation:
    """The notation of a function written in front of its inputs, and the attributes named, in brackets.

    `mathml` is the function's name there: a word, or an element.
    """
    slots = [f"{{{slot}}}" for slot in (*range(arity), *attributes)]
    inside = ", ".join(slots)
    return Notation(
        f"{text}({inside})",
        rf"{tex}\left({inside}\right)",
        function_mathml(mathml if "<" in mathml else f"<mi>{mathml}</mi>", "<mo>,</mo>".join(slots)),
        9,
        (0,) * arity,
        source=source or {},
        word=word,
        gathers=gathers,
    )


def function_mathml(name: str, inside: str) -> str:
    """A function applied, in MathML; the sign between is invisible and read aloud as "of"."""
    return f"<mrow>{name}<mo>\N{FUNCTION APPLICATION}</mo><mrow><mo>(</mo><mrow>{inside}</mrow><mo>)</mo></mrow></mrow>"


@dataclass(frozen=True, eq=False)
class Primitive:
    """An operation of the graph; use one of its two kinds, `Basic` or `Composite`.

    - `arity`: number of inputs, None for one or more.
    - `shape(*shapes, **attributes)`: the output's shape; raises ShapeMismatch (WG101).
    - `vjp(adjoint, output, *inputs, **attributes)`: the adjoint of each input as an expression, None where the
      input has no gradient. It may read the output; it is closed: built from primitives alone.
    - `domain`: what each input may be (the last entry repeats when arity is None).
    - `kink`: where the derivative jumps and which value is taken there; empty for a smooth operation.
    - `source`: where the derivative is derived or published.
    - `window(index, *shapes, **attributes)`: of a contraction or a row, the part of each input that one element of the
      output reads; the operation on those parts gives that element alone. None means whole rows, or all there is.
    """

    name: str
    arity: int | None
    kind: Kind
    shape: ShapeRule
    vjp: VectorJacobianProduct
    notation: Notation
    domain: tuple[Domain, ...]
    source: str
    kink: str = ""
    window: Window | None = None

    def __call__(self, *inputs: Expr | Number, **attributes: Any) -> Expr:
        """Apply to expressions; numbers become constants, elementwise inputs are spread to the longest shape.

        Raises WrongArity (WG102) and ShapeMismatch (WG101).
        """
        if len(inputs) != self.arity and (self.arity is not None or not inputs):
            raise WrongArity(self.name, self.arity or 1, len(inputs))
        arguments = tuple(x if isinstance(x, Expr) else constant(x) for x in inputs)
        if self.kind is Kind.ELEMENTWISE:
            arguments = spread_to_longest(arguments)
        shape = self.shape(*(x.shape for x in arguments), **attributes)
        return Apply(shape, self, arguments, tuple(sorted(attributes.items())))

    def domain_of(self, number: int) -> Domain:
        """The domain of an input, by its number."""
        return self.domain[min(number, len(self.domain) - 1)]

    def __repr__(self) -> str:
        return f"<primitive {self.name}>"


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Basic(Primitive):
    """A primitive with a value of its own: `forward(array_module, *values, **attributes)`."""

    forward: Forward


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Composite(Primitive):
    """A primitive whose value is written in smaller ones: `lowering(*inputs, **attributes)`."""

    lowering: Lowering


def spread_to_longest(arguments: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """Insert leading axes so that a scalar or a vector meets an array of rows; sizes never stretch."""
    longest = max((x.shape for x in arguments), key=len)
    return tuple(spread_leading(x, longest) for x in arguments)


def spread_leading(x: Expr, shape: Shape) -> Expr:
    """Insert leading axes into `x` until it has as many axes as `shape`; mismatched sizes are left to be found."""
    missing = len(shape) - len(x.shape)
    if missing == 0 or x.shape != shape[missing:]:
        return x
    return OPERATORS.spread(x, shape=shape, axes=tuple(range(missing)))
