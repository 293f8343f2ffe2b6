"""Jumps to where something began: exact against looking at every update by hand, and undisturbing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.asked import asked
from tests.lab.asking import frame, only, told
from whygrad.dataset import class_indices
from whygrad.lab.desk import Desk
from whygrad.lab.limits import Limits
from whygrad.lab.message import Change, Go, Play, Said, SetWeight, Step, Told, Use
from whygrad.lab.opening import Opening
from whygrad.lab.presets import preset
from whygrad.lab.session import Session
from whygrad.spec import Experiment, Momentum

RELU: dict[str, Any] = {
    "layers": "2 -> 12 relu -> 5 relu -> 1 sigmoid",
    "learning_rate": 0.3,
    "optimizer": Momentum(momentum=0.9),
    "batch_size": 4,
    "epochs": 40,
}
RIGHT = asked("2 -> 16 tanh -> 1 sigmoid", batch_size=4, learning_rate=1.0, epochs=60)
WORDS = {"not-finite": "no number became NaN or infinite in the 9 updates made so far"}


def still(experiment: Experiment, limits: Limits | None = None) -> Desk:
    """A desk for which no time passes: it tells what it found, and not how far it is."""
    return Desk(Opening(experiment), lambda: 0.0, limits or Limits())


def find(made: Desk, what: str) -> tuple[Said, Any]:
    answers = told(made, Use("find", {"what": what}))
    return only(answers, Said), frame(answers)


def deaths(session: Session) -> dict[str, int]:
    """Since which update each unit that gives 0 in the end does so, from the formula of a dense layer."""
    x = session.stretches[0].ready.dataset.training.inputs
    last: dict[str, int] = {}
    shut: dict[str, bool] = {}
    for update in range(session.end + 1):
        states, value = session.stretch(update).line.states(update), x
        for layer in ("hidden1", "hidden2"):
            value = np.maximum(value @ states[f"{layer}.W"] + states[f"{layer}.b"], 0.0)
            for unit, column in enumerate(value.T):
                shut[f"{layer} {unit}"] = bool((column == 0).all())
                if not shut[f"{layer} {unit}"]:
                    last[f"{layer} {unit}"] = update
    return {name: last.get(name, -1) + 1 for name, is_shut in shut.items() if is_shut}


@pytest.mark.parametrize("seed", [0, 1, 6])
def test_a_unit_died_where_looking_at_every_update_says_so(seed: int) -> None:
    made = still(asked(**{**RELU, "seed": seed}))
    told(made, Go(150))
    assert only(told(made, SetWeight("hidden1.b[0]", -50.0)), Said).kind == "note"
    told(made, Go(200))
    told(made, Go(70, 2))
    brute = deaths(made.session)
    answers = told(made, Use("find", {"what": "inactive"}))
    data, said = only(answers, Told).data, only(answers, Said)
    assert {f"hidden{name[1]} {int(name[3:]) - 1}": since for name, since in data["shut"].items()} == brute
    first = min(since for since in brute.values() if since)
    assert (frame(answers).update, frame(answers).moves, frame(answers).end) == (first, 0, 200)
    assert said.what.endswith(f" gave 0 for every training row from update {first} on")
    born = [name for name, since in data["shut"].items() if not since]
    assert (f"{', '.join(born)} gave 0 from the start" in said.why) == bool(born)


def test_few_kept_states_lead_to_the_same() -> None:
    rich, poor = still(asked(**RELU)), still(asked(**RELU), Limits(memory=1))
    found = []
    for made in (rich, poor):
        told(made, Go(200))
        answers = told(made, Use("find", {"what": "inactive"}))
        found.append([each.data for each in answers if isinstance(each, Told)][-1])
    assert len(poor.session.stretches[0].line.kept) <= 3
    assert found[0] == found[1]
    assert found[0]["shut"]


def test_units_that_never_died_are_said_not_to_have() -> None:
    made = still(asked("2 -> 3 relu -> 1 sigmoid", learning_rate=1e-6))
    told(made, Go(9))
    said, seen = find(made, "inactive")
    assert (said.what, said.why, seen.update) == ("no unit died in the 9 updates made so far", "", 9)
    told(made, Go(0))
    assert only(told(made, SetWeight("hidden.b[1]", -100.0)), Said).kind == "note"
    told(made, Go(9))
    said, seen = find(made, "inactive")
    assert (said.why, seen.update) == ("h2 gave 0 from the start", 0)


def test_the_first_time_that_all_rows_are_right_is_the_first() -> None:
    made = still(RIGHT)
    told(made, Go(600))
    told(made, Go(5))
    ready = made.session.stretches[0].ready
    part, target = ready.dataset.training, ready.dataset.preparation.target
    right = []
    for update in range(601):
        said = ready.job.engine.predictor.predict(made.session.stretches[0].line.states(update), part.inputs)
        right.append(bool((class_indices(target, said) == class_indices(target, part.targets)).all()))  # type: ignore[arg-type]
    note, seen = find(made, "all-right")
    assert seen.update == right.index(True) > 0
    assert seen.update % 6 != 0  # within an epoch
    assert note.what == "all 24 training rows are classified correctly, for the first time"
    few = still(asked("2 -> 16 tanh -> 1 sigmoid"))
    told(few, Go(9, 2))
    note, seen = find(few, "all-right")
    assert note.what == "the 24 training rows were never all classified correctly in the 9 updates made so far"
    assert (seen.update, seen.moves) == (9, 2)


def test_the_first_nan_is_the_one_that_stopped_the_run() -> None:
    made = still(preset("xor"))
    told(made, Go(9))
    assert find(made, "not-finite")[0].what == WORDS["not-finite"]
    told(made, Change("training.learning_rate", 1e6))
    stopped = frame(told(made, Step("epoch", 50)))
    told(made, Go(3))
    said, seen = find(made, "not-finite")
    assert (seen.update, seen.moves) == (stopped.update, stopped.moves)
    assert said.what == f"the first NaN or infinity is in update {stopped.update}"
    told(made, Go(stopped.update - 1))
    told(made, SetWeight("w1", 0.5))
    assert find(made, "not-finite")[0].what.startswith("no number became NaN")


@pytest.mark.parametrize(("what", "reason"), [("inactive", "no layer is relu"), ("all-right", "there are no classes")])
def test_what_makes_no_sense_is_refused_and_said_beforehand(what: str, reason: str) -> None:
    made = still(preset("notes-222"))
    said, _ = find(made, what)
    assert (said.code, said.why) == ("WG1018", reason)
    opened: Any = next(made.opened())
    assert {each["name"]: each["not"] for each in opened.jumps}[what] == reason
    assert {each["name"]: each["not"] for each in opened.jumps}["not-finite"] == ""


def test_a_search_that_is_stopped_moves_nothing_and_goes_on_when_it_is_asked_again() -> None:
    made = still(RIGHT)
    told(made, Go(600))
    told(made, Go(7, 2))
    whole, seen = find(made, "all-right")
    told(made, Go(7, 2))
    for reason, code in (("asked", ""), ("time", "WG1019")):
        answers = made.answers(Use("find", {"what": "all-right"}))
        for _ in range(20):
            assert next(answers) is None
        made.stop = reason  # type: ignore[assignment]
        rest = [each for each in answers if each is not None]
        assert only(rest, Said).code == code
        assert (frame(rest).update, frame(rest).moves, frame(rest).end) == (7, 2, 600)
        made.stop = ""
    assert "looked at 42 of 601 updates" in only(rest, Said).what
    assert find(made, "all-right") == (whole, seen)


def test_a_search_shows_how_far_it_is_and_ends_a_play() -> None:
    now = [0.0]
    made = Desk(Opening(asked(**RELU)), lambda: now[0], Limits())
    told(made, Go(200))
    told(made, Play("move"))
    told_so_far = []
    for answer in made.answers(Use("find", {"what": "inactive"})):
        now[0] += 0.03
        if isinstance(answer, Told) and "looked" in answer.data:
            told_so_far.append((answer.data["looked"], answer.data["of"]))
    assert told_so_far == sorted(told_so_far)
    assert len(told_so_far) > 3
    assert {of for _, of in told_so_far} == {200}
    assert made.pace is None


def test_xor_has_numbers_for_targets_and_is_right_all_the_same() -> None:
    xor = still(preset("xor"))
    told(xor, Step("epoch", 40))
    _, seen = find(xor, "all-right")
    session, part = xor.session, xor.session.stretches[0].ready.dataset.training
    predictor = session.stretches[0].ready.job.engine.predictor

    def is_right(update: int) -> bool:
        return bool(
            ((predictor.predict(session.stretch(0).line.states(update), part.inputs) >= 0.5) == part.targets).all()
        )

    assert [is_right(update) for update in range(seen.update + 1)] == [False] * seen.update + [True]
