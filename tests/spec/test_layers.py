"""Layers with every name given, and the sizes that the data decides."""

from __future__ import annotations

from whygrad.spec import (
    Dense,
    DenseLayer,
    Dropout,
    He,
    LayerNorm,
    Network,
    Normal,
    PythonRandom,
    Residual,
    ResidualBlock,
    Zeros,
    expand_layers,
)
from whygrad.spec.layers import dense_layers


def dense_names(layers: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(layer.name, layer.unit_names) for layer in dense_layers(expand_layers(Network(layers=layers)).layers)]


def test_a_single_layer_is_the_output() -> None:
    assert dense_names("3 -> 2") == [("output", ("o1", "o2"))]


def test_one_hidden_layer_has_plain_names() -> None:
    assert dense_names("2 -> 3 relu -> 1") == [("hidden", ("h1", "h2", "h3")), ("output", ("o1",))]


def test_several_hidden_layers_are_numbered_through_residual_connections() -> None:
    assert dense_names("2 -> 2 -> residual(1 -> 2) -> 1") == [
        ("hidden1", ("h1_1", "h1_2")),
        ("hidden2", ("h2_1",)),
        ("hidden3", ("h3_1", "h3_2")),
        ("output", ("o1",)),
    ]


def test_the_other_layers_are_numbered_by_kind() -> None:
    network = Network(layers="2 -> layer-norm -> residual(batch-norm -> dropout 0.1 -> 2) -> dropout 0.2 -> 1")
    norm, block, dropout, _ = expand_layers(network).layers
    assert isinstance(block, ResidualBlock)
    names = [norm.name, block.name, *(layer.name for layer in block.layers), dropout.name]
    assert names == ["norm1", "residual1", "norm2", "dropout1", "hidden", "dropout2"]


def test_names_that_were_given_stay() -> None:
    layers = (Dense(units=("H1", "H2"), name="first"), LayerNorm(name="n"), Residual((Dropout(0.1),)), Dense("out"))
    expanded = expand_layers(Network(layers=layers))
    assert [layer.name for layer in expanded.layers] == ["first", "n", "residual1", "output"]
    assert expanded.layers[0] == DenseLayer(
        name="first",
        units=("H1", "H2"),
        activation="linear",
        bias="per-unit",
        wiring="full",
        initialiser=Network(layers="1 -> 1").initialiser,
        bias_initialiser=Zeros(),
        key=("network", "layers", 0),
    )


def test_a_layer_without_initialisers_takes_the_networks() -> None:
    layers = (Dense(2, initialiser=He(), bias_initialiser=Normal(0, 1)), Dense(1))
    network = Network(layers=layers, initialiser=PythonRandom(), bias_initialiser=PythonRandom(0, 1))
    first, second = dense_layers(expand_layers(network).layers)
    assert (first.initialiser, first.bias_initialiser) == (He(), Normal(0, 1))
    assert (second.initialiser, second.bias_initialiser) == (PythonRandom(), PythonRandom(0, 1))


def test_sizes_of_the_data_fill_what_was_left_open_and_nothing_else() -> None:
    open_ended = expand_layers(Network(layers="in -> 2 -> out softmax"))
    assert (open_ended.inputs, open_ended.output.units) == (None, "out")
    resolved = open_ended.resolve(4, 3)
    assert (resolved.inputs, resolved.output.units) == (4, ("o1", "o2", "o3"))
    assert resolved.layers[:-1] == open_ended.layers[:-1]
    declared = expand_layers(Network(layers="2 -> 1"))
    assert declared.resolve(4, 3) == declared


def test_inputs_are_counted_by_their_names() -> None:
    expanded = expand_layers(Network(layers=(Dense(1),), inputs=("a", "b")))
    assert (expanded.inputs, expanded.input_names) == (2, ("a", "b"))
    assert expand_layers(Network(layers=(Dense(1),))).inputs is None
