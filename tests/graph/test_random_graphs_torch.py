"""Values and gradients of graphs of random structure, kinks and all, against PyTorch."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.graph.recipe import VALUED, built, followed, leaf_values, recipe
from tests.primitive.measure import assert_close, computed
from tests.primitive.peers import PEERS, pulled_back, torch
from whygrad.graph import Expr, gradient
from whygrad.primitive import summed


@given(seed=st.integers(0, 2**32 - 1), length=st.integers(1, 12))
def test_value_and_two_gradients_equal_those_of_pytorch(seed: int, length: int) -> None:
    plan, numbers = recipe(seed, length, VALUED), leaf_values(seed)
    leaves, root = built(plan)
    first = gradient(root, leaves)
    total = sum(map(squares, first), start=squares(root))
    second = gradient(total, leaves)
    ours = computed([root, *first, *second], dict(zip(leaves, numbers, strict=True)))

    one, half = (torch.tensor(number, dtype=torch.float64) for number in (1.0, 0.5))
    tensors = [torch.tensor(number, requires_grad=True) for number in numbers]
    output = followed(plan, tensors, half, PEERS)[-1]
    slopes = pulled_back(output, tensors, one, again=True)
    energy = sum(((slope * slope).sum() for slope in slopes), start=output * output)
    theirs = [output, *slopes, *pulled_back(energy, tensors, one)]
    assert_close(ours, [x.numpy(force=True) for x in theirs], relative=1e-10, absolute=1e-10)


def squares(node: Expr) -> Expr:
    return summed(node * node)
