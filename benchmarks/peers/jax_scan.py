"""JAX as fast as it goes: the whole training is one jitted function, in which scans go through epochs and batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.task import BETA1, BETA2, EPSILON

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.task import Fresh, Task


def ready(task: Task) -> Fresh:
    """A training that is compiled."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)  # noqa: FBT003 (JAX calls it so)
    x, y = jnp.asarray(task.x), jnp.asarray(task.labels if task.classes else task.y)
    weights = [jnp.asarray(each) for each in task.weights]
    memory = [jnp.zeros_like(each) for each in weights]
    start = (weights, memory, memory, 0)
    program = jax.jit(lambda start, x, y: training(jax, jnp, task, start, x, y)).lower(start, x, y).compile()

    def fresh() -> Callable[[], list[float]]:
        return lambda: [float(each) for each in program(start, x, y)]

    return fresh


def training(jax: Any, jnp: Any, task: Task, start: Any, x: Any, y: Any) -> Any:
    """The loss of every epoch."""
    whole = len(task.x) // task.size
    cut = whole * task.size
    full = tuple(each[:cut].reshape(whole, task.size, *each.shape[1:]) for each in (x, y))
    share = task.size / len(task.x) if task.classes else 1.0

    def update(state: Any, batch: Any) -> Any:
        weights, first, second, made = state
        loss, slopes = jax.value_and_grad(lambda given: loss_of(jax, jnp, task, given, *batch))(weights)
        if not task.classes:
            return ([w - task.rate * g for w, g in zip(weights, slopes, strict=True)], first, second, made), loss
        return adam(jnp, task.rate, weights, slopes, first, second, made + 1), loss

    def epoch(state: Any, _: Any) -> Any:
        state, losses = jax.lax.scan(update, state, full)
        total = share * losses.sum()
        if cut < len(task.x):
            state, last = update(state, (x[cut:], y[cut:]))
            total += last * (1 - share * whole)
        return state, total

    return jax.lax.scan(epoch, start, None, length=task.epochs)[1]


def loss_of(jax: Any, jnp: Any, task: Task, weights: Any, x: Any, y: Any) -> Any:
    """The loss of one batch."""
    *before, last, last_bias = weights
    for place in range(0, len(before), 2):
        x = jax.nn.relu(x @ before[place] + before[place + 1])
    net = x @ last + last_bias
    if not task.classes:
        return ((net - y) ** 2).sum()
    return -jnp.take_along_axis(jax.nn.log_softmax(net), y[:, None], axis=1).mean()


def adam(jnp: Any, rate: float, weights: Any, slopes: Any, first: Any, second: Any, made: Any) -> Any:
    """The states after an update."""
    first = [BETA1 * m + (1 - BETA1) * g for m, g in zip(first, slopes, strict=True)]
    second = [BETA2 * v + (1 - BETA2) * g * g for v, g in zip(second, slopes, strict=True)]
    size, root = rate / (1 - BETA1**made), jnp.sqrt(1 - BETA2**made)
    moved = zip(weights, first, second, strict=True)
    dtype = weights[0].dtype
    after = [w - size.astype(dtype) * m / (jnp.sqrt(v) / root.astype(dtype) + EPSILON) for w, m, v in moved]
    return after, first, second, made
