"""Losses: how wrong a prediction is, element by element or row by row; sum or mean is a choice of its own.

Each takes the prediction first and the target second, and has a gradient with respect to both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.errors.graph import ShapeMismatch
from whygrad.graph.primitive import Composite, Domain, Kind, Notation, Phrase, called, function_mathml
from whygrad.primitive.activation import log_sum_exp, shifted, sigmoid, softmax
from whygrad.primitive.arithmetic import absolute, exp, log, log1p
from whygrad.primitive.compare import greater, where
from whygrad.primitive.declare import TWO_REALS, elementwise_composite
from whygrad.primitive.reduction import back_over, every_axis, fold, last_axis, mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.graph.expr import Expr, Shape
    from whygrad.graph.primitive import Adjoints


def summed(x: Expr) -> Expr:
    """The sum over every element, shape ()."""
    return fold(x, axes=every_axis(x)) if x.shape else x


def averaged(x: Expr) -> Expr:
    """The mean over every element, shape ()."""
    return mean(x, axes=every_axis(x)) if x.shape else x


def _both_ways(towards_prediction: Expr) -> Adjoints:
    return towards_prediction, -towards_prediction


def _absolute_error_vjp(adjoint: Expr, output: Expr, p: Expr, y: Expr) -> Adjoints:
    return _both_ways(where(greater(p, y), adjoint, where(greater(y, p), -adjoint, 0.0)))


def _huber(p: Expr, y: Expr, *, delta: float) -> Expr:
    size = absolute(p - y)
    return where(greater(size, delta), delta * (size - 0.5 * delta), 0.5 * size * size)


def _huber_vjp(adjoint: Expr, output: Expr, p: Expr, y: Expr, *, delta: float) -> Adjoints:
    error = p - y
    clipped = where(greater(error, delta), delta, where(greater(-delta, error), -delta, error))
    return _both_ways(adjoint * clipped)


def _binary_cross_entropy_vjp(adjoint: Expr, output: Expr, p: Expr, y: Expr) -> Adjoints:
    return adjoint * ((p - y) / (p * (1.0 - p))), adjoint * (log(1.0 - p) - log(p))


def _with_logits(z: Expr, y: Expr) -> Expr:
    positive = greater(z, 0.0)
    return where(positive, z, 0.0) - z * y + log1p(exp(where(positive, -z, z)))


def _row_loss_shape(operation: str, z: Shape, y: Shape) -> Shape:
    if z != y or not z:
        raise ShapeMismatch(operation, (z, y), f"the target has one row per prediction, so {z}", likely=1)
    return z[:-1]


def _cross_entropy(z: Expr, y: Expr) -> Expr:
    s = shifted(z)
    return log(fold(exp(s), axes=last_axis(z))) - fold(s * y, axes=last_axis(z))


def _cross_entropy_vjp(adjoint: Expr, output: Expr, z: Expr, y: Expr) -> Adjoints:
    rows = back_over(adjoint, z, last_axis(z))
    return rows * (softmax(z) - y), rows * (back_over(log_sum_exp(z), z, last_axis(z)) - z)


def cross_entropy_of(predictions: Sequence[Expr], targets: Sequence[Expr]) -> Expr:
    """The cross-entropy of one row by its definition, - sum y ln p, from single numbers, shape () each.

    What is learned is `cross_entropy_with_softmax`, which is worth the same and stable.
    """
    terms = [y * log(p) for p, y in zip(predictions, targets, strict=True)]
    return -sum(terms[1:], terms[0])


squared_error: Composite = elementwise_composite(
    "squared_error",
    lambda p, y: (p - y) * (p - y),
    lambda adjoint, output, p, y: _both_ways(adjoint * (2.0 * (p - y))),
    called("squared_error", r"\operatorname{{SE}}", "SE", 2),
    domain=TWO_REALS,
)
half_squared_error: Composite = elementwise_composite(
    "half_squared_error",
    lambda p, y: 0.5 * ((p - y) * (p - y)),
    lambda adjoint, output, p, y: _both_ways(adjoint * (p - y)),
    Notation(
        "half_squared_error({0}, {1})",
        r"\tfrac{{1}}{{2}}\operatorname{{SE}}\left({0}, {1}\right)",
        function_mathml("<mrow><mfrac><mn>1</mn><mn>2</mn></mfrac><mi>SE</mi></mrow>", "{0}<mo>,</mo>{1}"),
        9,
        (0, 0),
        tex_level=2,
    ),
    domain=TWO_REALS,
    source="Rumelhart, Hinton and Williams 1986, eq. 3",
)
absolute_error: Composite = elementwise_composite(
    "absolute_error",
    lambda p, y: absolute(p - y),
    _absolute_error_vjp,
    called("absolute_error", r"\operatorname{{AE}}", "AE", 2),
    domain=TWO_REALS,
    kink="where prediction and target are equal the gradient is 0",
)
huber: Composite = elementwise_composite(
    "huber",
    _huber,
    _huber_vjp,
    called(
        "huber",
        r"\operatorname{{Huber}}",
        "Huber",
        2,
        attributes=("delta",),
        source={"torch": Phrase('F.huber_loss({0}, {1}, reduction="none", delta={delta})')},
    ),
    domain=TWO_REALS,
    kink="none in the first derivative; the second jumps at an error of delta",
    source="Huber 1964, Robust Estimation of a Location Parameter",
)
binary_cross_entropy: Composite = elementwise_composite(
    "binary_cross_entropy",
    lambda p, y: -(y * log(p) + (1.0 - y) * log(1.0 - p)),
    _binary_cross_entropy_vjp,
    called("binary_cross_entropy", r"\operatorname{{BCE}}", "BCE", 2),
    domain=(Domain.FRACTION, Domain.FRACTION),
    source="Bishop, Pattern Recognition and Machine Learning, eq. 5.21",
)
binary_cross_entropy_with_logits: Composite = elementwise_composite(
    "binary_cross_entropy_with_logits",
    _with_logits,
    lambda adjoint, output, z, y: (adjoint * (sigmoid(z) - y), -(adjoint * z)),
    called(
        "binary_cross_entropy_with_logits",
        r"\operatorname{{BCE}}_{{\sigma}}",
        "<msub><mi>BCE</mi><mi>σ</mi></msub>",
        2,
        source={
            "torch": Phrase('F.binary_cross_entropy_with_logits({0}, {1}, reduction="none")'),
            # Not the lowering: JAX would differentiate its two kinks at 0, which cancel, as if each were flat.
            "jax": Phrase("jnp.logaddexp(0, {0}) - {0} * {1}", 1, (3, 3)),
        },
    ),
    domain=(Domain.REAL, Domain.FRACTION),
    source="Bishop, Pattern Recognition and Machine Learning, eq. 5.21 after a sigmoid",
)
cross_entropy_with_softmax: Composite = Composite(
    "cross_entropy_with_softmax",
    2,
    Kind.ROW,
    lambda z, y: _row_loss_shape("cross_entropy_with_softmax", z, y),
    _cross_entropy_vjp,
    called(
        "cross_entropy_with_softmax",
        r"\operatorname{{CE}}_{{\mathrm{{softmax}}}}",
        "<msub><mi>CE</mi><mi>softmax</mi></msub>",
        2,
        source={
            "torch": Phrase('F.cross_entropy({0}, {1}, reduction="none")'),
            "jax": Phrase("-jnp.sum({1} * jax.nn.log_softmax({0}), axis=-1)", 3, (0, 3)),
        },
    ),
    (Domain.REAL, Domain.DISTRIBUTION),
    "Bishop, Pattern Recognition and Machine Learning, eq. 4.108 and 4.109; holds for targets that sum to 1",
    lowering=_cross_entropy,
)
