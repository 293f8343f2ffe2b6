"""The mathematics: one record per operation, one file per family; the only place where a formula is written."""

from whygrad.graph.gradient import gradient
from whygrad.graph.operators import OPERATORS
from whygrad.primitive.activation import (
    elu,
    gelu,
    leaky_relu,
    log_sum_exp,
    relu,
    sigmoid,
    silu,
    softmax,
    softplus,
    tanh,
)
from whygrad.primitive.arithmetic import (
    absolute,
    add,
    cos,
    divide,
    exp,
    floor,
    log,
    log1p,
    maximum,
    minimum,
    multiply,
    negate,
    power,
    sin,
    sqrt,
    subtract,
)
from whygrad.primitive.compare import equal, greater, where
from whygrad.primitive.indexing import gather, scatter
from whygrad.primitive.linear import matmul
from whygrad.primitive.loss import (
    absolute_error,
    averaged,
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    cross_entropy_with_softmax,
    half_squared_error,
    huber,
    squared_error,
    summed,
)
from whygrad.primitive.mover import concatenate, reshape, section, transpose, transposed
from whygrad.primitive.reduction import fold, largest, mean, spread
from whygrad.primitive.table import BY_NAME, PRIMITIVES

OPERATORS.bind(BY_NAME)

__all__ = [
    "BY_NAME",
    "PRIMITIVES",
    "absolute",
    "absolute_error",
    "add",
    "averaged",
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "concatenate",
    "cos",
    "cross_entropy_with_softmax",
    "divide",
    "elu",
    "equal",
    "exp",
    "floor",
    "fold",
    "gather",
    "gelu",
    "gradient",
    "greater",
    "half_squared_error",
    "huber",
    "largest",
    "leaky_relu",
    "log",
    "log1p",
    "log_sum_exp",
    "matmul",
    "maximum",
    "mean",
    "minimum",
    "multiply",
    "negate",
    "power",
    "relu",
    "reshape",
    "scatter",
    "section",
    "sigmoid",
    "silu",
    "sin",
    "softmax",
    "softplus",
    "spread",
    "sqrt",
    "squared_error",
    "subtract",
    "summed",
    "tanh",
    "transpose",
    "transposed",
    "where",
]
