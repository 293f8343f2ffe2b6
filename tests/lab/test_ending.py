"""A run in the lab ends where a training does, says why, and goes on when it is told to."""

from __future__ import annotations

from msgspec import structs

from tests.asked import asked
from tests.lab.asking import desk, frame, only, told
from whygrad import Split, train
from whygrad.lab.desk import Desk
from whygrad.lab.limits import Limits
from whygrad.lab.message import Answer, Change, Go, Play, Said, SetWeight, Step
from whygrad.lab.opening import Opening
from whygrad.spec import EarlyStopping, Experiment
from whygrad.trace import Ending

GOAL = asked(epochs=200, stop_below=0.35, learning_rate=0.5)
EARLY = asked(
    "2 -> 16 tanh -> 1 sigmoid",
    epochs=400,
    learning_rate=2.0,
    split=Split(validation=0.4),
    early_stopping=EarlyStopping(patience=7, min_delta=0.001),
)


def notes(answers: list[Answer]) -> list[Said]:
    return [each for each in answers if isinstance(each, Said)]


def played(experiment: Experiment, unit: str = "update") -> tuple[Desk, list[Answer]]:
    """A desk that plays until it no longer does, and what it said last."""
    now = [0.0]
    made = Desk(Opening(experiment), lambda: now[0], Limits())
    list(made.opened())
    told(made, Play(unit, 60.0))  # type: ignore[arg-type]
    answers: list[Answer] = []
    while made.pace is not None:
        now[0] = made.pace.next
        answers = [each for each in made.ticked() if each is not None]
    return made, answers


def test_a_long_step_stops_where_a_training_reaches_its_goal() -> None:
    run, made = train(GOAL), desk(GOAL)
    assert run.ending is Ending.GOAL
    answers = told(made, Step("epoch", 200))
    epochs = len(run.history)
    assert frame(answers).update == 3 * epochs == made.session.end
    said = only(answers, Said)
    assert said.what == f"the loss fell below 0.35 after {epochs} epochs: `whygrad train` ends here"
    assert (said.kind, said.why, said.advice) == ("note", "", "step or play to go on all the same")
    on = told(made, Step("epoch", 5))
    assert (notes(on), frame(on).update) == ([], 3 * (epochs + 5))


def test_early_stopping_ends_at_the_same_epoch_and_says_where_the_best_weights_are() -> None:
    run, made = train(EARLY), desk(EARLY)
    assert run.ending is Ending.EARLY
    per_epoch = made.session.stretches[0].line.per_epoch
    answers = told(made, Step("update", 10_000))
    assert frame(answers).update == len(run.history) * per_epoch
    said = only(answers, Said)
    assert said.what == (
        f"the validation loss has not fallen by more than 0.001 for 7 epochs, after {len(run.history)}: "
        "`whygrad train` ends here"
    )
    assert run.kept == len(run.history) - 7
    assert said.why.startswith(f"it goes back to the weights after {run.kept} epochs, when the validation loss was ")
    assert said.why.endswith(f"the lab stays here, and those weights are at update {run.kept * per_epoch}")
    told(made, Go(run.kept * per_epoch))
    assert made.view.frame().weights["hidden.W"] == run.model["hidden.W"].tolist()


def test_weights_that_are_not_restored_are_not_spoken_of() -> None:
    stopping = EarlyStopping(patience=7, restore_best=False)
    made = desk(structs.replace(EARLY, training=structs.replace(EARLY.training, early_stopping=stopping)))
    assert only(told(made, Step("update", 10_000)), Said).why == ""


def test_a_play_pauses_at_the_end_once() -> None:
    made, answers = played(asked(epochs=3))
    assert only(answers, Said).what == "all 3 epochs are made: `whygrad train` ends here"
    assert (frame(answers).update, frame(answers).playing) == (9, False)
    told(made, Play("update", 60.0))
    for _ in range(4):
        on = [each for each in made.ticked() if each is not None]
        assert notes(on) == []
    assert frame(on).playing is True
    assert frame(on).update > 9
    for experiment in (GOAL, EARLY):
        run = train(experiment)
        ended, _ = played(experiment, "epoch")
        assert [len(each.rows) for each in ended.session.stretches] == [len(run.history)]


def test_who_steps_by_hand_is_not_held_up_by_the_number_of_epochs() -> None:
    made = desk(asked(epochs=3))
    answers = told(made, Step("update", 20))
    assert (notes(answers), frame(answers).update) == ([], 20)
    assert told(desk(GOAL), Go(400))[-1].update == 400  # type: ignore[attr-defined]


def test_a_step_of_one_move_stops_before_the_next_update() -> None:
    made = desk(GOAL)
    end = 3 * len(train(GOAL).history)
    told(made, Go(end - 1, 99))
    answers = told(made, Step())
    assert (frame(answers).update, frame(answers).moves) == (end, 0)
    assert len(notes(answers)) == 1
    assert frame(told(made, Step())).moves == 1


def test_what_was_met_before_a_change_is_not_met_again_and_more_epochs_are() -> None:
    made = desk(GOAL)
    end = frame(told(made, Step("epoch", 200))).update
    told(made, SetWeight("w1", 0.5))
    assert frame(told(made, Step("epoch", 9))).update == end + 27
    told(made, Go(end - 3))
    told(made, SetWeight("w1", 0.5))
    assert only(told(made, Step("epoch", 9)), Said).what.startswith("the loss fell below 0.35 after ")
    few, _ = played(asked(epochs=3))
    told(few, Change("training.epochs", 5))
    course = few.session.stretches[-1].course
    assert course.met == {}
    told(few, Step("epoch", 4))
    assert course.met == {Ending.FINISHED: 15}
