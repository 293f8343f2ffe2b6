"""Optimizers: what a gradient does to a parameter, and what is remembered for the next time.

Each rule maps (parameter, gradient, rate, count, memory) to what the parameter and the memory become. `rate` and
`count` (1 for the first update) are single numbers, and all that is made of them alone stays one until it meets an
array: in float32, 1 - 0.999 ** count would otherwise lose half of its digits. Memory starts at zeros.

In the formulas w is the parameter, g its gradient, r the rate, t the count; <- gives the memory its new value. Where
PyTorch and a paper differ, the rule is PyTorch's and says how. Values by default stand in the experiment's records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from whygrad.primitive.arithmetic import sqrt

if TYPE_CHECKING:
    from collections.abc import Callable

    from whygrad.graph.expr import Expr

    Memory = tuple[Expr, ...]


class Updated(NamedTuple):
    """What an update makes of a parameter and of what is remembered about it."""

    parameter: Expr
    memory: Memory


@dataclass(frozen=True)
class Rule:
    """An optimizer: what it remembers per parameter, its update, where it was published, and what PyTorch calls it."""

    name: str
    memory: tuple[str, ...]
    update: Callable[..., Updated]
    source: str
    torch: str


def decoupled_decay(parameter: Expr, rate: Expr, strength: float) -> Expr:
    """The parameter shrunk towards zero apart from any gradient, before its update: w (1 - r strength).

    Loshchilov and Hutter 2019, Decoupled Weight Decay Regularization, algorithm 2, line 12, with the rate inside as
    PyTorch has it: the paper multiplies by the schedule's factor alone, not by the base rate.
    """
    return parameter * (1.0 - rate * strength)


def sgd(parameter: Expr, gradient: Expr, rate: Expr, count: Expr, memory: Memory) -> Updated:
    """Gradient descent: w - r g.

    Rumelhart, Hinton and Williams 1986, eq. 8; with the rows of a batch instead of all, Robbins and Monro 1951.
    """
    return Updated(parameter - rate * gradient, ())


def momentum(parameter: Expr, gradient: Expr, rate: Expr, count: Expr, memory: Memory, *, momentum: float) -> Updated:
    """Gradient descent with a velocity: v <- momentum v + g; w - r v.

    Polyak 1964; Rumelhart, Hinton and Williams 1986, eq. 9. Papers keep the rate inside the velocity (v <- momentum v
    - r g; w + v). At a constant rate that is the same; under a schedule the rate here scales the whole velocity, past
    gradients included, as in PyTorch.
    """
    velocity = momentum * memory[0] + gradient
    return Updated(parameter - rate * velocity, (velocity,))


def nesterov(parameter: Expr, gradient: Expr, rate: Expr, count: Expr, memory: Memory, *, momentum: float) -> Updated:
    """Momentum that looks ahead: v <- momentum v + g; w - r (g + momentum v).

    Nesterov 1983; Sutskever et al. 2013, eq. 3 and 4, which take the gradient at w + momentum v. Here w is that point
    ahead (Bengio, Boulanger-Lewandowski and Pascanu 2013), so the gradient is taken where the parameter is; as
    with momentum, a schedule scales the whole velocity, as in PyTorch.
    """
    velocity = momentum * memory[0] + gradient
    return Updated(parameter - rate * (gradient + momentum * velocity), (velocity,))


def adagrad(parameter: Expr, gradient: Expr, rate: Expr, count: Expr, memory: Memory, *, epsilon: float) -> Updated:
    """Each element's step shrinks with its own past gradients: s <- s + g^2; w - r g / (sqrt(s) + epsilon).

    Duchi, Hazan and Singer 2011, Adaptive Subgradient Methods, figure 1, whose delta is epsilon and whose s is the
    root; many textbooks put epsilon under the root.
    """
    squares = memory[0] + gradient * gradient
    return Updated(parameter - rate * gradient / (sqrt(squares) + epsilon), (squares,))


def rmsprop(
    parameter: Expr,
    gradient: Expr,
    rate: Expr,
    count: Expr,
    memory: Memory,
    *,
    decay: float,
    epsilon: float,
) -> Updated:
    """AdaGrad that forgets: s <- decay s + (1 - decay) g^2; w - r g / (sqrt(s) + epsilon).

    Tieleman and Hinton 2012, Neural Networks for Machine Learning, lecture 6e, with decay 0.9 and no epsilon.
    Textbooks put epsilon under the root (Goodfellow, Bengio and Courville, Deep Learning, algorithm 8.5); PyTorch
    adds it outside.
    """
    squares = decay * memory[0] + (1.0 - decay) * (gradient * gradient)
    return Updated(parameter - rate * gradient / (sqrt(squares) + epsilon), (squares,))


def adam(
    parameter: Expr,
    gradient: Expr,
    rate: Expr,
    count: Expr,
    memory: Memory,
    *,
    beta1: float,
    beta2: float,
    epsilon: float,
) -> Updated:
    """Running means of g and g^2, corrected for their start at zero: w - r m' / (sqrt(v') + epsilon).

    m <- beta1 m + (1 - beta1) g, m' = m / (1 - beta1^t); v <- beta2 v + (1 - beta2) g^2, v' = v / (1 - beta2^t).
    Kingma and Ba 2015, algorithm 1, as in PyTorch. The faster form at the end of their section 2 is another rule: its
    epsilon stands beside sqrt(v) before the correction.
    """
    first = beta1 * memory[0] + (1.0 - beta1) * gradient
    second = beta2 * memory[1] + (1.0 - beta2) * (gradient * gradient)
    corrected_first = first / (1.0 - beta1**count)
    corrected_second = second / (1.0 - beta2**count)
    return Updated(parameter - rate * corrected_first / (sqrt(corrected_second) + epsilon), (first, second))


def adamw(
    parameter: Expr,
    gradient: Expr,
    rate: Expr,
    count: Expr,
    memory: Memory,
    *,
    beta1: float,
    beta2: float,
    epsilon: float,
    weight_decay: float,
) -> Updated:
    """Adam after a decoupled weight decay: w <- w (1 - r weight_decay), then Adam's update.

    Loshchilov and Hutter 2019, algorithm 2, with the rate inside the decay as in PyTorch.
    """
    decayed = decoupled_decay(parameter, rate, weight_decay)
    return adam(decayed, gradient, rate, count, memory, beta1=beta1, beta2=beta2, epsilon=epsilon)


RULES = (
    Rule("sgd", (), sgd, "Rumelhart, Hinton and Williams 1986, eq. 8", "SGD(parameters, lr=learning_rate)"),
    Rule(
        "momentum",
        ("velocity",),
        momentum,
        "Polyak 1964; Rumelhart, Hinton and Williams 1986, eq. 9",
        "SGD(parameters, lr=learning_rate, momentum={momentum})",
    ),
    Rule(
        "nesterov",
        ("velocity",),
        nesterov,
        "Nesterov 1983; Sutskever et al. 2013, eq. 3 and 4",
        "SGD(parameters, lr=learning_rate, momentum={momentum}, nesterov=True)",
    ),
    Rule(
        "adagrad",
        ("sum_of_squares",),
        adagrad,
        "Duchi, Hazan and Singer 2011, figure 1",
        "Adagrad(parameters, lr=learning_rate, eps={epsilon})",
    ),
    Rule(
        "rmsprop",
        ("mean_of_squares",),
        rmsprop,
        "Tieleman and Hinton 2012, lecture 6e",
        "RMSprop(parameters, lr=learning_rate, alpha={decay}, eps={epsilon})",
    ),
    Rule(
        "adam",
        ("first_moment", "second_moment"),
        adam,
        "Kingma and Ba 2015, algorithm 1",
        "Adam(parameters, lr=learning_rate, betas=({beta1}, {beta2}), eps={epsilon})",
    ),
    Rule(
        "adamw",
        ("first_moment", "second_moment"),
        adamw,
        "Loshchilov and Hutter 2019, algorithm 2",
        "AdamW(parameters, lr=learning_rate, betas=({beta1}, {beta2}), eps={epsilon}, weight_decay={weight_decay})",
    ),
)
OPTIMIZERS: dict[str, Rule] = {rule.name: rule for rule in RULES}
