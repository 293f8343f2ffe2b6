"""What is written reads back as the same experiment."""

from __future__ import annotations

from hypothesis import given

from tests.spec.draw import experiments
from tests.spec.sample import SHORT
from whygrad.spec import Experiment, check_experiment, parse_experiment, write_experiment


@given(experiments)
def test_what_is_written_reads_back_equal(experiment: Experiment) -> None:
    assert parse_experiment(write_experiment(experiment), "a.toml") == experiment


@given(experiments)
def test_a_checked_experiment_is_left_as_it_is(experiment: Experiment) -> None:
    assert check_experiment(experiment) == experiment


def test_every_default_is_written_out() -> None:
    assert (
        write_experiment(parse_experiment(SHORT, "a.toml"))
        == """\
[data]
toy = { name = "xor", rows = 200, noise = 0.0, seed = 0 }
task = "auto"
missing = "error"
scale = "none"
scale_target = "none"

[network]
layers = "2 -> 8 relu -> 1"
initialiser = { name = "glorot", distribution = "uniform" }
bias_initialiser = { name = "zeros" }

[training]
loss = "mean squared-error"
learning_rate = 0.1
epochs = 100
batch_size = 4
optimizer = { name = "sgd" }
schedule = { name = "constant" }
order = "shuffled"
seed = 0
l1 = 0.0
l2 = 0.0
weight_decay = 0.0
split = { validation = 0.0, test = 0.0, stratified = true }
class_weights = "none"
dtype = "float64"
threshold = 0.5
"""
    )
