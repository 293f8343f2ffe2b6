"""The printer: from a tree of operations to words, with the brackets that the tree needs and no others."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from whygrad.graph import Apply, Constant, Expr, Input, Kind, Name, Names, State
from whygrad.graph.element import source
from whygrad.notation.numeral import exact
from whygrad.notation.style import MATHML, TEX, TEXT
from whygrad.notation.symbol import ATOM, CONDITION, PRODUCT, SIGN, Symbol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from whygrad.graph import Primitive
    from whygrad.graph.element import Index
    from whygrad.notation.numeral import Numbers
    from whygrad.notation.style import Form, Style
    from whygrad.notation.symbol import Sourced

DEPTH = 8
NO_NAMES = Names()
MOST_ELEMENTS = 6


@dataclass(frozen=True, eq=False)
class Place:
    """A node where it stands in the formula.

    - `depth`: how many operations may still be written below it, None for all.
    - `index`: the element of the node that is meant, None for the whole array.
    - `need`: the level it must bind with to stand here without brackets.
    - `after_operator`: whether a leading minus sign would follow an operator.
    """

    node: Expr
    depth: int | None
    index: Index | None
    need: int = CONDITION
    after_operator: bool = False
    top: bool = False


@dataclass(frozen=True, eq=False)
class Writing:
    """How a formula is written: the style, the names, which nodes stand as numbers, and how those are rounded.

    Without `rounding` every number is written with all its digits.
    """

    style: Style
    names: Names = NO_NAMES
    numbers: Mapping[Expr, Sourced] = field(default_factory=dict)
    rounding: Numbers | None = None

    def number(self, source: Sourced) -> Symbol:
        """A number that stands for a node."""
        shown = self.rounding.shown(source.value) if self.rounding else exact(source.value)
        return self.style.number(shown, source)

    def given(self, value: float) -> Symbol:
        """A number that is part of the formula."""
        return self.style.number(self.rounding.given(value) if self.rounding else exact(value), None)


@dataclass(frozen=True)
class Written:
    """An operation about to be written at a place, and the form it takes there."""

    node: Apply
    form: Form


def text(expr: Expr, names: Names = NO_NAMES, *, depth: int | None = DEPTH, element: Index | None = None) -> str:
    """An expression as one would type it, down to the nearest named nodes.

    The expression's own name is not used: the text says how it is made. `depth` operations deep it is cut with `…`
    (None never cuts; a graph that reads one node often may then fill the memory). `element` is the index of the one
    element to write instead of the whole array.

    >>> from whygrad.graph import Input
    >>> from whygrad.primitive import log
    >>> x, y = Input((), "x"), Input((), "y")
    >>> text((x + log(y)) * x ** 2)
    '(x + log(y)) * x ** 2'
    """
    return written(expr, Writing(TEXT, names), depth=depth, element=element)


def tex(expr: Expr, names: Names = NO_NAMES, *, depth: int | None = DEPTH, element: Index | None = None) -> str:
    r"""An expression in TeX's mathematics, without dollar signs; otherwise as `text`.

    >>> from whygrad.graph import Input
    >>> from whygrad.primitive import log
    >>> x, w5 = Input((), "x"), Input((), "w5")
    >>> print(tex(log(x + 1) / w5))
    \frac{\ln\left(x + 1\right)}{w_{5}}
    """
    return written(expr, Writing(TEX, names), depth=depth, element=element)


def mathml(expr: Expr, names: Names = NO_NAMES, *, depth: int | None = DEPTH, element: Index | None = None) -> str:
    """An expression in MathML, as the inside of an `mrow`; otherwise as `text`.

    >>> from whygrad.graph import Input
    >>> x, w5 = Input((), "x"), Input((), "w5")
    >>> print(mathml(x / w5))
    <mfrac><mrow><mi>x</mi></mrow><mrow><msub><mi>w</mi><mn>5</mn></msub></mrow></mfrac>
    """
    return written(expr, Writing(MATHML, names), depth=depth, element=element)


def written(expr: Expr, writing: Writing, *, depth: int | None = None, element: Index | None = None) -> str:
    """An expression in any style; the expression's own name is not used, its number is."""
    return writing.style.finish("".join(words(Place(expr, depth, element, top=True), writing)))


def words(start: Place, writing: Writing) -> Iterator[str]:
    """The words of a formula one after another; iterative, so that a chain of any length can be written."""
    tasks: list[str | Place] = [start]
    while tasks:
        task = tasks.pop()
        if isinstance(task, str):
            yield task
        else:
            tasks.extend(reversed(unfolded(task, writing)))


def unfolded(place: Place, writing: Writing) -> list[str | Place]:
    """What stands at a place: words, and the places of the inputs among them."""
    style = writing.style
    place, found = past_inkless(place, writing)
    if isinstance(found, Symbol):
        pieces: list[str | Place] = [found.words]
        level = found.level
    else:
        pieces, level = operation(found, place, writing), found.form.level
    if below := index_below(found, place):
        before, between, after = style.below
        inside = bracketed(pieces, style, wanted=level < ATOM)
        pieces, level = [*([before] if before else []), *inside, f"{between}{below}{after}"], ATOM
    unclear = level < place.need or (place.after_operator and leads_with_sign(place, writing))
    return bracketed(pieces, style, wanted=unclear)


