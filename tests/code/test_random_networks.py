"""Networks drawn at random: plain Python, NumPy and the training print the same losses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.asked import asked
from tests.code.printed import differing, trained
from tests.code.variants import ACTIVATIONS, OPTIMIZERS, SCHEDULES
from tests.properties.pages import fewer
from whygrad import Data
from whygrad.spec import Toy

LAYER = st.one_of(
    st.builds("{} {}".format, st.integers(1, 4), st.sampled_from(ACTIVATIONS)),
    st.just("layer-norm"),
    st.just("dropout 0.25"),
    st.just("residual(2 tanh)"),
)


@st.composite
def networks(draw: st.DrawFn) -> Any:
    """An experiment of up to three hidden layers on twelve rows."""
    hidden = draw(st.lists(LAYER, max_size=3))
    width = 2
    layers = []
    for layer in hidden:  # a residual connection takes two values, and two come out of it
        layers += ["2 tanh"] if layer.startswith("residual") and width != 2 else []
        width = 2 if layer.startswith("residual") else int(layer[0]) if layer[0].isdigit() else width
        layers.append(layer)
    classes = draw(st.booleans())
    return asked(
        " -> ".join(["2", *layers, "1 sigmoid" if classes else "1"]),
        data=Data(toy=Toy("moons", rows=12, noise=0.1), task="classification" if classes else "regression"),
        loss=draw(st.sampled_from(["mean ", "sum "])) + ("binary-cross-entropy" if classes else "squared-error"),
        optimizer=draw(st.sampled_from(OPTIMIZERS)),
        schedule=draw(st.sampled_from(SCHEDULES)),
        batch_size=draw(st.sampled_from(["per row", 5, "all"])),
        order=draw(st.sampled_from(["in order", "shuffled"])),
        learning_rate=0.01,
        epochs=3,
        l2=draw(st.sampled_from([0.0, 0.01])),
        seed=draw(st.integers(0, 5)),
    )


@fewer
@given(networks())
def test_a_random_network(experiment: Any) -> None:
    run = trained(experiment)
    assert differing(run, "numpy") == []
    assert differing(run, "python") == []


@pytest.mark.parametrize("batch_size", ["per row", 5])
def test_dropout_of_a_single_unit(batch_size: Any) -> None:
    """What has one unit has no list of them."""
    experiment = asked(
        "2 -> 1 sigmoid -> dropout 0.25 -> 1",
        data=Data(toy=Toy("moons", rows=12, noise=0.1), task="regression"),
        loss="sum squared-error",
        batch_size=batch_size,
        epochs=3,
    )
    assert differing(trained(experiment), "python") == []
