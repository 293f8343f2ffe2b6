"""Every setting can be changed on the page: what is sent, and that the lab takes it up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.render.window import missing
from whygrad.spec.tables import tables_of

if TYPE_CHECKING:
    from tests.lab.page.conftest import Opening, Window

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


def settings(window: Window) -> dict[str, Any]:
    """The experiment that the lab has."""
    found: dict[str, Any] = tables_of(window.lab.session.experiment)
    return found


def at(tables: Any, key: str) -> Any:
    for part in key.split("."):
        tables = tables[int(part)] if isinstance(tables, list) else tables.get(part)
    return tables


def unfolded(window: Window) -> Window:
    """The same window with every group of settings open."""
    window.part("wg-settings form").wait_for()
    for summary in window.part("wg-settings summary").all():
        summary.click()
    return window


def put(window: Window, label: str, value: str) -> None:
    """Type or choose another value, and wait until the lab has taken it up."""
    control = window.part("wg-settings").get_by_label(label, exact=True)
    before = len(window.lab.asked)
    if control.evaluate("each => each.localName") == "select":
        control.select_option(value)
    else:
        control.fill(value)
        control.press("Enter")
    taken(window, before)


def press(window: Window, name: str) -> None:
    """Press a button of the settings."""
    before = len(window.lab.asked)
    window.part("wg-settings").get_by_role("button", name=name, exact=True).click()
    taken(window, before)


def taken(window: Window, before: int) -> None:
    for _ in range(300):
        if len(window.lab.asked) > before:
            break
        window.page.wait_for_timeout(10)
    # What was answered is drawn on the next frame of the screen.
    window.page.evaluate("() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
    window.part("#lab:not([data-waiting])").wait_for()
    assert window.lab.asked[before]["do"] == "change"
    assert window.part("wg-settings [aria-invalid=true]").count() == 0
    assert window.part("wg-settings .fault p").count() == 0


TRAINING: list[tuple[str, str, str, Any]] = [
    ("Learning rate", "0.05", "training.learning_rate", 0.05),
    ("Optimizer", "momentum", "training.optimizer", {"name": "momentum", "momentum": 0.9}),
    ("momentum: momentum", "0.5", "training.optimizer.momentum", 0.5),
    ("Optimizer", "adamw", "training.optimizer.name", "adamw"),
    ("adamw: beta1", "0.8", "training.optimizer.beta1", 0.8),
    ("adamw: beta2", "0.99", "training.optimizer.beta2", 0.99),
    ("adamw: epsilon", "1e-6", "training.optimizer.epsilon", 1e-6),
    ("adamw: weight decay", "0.02", "training.optimizer.weight_decay", 0.02),
    ("Optimizer", "rmsprop", "training.optimizer.name", "rmsprop"),
    ("rmsprop: decay", "0.9", "training.optimizer.decay", 0.9),
    ("Loss", "huber", "training.loss.name", "huber"),
    ("huber: delta", "2", "training.loss.delta", 2.0),
    ("Loss", "absolute-error", "training.loss", {"name": "absolute-error", "reduction": "sum", "delta": 1.0}),
    ("Over the rows", "mean", "training.loss.reduction", "mean"),
    ("Batch size", "2", "training.batch_size", 2),
    ("Batch size", "all", "training.batch_size", "all"),
    ("Order of the rows", "shuffled", "training.order", "shuffled"),
    ("Seed", "11", "training.seed", 11),
    ("Schedule", "cosine", "training.schedule", {"name": "cosine", "final": 0.0}),
    ("cosine: final", "0.1", "training.schedule.final", 0.1),
    ("Schedule", "step", "training.schedule", {"name": "step", "every_epochs": 10, "factor": 0.5}),
    ("step: every epochs", "20", "training.schedule.every_epochs", 20),
    ("step: factor", "0.1", "training.schedule.factor", 0.1),
    ("Schedule", "warm-up", "training.schedule", {"name": "warm-up", "warm_epochs": 5, "start": 0.1}),
    ("Schedule", "one-cycle", "training.schedule.name", "one-cycle"),
    ("one-cycle: warm fraction", "0.2", "training.schedule.warm_fraction", 0.2),
    ("L2 penalty", "0.01", "training.l2", 0.01),
    ("L1 penalty", "0.02", "training.l1", 0.02),
    ("Weight decay", "0.03", "training.weight_decay", 0.03),
    ("Gradient clipped", "norm", "training.clip", {"norm": 1.0}),
    ("Largest norm", "0.5", "training.clip", {"norm": 0.5}),
    ("Gradient clipped", "value", "training.clip", {"value": 0.5}),
    ("Gradient clipped", "none", "training.clip", None),
    ("Precision", "float32", "training.dtype", "float32"),
]
NETWORK: list[tuple[str, str, str, Any]] = [
    ("Layers", "2 -> 4 tanh -> 1", "network.layers", "2 -> 4 tanh -> 1"),
    ("Units of layer 1", "5", "network.layers", "2 -> 5 tanh -> 1"),
    ("Activation of layer 1", "gelu", "network.layers", "2 -> 5 gelu -> 1"),
    ("Activation of layer 2", "sigmoid", "network.layers", "2 -> 5 gelu -> 1 sigmoid"),
    ("Initialiser", "he", "network.initialiser", {"name": "he", "distribution": "normal"}),
    ("he: distribution", "uniform", "network.initialiser.distribution", "uniform"),
    ("Initialiser", "orthogonal", "network.initialiser", {"name": "orthogonal", "gain": 1.0}),
    ("orthogonal: gain", "1.5", "network.initialiser.gain", 1.5),
    ("Initialiser", "normal", "network.initialiser", {"name": "normal", "mean": 0.0, "deviation": 0.5}),
    ("normal: mean", "−0.1", "network.initialiser.mean", -0.1),
    ("Initialiser", "zeros", "network.initialiser", {"name": "zeros"}),
    ("Initialiser", "glorot", "network.initialiser.name", "glorot"),
    ("Initialiser of biases", "constant", "network.bias_initialiser", {"name": "constant", "value": 0.1}),
    ("constant: value", "-0.2", "network.bias_initialiser.value", -0.2),
]
DATA: list[tuple[str, str, str, Any]] = [
    ("Toy data", "moons", "data.toy.name", "moons"),
    ("moons: rows", "80", "data.toy.rows", 80),
    ("moons: noise", "0.15", "data.toy.noise", 0.15),
    ("moons: seed", "3", "data.toy.seed", 3),
    ("Validation part", "0.25", "training.split.validation", 0.25),
    ("Test part", "0.1", "training.split.test", 0.1),
    ("Inputs scaled", "standard", "data.scale", "standard"),
    ("Target scaled", "min-max", "data.scale_target", "min-max"),
    ("Seed of the split", "4", "training.split.seed", 4),
    ("Seed of the split", "", "training.split.seed", None),
    ("Same mix of classes", "no", "training.split.stratified", False),
    ("Epochs", "40", "training.epochs", 40),
    ("Stop below a loss of", "0.001", "training.stop_below", 0.001),
    ("Stop below a loss of", "", "training.stop_below", None),
    ("Patience, in epochs", "7", "training.early_stopping.patience", 7),
    ("Least fall", "0.01", "training.early_stopping.min_delta", 0.01),
    ("Patience, in epochs", "", "training.early_stopping", None),
]


@pytest.mark.parametrize("changes", [TRAINING, NETWORK, DATA], ids=["training", "network", "data"])
def test_every_setting_is_changed_and_shown(opening: Opening, changes: list[tuple[str, str, str, Any]]) -> None:
    window = unfolded(opening("xor"))
    for label, typed, key, value in changes:
        put(window, label, typed)
        assert at(settings(window), key) == value, label
        assert window.part("#lab[data-place]").count() == 1
    window.button("Update on").click()
    window.at(1, 0)


def test_settings_of_two_classes(opening: Opening) -> None:
    window = unfolded(opening("students"))
    put(window, "Threshold", "0.7")
    put(window, "Class weights", "balanced")
    training = settings(window)["training"]
    assert (training["threshold"], training["class_weights"]) == (0.7, "balanced")
    put(window, "Optimizer", "nesterov")
    put(window, "Optimizer", "adagrad")
    put(window, "adagrad: epsilon", "1e-9")
    assert settings(window)["training"]["optimizer"] == {"name": "adagrad", "epsilon": 1e-9}


def test_layers_of_every_kind_come_and_go(opening: Opening) -> None:
    window = opening("xor")
    window.part("wg-settings form").wait_for()
    put(window, "Batch size", "all")
    layers = [
        ("Add layer", "2 -> 8 relu -> 8 relu -> 1"),
        ("Add dropout", "2 -> 8 relu -> 8 relu -> dropout 0.2 -> 1"),
        ("Add layer norm", "2 -> 8 relu -> 8 relu -> dropout 0.2 -> layer-norm -> 1"),
        ("Add batch norm", "2 -> 8 relu -> 8 relu -> dropout 0.2 -> layer-norm -> batch-norm -> 1"),
        ("Remove layer 4", "2 -> 8 relu -> 8 relu -> dropout 0.2 -> batch-norm -> 1"),
        ("Remove layer 1", "2 -> 8 relu -> dropout 0.2 -> batch-norm -> 1"),
        ("Add residual", "2 -> 8 relu -> dropout 0.2 -> batch-norm -> residual (8 relu) -> 1"),
    ]
    for name, line in layers:
        press(window, name)
        assert settings(window)["network"]["layers"] == line
    put(window, "Dropout rate of layer 2", "0.35")
    put(window, "Layer 4", "residual (8 tanh -> dropout 0.1 -> 8)")
    wanted = "2 -> 8 relu -> dropout 0.35 -> batch-norm -> residual (8 tanh -> dropout 0.1 -> 8) -> 1"
    assert settings(window)["network"]["layers"] == wanted
    put(window, "Activation of layer 1", "elu")
    for place in (4, 3, 2, 1):
        press(window, f"Remove layer {place}")
    assert settings(window)["network"]["layers"] == "2 -> 1"
    press(window, "Add residual")
    assert settings(window)["network"]["layers"] == "2 -> residual (2 relu) -> 1"
    window.button("Update on").click()
    window.at(1, 0)


def test_layers_that_are_listed_come_and_go_and_keep_their_weights_with_another_activation(opening: Opening) -> None:
    window = opening("notes-222")
    window.part("wg-settings form").wait_for()
    put(window, "Activation of layer 1", "tanh")
    assert settings(window)["network"]["layers"][0]["activation"] == "tanh"
    assert settings(window)["network"]["weights"]["w1"]["value"] == 0.15
    put(window, "Batch size", "all")
    press(window, "Add dropout")
    put(window, "Dropout rate of layer 2", "0.4")
    press(window, "Add layer")
    put(window, "Units of layer 3", "3")
    press(window, "Add layer norm")
    press(window, "Add residual")
    layers = settings(window)["network"]["layers"]
    assert [each["type"] for each in layers] == ["dense", "dropout", "dense", "layer-norm", "residual", "dense"]
    assert (layers[1]["rate"], layers[2]["units"], layers[4]["layers"][0]["units"]) == (0.4, 3, 3)
    press(window, "Remove layer 1")
    assert len(settings(window)["network"]["layers"]) == 5


def test_a_change_that_cannot_be_is_said_beside_its_button(opening: Opening) -> None:
    window = opening("xor")
    window.part("wg-settings form").wait_for()
    window.part("wg-settings").get_by_role("button", name="Add batch norm").click()
    window.part("wg-settings .act .fault").get_by_text("over one row each value is its own mean").wait_for()
    assert window.part("wg-notes .kind-error").count() == 0
    press(window, "Add layer")
    assert window.part("wg-settings .act .fault p").count() == 0


def test_what_is_seldom_changed_is_folded_and_stays_as_it_was_left(opening: Opening) -> None:
    window = opening("xor")
    hidden = window.part("wg-settings").get_by_label("L2 penalty")
    window.part("wg-settings form").wait_for()
    assert hidden.is_hidden()
    window.part("wg-settings summary").get_by_text("More of training").click()
    assert hidden.is_visible()
    put(window, "Optimizer", "adam")
    assert hidden.is_visible()


def test_the_settings_load_after_the_page(opening: Opening) -> None:
    window = opening("xor")
    window.part("wg-settings form").wait_for()
    preloaded = window.part("link[rel=modulepreload]").evaluate_all("all => all.map(each => each.href)")
    assert not any("/parts/" in each for each in preloaded)
