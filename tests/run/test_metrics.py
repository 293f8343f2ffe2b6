"""Metrics are what scikit-learn says, and what one can count by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from whygrad.dataset import ClassTarget, NumberTarget
from whygrad.run import confusion_matrix, metrics

TWO = ClassTarget("ill", ("no", "yes"), one_hot=False)
THREE = ClassTarget("kind", ("a", "b", "c"), one_hot=True)
NUMBER = NumberTarget(("y",), (0.0,), (1.0,))
LABELS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=30)
PAIRS = st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=2, max_size=30)


def column(values: Any) -> NDArray[np.float64]:
    return np.array(values, dtype=np.float64)[:, None]


def one_hot(classes: Any) -> NDArray[np.float64]:
    return np.asarray(np.eye(3)[np.asarray(classes)])


def test_two_classes_by_hand() -> None:
    """Of four ill, three are found; of five that are called ill, two are not."""
    true = column([1, 1, 1, 1, 0, 0, 0, 0])
    said = column([0.9, 0.8, 0.5, 0.1, 0.7, 0.6, 0.2, 0.3])
    assert confusion_matrix(TWO, said, true, 0.5).tolist() == [[2, 2], [1, 3]]
    assert metrics(TWO, said, true, 0.5) == {"accuracy": 5 / 8, "precision": 3 / 5, "recall": 3 / 4}


def test_the_threshold_counts_as_yes() -> None:
    true, said = column([1, 0]), column([0.5, 0.5])
    assert confusion_matrix(TWO, said, true, 0.5).tolist() == [[0, 1], [0, 1]]
    assert confusion_matrix(TWO, said, true, 0.51).tolist() == [[1, 0], [1, 0]]


def test_a_class_that_nobody_is_or_is_called_counts_as_zero() -> None:
    found = metrics(THREE, one_hot([0, 0, 1]), one_hot([0, 0, 1]), 0.5)
    assert found == {"accuracy": 1.0, "precision": pytest.approx(2 / 3), "recall": pytest.approx(2 / 3)}


@given(LABELS)
def test_three_classes_as_scikit_learn_counts(pairs: list[tuple[int, int]]) -> None:
    judge = pytest.importorskip("sklearn.metrics", reason="scikit-learn is what the metrics are compared with")
    true, said = zip(*pairs, strict=True)
    found = metrics(THREE, one_hot(said), one_hot(true), 0.5)
    settings = {"labels": [0, 1, 2], "average": "macro", "zero_division": 0}
    assert found["accuracy"] == pytest.approx(judge.accuracy_score(true, said))
    assert found["precision"] == pytest.approx(judge.precision_score(true, said, **settings))
    assert found["recall"] == pytest.approx(judge.recall_score(true, said, **settings))
    ours = confusion_matrix(THREE, one_hot(said), one_hot(true), 0.5)
    assert ours.tolist() == judge.confusion_matrix(true, said, labels=[0, 1, 2]).tolist()


@given(st.lists(st.tuples(st.integers(0, 1), st.floats(0, 1)), min_size=1, max_size=30), st.floats(0.05, 0.95))
def test_two_classes_as_scikit_learn_counts(pairs: list[tuple[int, float]], threshold: float) -> None:
    judge = pytest.importorskip("sklearn.metrics", reason="scikit-learn is what the metrics are compared with")
    true, said = map(np.array, zip(*pairs, strict=True))
    found, called = metrics(TWO, column(said), column(true), threshold), (said >= threshold).astype(int)
    assert found["accuracy"] == pytest.approx(judge.accuracy_score(true, called))
    assert found["precision"] == pytest.approx(judge.precision_score(true, called, zero_division=0))
    assert found["recall"] == pytest.approx(judge.recall_score(true, called, zero_division=0))


def test_r2_by_hand() -> None:
    """The errors are 1, 0 and 1; around their mean 2 the values spread by 1, 0 and 1."""
    found = metrics(NUMBER, column([2.0, 2.0, 2.0]), column([1.0, 2.0, 3.0]), 0.5)
    assert found == {"r2": 0.0, "mean_absolute_error": pytest.approx(2 / 3)}
    assert metrics(NUMBER, column([1.0, 2.0, 3.0]), column([1.0, 2.0, 3.0]), 0.5)["r2"] == 1.0


def test_without_variance_there_is_no_r2() -> None:
    assert np.isnan(metrics(NUMBER, column([1.0]), column([2.0]), 0.5)["r2"])


@given(PAIRS)
def test_numbers_as_scikit_learn_judges(pairs: list[tuple[float, float]]) -> None:
    judge = pytest.importorskip("sklearn.metrics", reason="scikit-learn is what the metrics are compared with")
    true, said = (column(values) for values in zip(*pairs, strict=True))
    found = metrics(NUMBER, said, true, 0.5)
    assert found["mean_absolute_error"] == pytest.approx(judge.mean_absolute_error(true, said))
    if np.ptp(true) > 1e-3:
        assert found["r2"] == pytest.approx(judge.r2_score(true, said))
