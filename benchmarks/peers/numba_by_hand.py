"""Numba written by hand for exactly these works, with every freedom of rounding."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import sqrt
from typing import TYPE_CHECKING, Any, TypeVar

import numba
import numpy as np

from benchmarks.task import flat_of

if TYPE_CHECKING:
    from benchmarks.task import Fresh, Task

Made = TypeVar("Made", bound=Callable[..., Any])
ZERO, ONE = np.float32(0), np.float32(1)
BETA1, BETA2, EPSILON = np.float32(0.9), np.float32(0.999), np.float32(1e-8)
REST1, REST2 = np.float32(0.1), np.float32(0.001)  # 1 - 0.999 has few digits left in single precision


def jit(function: Made) -> Made:
    """A function as machine code."""
    made: Made = numba.njit(function, fastmath=True, error_model="numpy")
    return made


def ready(task: Task) -> Fresh:
    """A training, compiled."""
    fresh = partial(batches_of if task.classes else rows_of, task)
    fresh()()
    return fresh


def rows_of(task: Task) -> Callable[[], list[float]]:
    """A training, one update per row, from the first weights."""
    weights, biases, last, last_bias = (each.copy() for each in task.weights)
    losses = np.empty(task.epochs)
    given = (weights, biases, last[:, 0].copy(), float(last_bias[0]), losses)
    return partial(told, partial(row_by_row, task.x, task.y[:, 0].copy(), task.rate, *given), losses)


def batches_of(task: Task) -> Callable[[], list[float]]:
    """A training in batches from the first weights."""
    flat, parts = flat_of(task)
    slopes, slope_parts = flat_of(task)
    losses = np.empty(task.epochs)
    outs, backs = (tuple(np.empty((task.size, units), flat.dtype) for units in task.sizes[1:]) for _ in range(2))
    layers = (tuple(parts[::2]), tuple(parts[1::2]), tuple(slope_parts[::2]), tuple(slope_parts[1::2]), outs, backs)
    memory = (flat, slopes, np.zeros_like(flat), np.zeros_like(flat))
    return partial(told, partial(in_batches, task.x, task.labels, layers, memory, task.size, task.rate, losses), losses)


def told(call: Callable[[], object], losses: Any) -> list[float]:
    """The losses that a call writes."""
    call()
    found: list[float] = losses.tolist()
    return found


@jit
def row_by_row(
    x: Any, y: Any, rate: float, weights: Any, biases: Any, last: Any, last_bias: float, losses: Any
) -> None:
    """All epochs of a network with one hidden layer and one output."""
    outs = np.empty(len(biases))
    for epoch in range(len(losses)):
        total = 0.0
        for row in range(len(x)):
            said = last_bias
            for j in range(len(biases)):
                net = biases[j]
                for i in range(x.shape[1]):
                    net += x[row, i] * weights[i, j]
                outs[j] = max(net, 0.0)
                said += outs[j] * last[j]
            error = said - y[row]
            total += error * error
            step = rate * 2.0 * error
            for j in range(len(biases)):
                back = step * last[j] if outs[j] > 0.0 else 0.0
                last[j] -= step * outs[j]
                biases[j] -= back
                for i in range(x.shape[1]):
                    weights[i, j] -= back * x[row, i]
            last_bias -= step
        losses[epoch] = total


@jit
def in_batches(x: Any, labels: Any, layers: Any, memory: Any, size: int, rate: float, losses: Any) -> None:
    """All epochs of layers of ReLU with softmax and cross-entropy at the end, by Adam."""
    made = 0
    for epoch in range(len(losses)):
        total = 0.0
        for start in range(0, len(x), size):
            given = x[start : start + size]
            total += forward(given, labels[start : start + size], layers)
            backward(given, layers)
            made += 1
            step, root = rate / (1.0 - 0.9**made), 1.0 / sqrt(1.0 - 0.999**made)
            adam(memory, np.float32(step), np.float32(root))
        losses[epoch] = total / len(x)


@jit
def forward(given: Any, labels: Any, layers: Any) -> float:
    """The sum of the losses of a batch; what each layer gives, and the adjoint of the last, are left in arrays."""
    weights, biases, _, _, outs, backs = layers
    n, top = len(given), len(weights) - 1
    np.dot(given, weights[0], outs[0][:n])
    for layer in range(top):
        out, bias = outs[layer][:n], biases[layer]
        for r in range(n):
            for j in range(out.shape[1]):
                out[r, j] = max(out[r, j] + bias[j], ZERO)
        np.dot(out, weights[layer + 1], outs[layer + 1][:n])
    return softmax_and_loss(outs[top][:n], biases[top], labels, backs[top][:n])


@jit
def softmax_and_loss(said: Any, bias: Any, labels: Any, back: Any) -> float:
    """The sum of the losses; `back` becomes the adjoint."""
    total = 0.0
    for r in range(len(said)):
        largest = said[r, 0] + bias[0]
        for j in range(said.shape[1]):
            said[r, j] += bias[j]
            largest = max(largest, said[r, j])
        whole = ZERO
        for j in range(said.shape[1]):
            back[r, j] = np.exp(said[r, j] - largest)
            whole += back[r, j]
        total += np.log(whole) - (said[r, labels[r]] - largest)
        share = ONE / (whole * np.float32(len(said)))
        for j in range(said.shape[1]):
            back[r, j] *= share
        back[r, labels[r]] -= ONE / np.float32(len(said))
    return total


@jit
def backward(given: Any, layers: Any) -> None:
    """The gradients of all weights."""
    weights, _, weight_slopes, bias_slopes, outs, backs = layers
    n = len(given)
    for layer in range(len(weights) - 1, 0, -1):
        d, before, below = backs[layer][:n], outs[layer - 1][:n], backs[layer - 1][:n]
        add_rows(d, bias_slopes[layer])
        np.dot(before.T, d, weight_slopes[layer])
        np.dot(d, weights[layer].T, below)
        for r in range(n):
            for j in range(below.shape[1]):
                below[r, j] = below[r, j] if before[r, j] > ZERO else ZERO
    add_rows(backs[0][:n], bias_slopes[0])
    np.dot(given.T, backs[0][:n], weight_slopes[0])


@jit
def add_rows(d: Any, slope: Any) -> None:
    """The gradient of a bias."""
    slope[:] = ZERO
    for r in range(len(d)):
        for j in range(d.shape[1]):
            slope[j] += d[r, j]


@jit
def adam(memory: Any, step: Any, root: Any) -> None:
    """One pass over all weights."""
    flat, slopes, first, second = memory
    for j in range(len(flat)):
        first[j] = BETA1 * first[j] + REST1 * slopes[j]
        second[j] = BETA2 * second[j] + REST2 * slopes[j] * slopes[j]
        flat[j] -= step * first[j] / (np.sqrt(second[j]) * root + EPSILON)
