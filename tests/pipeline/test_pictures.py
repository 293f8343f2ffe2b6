"""What a run can show of itself: pictures over its inputs, its quality, the drawing of its network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure

from whygrad import Data, Dense, Loss, Network, Run, Split, Training, Weight, train
from whygrad.errors.render import SuffixUnknown
from whygrad.errors.saved import CannotPlot, CannotWrite
from whygrad.pipeline import pictures
from whygrad.pipeline.sketch import drawing
from whygrad.pipeline.small_table import rows_and_predictions
from whygrad.spec import Toy


def xor(epochs: int = 30) -> Run:
    """A run of the smallest network with a plane."""
    return train(
        Network(layers="2 -> 4 tanh -> 1"),
        Training(loss=Loss("squared-error", "sum"), learning_rate=0.2, epochs=epochs, batch_size="per row"),
        Data(toy=Toy("xor")),
    )


def by_columns(columns: dict[str, list[float | str]], target: str, layers: str) -> Run:
    """A run on rows from memory."""
    loss = Loss("cross-entropy" if "softmax" in layers else "squared-error", "mean")
    training = Training(loss=loss, learning_rate=0.1, epochs=3, batch_size="all")
    return train(Network(layers=layers), training, columns, target=target)


def test_the_plane_shows_the_network_of_each_epoch() -> None:
    run = xor()
    one = pictures.panel(run, run.at(0), "start")
    x, y = one.xs[7], one.ys[100]
    assert one.values[100, 7] == pytest.approx(run.at(0).predict([[x, y]]).outputs[0, 0], rel=1e-12)
    assert one.shows == "score"
    assert one.labels.tolist() == [0, 1, 1, 0]
    assert one.points.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert len(pictures.surface(run, (0, 10, 30)).axes) == 3


def test_scaled_inputs_are_drawn_in_their_own_units() -> None:
    run = train(
        Network(layers="2 -> 3 relu -> out softmax"),
        Training(loss=Loss("cross-entropy", "mean"), learning_rate=0.1, epochs=2, batch_size=10),
        Data(toy=Toy("gaussians", rows=30), scale="standard"),
    )
    part = run.set_up.dataset.training
    assert abs(part.inputs.mean()) < 1e-12
    drawn = pictures.panel(run, run.model, "now")
    columns = pictures.number_columns(run)
    assert [column.name for column in columns] == ["x1", "x2"]
    shifts, factors = (np.array([getattr(column, name) for column in columns]) for name in ("shift", "factor"))
    assert np.allclose((drawn.points - shifts) / factors, part.inputs)
    assert drawn.shows == "classes"


def test_one_input_is_a_curve() -> None:
    run = by_columns({"x": [0.0, 1.0, 2.0], "y": [0.0, 1.0, 4.0]}, "y", "1 -> 3 tanh -> 1")
    line = pictures.curve(run, run.model, "now")
    assert line.targets.tolist() == [0.0, 1.0, 4.0]
    assert line.values[5] == pytest.approx(run.predict([[line.xs[5]]]).outputs[0, 0])
    assert len(pictures.surface(run).axes) == 1


@pytest.mark.parametrize(
    ("columns", "layers", "reason"),
    [
        ({"a": [0.0, 1.0], "b": [1.0, 0.0], "c": [1.0, 1.0], "y": [0.0, 1.0]}, "3 -> 1", "it has 3 inputs"),
        ({"a": ["u", "v"], "y": [0.0, 1.0]}, "2 -> 1", "it has 2 inputs"),
    ],
)
def test_other_inputs_have_no_picture(columns: dict[str, list[float | str]], layers: str, reason: str) -> None:
    run = by_columns(columns, "y", layers)
    with pytest.raises(CannotPlot) as caught:
        pictures.surface(run)
    assert str(caught.value) == (
        f"WG605 there is no picture over the inputs of this run: {reason}, and a plane has two\n"
        "  try: whygrad train FILE --report shows the pictures that this network has"
    )


def test_a_number_has_no_confusion_matrix() -> None:
    with pytest.raises(CannotPlot, match="no confusion matrix of this run: y is a number, not a class"):
        xor(epochs=1).confusion()


def test_pictures_are_written_whole(tmp_path: Path) -> None:
    run = xor(epochs=3)
    assert run.plot_loss(tmp_path / "loss.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in run.plot_boundary(tmp_path / "plane.svg", epochs=[0, 3]).read_text(encoding="utf-8")
    with pytest.raises(SuffixUnknown):
        run.plot_loss(tmp_path / "loss.gif")
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(CannotWrite):
        run.plot_loss(tmp_path / "file" / "loss.png")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "loss.png", "plane.svg"]


def test_without_a_path_a_picture_is_a_figure() -> None:
    run = xor(epochs=3)
    assert isinstance(run.plot_loss(), Figure)
    assert len(run.plot_boundary(epochs=(0, 2)).axes) == 2


def test_the_telling_epochs_are_the_start_the_turn_and_the_end() -> None:
    run = xor(epochs=200)
    first, turn, last = pictures.telling_epochs(run)
    losses = [float(row["loss"] or 0.0) for row in run.history.rows]
    assert (first, last) == (0, 200)
    assert losses[turn] <= min(losses) + 0.02 * (losses[0] - min(losses)) < losses[turn - 1]


def test_the_drawing_has_every_weight_with_its_name_and_value() -> None:
    run = train(
        Network(
            layers=(
                Dense(units=("H1", "H2"), wiring="listed", bias="shared"),
                Dense(units=("Y",), bias="none"),
            ),
            inputs=("x1", "x2"),
            weights={
                "a": Weight(to="H1", from_="x1", value=0.5),
                "b": Weight(to="H2", from_="x2", value=-0.25),
                "shared": Weight(to=("H1", "H2"), value=0.125),
            },
        ),
        Training(loss=Loss("squared-error", "sum"), learning_rate=0.1, epochs=0, batch_size="all"),
        Data(toy=Toy("xor")),
    )
    drawn = drawing(run.model)
    assert [layer.units for layer in drawn.layers] == [("x1", "x2"), ("H1", "H2"), ("Y",)]
    hidden = [(edge.source, edge.target, edge.name, edge.value) for edge in drawn.edges if edge.source_layer == 0]
    assert hidden == [(0, 0, "a", 0.5), (1, 1, "b", -0.25)]
    assert [(bias.units, bias.name, bias.value) for bias in drawn.biases] == [((0, 1), "shared", 0.125)]
    assert drawn.weights == 4


def test_a_small_table_speaks_in_units_and_classes() -> None:
    run = train(
        Network(layers="in -> out softmax"),
        Training(loss=Loss("cross-entropy", "mean"), learning_rate=0.1, epochs=1, batch_size="all"),
        Data(
            columns={"kind": ("a", "b", "a"), "size": (10.0, 20.0, 40.0), "y": ("no", "yes", "no")},
            target="y",
            scale="min-max",
        ),
    )
    table = rows_and_predictions(run)
    assert table is not None
    assert table.head == ("kind", "size", "y", "probability", "says")
    assert [row[:3] for row in table.rows] == [("a", 10.0, "no"), ("b", 20.0, "yes"), ("a", 40.0, "no")]
    outputs = run.model.predict_prepared(run.set_up.dataset.training.inputs).outputs
    assert [row[3] for row in table.rows] == outputs.max(axis=1).tolist()


def test_many_rows_are_no_small_table() -> None:
    run = train(
        Network(layers="2 -> 1 sigmoid"),
        Training(
            loss=Loss("binary-cross-entropy", "mean"),
            learning_rate=0.1,
            epochs=1,
            batch_size=10,
            split=Split(test=0.2),
        ),
        Data(toy=Toy("moons", rows=40)),
    )
    assert rows_and_predictions(run) is None
