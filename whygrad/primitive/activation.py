"""Activations: what a unit makes of its net, and how steep it is there.

Lowerings are stable: no exponential of a large positive number is ever taken. They have no seams: every choice within
one is made by the same comparison, so that whoever differentiates the lowering gets the derivative of the record, at 0
as well.
"""

from __future__ import annotations

from math import pi, sqrt
from typing import TYPE_CHECKING

from whygrad.errors.graph import ShapeMismatch
from whygrad.graph.primitive import Basic, Composite, Domain, Kind, Notation, Phrase, called, everywhere
from whygrad.primitive.arithmetic import exp, expm1, log, log1p
from whygrad.primitive.compare import greater, where
from whygrad.primitive.declare import elementwise, elementwise_composite
from whygrad.primitive.reduction import back_over, fold, largest, last_axis

if TYPE_CHECKING:
    from whygrad.graph.expr import Expr, Shape
    from whygrad.graph.primitive import Adjoints

GELU_SCALE = sqrt(2 / pi)
GELU_CUBE = 0.044715


def _sigmoid(x: Expr) -> Expr:
    positive = greater(x, 0.0)
    small = exp(where(positive, -x, x))
    return where(positive, 1.0, small) / (1.0 + small)


def _elu(x: Expr, *, alpha: float) -> Expr:
    positive = greater(x, 0.0)
    return where(positive, x, alpha * expm1(where(positive, 0.0, x)))


def _softplus(x: Expr) -> Expr:
    positive = greater(x, 0.0)
    return where(positive, x, 0.0) + log1p(exp(where(positive, -x, x)))


def _gelu_inner(x: Expr) -> Expr:
    return tanh(GELU_SCALE * (x + GELU_CUBE * x * x * x))


def _gelu_vjp(adjoint: Expr, output: Expr, x: Expr) -> Adjoints:
    t = _gelu_inner(x)
    inner_slope = GELU_SCALE * (1.0 + 3.0 * GELU_CUBE * x * x)
    return (adjoint * (0.5 * (1.0 + t) + 0.5 * x * (1.0 - t * t) * inner_slope),)


def _silu_vjp(adjoint: Expr, output: Expr, x: Expr) -> Adjoints:
    s = sigmoid(x)
    return (adjoint * (s + output * (1.0 - s)),)


def shifted(x: Expr) -> Expr:
    """Each row minus its largest element, so that its exponentials stay at or below 1."""
    return x - back_over(largest(x, axes=last_axis(x)), x, last_axis(x))


def _softmax(x: Expr) -> Expr:
    e = exp(shifted(x))
    return e / back_over(fold(e, axes=last_axis(x)), x, last_axis(x))


def _softmax_vjp(adjoint: Expr, output: Expr, x: Expr) -> Adjoints:
    common = fold(adjoint * output, axes=last_axis(x))
    return (output * (adjoint - back_over(common, x, last_axis(x))),)


def _log_sum_exp(x: Expr) -> Expr:
    return log(fold(exp(shifted(x)), axes=last_axis(x))) + largest(x, axes=last_axis(x))


def _row_shape(operation: str, given: Shape) -> Shape:
    if not given:
        raise ShapeMismatch(operation, (given,), "it needs at least one axis: a single number is not a row")
    return given


