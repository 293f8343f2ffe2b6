"""What whygrad itself writes, in three media, is read back: every equation, worth what stands beside it."""

from __future__ import annotations

import math
import random
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.notation.draw import LEAVES, VALUES, expression
from tests.primitive.measure import computed
from whygrad.check.reading.claims import formula_of
from whygrad.check.reading.formula import Function, Name, shown
from whygrad.check.reading.notes import parse_notes
from whygrad.check.reading.spelling import called
from whygrad.check.worth import swing, worth
from whygrad.graph import topological
from whygrad.notation import tex, text
from whygrad.pipeline.starting import untrained
from whygrad.spec.read import read_experiment

if TYPE_CHECKING:
    from collections.abc import Callable

    from whygrad.check.reading.formula import Leaf, Link
    from whygrad.check.reading.notes import Notes
    from whygrad.graph import Expr

EXAMPLES = Path(__file__).parents[2] / "examples"
READABLE = {each.value for each in Function} | {"add", "subtract", "multiply", "divide", "power", "negate"}
GIVEN = {
    "w1": 0.15,
    "w2": 0.2,
    "w3": 0.25,
    "w4": 0.3,
    "w5": 0.4,
    "w6": 0.45,
    "w7": 0.5,
    "w8": 0.55,
    "b1": 0.35,
    "b2": 0.6,
}
UNITS = ("H1", "H2", "Y1", "Y2")
KNOWN = (
    *GIVEN,
    *(f"{weight}_new" for weight in GIVEN),
    *(f"dE/d{weight}" for weight in GIVEN),
    *(f"{part}_{unit}" for part in ("net", "out", "target", "E", "dE/dout", "dE/dnet") for unit in UNITS),
    *("x1", "x2", "E_total", "learning_rate"),
)


@cache
def explained(name: str, form: str) -> Notes:
    run = untrained(read_experiment(EXAMPLES / f"{name}.toml"), EXAMPLES)
    derivation = run.explain(epoch=0)
    written: dict[str, Callable[[], str]] = {
        "text": derivation.text,
        "markdown": derivation.markdown,
        "latex": lambda: derivation.latex(fragment=True),
    }
    return parse_notes(written[form](), name)


FORMS = ["text", "markdown", "latex"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["notes-222", "live-221", "chain-depth"])
def test_every_equation_is_read_and_worth_what_is_printed(name: str, form: str) -> None:
    notes = explained(name, form)
    assert notes.unread == ()
    links = [link for claim in notes.claims for link in claim.chain.links]
    assert sum(map(holds, links)) >= {"notes-222": 35, "live-221": 18, "chain-depth": 10}[name]


def holds(link: Link) -> bool:
    """Whether a link is one between an expression in numbers and the number printed; it must then be right."""
    printed, value = shown(link.right), worth(link.left, {})
    if printed is None or value != value:
        return False
    assert abs(value - printed.value) <= printed.half_unit * 1.001 + swing(link.left, {}, half_unit), link
    return True


def half_unit(leaf: Leaf) -> float:
    return 0.0 if isinstance(leaf, Name) or leaf.half_unit > 0.001 else leaf.half_unit


@pytest.mark.parametrize("form", FORMS)
def test_every_name_is_one_of_the_network_s(form: str) -> None:
    names = {
        side.text
        for claim in explained("notes-222", form).claims
        for side in claim.chain.sides
        if isinstance(side, Name)
    }
    assert len(names) >= 39
    assert {name for name in names if len(called(name, KNOWN)) != 1} == set()


def test_the_media_say_the_same() -> None:
    """Only the names are written differently; equations (the tables aside) are as many, with the same worths."""
    said = []
    for form in FORMS:
        chains = [claim.chain for claim in explained("notes-222", form).claims if not claim.cell and claim.line < 200]
        equations = [chain for chain in chains if len(chain.sides) > 2]
        said.append([f"{worth(side, {}):.9g}" for chain in equations for side in chain.sides])
    assert len(said[0]) > 120
    assert said[0] == said[1] == said[2]


def readable(rng: random.Random) -> Expr:
    """A random expression of operations that notes may have."""
    while True:
        drawn = expression(rng, depth=4)
        primitives = {node.primitive.name for node in topological([drawn]) if hasattr(node, "primitive")}
        if primitives <= READABLE - {"leaky_relu"}:
            return drawn


@pytest.mark.parametrize(("written", "seed"), [(text, 0), (text, 1), (tex, 2), (tex, 3)])
def test_random_formulas_come_back(written: Callable[..., str], seed: int) -> None:
    rng = random.Random(seed)
    drawn = [readable(rng) for _ in range(150)]
    values = {name: VALUES[leaf] for name, leaf in LEAVES.items()}
    names = tuple(values)
    finite = 0
    for each, meant in zip(drawn, computed(drawn, VALUES), strict=True):
        said = written(each, depth=None)
        value = worth(formula_of(said), lambda name: values[called(name.text, names)[0]])
        finite += value == value
        # An infinite value on the way ends it here: NumPy goes on to tanh(inf).
        assert value != value or math.isclose(value, meant, rel_tol=1e-9, abs_tol=1e-12), said
    assert finite >= 120
