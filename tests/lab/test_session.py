"""A run that a person drives: the same bits on the way back, and changes that say what they did."""

from __future__ import annotations

import pytest
from msgspec import structs

from tests.asked import asked
from tests.pipeline.variants import same_bits
from whygrad.errors.graph import UnknownName
from whygrad.errors.spec import SpecError
from whygrad.lab.session import Place, Session
from whygrad.spec import Adam, Experiment


def with_training(experiment: Experiment, **changed: object) -> Experiment:
    return structs.replace(experiment, training=structs.replace(experiment.training, **changed))


@pytest.fixture
def session() -> Session:
    return Session(asked("2 -> 3 tanh -> 1 sigmoid", batch_size=8))


def test_going_back_shows_the_same_bits(session: Session) -> None:
    session.go(7)
    seen = session.trace(3)
    session.go(20)
    session.go(3)
    again = session.trace()
    for name in seen.step.states:
        (one, after), (other, later) = seen.state(name), again.state(name)
        assert same_bits({"before": one, "after": after}, {"before": other, "after": later})
    assert session.end == 20
    assert len(session.losses()) == 20


def test_a_reset_draws_the_same_weights(session: Session) -> None:
    first = session.trace()
    session.go(5)
    session.reset()
    assert session.place == Place(0, 0)
    assert session.end == 0
    assert session.trace().loss == first.loss


def test_another_rate_goes_on_from_here(session: Session) -> None:
    session.go(6)
    before = session.trace(6).loss
    session.go(10)
    session.go(6)
    assert session.change(with_training(session.experiment, learning_rate=0.5)) is True
    assert session.place == Place(6, 0)
    assert session.trace().loss == before
    assert session.end == 6
    session.go(9)
    assert len(session.losses()) == 9
    session.go(2)
    assert session.stretch(2) is session.stretches[0]


def test_another_optimizer_starts_with_nothing_remembered(session: Session) -> None:
    session.go(4)
    assert session.change(with_training(session.experiment, optimizer=Adam())) is True
    before, _ = session.trace().state("hidden.W.first_moment")
    assert not before.any()


def test_another_network_starts_again(session: Session) -> None:
    session.go(4)
    other = asked("2 -> 4 tanh -> 1 sigmoid", batch_size=8)
    assert session.change(other) is False
    assert session.place == Place(0, 0)
    assert session.losses() == []


def test_a_change_that_cannot_be_leaves_everything_as_it_was(session: Session) -> None:
    session.go(4)
    kept = session.experiment
    with pytest.raises(SpecError):
        session.change(with_training(kept, learning_rate=-1.0))
    assert session.experiment is kept
    assert session.place == Place(4, 0)


def test_a_weight_typed_in_is_the_weight_from_here_on(session: Session) -> None:
    session.go(3)
    session.set_weight("w1", 2.5)
    assert session.trace().value("w1") == 2.5
    session.go(2)
    assert session.trace().value("w1") != 2.5
    with pytest.raises(UnknownName):
        session.set_weight("w99", 1.0)
