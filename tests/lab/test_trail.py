"""A number through training: at each update it is what the trace of that update says."""

from __future__ import annotations

import pytest

from tests.lab.asking import desk, only, told
from whygrad.explain import Chart, element_called
from whygrad.lab.desk import Desk
from whygrad.lab.message import Change, SetWeight, Step, Told, Use
from whygrad.lab.tools import trail


@pytest.fixture
def xor() -> Desk:
    found = desk()
    told(found, Step("epoch", 3))
    told(found, Change("training.learning_rate", 0.05))
    told(found, Step("update", 5))
    return found


def followed(desk: Desk, of: str) -> Told:
    found: Told = only(told(desk, Use("trail", {"of": of})), Told)
    return found


@pytest.mark.parametrize(
    ("of", "updates", "batch"),
    [
        ("w1", list(range(18)), None),
        ("hidden.W[1,2]", list(range(18)), None),
        ("dE/dw1", [1, 5, 9, 13, 17], 1),
        ("w1_new", [1, 5, 9, 13, 17], 1),
        ("loss", [1, 5, 9, 13, 17], 1),
        ("out_h2", [1, 5, 9, 13, 17], 1),
    ],
)
def test_each_value_is_that_of_the_trace(xor: Desk, of: str, updates: list[int], batch: int | None) -> None:
    found = followed(xor, of).data
    assert (found["updates"], found["batch"], found["is_shuffled"]) == (updates, batch, False)
    true = [element_called(Chart(xor.session.trace(update)), of).value for update in updates]
    assert found["values"] == true


def test_a_weight_that_was_typed_in_stands_at_its_update(xor: Desk) -> None:
    told(xor, SetWeight("w1", 0.25))
    told(xor, Step("update"))
    found = followed(xor, "w1").data
    assert found["values"][found["updates"].index(17)] == 0.25


def test_of_a_long_run_some_updates_are_chosen_and_nothing_moves(xor: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "POINTS", 5)
    place = xor.session.place
    assert followed(xor, "w1").data["updates"] == [0, 4, 8, 13, 17]
    assert xor.session.place == place


def test_a_stop_ends_it(xor: Desk) -> None:
    answers = xor.answers(Use("trail", {"of": "w1"}))
    next(answers)
    xor.stop = "asked"
    assert [each for each in answers if each is not None] == []
