"""One learner's conversation: every request, what it says, and what it leaves as it was."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.asked import asked
from tests.lab.asking import desk, frame, only, told
from whygrad.lab.desk import Desk
from whygrad.lab.frame import numbers
from whygrad.lab.limits import Limits
from whygrad.lab.message import (
    Change,
    Curve,
    Explain,
    Frame,
    Go,
    Look,
    Opened,
    Pause,
    Play,
    Reset,
    Said,
    SetWeight,
    Step,
    Why,
)
from whygrad.lab.opening import first_opening
from whygrad.lab.pace import Pace


@pytest.fixture
def xor() -> Desk:
    return desk()


def test_opening_tells_everything_that_a_page_needs(xor: Desk) -> None:
    opened, curve, seen = (each for each in xor.opened() if each is not None)
    assert isinstance(opened, Opened)
    assert opened.experiment["training"]["learning_rate"] == 0.1
    assert 'layers = "2 -> 8 relu -> 1"' in opened.text
    assert [layer["name"] for layer in opened.network["layers"]] == ["inputs", "hidden", "output"]
    assert {each["name"] for each in opened.presets} >= {"xor", "students", "live-221", "notes-222", "chain-depth"}
    assert {key for each in opened.presets for key in each} == {"name", "title", "group"}
    assert curve == Curve(0, [])
    assert isinstance(seen, Frame)
    assert (seen.update, seen.moves, seen.loss) == (0, 0, None)


def test_each_step_of_one_move_computes_something_and_back_is_the_same_bit_for_bit(xor: Desk) -> None:
    there = [frame(told(xor, Step())) for _ in range(15)]
    assert [(each.update, each.moves) for each in there[:7]] == [*((0, k) for k in range(1, 7)), (1, 1)]
    assert there[2].loss == 1.5336893640195552
    assert [move["stage"] for move in there[0].steps] == ["forward", "forward", "loss", "output", "backward", "update"]
    assert (there[4].gradients, there[5].gradients.keys()) == (
        {},
        dict.fromkeys(xor.session.trace(0).step.parameters).keys(),
    )
    back = [frame(told(xor, Step(back=True))) for _ in range(14)]
    assert [msgspec.json.encode(each) for each in back] == [
        msgspec.json.encode(msgspec.structs.replace(each, end=2)) for each in there[-2::-1]
    ]
    assert frame(told(xor, Step(back=True))).moves == 0
    assert frame(told(xor, Step(count=5, back=True))).update == 0


@pytest.mark.parametrize("unit", ["update", "epoch"])
def test_updates_and_epochs_go_on_and_back(unit: Any, xor: Desk) -> None:
    answers = told(xor, Step(unit, 3))
    far = frame(answers)
    made = 3 if unit == "update" else 12
    assert (far.update, far.moves, far.end) == (made, 0, made)
    curve = only(answers, Curve)
    assert (curve.start, len(curve.losses)) == (0, made)
    told(xor, Step(unit, 2))
    again = told(xor, Step(unit, 2, back=True))
    assert msgspec.structs.replace(frame(again), end=made) == far
    told(xor, Step("move", 2))
    assert frame(told(xor, Step(unit, 1, back=True))).update == made


def test_go_leads_anywhere_and_only_new_losses_are_told(xor: Desk) -> None:
    told(xor, Go(10))
    answers = told(xor, Go(4, 3))
    assert (frame(answers).update, frame(answers).moves, frame(answers).end) == (4, 3, 10)
    assert not [each for each in answers if isinstance(each, Curve)]
    assert only(told(xor, Go(12)), Curve).start == 10
    assert frame(told(xor, Go(3, 99))).moves == 6


def test_reset_begins_again_with_the_same_weights(xor: Desk) -> None:
    first = frame(told(xor, Go(0)))
    told(xor, Go(30))
    answers = told(xor, Reset())
    assert only(answers, Curve) == Curve(0, [])
    assert frame(answers) == first


def test_a_change_says_whether_the_run_goes_on(xor: Desk) -> None:
    told(xor, Go(20))
    told(xor, Go(8))
    opened, said, curve, seen = told(xor, Change("training.learning_rate", 0.02))
    assert isinstance(opened, Opened)
    assert opened.experiment["training"]["learning_rate"] == 0.02
    key = "training.learning_rate"
    assert said == Said("note", f"{key} was changed: the run goes on with it from update 8", about=key)
    _, said, *_ = told(xor, Change(key, 0.03, called="Learning rate"))
    assert said == Said("note", f"Learning rate ({key}) was changed: the run goes on with it from update 8", about=key)
    assert curve == Curve(8, [])
    assert isinstance(seen, Frame)
    assert (seen.update, seen.end) == (8, 8)
    opened, said, curve, seen = told(xor, Change("network.layers", "2 -> 3 tanh -> 1"))
    assert said == Said("note", "network.layers was changed: the run starts again", about="network.layers")
    assert isinstance(opened, Opened)
    assert len(opened.network["layers"][1]["units"]) == 3
    assert (curve, frame([seen]).update) == (Curve(0, []), 0)


def test_a_weight_typed_in_counts_from_here_on(xor: Desk) -> None:
    told(xor, Go(9))
    told(xor, Go(3))
    said, curve, seen = told(xor, SetWeight("w1", 0.5))
    assert said == Said("note", "w1 is 0.5 from update 3 on", about="w1")
    assert curve == Curve(3, [])
    assert isinstance(seen, Frame)
    assert seen.weights["hidden.W"][0][0] == 0.5
    refused = only(told(xor, SetWeight("w999", 0.5)), Said)
    assert (refused.code, refused.about) == ("WG105", "w999")


def test_look_shows_another_row() -> None:
    moons = desk(asked("2 -> 3 tanh -> 1 sigmoid", batch_size=8))
    told(moons, Step())
    one, other = frame(told(moons, Look(0))), frame(told(moons, Look(5)))
    assert (one.row, other.row) == (0, 5)
    assert one.values["x"] != other.values["x"]
    assert numbers(moons.session.trace().value("hidden.net")[5]) == other.values["hidden.net"]
    assert frame(told(moons, Look(1000))).row == 7


def test_why_answers_for_the_update_that_is_looked_at(xor: Desk) -> None:
    told(xor, Go(3, 6))
    why = only(told(xor, Explain("w1")), Why)
    assert (why.of, why.update, why.moves) == ("w1", 3, 6)
    assert why.document["title"].startswith("Why dE/dw1 is ")
    assert only(told(xor, Explain("w77")), Said).code == "WG105"


def test_the_panel_has_the_equations_of_the_move_once(xor: Desk) -> None:
    told(xor, Step(count=2))
    why = xor.beside.next()
    assert isinstance(why, Why)
    assert (why.of, why.update, why.moves, why.document["title"]) == ("", 0, 2, "Forward pass, layer output")
    assert xor.beside.next() is None
    told(xor, Step(back=True))
    again = xor.beside.next()
    assert isinstance(again, Why)
    assert len(again.document["sections"][0]["blocks"][1]["lines"]) == 16


def test_a_nan_stops_a_long_step_and_is_looked_at(xor: Desk) -> None:
    told(xor, Change("training.learning_rate", 1e6))
    answers = told(xor, Step("epoch", 50))
    said = only(answers, Said)
    assert (said.kind, said.code) == ("error", "WG501")
    assert "became" in said.what
    seen = frame(answers)
    assert seen.end == seen.update + 1
    assert seen.steps[seen.moves - 1]["stage"] in {"forward", "loss", "output", "backward", "update"}
    shown = str((seen.loss, seen.values, seen.adjoints, seen.gradients, seen.weights))
    assert "NaN" in shown or "Infinity" in shown


def test_a_stop_ends_a_long_step_where_it_is(xor: Desk) -> None:
    answers = xor.answers(Step("epoch", 1000))
    for _ in range(5):
        assert next(answers) is None
    xor.stop = "asked"
    rest = [each for each in answers if each is not None]
    assert frame(rest).update == 5
    assert xor.session.end == 5
    xor.stop = ""
    assert frame(told(xor, Step("update"))).end == 6


def test_a_step_that_takes_too_long_says_how_far_it_came(xor: Desk) -> None:
    answers = xor.answers(Step("epoch", 1000))
    next(answers)
    xor.stop = "time"
    said, _, seen = (each for each in answers if each is not None)
    assert isinstance(said, Said)
    assert (said.code, said.what) == ("WG1005", "stopped at update 1, after 30 seconds of work")
    assert frame([seen]).update == 1


def test_playing_goes_on_tick_by_tick_at_its_pace() -> None:
    now = [0.0]
    made = Desk(first_opening(), lambda: now[0], Limits())
    list(made.opened())
    assert frame(told(made, Play("update", 50.0))).playing is True
    assert made.pace is not None
    seen = []
    for _ in range(5):
        now[0] = made.pace.next
        seen.append(frame([each for each in made.ticked() if each is not None]))
    assert all(each.playing for each in seen)
    assert [each.update for each in seen] == [2, 4, 6, 8, 10]
    assert now[0] == pytest.approx(5 / 25)
    assert frame(told(made, Look(0))).playing is True
    assert frame(told(made, Pause())).playing is False
    assert [each for each in made.ticked() if each is not None] == []


def test_what_a_slow_machine_falls_behind_is_not_made_up_for() -> None:
    pace = Pace("update", 10.0, 25.0, 0.0)
    assert pace.next == 0.1
    assert pace.due(0.1) == 1
    assert pace.due(100.0) == 3
    assert pace.due(100.1) in (1, 2)


def test_a_nan_ends_a_play(xor: Desk) -> None:
    told(xor, Change("training.learning_rate", 1e9))
    told(xor, Play("epoch", 60.0))
    for _ in range(400):
        answers = [each for each in xor.ticked() if each is not None]
        if any(isinstance(each, Said) for each in answers):
            break
    assert frame(answers).playing is False
    assert xor.pace is None


def test_long_curves_come_in_pieces(xor: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whygrad.lab.desk.LOSSES_AT_ONCE", 4)
    answers = [each for each in told(xor, Go(10)) if isinstance(each, Curve)]
    assert [(each.start, len(each.losses)) for each in answers] == [(0, 4), (4, 4), (8, 2)]


def test_a_fault_of_the_lab_is_said_and_the_session_lives(
    xor: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(xor.session, "set_weight", None)
        said, _ = told(xor, SetWeight("w1", 1.0))
    assert isinstance(said, Said)
    assert said.what == "the lab failed at this; that is a fault of the lab"
    assert "TypeError" in caplog.text
    assert only(told(xor, SetWeight("w1", 1.0)), Said).kind == "note"


@pytest.mark.parametrize(
    ("made", "place"), [(0, "after 0 updates: "), (1, "after 1 update: "), (6, "after 6 updates: ")]
)
def test_formulas_count_by_the_updates_made_as_the_controls_do(made: int, place: str, xor: Desk) -> None:
    told(xor, Go(made, 2))
    of_move = xor.view.shown().move()
    of_loss = only(told(xor, Explain("loss")), Why)
    for each in (of_move, of_loss):
        assert str(each.document["subtitle"]).startswith(
            f"{place}epoch {made // 4}, batch {made % 4}, row {made % 4} of"
        )
