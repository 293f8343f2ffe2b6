"""`whygrad show`: layers, weights, data and settings of a run, of an experiment, of a run long ago."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from tests.cli.typed import EXAMPLES, Shell
from whygrad import load

DEEP = """
[data]
toy = "xor"
[network]
layers = [
    { type = "dense", units = ["A", "B"], bias = "shared", activation = "tanh" },
    { type = "residual", layers = [{ type = "dense", units = 2, activation = "relu" }] },
    { type = "dense", units = 1 },
]
[network.weights]
across = { from = "x2", to = "A" }
[training]
loss = "sum squared-error"
learning_rate = 0.1
epochs = 1
batch_size = "all"
"""
Golden = Callable[[str, str], None]


def test_a_small_run(shell: Shell, golden: Golden) -> None:
    shell.done("train", "students.toml", "-q")
    golden("cli/show_students.txt", shell.done("show", "runs/students").out)


def test_which_units_a_weight_joins(shell: Shell) -> None:
    shell.write("deep.toml", DEEP)
    said = shell.done("show", "deep.toml").out.partition("Weights and biases\n")[2].partition("\n\n")[0]
    ends = [tuple(line.split()[:-1]) for line in said.splitlines()[1:]]
    assert said.splitlines()[0].split() == ["name", "from", "to", "value"]
    assert ends == [
        *(("w1", "x1", "A"), ("across", "x2", "A"), ("w2", "x1", "B"), ("w3", "x2", "B"), ("b1", "A,", "B")),
        *(
            ("w4", "A", "h2_1"),
            ("w5", "B", "h2_1"),
            ("w6", "A", "h2_2"),
            ("w7", "B", "h2_2"),
            ("b2", "h2_1"),
            ("b3", "h2_2"),
        ),
        *(("w8", "h2_1", "o1"), ("w9", "h2_2", "o1"), ("b4", "o1")),
    ]


def test_an_experiment_with_its_weights_as_drawn(shell: Shell, golden: Golden) -> None:
    golden("cli/show_xor.txt", shell.done("show", "xor.toml").out)


def test_a_large_run_is_summed_up_without_its_data(shell: Shell, golden: Golden) -> None:
    shutil.copy(EXAMPLES / "penguins.csv", shell.folder)
    shutil.copy(EXAMPLES / "penguins.toml", shell.folder)
    shell.done("train", "penguins.toml", "-q")
    (shell.folder / "penguins.csv").unlink()
    said = shell.done("show", "runs/penguins").out
    golden("cli/show_penguins.txt", said)
    assert max(map(len, said.splitlines())) <= 80
    every = shell.done("show", "runs/penguins", "--weights").out
    assert sum(line[:1] in "wb" and line[1:2].isdigit() for line in every.splitlines()) == 227


def test_a_run_at_an_epoch(shell: Shell) -> None:
    shell.done("train", "moons.toml", "-q")
    run = load("runs/moons")
    found = shell.done("show", "runs/moons", "--epoch", "4", "--json").json
    assert found["moment"] == "at the start of epoch 4"
    assert found["weights"] == {name: array.tolist() for name, array in run.at(4).parameters().items()}
    drawn = shell.done("show", "moons.toml", "--json").json
    assert drawn["moment"] == "not trained: weights as drawn"
    assert drawn["weights"] == shell.done("show", "runs/moons", "--epoch", "0", "--json").json["weights"]
    assert shell("show", "runs/moons", "--epoch", "11").err.startswith("WG502 epoch 11 was asked for\n")


def test_everything_as_json(shell: Shell) -> None:
    shell.done("train", "students.toml", "-q")
    found = shell.done("show", "runs/students", "--json").json
    assert found["parameters"] == 2
    assert found["layers"] == [{"name": "output", "kind": "1 sigmoid", "inputs": 1, "outputs": 1, "parameters": 2}]
    assert found["experiment"]["training"]["learning_rate"] == 0.1
    assert found["weights"]["output.W"] == [[load("runs/students")["w"]]]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("l2 = 0.01\nweight_decay = 0.1", "penalties  l2 0.01, weight decay 0.1"),
        ("clip = { norm = 2.0 }", "penalties  gradient at most 2 in length"),
        ("clip = { value = 2.0 }", "penalties  gradient at most 2 in each element"),
        ('optimizer = { name = "momentum", momentum = 0.5 }', "optimizer  momentum momentum 0.5 at 0.1"),
        ('schedule = "cosine"', "optimizer  sgd at 0.1 (cosine)"),
        ("stop_below = 0.05", "epochs     1,000 at most; stops once the loss is below 0.05"),
        ('dtype = "float32"', "precision  float32"),
        ("threshold = 0.7", "threshold  0.7"),
    ],
)
def test_settings_in_words(settings: str, words: str, shell: Shell) -> None:
    text = (shell.folder / "students.toml").read_text(encoding="utf-8")
    shell.write("other.toml", text + settings)
    assert f"  {words}\n" in shell.done("show", "other.toml").out
