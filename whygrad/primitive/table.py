"""The table of primitives: every operation there is, written out so that nothing registers itself unseen."""

from whygrad.graph.primitive import Primitive
from whygrad.primitive import activation, arithmetic, compare, indexing, linear, loss, mover, reduction

PRIMITIVES: tuple[Primitive, ...] = (
    *(arithmetic.add, arithmetic.subtract, arithmetic.multiply, arithmetic.divide, arithmetic.negate),
    *(arithmetic.power, arithmetic.exp, arithmetic.expm1, arithmetic.log, arithmetic.log1p, arithmetic.sqrt),
    *(arithmetic.absolute, arithmetic.cos, arithmetic.sin, arithmetic.floor, arithmetic.maximum, arithmetic.minimum),
    *(compare.greater, compare.equal, compare.where),
    *(linear.matmul, mover.transpose, mover.reshape, mover.concatenate, mover.section),
    *(indexing.gather, indexing.scatter),
    *(reduction.spread, reduction.fold, reduction.mean, reduction.largest),
    *(activation.sigmoid, activation.tanh, activation.relu, activation.leaky_relu, activation.elu),
    *(activation.softplus, activation.gelu, activation.silu, activation.softmax, activation.log_sum_exp),
    *(loss.squared_error, loss.half_squared_error, loss.absolute_error, loss.huber, loss.binary_cross_entropy),
    *(loss.binary_cross_entropy_with_logits, loss.cross_entropy_with_softmax),
)
BY_NAME: dict[str, Primitive] = {primitive.name: primitive for primitive in PRIMITIVES}
