"""Print, parse, evaluate, where formulas are drawn: TeX for a browser and for LaTeX, and MathML."""

from __future__ import annotations

import random
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.notation.draw import LEAVES, VALUES, expression
from tests.notation.drawn import drawn_as_itself, from_mathml, from_tex
from tests.notation.test_round_trip import example
from tests.primitive.measure import computed
from whygrad.graph import Apply, Expr, Input, Name, Names, Primitive
from whygrad.notation import LATEX, Writing, mathml, tex, written
from whygrad.primitive import PRIMITIVES, expm1, log1p, sqrt

BATCH = 300


def drawn(seed: int) -> list[Expr]:
    """Random expressions."""
    rng = random.Random(seed)
    return [e for e in (expression(rng, depth=6) for _ in range(BATCH)) if drawn_as_itself(e)]


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 8))])
@pytest.mark.parametrize("medium", ["tex", "latex", "mathml"])
def test_random_expressions_come_back_bit_for_bit(seed: int, medium: str) -> None:
    expressions = drawn(seed)
    if medium == "mathml":
        formulas = [mathml(e, depth=None) for e in expressions]
        again = [from_mathml(f, LEAVES) for f in formulas]
    else:
        formulas = [tex(e, depth=None) if medium == "tex" else written(e, Writing(LATEX)) for e in expressions]
        again = [from_tex(f, LEAVES) for f in formulas]
    values = computed([*expressions, *again], VALUES)
    for formula, meant, read in zip(formulas, values[: len(again)], values[len(again) :], strict=True):
        assert meant.tobytes() == read.tobytes() or np.isnan([meant, read]).all(), formula
    finite = [e for e, value in zip(expressions, values, strict=False) if e.inputs and np.isfinite(value)]
    assert len(finite) >= 120


@pytest.mark.parametrize("primitive", [log1p, expm1])
def test_what_is_drawn_as_two_operations_means_the_same(primitive: Primitive) -> None:
    whole = primitive(LEAVES["x"])
    for again in (from_tex(tex(whole), LEAVES), from_mathml(mathml(whole), LEAVES)):
        meant, read = computed([whole, again], VALUES)
        np.testing.assert_allclose(read, meant, rtol=1e-15)


def test_a_drawn_expm1_is_a_power_less_1_in_brackets_where_it_is_multiplied() -> None:
    x = LEAVES["x"]
    drawn = 2.0 * expm1(x)
    assert tex(drawn) == r"2 \cdot \left(e^{x} - 1\right)"
    for again in (from_tex(tex(drawn), LEAVES), from_mathml(mathml(drawn), LEAVES)):
        meant, read = computed([drawn, again], VALUES)
        np.testing.assert_allclose(read, meant, rtol=1e-14)


@pytest.mark.parametrize("primitive", PRIMITIVES, ids=lambda p: p.name)
def test_mathml_of_every_primitive_is_well_formed_and_known_to_browsers(primitive: Primitive) -> None:
    root = ElementTree.fromstring(f"<math>{mathml(example(primitive.name))}</math>")  # noqa: S314
    core = {
        "math",
        "mrow",
        "mi",
        "mn",
        "mo",
        "mtext",
        "mspace",
        "mfrac",
        "msqrt",
        "msub",
        "msup",
        "mtable",
        "mtr",
        "mtd",
    }
    assert {element.tag for element in root.iter()} <= core
    for element in root.iter():
        wanted = {"mfrac": 2, "msub": 2, "msup": 2, "mi": 0, "mn": 0, "mo": 0, "mtext": 0}.get(element.tag)
        assert wanted is None or len(element) == wanted, ElementTree.tostring(element)


@pytest.mark.parametrize(
    ("name", "in_tex", "in_mathml"),
    [
        ("dE/dw5", r"\frac{\partial E}{\partial w_{5}}", None),
        (
            "dE/dx",
            r"\frac{\partial E}{\partial x}",
            "<mfrac><mrow><mo>∂</mo><mi>E</mi></mrow><mrow><mo>∂</mo><mi>x</mi></mrow></mfrac>",
        ),
        ("y_hat", r"\hat{y}", '<mover accent="true"><mi>y</mi><mo>^</mo></mover>'),
        ("ŷ", r"\hat{y}", None),
        ("y1_hat", r"\hat{y}_{1}", None),
        ("x'", "x'", "<msup><mi>x</mi><mo>′</mo></msup>"),
        ("x''_1", "x''_{1}", "<msubsup><mi>x</mi><mn>1</mn><mo>′′</mo></msubsup>"),
        ("w5", "w_{5}", "<msub><mi>w</mi><mn>5</mn></msub>"),
        (
            "w5_new",
            r"w_{5,\mathrm{new}}",
            "<msub><mi>w</mi><mrow><mn>5</mn><mo>,</mo><mi>new</mi></mrow></msub>",
        ),
        ("<b>", r"\mathrm{{<}b{>}}", "<mi>&lt;b&gt;</mi>"),
        ("a\x1b[2J", None, r"<mi>a\x1b[2J</mi>"),
    ],
)
def test_names(name: str, in_tex: str | None, in_mathml: str | None) -> None:
    leaf = Input((), name)
    assert in_tex is None or tex(leaf) == in_tex
    assert in_mathml is None or mathml(leaf) == in_mathml


def test_letters_beyond_ascii_are_spelt_for_latex_only() -> None:
    names = {"größe": r"\text{gr\"{o}\ss{}e}", "η": r"\eta", "体": r"\text{[U+4F53]}", "é1": r"\text{\'{e}}_{1}"}
    assert {name: written(Input((), name), Writing(LATEX)) for name in names} == names
    assert tex(Input((), "größe")) == r"\mathrm{größe}"


def test_derivatives_stand_in_products_without_brackets_and_in_powers_with_them() -> None:
    slopes = [Input((), f"d{of}/d{by}") for of, by in (("E", "y"), ("y", "x"))]
    assert tex(slopes[0] * slopes[1]) == r"\frac{\partial E}{\partial y} \cdot \frac{\partial y}{\partial x}"
    assert tex(slopes[0] ** 2) == r"{\left(\frac{\partial E}{\partial y}\right)}^{2}"
    leaves = {"dE__dy": slopes[0], "dy__dx": slopes[1]}
    for again in (from_tex(tex(slopes[0] * slopes[1]), leaves), from_mathml(mathml(slopes[0] * slopes[1]), leaves)):
        assert isinstance(again, Apply)
        assert again.inputs == tuple(slopes)


def test_writing_stops_at_names_in_mathml_too() -> None:
    x = Input((), "x")
    inner = sqrt(x + 1.0)
    assert mathml(inner * 2, Names({inner: Name("r")})) == "<mi>r</mi><mo>⋅</mo><mn>2</mn>"


def test_only_brackets_around_fractions_stretch() -> None:
    x, y = LEAVES["x"], LEAVES["y"]
    flat, tall = mathml((x + y) * x), mathml((x + y / x) * x)
    assert '<mo stretchy="false">(</mo>' in flat
    assert "stretchy" not in tall
    assert mathml(sqrt((x + y) * (y / x))).count("stretchy") == 2
