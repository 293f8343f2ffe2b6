"""What a recording holds and what it does not, as a person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from whygrad.lab.hosts.recording import DIGITS, EXACT
from whygrad.render.numbers import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from whygrad.lab.hosts.recording import Recording

NAMED: Final = 8  # updates are named one by one, more are counted


def words_of(recording: Recording) -> list[str]:
    """Sentences; the first says what it is."""
    return [what_it_is(recording), *what_is_in_it(recording), what_to_do(recording)]


def what_it_is(recording: Recording) -> str:
    """How much of the run is there."""
    made, there = recording.session.end, len(recording.frames)
    run = f"This is a recorded run of {count(made, 'update')}"
    if there == made + 1:
        return f"{run}: every one is here, move by move."
    return f"{run}: {there:,} of them are here, move by move, most of them early ones."


def what_is_in_it(recording: Recording) -> Iterator[str]:
    """What else there is, and where."""
    losses = recording.session.losses()
    rounded = f", rounded to {DIGITS} digits" if len(losses) > EXACT else ""
    yield f"The curve holds the loss of every update{rounded}."
    if max(map(len, recording.session.stretches[-1].line.parts(0))) > 1:
        yield f"Of each batch, row {recording.view.row} is the one that is shown."
    if recording.fault:
        yield f"The run ended early: {recording.fault}."
    if drawn := {update for places in recording.panels.values() for update, _ in places}:
        others = (
            ""
            if len(drawn) == len(recording.frames)
            else "; elsewhere they keep, faded, what they showed at the one before"
        )
        yield f"Panels show {listed(drawn, recording)}{others}."
    if recording.whys:
        yield f"Why a number is what it is can be asked at {listed(recording.whys, recording)}."
    if cuts := [f"{each.line.first:,}" for each in recording.session.stretches[1:]]:
        yield f"The run was changed by hand at update {' and '.join(cuts)}; the settings shown are the last ones."
    if recording.left_out:
        yield f"There was no room for {'; '.join(recording.left_out)}."


def what_to_do(recording: Recording) -> str:
    """How one gets what a recording cannot do."""
    file = recording.session.experiment.data.file
    beside = f" beside {file}" if file else ""
    return (
        "Nothing can be changed here. To train it yourself, save the experiment as a file (“Experiment …”)"
        f"{beside}, and open that with whygrad lab."
    )


def listed(updates: Iterable[int], recording: Recording) -> str:
    """Updates by their numbers, or how many they are."""
    found = sorted(updates)
    if found == sorted(recording.frames):
        return "every one of these"
    if len(found) > NAMED:
        return f"{len(found):,} of these"
    *rest, last = (f"{each:,}" for each in found)
    return f"updates {', '.join(rest)} and {last}" if rest else f"update {last}"
