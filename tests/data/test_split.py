from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.data.asked import training
from whygrad.data import batches, prepare, row_order
from whygrad.data.split import split_rows
from whygrad.errors.data import DataError
from whygrad.spec import BatchSize, Data, Order, Split

shares = st.tuples(st.floats(0, 0.45), st.floats(0, 0.45))
class_sizes = st.lists(st.integers(1, 40), min_size=1, max_size=5)


def groups_of(sizes: list[int]) -> np.ndarray:
    return np.random.default_rng(0).permutation(np.repeat(np.arange(len(sizes)), sizes))


@given(class_sizes, shares, st.integers(0, 2**32), st.sampled_from(["stratified", "plain"]))
def test_the_parts_are_all_rows_and_none_twice(
    sizes: list[int], wanted: tuple[float, float], seed: int, way: str
) -> None:
    split = Split(validation=wanted[0], test=wanted[1])
    groups = groups_of(sizes) if way == "stratified" else None
    parts = split_rows(sum(sizes), split, seed=seed, groups=groups)
    for part in (parts.training, parts.validation, parts.test):
        assert (np.diff(part) > 0).all()
    together = np.concatenate([parts.training, parts.validation, parts.test])
    assert sorted(together.tolist()) == list(range(sum(sizes)))


@given(st.integers(1, 200), shares, st.integers(0, 99))
def test_sizes_are_the_shares_rounded(rows: int, wanted: tuple[float, float], seed: int) -> None:
    parts = split_rows(rows, Split(validation=wanted[0], test=wanted[1]), seed=seed, groups=np.zeros(rows, dtype=int))
    if len(parts.training) > 1:
        assert len(parts.validation) == np.floor(wanted[0] * rows + 0.5)
        assert len(parts.test) == np.floor(wanted[1] * rows + 0.5)


@given(class_sizes, shares, st.integers(0, 99))
def test_each_class_gives_its_share_to_within_a_row_and_keeps_one(
    sizes: list[int], wanted: tuple[float, float], seed: int
) -> None:
    groups = groups_of(sizes)
    parts = split_rows(len(groups), Split(validation=wanted[0], test=wanted[1]), seed=seed, groups=groups)
    for group, size in enumerate(sizes):
        kept, watched, held = (int((groups[part] == group).sum()) for part in vars(parts).values())
        assert kept >= 1
        assert watched < size * wanted[0] + 1
        assert held < size * wanted[1] + 1
        if kept > 1:
            assert watched > size * wanted[0] - 1
            assert held > size * wanted[1] - 1


def test_the_seed_alone_decides() -> None:
    halves = Split(test=0.5)
    first = split_rows(50, halves, seed=1)
    assert np.array_equal(first.test, split_rows(50, halves, seed=1).test)
    assert not np.array_equal(first.test, split_rows(50, halves, seed=2).test)
    own = Split(test=0.5, seed=1)
    assert np.array_equal(first.test, split_rows(50, own, seed=2).test)


@pytest.mark.parametrize(
    ("split", "text"),
    [
        (
            Split(validation=0.1),
            (
                "WG313 data.columns: the split leaves the validation part without rows\n"
                "  why: 4 rows, validation 0.1, test 0\n"
                "  try: change training.split, or give more rows"
            ),
        ),
        (
            Split(validation=0.5, test=0.5),
            (
                "WG313 data.columns: the split leaves the training part without rows\n"
                "  why: 4 rows, validation 0.5, test 0.5\n"
                "  try: change training.split, or give more rows"
            ),
        ),
    ],
)
def test_a_part_without_rows_is_refused(split: Split, text: str) -> None:
    data = Data(columns={"x": (1, 2, 3, 4), "y": (1, 2, 3, 4)}, target="y")
    with pytest.raises(DataError) as caught:
        prepare(data, training(validation=split.validation, test=split.test))
    assert str(caught.value) == text


def test_a_class_too_small_for_every_part_is_said() -> None:
    data = Data(columns={"x": tuple(range(21)), "y": ("a",) * 10 + ("b",) * 10 + ("c",)}, target="y")
    prepared = prepare(data, training("cross-entropy", test=0.2))
    assert prepared.source == (
        "data.columns: 21 rows; split into 17 training, 4 test; class c has no row in the test part"
    )


@given(
    st.integers(0, 60),
    st.sampled_from(["in order", "shuffled"]),
    st.sampled_from(["per row", "all"]) | st.integers(1, 70),
    st.integers(0, 5),
)
def test_batches_visit_each_row_once(rows: int, order: Order, size: BatchSize, epoch: int) -> None:
    slices = list(batches(row_order(rows, order, seed=3, epoch=epoch), size))
    visited = [row for rows_of_batch in slices for row in rows_of_batch.tolist()]
    assert sorted(visited) == list(range(rows))
    assert order == "shuffled" or visited == list(range(rows))
    full = {"per row": 1, "all": rows}[size] if isinstance(size, str) else size
    assert all(len(part) == full for part in slices[:-1])
    assert all(0 < len(part) <= full for part in slices)


def test_epochs_and_seeds_shuffle_differently_and_again_the_same() -> None:
    first = row_order(50, "shuffled", seed=0, epoch=0)
    assert np.array_equal(first, row_order(50, "shuffled", seed=0, epoch=0))
    assert not np.array_equal(first, row_order(50, "shuffled", seed=0, epoch=1))
    assert not np.array_equal(first, row_order(50, "shuffled", seed=1, epoch=0))
