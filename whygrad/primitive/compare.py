"""Comparing and choosing: their outputs are true or false, so only `where` passes blame on, to the branch taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.graph.primitive import Basic, Domain, Notation, Phrase, everywhere
from whygrad.primitive.declare import TWO_REALS, elementwise

if TYPE_CHECKING:
    from whygrad.graph.expr import Expr
    from whygrad.graph.primitive import Adjoints


def _no_gradient(adjoint: Expr, output: Expr, *inputs: Expr) -> Adjoints:
    return (None,) * len(inputs)


def _where_vjp(adjoint: Expr, output: Expr, condition: Expr, then: Expr, otherwise: Expr) -> Adjoints:
    return None, where(condition, adjoint, 0.0), where(condition, 0.0, adjoint)


greater: Basic = elementwise(
    "greater",
    lambda xp, x, y: xp.greater(x, y),
    _no_gradient,
    Notation("{0} > {1}", "{0} > {1}", "{0}<mo>&gt;</mo>{1}", 0, (1, 1)),
    domain=TWO_REALS,
    kink="a comparison has no gradient",
)
equal: Basic = elementwise(
    "equal",
    lambda xp, x, y: xp.equal(x, y),
    _no_gradient,
    Notation("{0} == {1}", "{0} = {1}", "{0}<mo>=</mo>{1}", 0, (1, 1)),
    domain=TWO_REALS,
    kink="a comparison has no gradient",
)
where: Basic = elementwise(
    "where",
    lambda xp, condition, then, otherwise: xp.where(condition, then, otherwise),
    _where_vjp,
    Notation(
        "where({0}, {1}, {2})",
        r"\begin{{cases}} {1} & \text{{if }} {0} \\ {2} & \text{{otherwise}} \end{{cases}}",
        '<mrow><mo form="prefix">{{</mo><mtable class="cases">'
        "<mtr><mtd>{1}</mtd><mtd><mtext>if\N{NO-BREAK SPACE}</mtext>{0}</mtd></mtr>"
        "<mtr><mtd>{2}</mtd><mtd><mtext>otherwise</mtext></mtd></mtr></mtable></mrow>",
        9,
        (0, 0, 0),
        tex_level=0,
        source=everywhere("where", "{0}, {1}, {2}") | {"python": Phrase("{1} if {0} else {2}", -1, (0, 0, -1))},
    ),
    domain=(Domain.CONDITION, Domain.REAL, Domain.REAL),
)