def found_at(place: Place, writing: Writing) -> Symbol | Written:
    """Whether a symbol stands at a place, or an operation to be written out."""
    node, name, style = place.node, writing.names.of.get(place.node), writing.style
    if (number := writing.numbers.get(node)) is not None:
        return writing.number(number)
    if name is None and isinstance(node, Input | State):
        name = Name(node.name)
    if name is not None and not (place.top and isinstance(node, Apply)):
        called = name.symbol if place.index is None else name.element(place.index, node.shape)
        return style.name(called)
    if isinstance(node, Constant):
        return constant(node.value if place.index is None or node.shape == () else node.value[place.index], writing)
    if isinstance(node, Apply) and place.depth != 0:
        return Written(node, style.form(node))
    return Symbol(style.cut)


def constant(value: Any, writing: Writing) -> Symbol:
    """A number; an array of one number over and over as that number; a small array as a list; else cut short."""
    if getattr(value, "ndim", 0) == 0:
        return writing.given(float(value))
    flat = value.reshape(-1)
    if flat.size and (flat == flat[0]).all():
        return writing.given(float(flat[0]))
    if flat.size > MOST_ELEMENTS:
        return Symbol(writing.style.cut)
    opening, closing = writing.style.list_brackets
    return Symbol(opening + writing.style.comma.join(constant(row, writing).words for row in value) + closing)


def operation(found: Written, place: Place, writing: Writing) -> list[str | Place]:
    """An operation's words, with the places of its inputs where its form has slots."""
    node, form = found.node, found.form
    attributes = dict(node.attributes)
    index = place.index if node.primitive.kind is Kind.ELEMENTWISE else None
    depth = None if place.depth is None else place.depth - 1
    pieces: list[str | Place] = []
    for before, slot in form.parts:
        pieces += [before] if before else []
        if slot is None:
            continue
        if not slot.isdecimal():
            pieces.append(attribute(attributes[slot], writing))
        elif node.primitive.arity is None:
            pieces += separated([Place(x, depth, index, form.needs[0]) for x in node.arguments], writing.style)
        else:
            need = form.needs[int(slot)]
            after_operator = need >= PRODUCT and bool(pieces)
            input_place = Place(node.arguments[int(slot)], depth, index, need, after_operator)
            pieces += gathered(input_place, node.primitive, writing) if form.gathers and slot == "0" else [input_place]
    return pieces


def gathered(place: Place, primitive: Primitive, writing: Writing) -> list[str | Place]:
    """The first input of a function of two, or, where it is the same function again, the inputs of that, and so on."""
    later: list[Place] = []
    while True:
        seen, found = past_inkless(place, writing)
        if not isinstance(found, Written) or found.node.primitive is not primitive:
            return separated([place, *reversed(later)], writing.style)
        depth = None if seen.depth is None else seen.depth - 1
        first, second = (replace(place, node=x, index=seen.index, depth=depth) for x in found.node.arguments)
        later.append(second)
        place = first


def attribute(value: object, writing: Writing) -> str:
    """The setting of an operation, such as the slope of a leaky relu."""
    return writing.given(value).words if isinstance(value, int | float) else str(value)


def separated(places: list[Place], style: Style) -> list[str | Place]:
    """Places with commas between them."""
    return [piece for place in places for piece in (style.comma, place)][1:]


def bracketed(pieces: list[str | Place], style: Style, *, wanted: bool) -> list[str | Place]:
    """The pieces, in brackets where they are wanted."""
    opening, closing = style.brackets
    return [opening, *pieces, closing] if wanted else pieces


def index_below(found: Symbol | Written, place: Place) -> str:
    """The index to write behind an operation that mixes elements, so that the one meant is clear."""
    if isinstance(found, Symbol) or not place.index or found.node.primitive.kind is Kind.ELEMENTWISE:
        return ""
    return ",".join(map(str, place.index))


def past_inkless(place: Place, writing: Writing) -> tuple[Place, Symbol | Written]:
    """The place seen through operations that leave no ink, and, for one element, through all that only move it.

    Beside it, what stands there.
    """
    while isinstance(found := found_at(place, writing), Written):
        if place.index is not None and (moved := source(found.node, place.index)) is not None:
            node, index = moved
            place = replace(place, node=node, index=index, top=False)
        elif found.form.leaves_no_ink:
            place = replace(place, node=found.node.arguments[0], index=None, top=False)
        else:
            break
    return place, found


def leads_with_sign(place: Place, writing: Writing) -> bool:
    """Whether the first thing written at a place is a minus sign that no bracket hides."""
    while True:
        place, found = past_inkless(place, writing)
        if isinstance(found, Symbol):
            return found.signed
        if found.form.level == SIGN:
            return True
        before, slot = found.form.parts[0]
        if before or slot != "0" or index_below(found, place):
            return False
        first = operation(found, place, writing)[0]
        if isinstance(first, str):
            return False
        place = first
        place_level = level_at(place, writing)
        if place_level < place.need:
            return False


def level_at(place: Place, writing: Writing) -> int:
    """How tightly what stands at a place binds."""
    _, found = past_inkless(place, writing)
    return found.level if isinstance(found, Symbol) else found.form.level
