"""Arithmetic and the elementary functions, element by element."""

from __future__ import annotations

from whygrad.graph.primitive import Basic, Domain, Notation, called, everywhere, function_mathml
from whygrad.primitive.compare import equal, greater, where
from whygrad.primitive.declare import TWO_REALS, elementwise

add: Basic = elementwise(
    "add",
    lambda xp, x, y: xp.add(x, y),
    lambda adjoint, output, x, y: (adjoint, adjoint),
    Notation("{0} + {1}", "{0} + {1}", "{0}<mo>+</mo>{1}", 1, (1, 2)),
    domain=TWO_REALS,
)
subtract: Basic = elementwise(
    "subtract",
    lambda xp, x, y: xp.subtract(x, y),
    lambda adjoint, output, x, y: (adjoint, -adjoint),
    Notation("{0} - {1}", "{0} - {1}", "{0}<mo>−</mo>{1}", 1, (1, 2), word="difference"),
    domain=TWO_REALS,
)
multiply: Basic = elementwise(
    "multiply",
    lambda xp, x, y: xp.multiply(x, y),
    lambda adjoint, output, x, y: (adjoint * y, adjoint * x),
    Notation("{0} * {1}", r"{0} \cdot {1}", "{0}<mo>⋅</mo>{1}", 2, (2, 3), word="product"),
    domain=TWO_REALS,
)
divide: Basic = elementwise(
    "divide",
    lambda xp, x, y: xp.divide(x, y),
    lambda adjoint, output, x, y: (adjoint / y, -(adjoint * output / y)),
    Notation(
        "{0} / {1}",
        r"\frac{{{0}}}{{{1}}}",
        "<mfrac><mrow>{0}</mrow><mrow>{1}</mrow></mfrac>",
        2,
        (2, 3),
        tex_level=4,
        tex_needs=(0, 0),
        word="ratio",
    ),
    domain=(Domain.REAL, Domain.NONZERO),
)
negate: Basic = elementwise(
    "negate",
    lambda xp, x: xp.negative(x),
    lambda adjoint, output, x: (-adjoint,),
    Notation("-{0}", "-{0}", "<mrow><mo>−</mo>{0}</mrow>", 3, (3,)),
)
power: Basic = elementwise(
    "power",
    lambda xp, x, y: xp.power(x, y),
    lambda adjoint, output, x, y: (adjoint * y * power(x, y - 1.0), adjoint * output * log(x)),
    Notation(
        "{0} ** {1}",
        "{{{0}}}^{{{1}}}",
        "<msup><mrow>{0}</mrow><mrow>{1}</mrow></msup>",
        5,
        (6, 5),
        tex_needs=(6, 0),
    ),
    domain=(Domain.POSITIVE, Domain.REAL),
)
exp: Basic = elementwise(
    "exp",
    lambda xp, x: xp.exp(x),
    lambda adjoint, output, x: (adjoint * output,),
    Notation(
        "exp({0})",
        "e^{{{0}}}",
        "<msup><mi>e</mi><mrow>{0}</mrow></msup>",
        9,
        (0,),
        tex_level=5,
        source=everywhere("exp"),
        word="e",
    ),
)
expm1: Basic = elementwise(
    "expm1",
    lambda xp, x: xp.expm1(x),
    lambda adjoint, output, x: (adjoint * exp(x),),
    Notation(
        "expm1({0})",
        "e^{{{0}}} - 1",
        "<msup><mi>e</mi><mrow>{0}</mrow></msup><mo>−</mo><mn>1</mn>",
        9,
        (0,),
        tex_level=1,
        source=everywhere("expm1"),
    ),
)
log: Basic = elementwise(
    "log",
    lambda xp, x: xp.log(x),
    lambda adjoint, output, x: (adjoint / x,),
    called("log", r"\ln", "ln", source=everywhere("log")),
    domain=(Domain.POSITIVE,),
)
log1p: Basic = elementwise(
    "log1p",
    lambda xp, x: xp.log1p(x),
    lambda adjoint, output, x: (adjoint / (1.0 + x),),
    Notation(
        "log1p({0})",
        r"\ln\left(1 + {0}\right)",
        function_mathml("<mi>ln</mi>", "<mn>1</mn><mo>+</mo>{0}"),
        9,
        (0,),
        tex_needs=(2,),
        source=everywhere("log1p"),
    ),
    domain=(Domain.POSITIVE,),
)
sqrt: Basic = elementwise(
    "sqrt",
    lambda xp, x: xp.sqrt(x),
    lambda adjoint, output, x: (adjoint / (2.0 * output),),
    Notation(
        "sqrt({0})",
        r"\sqrt{{{0}}}",
        "<msqrt><mrow>{0}</mrow></msqrt>",
        9,
        (0,),
        source=everywhere("sqrt"),
        word="root",
    ),
    domain=(Domain.POSITIVE,),
)
cos: Basic = elementwise(
    "cos",
    lambda xp, x: xp.cos(x),
    lambda adjoint, output, x: (-(adjoint * sin(x)),),
    called("cos", r"\cos", "cos", source=everywhere("cos")),
)
sin: Basic = elementwise(
    "sin",
    lambda xp, x: xp.sin(x),
    lambda adjoint, output, x: (adjoint * cos(x),),
    called("sin", r"\sin", "sin", source=everywhere("sin")),
)
floor: Basic = elementwise(
    "floor",
    lambda xp, x: xp.floor(x),
    lambda adjoint, output, x: (None,),
    Notation(
        "floor({0})",
        r"\left\lfloor {0} \right\rfloor",
        "<mrow><mo>⌊</mo><mrow>{0}</mrow><mo>⌋</mo></mrow>",
        9,
        (0,),
        source=everywhere("floor"),
    ),
    kink="flat between whole numbers and taken as flat at them: no gradient",
)
absolute: Basic = elementwise(
    "absolute",
    lambda xp, x: xp.absolute(x),
    lambda adjoint, output, x: (where(greater(x, 0.0), adjoint, where(greater(0.0, x), -adjoint, 0.0)),),
    Notation(
        "absolute({0})",
        r"\left\lvert {0} \right\rvert",
        '<mrow><mo form="prefix">|</mo><mrow>{0}</mrow><mo form="postfix">|</mo></mrow>',
        9,
        (0,),
        source=everywhere("abs"),
        word="size",
    ),
    kink="at 0 the gradient is 0",
)
maximum: Basic = elementwise(
    "maximum",
    lambda xp, x, y: xp.maximum(x, y),
    lambda adjoint, output, x, y: (
        where(greater(x, y), adjoint, where(equal(x, y), adjoint / 2.0, 0.0)),
        where(greater(y, x), adjoint, where(equal(x, y), adjoint / 2.0, 0.0)),
    ),
    called("maximum", r"\max", "max", 2, source=everywhere("maximum", "{0}, {1}", python="max"), gathers=True),
    domain=TWO_REALS,
    kink="where the two are equal each gets half",
)
minimum: Basic = elementwise(
    "minimum",
    lambda xp, x, y: xp.minimum(x, y),
    lambda adjoint, output, x, y: (
        where(greater(y, x), adjoint, where(equal(x, y), adjoint / 2.0, 0.0)),
        where(greater(x, y), adjoint, where(equal(x, y), adjoint / 2.0, 0.0)),
    ),
    called("minimum", r"\min", "min", 2, source=everywhere("minimum", "{0}, {1}", python="min"), gathers=True),
    domain=TWO_REALS,
    kink="where the two are equal each gets half",
)
