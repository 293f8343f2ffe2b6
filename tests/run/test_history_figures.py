"""The figures of an epoch are those of its steps: each is computed again here from the traces."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import numpy as np
import pytest

from tests.asked import SINE, asked, loss_named
from whygrad import Data, Experiment, Run, Split, StepTrace, train
from whygrad.pipeline.starting import untrained
from whygrad.run import metrics, stretches
from whygrad.spec import Adam, Clip, ConstantValue, StepDecay, Toy
from whygrad.trace import LazyRows

EXPERIMENTS: dict[str, Experiment] = {
    "classes": asked("2 -> 5 relu -> layer-norm -> 1 sigmoid", batch_size=10),
    "numbers, sum": asked(
        "1 -> 5 relu -> residual(5 tanh) -> 1", data=SINE, loss="sum squared-error", batch_size=6, learning_rate=0.01
    ),
    "clipped, adam": asked("2 -> 5 tanh -> 1 sigmoid", clip=Clip(norm=0.05), optimizer=Adam(), l2=0.1),
    "per row": asked(loss="sum binary-cross-entropy", batch_size="per row"),
}
EPOCH = 2


def layer_of(parameter: str) -> str:
    return parameter.rpartition(".")[0]


def steps(run: Run) -> list[StepTrace]:
    return [run.step(EPOCH, batch) for batch in range(len(list(run.set_up.job.batches(EPOCH))))]


@pytest.fixture(scope="module", params=EXPERIMENTS.values(), ids=list(EXPERIMENTS))
def run(request: pytest.FixtureRequest) -> Run:
    return train(request.param)


def test_the_loss_is_that_of_each_batch_before_its_own_update(run: Run) -> None:
    traces, reduction = steps(run), run.experiment.training.loss.reduction
    losses = [float(trace.value("loss")) for trace in traces]
    sizes = [len(trace.rows) for trace in traces]
    expected = sum(losses) if reduction == "sum" else np.average(losses, weights=sizes)
    assert run.history.at(EPOCH)["loss"] == pytest.approx(expected, rel=1e-13)


def lengths(trace: StepTrace, what: str) -> dict[str, float]:
    """The length of the gradient, or of the update, of each layer."""
    found: dict[str, float] = {}
    for layer, changes in groupby(trace.changes(), lambda change: layer_of(change.name)):
        arrays = [np.ravel(each.gradient if what == "gradient" else each.after - each.before) for each in changes]
        found[layer] = float(np.linalg.norm(np.concatenate(arrays)))
    return found


@pytest.mark.parametrize("what", ["gradient", "update"])
def test_lengths_of_gradients_and_updates_per_layer(run: Run, what: str) -> None:
    each = [lengths(trace, what) for trace in steps(run)]
    row = run.history.at(EPOCH)
    assert set(each[0]) <= set(run.history.layers())
    for layer in each[0]:
        assert row[f"{what}_norm/{layer}"] == pytest.approx(np.mean([one[layer] for one in each]), rel=1e-12)


def test_metrics_are_of_what_was_said_while_learning(run: Run) -> None:
    traces = steps(run)
    said = np.vstack([trace.values[trace.step.outputs["prediction"]] for trace in traces])
    true = np.vstack([trace.value("y") for trace in traces])
    expected = metrics(run.set_up.job.target, said, true, 0.5)
    assert {name: run.history.at(EPOCH)[name] for name in expected} == pytest.approx(expected)


def test_a_unit_is_inactive_if_no_row_of_the_epoch_opens_it() -> None:
    run = train(asked("2 -> 30 relu -> 1 sigmoid", learning_rate=3.0, epochs=6))
    traces = [run.step(5, batch) for batch in range(3)]
    opened = np.any(np.vstack([trace.value("hidden.out") for trace in traces]) > 0, axis=0)
    share = run.history.at(5)["inactive/hidden"]
    assert share == pytest.approx(1 - opened.mean())
    assert share is not None
    assert 0 < share < 1


def test_only_units_that_can_shut_are_watched() -> None:
    columns = train(asked("2 -> 3 tanh -> 3 relu -> 3 leaky-relu -> 1 sigmoid")).history.columns
    assert [name for name in columns if name.startswith("inactive/")] == ["inactive/hidden2"]


def test_dead_units_are_counted() -> None:
    """A bias far below anything shuts every unit for good."""
    run = train(asked("2 -> 4 relu -> 1 sigmoid", network={"bias_initialiser": ConstantValue(-50.0)}))
    assert run.history.column("inactive/hidden") == [1.0] * 4
    assert run.history.column("gradient_norm/hidden") == [0.0] * 4


def test_the_learning_rate_follows_its_schedule() -> None:
    run = train(asked(schedule=StepDecay(2, 0.5), learning_rate=0.4, epochs=6))
    assert run.history.column("learning_rate") == pytest.approx([0.4, 0.4, 0.2, 0.2, 0.1, 0.1])


def test_the_penalty_is_told_apart_from_the_loss() -> None:
    run = train(asked(l1=0.1, l2=0.3))
    trace = run.step(3, 2)
    weights = [trace.value(name) for name in ("hidden.W", "output.W")]
    expected = sum(0.1 * np.abs(w).sum() + 0.15 * (w**2).sum() for w in weights)
    assert run.history.at(3)["penalty"] == pytest.approx(expected, rel=1e-12)
    assert trace.loss == pytest.approx(float(trace.value("loss")) + expected, rel=1e-12)
    assert run.history.at(3)["loss"] == pytest.approx(
        np.mean([float(run.step(3, batch).value("loss")) for batch in range(3)]), rel=1e-12
    )


def test_what_is_held_out_is_judged_after_the_epoch() -> None:
    run = train(asked(split=Split(validation=0.25)))
    part = run.parts["validation"]
    for epoch in range(4):
        said = run.at(epoch + 1).predict_prepared(part.inputs).outputs
        row = run.history.at(epoch)
        assert row["validation_accuracy"] == np.mean((said >= 0.5) == (part.targets == 1))
        each = -np.log(np.where(part.targets == 1, said, 1 - said))
        assert row["validation_loss"] == pytest.approx(each.mean(), rel=1e-12)
    assert run.metrics("validation")["loss"] == run.history.at(3)["validation_loss"]


def test_a_reported_loss_is_shown_and_not_learned_from() -> None:
    plain = train(asked(loss="sum binary-cross-entropy"))
    other = train(asked(loss="sum binary-cross-entropy", reported_loss=loss_named("mean absolute-error")))
    assert np.array_equal(plain["hidden.W"], other["hidden.W"])
    said: Any = other.step(0, 0).values[other.step(0, 0).step.outputs["prediction"]]
    expected = np.abs(said - other.step(0, 0).value("y")).mean()
    assert float(other.step(0, 0).value("reported_loss")) == pytest.approx(expected, rel=1e-13)


def test_rows_of_every_k_updates_cover_what_they_say() -> None:
    run = train(asked(batch_size=5, epochs=2, record_every=3, order="in order"))
    rows = run.history.steps
    assert [(row["step"], row["epoch"], row["updates"]) for row in rows] == [
        (3, 0, 3),
        (5, 0, 2),
        (8, 1, 3),
        (10, 1, 2),
    ]
    for row in rows:
        last, count = int(row["step"] or 0), int(row["updates"] or 0)
        traces = [run.step(int(row["epoch"] or 0), number % 5) for number in range(last - count, last)]
        sizes = [len(trace.rows) for trace in traces]
        assert row["loss"] == pytest.approx(np.average([trace.loss for trace in traces], weights=sizes), rel=1e-12)


@pytest.mark.parametrize(("rows", "kind"), [(24, LazyRows), (240, list)])
def test_figures_wait_for_a_reader_where_what_they_are_made_of_takes_no_more_room(rows: int, kind: type) -> None:
    ready = untrained(asked(data=Data(toy=Toy("moons", rows=rows, noise=0.1)), epochs=3), engine="python").set_up
    (stretch,) = stretches(ready.job, ready.start())
    assert isinstance(stretch.rows, kind)
