"""PyTorch's opinion of a gradient: the records' formulas on its tensors, differentiated by its autograd.

The formulas are lowered to basic records, whose values name the array module as an argument; here it is one that
answers with PyTorch. No derivative rule of ours takes part.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from whygrad.errors.bridge import FrameworkMissing
from whygrad.errors.graph import MissingValue, NotScalar, ValueUnfit
from whygrad.graph import Apply, Constant, Input, State, lowered, topological

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from whygrad.graph import Basic, Expr

Tensor = Any
Dtype = type[np.floating[Any]]


def torch_is_loaded() -> bool:
    """Whether PyTorch has been imported in this process, so that asking it costs no time."""
    return sys.modules.get("torch") is not None


def gradient_by_torch(
    of: Expr, by: Sequence[Expr], values: Mapping[Expr, Any], dtype: Dtype = np.float64
) -> tuple[NDArray[Any], ...]:
    """The gradient of a number with respect to each of some nodes, in their shapes, as PyTorch's autograd has it.

    `of` has shape (); `values` has a value for every leaf below it and for every node of `by`: inputs, states or
    inner nodes, in their shapes. Arrays are computed in `dtype`, float64 or float32, single numbers in float64 until
    they are spread over an array. A node that `of` does not depend on has gradient zero.

    At kinks PyTorch takes what its documentation calls subgradients: absolute is flat at 0, maximum and minimum give
    each half, amax shares equally. These are the conventions of our records as well.

    Raises NotScalar (WG103), MissingValue (WG104), ValueUnfit (WG106), and FrameworkMissing (WG901) without PyTorch.
    https://pytorch.org/docs/stable/notes/autograd.html
    """
    if of.shape:
        raise NotScalar(of.shape)
    torch = imported()
    with torch.inference_mode(mode=False), torch.enable_grad():  # whatever the caller's own code has switched off
        known = {node: tensor(torch, fitting(node, value), dtype) for node, value in values.items()}
        for node in by:
            known[node] = fractional(required(node, known)).requires_grad_()
        number = computed(of, known, arrays(torch, dtype), lambda value: tensor(torch, value, dtype))
        found = differentiated(torch, number, [known[node] for node in by])
    return tuple(part.numpy() for part in found)


def imported() -> Any:
    """PyTorch itself; raises FrameworkMissing (WG901)."""
    try:
        import torch
    except ImportError as error:
        raise FrameworkMissing("a gradient by PyTorch", "torch", '"whygrad[torch]"') from error
    return torch


def fitting(node: Expr, value: Any) -> NDArray[Any]:
    """A value as an array in the shape of its node; raises ValueUnfit (WG106)."""
    array = np.asarray(value)
    if array.shape != node.shape:
        raise ValueUnfit(name_of(node), node.shape, array.shape)
    return array


def required(node: Expr, known: Mapping[Expr, Tensor]) -> Tensor:
    """The value of a node that must have been given; raises MissingValue (WG104)."""
    if node not in known:
        raise MissingValue(name_of(node), node.shape)
    return known[node]


def name_of(node: Expr) -> str:
    """What a message calls a node."""
    return node.name if isinstance(node, Input | State) else repr(node)


def tensor(torch: Any, value: Any, dtype: Dtype) -> Tensor:
    """A copy in PyTorch: arrays of fractions in `dtype`, single ones double, indices as PyTorch takes them."""
    array = np.asarray(value)
    kept = {"b": np.bool_, "i": np.int64, "u": np.int64}.get(array.dtype.kind, dtype if array.shape else np.float64)
    return torch.from_numpy(np.array(array, dtype=kept))


def fractional(value: Tensor) -> Tensor:
    """A value that can be moved by a little, which a whole number of PyTorch's cannot."""
    return value if value.is_floating_point() else value.double()


def computed(of: Expr, known: Mapping[Expr, Tensor], xp: Any, tensor: Callable[[Any], Tensor]) -> Tensor:
    """The value of an expression from those known, node by node. Raises MissingValue (WG104)."""
    low = lowered([of], known)[of]
    found = dict(known)
    for node in topological([low], known):
        if isinstance(node, Constant):
            found[node] = tensor(node.value)
        elif isinstance(node, Apply):
            primitive = cast("Basic", node.primitive)  # lowering has replaced all others
            found[node] = primitive.forward(xp, *(found[x] for x in node.arguments), **dict(node.attributes))
        else:
            required(node, known)
    return found[low]


def differentiated(torch: Any, number: Tensor, by: Sequence[Tensor]) -> Sequence[Tensor]:
    """What autograd finds, zeros where it sees no way."""
    if not number.requires_grad:
        return [torch.zeros_like(x) for x in by]
    return cast("Sequence[Tensor]", torch.autograd.grad(number, by, allow_unused=True, materialize_grads=True))


@dataclass(frozen=True, eq=False)
class Rows:
    """Nothing yet, to which rows are added at their numbers, without writing: `rows.at[index].add(x)`."""

    empty: Tensor
    index: Tensor = None

    @property
    def at(self) -> Rows:
        """Itself, waiting for an index."""
        return self

    def __getitem__(self, index: Tensor) -> Rows:
        return Rows(self.empty, index)

    def add(self, x: Tensor) -> Tensor:
        """The sum, where a row that is named twice gets both."""
        return self.empty.index_put((self.index,), x, accumulate=True)


SAME = (  # what PyTorch calls as NumPy does
    *("absolute", "add", "cos", "divide", "exp", "expm1", "floor", "greater", "log", "log1p", "matmul", "maximum"),
    *("minimum", "multiply", "negative", "reshape", "sin", "sqrt", "subtract", "tanh", "where"),
)


def arrays(torch: Any, dtype: Dtype) -> Any:
    """An array module for the values of basic records that answers with PyTorch."""
    fractions = {np.float32: torch.float32}.get(dtype, torch.float64)

    def spread(x: Tensor, shape: tuple[int, ...]) -> Tensor:
        return torch.broadcast_to(x.to(fractions) if x.is_floating_point() else x, shape)

    return SimpleNamespace(
        **{name: getattr(torch, name) for name in SAME},
        broadcast_to=spread,
        concatenate=lambda parts, axis: torch.cat(parts, dim=axis),
        equal=torch.eq,
        max=lambda x, axis: torch.amax(x, dim=axis) if axis else x,
        power=torch.pow,
        sum=lambda x, axis: torch.sum(x, dim=axis) if axis else x,
        transpose=lambda x, order: x.permute(order),
        zeros=lambda shape, dtype: Rows(torch.zeros(shape, dtype=dtype, device="cpu")),
    )