tanh: Basic = elementwise(
    "tanh",
    lambda xp, x: xp.tanh(x),
    lambda adjoint, output, x: (adjoint * (1.0 - output * output),),
    called("tanh", r"\tanh", "tanh", source=everywhere("tanh")),
)
relu: Composite = elementwise_composite(
    "relu",
    lambda x: where(greater(x, 0.0), x, 0.0),
    lambda adjoint, output, x: (where(greater(output, 0.0), adjoint, 0.0),),
    called(
        "relu",
        r"\operatorname{{ReLU}}",
        "ReLU",
        source={"torch": Phrase("torch.relu({0})"), "jax": Phrase("jax.nn.relu({0})")},
    ),
    kink="at 0 the gradient is 0",
    source="Glorot, Bordes and Bengio 2011, Deep Sparse Rectifier Neural Networks",
)
leaky_relu: Composite = elementwise_composite(
    "leaky_relu",
    lambda x, *, slope: where(greater(x, 0.0), x, slope * x),
    lambda adjoint, output, x, *, slope: (where(greater(x, 0.0), adjoint, slope * adjoint),),
    called(
        "leaky_relu",
        r"\operatorname{{LeakyReLU}}",
        "LeakyReLU",
        attributes=("slope",),
        source={"torch": Phrase("F.leaky_relu({0}, {slope})")},
    ),
    kink="at 0 the gradient is the slope of the negative side",
    source="Maas, Hannun and Ng 2013, Rectifier Nonlinearities",
)
elu: Composite = elementwise_composite(
    "elu",
    _elu,
    lambda adjoint, output, x, *, alpha: (where(greater(x, 0.0), adjoint, adjoint * (output + alpha)),),
    called(
        "elu",
        r"\operatorname{{ELU}}",
        "ELU",
        attributes=("alpha",),
        source={"torch": Phrase("F.elu({0}, {alpha})"), "jax": Phrase("jax.nn.elu({0}, {alpha})")},
    ),
    kink="at 0 the gradient is alpha; for alpha = 1 there is no kink",
    source="Clevert, Unterthiner and Hochreiter 2016, eq. 15",
)
sigmoid: Composite = elementwise_composite(
    "sigmoid",
    _sigmoid,
    lambda adjoint, output, x: (adjoint * (output * (1.0 - output)),),
    called(
        "sigmoid", r"\sigma", "σ", source={"torch": Phrase("torch.sigmoid({0})"), "jax": Phrase("jax.nn.sigmoid({0})")}
    ),
    source="Rumelhart, Hinton and Williams 1986, eq. 2",
)
softplus: Composite = elementwise_composite(
    "softplus",
    _softplus,
    lambda adjoint, output, x: (adjoint * sigmoid(x),),
    called(
        "softplus",
        r"\operatorname{{softplus}}",
        "softplus",
        source={"torch": Phrase("F.softplus({0})"), "jax": Phrase("jax.nn.softplus({0})")},
    ),
    source="Dugas et al. 2001",
)
gelu: Composite = elementwise_composite(
    "gelu",
    lambda x: 0.5 * x * (1.0 + _gelu_inner(x)),
    _gelu_vjp,
    called(
        "gelu",
        r"\operatorname{{GELU}}",
        "GELU",
        source={
            "torch": Phrase('F.gelu({0}, approximate="tanh")'),
            "jax": Phrase("jax.nn.gelu({0}, approximate=True)"),
        },
    ),
    source="Hendrycks and Gimpel 2016, section 2, the form with tanh",
)
silu: Composite = elementwise_composite(
    "silu",
    lambda x: x * sigmoid(x),
    _silu_vjp,
    called(
        "silu",
        r"\operatorname{{SiLU}}",
        "SiLU",
        source={"torch": Phrase("F.silu({0})"), "jax": Phrase("jax.nn.silu({0})")},
    ),
    source="Elfwing, Uchibe and Doya 2018, eq. 3",
)
softmax: Composite = Composite(
    "softmax",
    1,
    Kind.ROW,
    lambda given: _row_shape("softmax", given),
    _softmax_vjp,
    called(
        "softmax",
        r"\operatorname{{softmax}}",
        "softmax",
        source={"torch": Phrase("torch.softmax({0}, dim=-1)"), "jax": Phrase("jax.nn.softmax({0}, axis=-1)")},
    ),
    (Domain.REAL,),
    "Bridle 1990; Goodfellow, Bengio and Courville, Deep Learning, 6.2.2.3",
    lowering=_softmax,
)
log_sum_exp: Composite = Composite(
    "log_sum_exp",
    1,
    Kind.ROW,
    lambda given: _row_shape("log_sum_exp", given)[:-1],
    lambda adjoint, output, x: (back_over(adjoint, x, last_axis(x)) * softmax(x),),
    Notation(
        "log_sum_exp({0})",
        r"\ln \sum e^{{{0}}}",
        "<mi>ln</mi><mo>∑</mo><msup><mi>e</mi><mrow>{0}</mrow></msup>",
        9,
        (0,),
        tex_level=0,
        source={
            "torch": Phrase("torch.logsumexp({0}, dim=-1)"),
            "jax": Phrase("jax.nn.logsumexp({0}, axis=-1)"),
        },
    ),
    (Domain.REAL,),
    "Boyd and Vandenberghe, Convex Optimization, 3.1.5",
    lowering=_log_sum_exp,
)
