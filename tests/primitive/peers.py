"""What PyTorch calls each primitive, written from its documentation and not from our formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from whygrad.graph import Domain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.primitive.draw import Sample

torch = pytest.importorskip("torch", reason="PyTorch is the peer here; pip install whygrad[torch]")
F = torch.nn.functional
Tensor = Any

PEERS: dict[str, Callable[..., Tensor]] = {
    "add": torch.add,
    "subtract": torch.sub,
    "multiply": torch.mul,
    "divide": torch.div,
    "negate": torch.neg,
    "power": torch.pow,
    "exp": torch.exp,
    "expm1": torch.expm1,
    "log": torch.log,
    "log1p": torch.log1p,
    "sqrt": torch.sqrt,
    "absolute": torch.abs,
    "cos": torch.cos,
    "sin": torch.sin,
    "floor": torch.floor,
    "maximum": torch.maximum,
    "minimum": torch.minimum,
    "greater": torch.gt,
    "equal": torch.eq,
    "where": torch.where,
    "matmul": torch.matmul,
    "transpose": lambda x, order: x.permute(order),
    "reshape": lambda x, shape: x.reshape(shape),
    "concatenate": lambda *parts, axis: torch.cat(parts, dim=axis),
    "slice": lambda x, axis, start, stop: x.narrow(axis, start, stop - start),
    "gather": lambda x, index: x[index],
    "scatter": lambda x, index, rows: torch.zeros((rows, *x.shape[index.ndim :]), dtype=x.dtype).index_put(
        (index,), x, accumulate=True
    ),
    "spread": lambda x, shape, axes: x[
        tuple(None if axis in axes else slice(None) for axis in range(len(shape)))
    ].expand(shape),
    "fold": lambda x, axes: x.sum(dim=axes) if axes else x,
    "mean": lambda x, axes: x.mean(dim=axes) if axes else x,
    "largest": lambda x, axes: torch.amax(x, dim=axes) if axes else x,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": lambda x, slope: F.leaky_relu(x, negative_slope=slope),
    "elu": lambda x, alpha: F.elu(x, alpha=alpha),
    "softplus": F.softplus,  # becomes x above 20, which the samples do not reach
    "gelu": lambda x: F.gelu(x, approximate="tanh"),
    "silu": F.silu,
    "softmax": lambda x: torch.softmax(x, dim=-1),
    "log_sum_exp": lambda x: torch.logsumexp(x, dim=-1),
    "squared_error": lambda p, y: F.mse_loss(p, y, reduction="none"),
    "half_squared_error": lambda p, y: F.mse_loss(p, y, reduction="none") / 2,
    "absolute_error": lambda p, y: F.l1_loss(p, y, reduction="none"),
    "huber": lambda p, y, delta: F.huber_loss(p, y, reduction="none", delta=delta),
    # PyTorch's own has no gradient for the target, and this is its documented formula.
    "binary_cross_entropy": lambda p, y: -(y * torch.log(p) + (1 - y) * torch.log1p(-p)),
    "binary_cross_entropy_with_logits": lambda z, y: F.binary_cross_entropy_with_logits(z, y, reduction="none"),
    "cross_entropy_with_softmax": lambda z, y: -(torch.log_softmax(z, dim=-1) * y).sum(dim=-1),
}


def tensors(sample: Sample) -> list[Tensor]:
    """The sample's inputs as tensors that record their gradient where they have one."""
    return [
        torch.tensor(array, requires_grad=domain not in (Domain.CONDITION, Domain.INDEX))
        for array, domain in zip(sample.arrays, sample.domains, strict=True)
    ]


def pulled_back(output: Tensor, inputs: Sequence[Tensor], seed: Tensor, *, again: bool = False) -> list[Tensor]:
    """PyTorch's vector-Jacobian product, zero where PyTorch sees no way; `again` keeps it differentiable."""
    if not output.requires_grad:
        return [torch.zeros_like(x) for x in inputs]
    found = torch.autograd.grad(output, inputs, seed, create_graph=again, allow_unused=True)
    return [torch.zeros_like(x) if part is None else part for x, part in zip(inputs, found, strict=True)]
