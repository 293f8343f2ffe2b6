"""How much one session may ask for: each limit says so, and leaves everything as it was."""

from __future__ import annotations

import msgspec
import pytest

from tests.lab.asking import desk, frame, only, told
from whygrad.errors.lab import TooLarge
from whygrad.lab.limits import Limits
from whygrad.lab.message import Frame, Go, Play, Said, SetWeight, Step


@pytest.mark.parametrize(
    ("limits", "request_made", "what"),
    [
        (Limits(parameters=32), None, "33 parameters"),
        (Limits(rows=199), None, "200 rows"),
        (Limits(numbers=50), None, "numbers in each update"),
        (Limits(updates=5), Go(6), "6 updates"),
        (Limits(updates=5), Step("epoch", 2), "8 updates"),
    ],
)
def test_each_limit_is_said(limits: Limits, request_made: Step | Go | None, what: str) -> None:
    if request_made is None:
        with pytest.raises(TooLarge) as refused:
            desk(limits=limits)
        assert what in refused.value.what()
    else:
        small = desk(limits=limits)
        before = frame(told(small, Go(2)))
        said, seen = told(small, request_made)
        assert isinstance(said, Said)
        assert (said.code, what in said.what) == ("WG1001", True)
        assert seen == before


def test_a_run_has_no_endless_changes() -> None:
    small = desk(limits=Limits(changes=2))
    for number in range(3):
        told(small, Step("update"))
        said = only(told(small, SetWeight("w1", 0.1 * number)), Said)
    assert (said.code, said.what) == ("WG1001", "this would have 3 changes in one run")


def test_a_weight_that_is_dragged_is_changed_once() -> None:
    small = desk(limits=Limits(changes=2))
    told(small, Step("update"))
    for number in range(300):
        assert only(told(small, SetWeight("w1", 0.01 * number)), Said).kind == "note"
    assert len(small.session.stretches) == 2
    told(small, Step("update"))
    assert only(told(small, SetWeight("w1", 0.5)), Said).kind == "note"


def test_a_play_ends_at_the_last_update_of_a_session() -> None:
    small = desk(limits=Limits(updates=6))
    told(small, Play("epoch", 60.0))
    for _ in range(4):
        answers = [each for each in small.ticked() if each is not None]
    assert small.pace is None
    assert small.session.end <= 6
    assert not any(isinstance(each, Frame) and each.playing for each in answers)


def test_going_far_back_is_cut_into_pieces() -> None:
    small = desk(limits=Limits(memory=1))
    there = frame(told(small, Go(100, 2)))
    told(small, Go(300))
    answers = list(small.answers(Go(100, 2)))
    assert answers.count(None) >= 5
    assert msgspec.structs.replace(frame([each for each in answers if each is not None]), end=100) == there
