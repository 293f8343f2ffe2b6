"""What a page says is so, in every medium: symbols are worth the value, and numbers as near as rounding lets them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.claims import Claim, claims_of, known_values
from tests.properties.intervals import interval
from tests.properties.media import MEDIA, blocks_of
from tests.properties.steps import Taken, steps
from whygrad.explain import Wanted, explained, worked_solution
from whygrad.graph import Constant, Expr, Input
from whygrad.notation import Numbers
from whygrad.pipeline.derivation import Derivation
from whygrad.run import evaluate

if TYPE_CHECKING:
    from whygrad.document import Document

Structure = dict[str, Any]


class Page:
    """A page about a step."""

    def __init__(self, derivation: Derivation, taken: Taken) -> None:
        self.derivation, self.taken = derivation, taken
        self.digits = derivation.numbers.digits

    def __repr__(self) -> str:  # what Hypothesis shows of an example that fails
        return f"{self.derivation.document.title}, {self.digits} digits, {self.taken}"


def page_of(draw: st.DrawFn, taken: Taken) -> Document:
    """A page about a step: the whole of it, or one of its quantities."""
    chart = taken.links.chart
    if draw(st.integers(0, 4)) == 0:
        return worked_solution(taken.links)
    arrays = [named for named in chart.named if named.has_names and chart.members(named.name.symbol, named.sort)]
    named = draw(st.sampled_from(arrays))
    wanted = Wanted(every_path_up_to=draw(st.sampled_from([1, 8])))
    return explained(taken.links, draw(st.sampled_from(chart.members(named.name.symbol, named.sort))), wanted)


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """A page about a drawn step, with two to eight digits."""
    taken, digits = draw(steps()), draw(st.integers(2, 8))
    return Page(Derivation(page_of(draw, taken), Numbers(digits)), taken)


def equations_of(structure: Structure) -> list[list[Structure]]:
    """The equations of a page, block by block."""
    return [block["lines"] for block in blocks_of(structure) if block["kind"] == "equations" and block["lines"]]


def claims_in(derivation: Derivation, medium: str) -> list[tuple[Structure, list[Claim]]]:
    """Every equation of a page with what it claims in a medium."""
    structure = derivation.structure()
    told = equations_of(structure)
    shown = list(MEDIA[medium](derivation, structure))
    assert [len(block) for block in shown] == [len(block) for block in told], medium
    found = []
    for block, lines in zip(told, shown, strict=True):
        for equation, printed in zip(block, lines, strict=True):
            claims = [claim for claim in claims_of(equation["sides"], printed) if claim is not None]
            assert [line.relation for line in printed] == equation["relations"][: len(printed)]
            found.append((equation, claims))
    return found


def assert_sound(derivation: Derivation, medium: str) -> None:
    """Every equation of a page, as a medium prints it, is so."""
    digits = derivation.numbers.digits
    symbols: list[tuple[Expr, float, float]] = []
    leaves: dict[Expr, float] = {}
    for equation, claims in claims_in(derivation, medium):
        value = equation["sides"][-1]["value"]
        values = known_values(equation["sides"])
        for claim in claims:
            assert claim.misrounded(digits) == [], (medium, equation)
        assert_within_rounding([claim for claim in claims[1:] if claim.is_in_numbers], digits, (medium, equation))
        for claim in claims[1:]:
            if not claim.is_in_numbers:
                named: dict[Expr, float] = {leaf: values[leaf.name] for leaf in names_in(claim.printed)}
                leaves |= named
                symbols.append((claim.exact, value, max([1.0, *map(abs, named.values())])))
    found = evaluate([expr for expr, _, _ in symbols], leaves)
    for expr, value, scale in symbols:
        assert float(found[expr]) == pytest.approx(value, rel=1e-9, abs=1e-12 * scale), (medium, expr)


def names_in(printed: Expr) -> list[Input]:
    """The names in a printed formula."""
    stack, found = [printed], list[Input]()
    while stack:
        node = stack.pop()
        stack.extend(node.inputs)
        found += [node] if isinstance(node, Input) else []
    return found


def assert_within_rounding(claims: list[Claim], digits: int, where: object) -> None:
    """What the sides in numbers can have been before they were rounded has something in common."""
    ends = [interval(claim.printed, claim.may_be(digits)) for claim in claims]
    low, high = max(low for low, _ in ends), min(high for _, high in ends)
    size = max([1.0, *(abs(leaf.value) for each in claims for leaf in each.numbers if isinstance(leaf, Constant))])
    assert low <= high + 1e-12 * size, (ends, where)


@pytest.mark.parametrize("medium", MEDIA)
@given(pages())
def test_every_equation_comes_back_and_is_so(medium: str, page: Page) -> None:
    assert_sound(page.derivation, medium)
