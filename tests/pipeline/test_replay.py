"""Any epoch comes back as it was, and a run goes on as if it had never stopped."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from msgspec import structs

from tests.asked import asked
from tests.pipeline.variants import VARIANTS, same_bits
from whygrad import Experiment, Split, train
from whygrad.errors.run import NoSuchEpoch
from whygrad.errors.saved import OtherExperiment
from whygrad.pipeline import Run, go_on, with_epochs
from whygrad.pipeline.starting import untrained
from whygrad.run import epochs
from whygrad.spec import Cosine, EarlyStopping, OneCycle
from whygrad.trace import Ending, Row


def stop_after(rows: int) -> Callable[[Row], None]:
    """Somebody who presses Ctrl-C after so many epochs."""
    seen: list[Row] = []

    def watch(row: Row) -> None:
        seen.append(row)
        if len(seen) == rows:
            raise KeyboardInterrupt

    return watch


@pytest.mark.parametrize("experiment", VARIANTS.values(), ids=VARIANTS)
def test_every_epoch_comes_back_as_it_was(experiment: Experiment) -> None:
    run = train(experiment)
    start = run.set_up.start()
    seen = [start, *(epoch.position for epoch in epochs(run.set_up.job, start))]
    assert len(seen) == 5
    for position in seen:
        assert same_bits(run.at(position.epoch).values, position.states)


def test_in_a_long_run_most_epochs_are_computed_again() -> None:
    run = train(asked("2 -> 3 relu -> dropout 0.3 -> 1 sigmoid", epochs=150))
    assert len(run.checkpoints.positions) <= 32
    start = run.set_up.start()
    seen = [start, *(epoch.position for epoch in epochs(run.set_up.job, start))]
    for epoch in (0, 1, 7, 8, 31, 32, 33, 77, 127, 128, 149, 150):
        assert same_bits(run.at(epoch).values, seen[epoch].states)


@pytest.mark.parametrize("name", ["dropout", "augmentation", "everything"])
def test_the_steps_of_an_epoch_lead_from_its_start_to_the_next(name: str) -> None:
    run = train(VARIANTS[name], engine="interpreter")  # which takes single steps; others agree with it to 1e-12
    batches = len(list(run.set_up.job.batches(2)))
    steps = [run.step(2, batch) for batch in range(batches)]
    for before, after in itertools.pairwise(steps):
        for change in after.changes():
            assert change.before.tobytes() == before.change(change.name).after.tobytes()
    for change in steps[-1].changes():
        assert change.after.tobytes() == run.at(3)[change.name].tobytes()
    assert [step.number for step in steps] == [2 * batches + batch for batch in range(batches)]


def test_the_epoch_after_the_last_is_the_step_that_would_come_next() -> None:
    run = train(asked(epochs=3))
    longer = train(asked(epochs=4))
    assert np.array_equal(run.step(3, 2).change("hidden.W").after, longer["hidden.W"])


@pytest.mark.parametrize(
    ("ask", "text"),
    [
        (
            lambda run: run.at(5),
            (
                "WG502 epoch 5 was asked for\n  why: they go from epoch 0 to 4\n"
                "  try: ask for one of those, or raise training.epochs and train on"
            ),
        ),
        (
            lambda run: run.at(-1),
            (
                "WG502 epoch -1 was asked for\n  why: they go from epoch 0 to 4\n"
                "  try: ask for one of those, or raise training.epochs and train on"
            ),
        ),
        (
            lambda run: run.step(0, 3),
            "WG502 batch 3 was asked for\n  why: they go from batch 0 to 2\n  try: ask for one of those",
        ),
    ],
)
def test_an_epoch_or_batch_that_was_not(ask: Callable[[Run], object], text: str) -> None:
    run = train(asked())
    with pytest.raises(NoSuchEpoch) as caught:
        ask(run)
    assert str(caught.value) == text


def test_before_training_there_is_one_epoch_alone() -> None:
    with pytest.raises(NoSuchEpoch) as caught:
        untrained(asked()).step(9, 0)
    assert str(caught.value) == (
        "WG502 epoch 9 was asked for\n  why: there is epoch 0 alone\n"
        "  try: ask for epoch 0, or raise training.epochs and train on"
    )


@pytest.mark.parametrize("name", [name for name in VARIANTS if "cosine" not in name and "cycle" not in name])
def test_going_on_is_the_same_as_never_having_stopped(name: str) -> None:
    experiment = VARIANTS[name]
    whole = train(structs.replace(experiment, training=structs.replace(experiment.training, epochs=9)))
    resumed = go_on(with_epochs(train(experiment), 9))
    assert same_bits(resumed.position.states, whole.position.states)
    assert resumed.history == whole.history
    assert resumed.ending is whole.ending is Ending.FINISHED
    assert same_bits(resumed.at(6).values, whole.at(6).values)


@pytest.mark.parametrize("experiment", VARIANTS.values(), ids=VARIANTS)
def test_ctrl_c_keeps_the_whole_epochs_and_the_run_can_go_on(experiment: Experiment) -> None:
    whole = train(experiment)
    stopped = train(experiment, watch=stop_after(2))
    assert stopped.ending is Ending.INTERRUPTED
    assert stopped.position.epoch == len(stopped.history) == 2
    assert same_bits(stopped.position.states, whole.at(2).values)
    resumed = go_on(stopped)
    assert resumed.history == whole.history
    assert same_bits(resumed.position.states, whole.position.states)


def test_ctrl_c_in_the_middle_of_an_epoch_keeps_the_last_whole_one(monkeypatch: pytest.MonkeyPatch) -> None:
    run = untrained(asked(record_every=1))
    whole = train(asked(record_every=1))
    advance, calls = run.set_up.job.engine.advance, []

    def pressed(*step: Any) -> Any:
        calls.append(step)
        if len(calls) == 8:  # of three steps per epoch: in the third epoch
            raise KeyboardInterrupt
        return advance(*step)

    monkeypatch.setattr(run.set_up.job.engine, "advance", pressed)
    stopped = go_on(run)
    assert (stopped.ending, stopped.position.epoch, len(stopped.history)) == (Ending.INTERRUPTED, 2, 2)
    assert stopped.history.steps == whole.history.steps[:6]
    assert same_bits(stopped.position.states, whole.at(2).values)
    monkeypatch.undo()
    assert go_on(stopped).history == whole.history


def test_early_stopping_remembers_its_best_across_a_stop() -> None:
    experiment = asked(
        "2 -> 32 relu -> 1 sigmoid",
        epochs=300,
        learning_rate=1.0,
        split=Split(validation=0.4),
        early_stopping=EarlyStopping(patience=5),
    )
    whole = train(experiment)
    assert whole.ending is Ending.EARLY
    resumed = go_on(train(experiment, watch=stop_after(len(whole.history) - 2)))
    assert (resumed.ending, resumed.history) == (whole.ending, whole.history)
    assert same_bits(resumed.model.values, whole.model.values)


@pytest.mark.parametrize("ending", [Ending.EARLY, Ending.GOAL])
def test_a_run_that_stopped_by_its_own_rule_is_over(ending: Ending) -> None:
    rule: dict[str, Any] = (
        {"stop_below": 0.6}
        if ending is Ending.GOAL
        else {"split": Split(validation=0.4), "early_stopping": EarlyStopping(patience=1, min_delta=0.5)}
    )
    run = train(asked(epochs=200, **rule))
    assert run.ending is ending
    assert run.position.epoch < 200
    again = go_on(run)
    assert (again.ending, again.history) == (run.ending, run.history)


@pytest.mark.parametrize("schedule", [Cosine(), OneCycle()])
def test_more_epochs_under_a_schedule_that_counts_them(schedule: Cosine | OneCycle) -> None:
    """The learning rates of the past would have been others."""
    run = train(asked(schedule=schedule))
    assert with_epochs(run, 4).experiment == run.experiment
    with pytest.raises(OtherExperiment) as caught:
        with_epochs(run, 5)
    assert str(caught.value) == (
        "WG607 . was trained with another number of epochs, on which its schedule depends, "
        "so it cannot go on with this file\n"
        "  try: a resumed run may only have more epochs; train anew without --resume"
    )
