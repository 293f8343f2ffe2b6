"""Sizes that do not fit are found when the graph is built, and the layer is named."""

from __future__ import annotations

import pytest

from tests.asked import asked
from whygrad import Dense, Residual, train
from whygrad.errors.graph import ShapeMismatch
from whygrad.pipeline.starting import untrained


def test_a_residual_connection_between_different_widths() -> None:
    with pytest.raises(ShapeMismatch) as caught:
        untrained(asked("2 -> 4 tanh -> residual(3 relu) -> 1 sigmoid"))
    assert str(caught.value) == (
        "WG101 layer residual1: residual does not fit the shapes (8, 4) and (8, 3)\n"
        "  why: the second shape, (8, 3), is likely wrong: it is added to what went in, "
        "so the last layer inside needs 4 units\n"
        "  try: correct the sizes in layer residual1; whygrad show FILE lists those of every layer"
    )


def test_the_innermost_layer_that_does_not_fit_is_the_one_named() -> None:
    inner = Residual((Dense(5, "tanh"),), "inner")
    layers = (Dense(6, "tanh"), Residual((Dense(6, "relu"), inner), "outer"), Dense(1, "sigmoid"))
    with pytest.raises(ShapeMismatch) as caught:
        untrained(asked(layers))
    assert (caught.value.layer, caught.value.shapes) == ("inner", ((8, 6), (8, 5)))


@pytest.mark.parametrize(
    ("layers", "shapes"),
    [
        ("in -> 3 tanh -> out sigmoid", {"hidden.W": (2, 3), "hidden.b": (3,), "output.W": (3, 1), "output.b": (1,)}),
        ("in -> layer-norm -> out", {"norm1.gain": (2,), "norm1.shift": (2,), "output.W": (2, 1), "output.b": (1,)}),
        (
            "in -> 4 -> residual(3 tanh -> 4) -> out",
            {
                "hidden1.W": (2, 4),
                "hidden1.b": (4,),
                "hidden2.W": (4, 3),
                "hidden2.b": (3,),
                "hidden3.W": (3, 4),
                "hidden3.b": (4,),
                "output.W": (4, 1),
                "output.b": (1,),
            },
        ),
    ],
)
def test_shapes_of_parameters(layers: str, shapes: dict[str, tuple[int, ...]]) -> None:
    model = train(asked(layers, epochs=0)).model
    assert {name: array.shape for name, array in model.parameters().items()} == shapes
    assert model.parameter_count == sum(array.size for array in model.parameters().values())
