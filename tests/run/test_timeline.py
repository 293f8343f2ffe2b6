"""Going forward and backward through a run's updates gives the same bits every time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pipeline.variants import VARIANTS, same_bits
from whygrad import train
from whygrad.errors.run import NoSuchEpoch
from whygrad.graph import UPDATES
from whygrad.pipeline.starting import untrained
from whygrad.run import Timeline


def timeline(name: str) -> Timeline:
    ready = untrained(VARIANTS[name]).set_up
    return Timeline(ready.job, ready.start().states)


@pytest.mark.parametrize("name", ["plain in order", "shuffled per row", "everything", "float32", "augmentation"])
def test_one_update_at_a_time_is_what_training_does(name: str) -> None:
    run, line = train(VARIANTS[name], engine="interpreter"), timeline(name)
    for _ in range(2 * line.per_epoch):
        line.go_on()
    assert same_bits(line.states(2 * line.per_epoch), run.checkpoints.at(2, run.set_up.job).states)
    assert line.place(line.per_epoch + 1) == (1, 1)
    there, here = run.step(1, 1), line.trace(line.per_epoch + 1)
    assert (here.epoch, here.batch, here.number) == (there.epoch, there.batch, there.number)
    assert here.loss == there.loss


@given(st.lists(st.integers(0, 30), max_size=12))
def test_any_way_back_and_forth_shows_the_same(places: list[int]) -> None:
    line = timeline("adam, cosine")
    seen = [line.states(0)]
    for _ in range(30):
        line.go_on()
        seen.append(line.states(line.end))
    for place in places:
        assert same_bits(line.states(place), seen[place])
        assert int(line.states(place)[UPDATES]) == place


def test_few_are_kept_and_all_are_found_again() -> None:
    line = timeline("shuffled per row")
    line.room = 5
    losses = [line.go_on().outputs["error"] for _ in range(60)]
    assert len(line.kept) <= 6
    assert [line.trace(k).loss for k in (0, 17, 59)] == [losses[0], losses[17], losses[59]]


def test_what_was_not_made_cannot_be_gone_back_to() -> None:
    line = timeline("plain in order")
    with pytest.raises(NoSuchEpoch):
        line.states(1)
    with pytest.raises(NoSuchEpoch):
        line.states(-1)
