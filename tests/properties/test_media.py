"""What a page says is so, in every medium: symbols are worth the value, and numbers as near as rounding lets them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from tests.properties.claims import Claim, claims_of, names_of, numbers_of
from tests.properties.intervals import interval
from tests.properties.media import MEDIA, blocks_of
from tests.properties.pages import Page, fewer, pages
from whygrad.graph import Constant, Expr, Input
from whygrad.run import evaluate

if TYPE_CHECKING:
    from whygrad.notation import Numbers

Structure = dict[str, Any]


def equations_of(structure: Structure) -> list[list[Structure]]:
    """The equations of a page, block by block."""
    return [block["lines"] for block in blocks_of(structure) if block["kind"] == "equations" and block["lines"]]


def claims_in(page: Page, medium: str) -> list[tuple[Structure, list[Claim]]]:
    """Every equation of a page with what it claims in a medium."""
    told = equations_of(page.structure)
    shown = list(MEDIA[medium](page.derivation, page.structure))
    assert [len(block) for block in shown] == [len(block) for block in told], medium
    found = []
    for block, lines in zip(told, shown, strict=True):
        for equation, printed in zip(block, lines, strict=True):
            claims = [claim for claim in claims_of(equation["sides"], printed) if claim is not None]
            assert [line.relation for line in printed] == equation["relations"][: len(printed)]
            found.append((equation, claims))
    return found


def assert_sound(page: Page, medium: str) -> None:
    """Every equation of a page, as a medium prints it, is so."""
    shown = page.derivation.numbers
    symbols: list[tuple[Expr, float, float]] = []
    leaves: dict[Expr, float] = {}
    for equation, claims in claims_in(page, medium):
        value = next(side["value"] for side in equation["sides"] if side["kind"] == "quantity")
        values = numbers_of(equation["sides"])
        for claim in claims:
            assert claim.misrounded(shown) == [], (medium, equation)
        assert_within_rounding([claim for claim in claims[1:] if claim.is_in_numbers], shown, (medium, equation))
        for claim in claims[1:]:
            if not claim.is_in_numbers:
                named: dict[Expr, float] = {leaf: values[leaf.name]["value"] for leaf in names_in(claim.printed)}
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


def assert_within_rounding(claims: list[Claim], shown: Numbers, where: object) -> None:
    """What the sides in numbers can have been before they were rounded has something in common."""
    ends = [interval(claim.printed, claim.may_be(shown)) for claim in claims]
    low, high = max(low for low, _ in ends), min(high for _, high in ends)
    size = max([1.0, *(abs(leaf.value) for each in claims for leaf in each.numbers if isinstance(leaf, Constant))])
    assert low <= high + 1e-12 * size, (ends, where)


@fewer
@given(pages())
def test_one_name_has_one_value_on_a_page(page: Page) -> None:
    found: dict[str, float] = {}
    for block in equations_of(page.structure):
        for equation in block:
            sides = equation["sides"]
            values = {name: each["value"] for name, each in numbers_of(sides).items() if each["ref"]}
            if sides[0]["kind"] != "formula":
                (name,) = names_of(sides[0])
                values[name] = next(side["value"] for side in sides if side["kind"] == "quantity")
            for name, value in values.items():
                assert found.setdefault(name, value) == pytest.approx(value, rel=1e-9, abs=1e-13), name


@fewer
@given(pages())
def test_every_equation_comes_back_from_every_medium_and_is_so(page: Page) -> None:
    for medium in MEDIA:
        assert_sound(page, medium)
