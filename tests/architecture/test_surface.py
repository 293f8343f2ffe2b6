"""The public surface is a short list, every name on it loads, and what it needs loads with it."""

from __future__ import annotations

import subprocess
import sys

import whygrad

MOST = 25
PUBLIC = (
    *("Adam", "AdamW", "BatchNorm", "Data", "Dense", "Dropout", "Experiment", "History", "LayerNorm"),
    *("Loss", "Model", "Network", "Residual", "Run", "Sgd", "Split", "StepTrace", "Training"),
    *("Weight", "WhygradError", "evaluate", "gradient", "load", "read_experiment", "train"),
)


def test_the_list_is_the_list() -> None:
    assert sorted(whygrad.__all__) == sorted(PUBLIC)
    assert len(whygrad.__all__) <= MOST
    assert set(dir(whygrad)) == set(PUBLIC)


def test_every_name_loads_and_says_what_it_is() -> None:
    for name in whygrad.__all__:
        assert getattr(whygrad, name).__doc__, name


def test_operators_mean_something_once_gradient_is_there() -> None:
    script = (
        "from whygrad import evaluate, gradient; from whygrad.graph import Input\n"
        "x = Input((), 'x'); (slope,) = gradient(x * x, [x]); print(float(evaluate([slope], {x: 3.0})[slope]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "6.0\n"


def test_the_graph_alone_says_what_is_missing() -> None:
    script = "from whygrad.graph import Input; x = Input((), 'x'); x * x"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "no primitive is bound to 'multiply' yet: import whygrad.primitive, which holds them" in done.stderr


def test_the_module_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "whygrad", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("whygrad ")
