"""The settings: every field that the page offers, with another value for each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tests.lab.page.walk.walking import Changes, Gone, chooses, keys, types

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.lab.page.walk.walking import Walk

# By its label: what is typed or chosen, and what is to be seen then, "" where that stands in the field itself.
VALUES: Final = {
    "Learning rate": "0.05",
    "Over the rows": "mean",
    "Batch size": "2",
    "Order of the rows": "shuffled",
    "Seed": "5",
    "L2 penalty": "0.001",
    "L1 penalty": "0.002",
    "Weight decay": "0.003",
    "Threshold": "0.4",
    "Precision": "float32",
    "Inputs scaled": "standard",
    "Seed of the split": "3",
    "Same mix of classes": "no",
    "Epochs": "77",
    "Stop below a loss of": "0.01",
    "Validation part": "0.25",
    "Test part": "0.3",
    "Class weights": "balanced",
    "Initialiser of biases": "normal",
    "normal: mean": "0.1",
    "normal: deviation": "0.7",
    "moons: rows": "60",
    "moons: noise": "0.3",
    "moons: seed": "4",
    "Units of layer 1": "5",
    "Activation of layer 1": "relu",
    "Activation of layer 2": "sigmoid",
}
# What brings fields that are not there otherwise: the value, and the fields.
BRINGS: Final = {
    "Optimizer": ("adam", {"adam: beta1": "0.8", "adam: beta2": "0.99", "adam: epsilon": "0.0001"}),
    "Schedule": ("step", {"step: every epochs": "5", "step: factor": "0.9"}),
    "Gradient clipped": ("norm", {"Largest norm": "2"}),
    "Initialiser": ("he", {"he: distribution": "normal"}),
}
LAYERS: Final = {
    "Add layer": "8 relu",
    "Add dropout": "dropout 0.2",
    "Add layer norm": "layer-norm",
    "Add batch norm": "batch-norm",
    "Add residual": "residual",
}
OTHERS: Final = {
    "Add layer norm": "batch-norm",
    "Add batch norm": "layer-norm",
    "Add residual": "residual (16 tanh)",
}


def settings(walk: Walk) -> None:
    walk.part("wg-settings-form form").wait_for()
    for summary in ("training", "network", "data"):
        walk.use(
            f"wg-settings-form summary More of {summary}", sees=Changes(f"details[data-group={summary.capitalize()}]")
        )
    rate = walk.page.get_by_label("Learning rate")
    walk.use(
        "wg-settings-form span grip", lambda each: walk.pull(each, 40), sees=lambda: float(rate.input_value()) > 0.1
    )
    walk.use(
        "wg-settings-form input:text Learning rate",
        keys("ArrowUp"),
        sees=lambda: is_taken(walk, "Learning rate", rate.input_value()),
    )
    put(walk, "momentum: momentum", "0.8")
    for label, (value, fields) in BRINGS.items():
        put(walk, label, value)
        for name, other in fields.items():
            put(walk, name, other)
    layers(walk)
    walk.survey()
    for label, value in VALUES.items():
        if any(re.search(rf" {re.escape(label)}$", key) for key in walk.seen):
            put(walk, label, value)
    refused(walk, "Target scaled", "standard")
    put(walk, "Patience, in epochs", "9")
    put(walk, "Least fall", "0.001")
    put(walk, "Class weights", "none")
    put(walk, "Threshold", "0.5")
    put(walk, "Loss", "huber")
    put(walk, "huber: delta", "2")
    put(walk, "Toy data", "spiral")
    walk.driven |= {r"^wg-settings-form input:text (spiral: .*|(adam|he|step): .*|Layers)$"}


def layers(walk: Walk) -> None:
    """The layers: one more of each kind, its own field, and away with it again."""
    line = walk.page.get_by_label("Layers", exact=True)
    first = line.input_value()
    for button, words in LAYERS.items():
        walk.use(f"wg-settings-form button {button}", sees=has(line, words))
        if button == "Add dropout":
            put(walk, "Dropout rate of layer 2", "0.3")
        if button in OTHERS:
            put(walk, "Layer 2", words := OTHERS[button])
        if button == "Add layer":
            put(walk, "Units of layer 2", "4")
        walk.use("wg-settings-form button Remove layer 2", sees=lacks(line, words))
    walk.use("wg-settings-form input:text Layers", types(first.replace("16", "8")), sees=Changes("wg-network svg"))
    walk.drove("wg-settings-form button Remove layer 1")
    walk.drove("wg-settings-form select Activation of layer 3")
    walk.drove("wg-settings-form input:text Units of layer 3")


def has(field: Locator, words: str) -> Callable[[], bool]:
    return lambda: words in field.input_value()


def lacks(field: Locator, words: str) -> Callable[[], bool]:
    return lambda: words not in field.input_value()


def put(walk: Walk, label: str, value: str) -> None:
    """Another value, which then stands there, with no fault."""
    field = walk.part("wg-settings").get_by_label(label, exact=True)
    walk.part("wg-settings").wait_for()
    is_choice = field.evaluate("each => each.localName") == "select"
    kind = "select" if is_choice else "input:text"
    invalid = walk.part("wg-settings [aria-invalid=true]")
    if field.input_value() == value and is_choice:
        walk.drove(f"wg-settings-form {kind} {label}")
        return
    walk.use(
        f"wg-settings-form {kind} {label}",
        chooses(value) if is_choice else types(value),
        sees=lambda: is_taken(walk, label, value) or invalid.count() > 0,
    )
    assert invalid.count() == 0, walk.part("wg-settings .fault").all_inner_texts()


def refused(walk: Walk, label: str, value: str) -> None:
    """What cannot be: why stands beside it, until Escape takes the value back."""
    key = f"wg-settings-form select {label}"
    walk.use(key, chooses(value), sees="wg-settings .fault:has-text('WG')")
    walk.use(key, keys("Escape"), sees=Gone("wg-settings .fault:has-text('WG')"))


def is_taken(walk: Walk, label: str, value: str) -> bool:
    """Whether the lab has it: the field is not waited for, and shows what the experiment says now."""
    if walk.part("#lab[data-waiting]").count():
        return False
    last = walk.window.lab.asked[-1]
    return (
        last.get("called") == label and walk.part("wg-settings").get_by_label(label, exact=True).input_value() == value
    )
