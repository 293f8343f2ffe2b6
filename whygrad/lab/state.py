"""The whole of a session written down: with it another lab shows the same run at the same place.

What was changed on the way stands there in order, so the run is made again rather than believed. The parameters at the
place stand beside it with every digit, to be compared; where another machine computes other bits, they count.
"""

from __future__ import annotations

import binascii
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
import numpy as np

from whygrad.errors.lab_tools import StateDamaged, StateOfAnotherFormat
from whygrad.lab.frame import numbers
from whygrad.lab.message import Name, Number, StateText
from whygrad.lab.turns import Parameters, Weight
from whygrad.lab.wire import DEEPEST, is_deeper
from whygrad.spec import write_experiment
from whygrad.spec.tables import tables_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from whygrad.lab.session import Session
    from whygrad.lab.turns import Turns
    from whygrad.pipeline.setting_up import SetUp
    from whygrad.spec import Experiment

FORMAT: Final = 1
KEY: Final = "state="  # what stands before it in the part of an address behind "#"
LONGEST_ADDRESS: Final = 4_000  # characters, the key among them: mail programs and chats break longer ones
MOST_BYTES: Final = 2_000_000  # of a state that was packed: a few bytes can hold more than a machine has room for
MOST_TURNS: Final = 5_000
RAW: Final = -15  # the packed bytes alone: neither a header nor a checksum is needed beside the comparison
FIGURES: Final = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}

Figure = float | str
Figures = tuple[Figure, ...]


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What was changed before an update: settings by key (None takes one away), a weight, or arrays row by row."""

    update: Number
    settings: dict[Name, Any] = {}
    weight: Annotated[str, msgspec.Meta(max_length=200)] = ""
    value: Figure = 0.0
    parameters: dict[Name, Figures] = {}


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An experiment as text, what was changed since, and the place that is looked at.

    - `end`: how many updates were made; `parameters`: the arrays of the network at the place, row by row.
    - `whygrad`: the version that wrote it.
    """

    format: int
    whygrad: Annotated[str, msgspec.Meta(max_length=100)]
    experiment: StateText
    parameters: dict[Name, Figures]
    turns: Annotated[tuple[Written, ...], msgspec.Meta(max_length=MOST_TURNS)] = ()
    update: Number = 0
    moves: Number = 0
    row: Number = 0
    end: Number = 0


class Stamp(msgspec.Struct):
    """The one field that a state of every format has."""

    format: int


def state_of(session: Session, row: int = 0) -> State:
    """A session as it is now; `row` is the row of the batch that is looked at."""
    place = session.place
    stretch = session.stretch(place.update)
    states = stretch.line.states(place.update)
    return State(
        format=FORMAT,
        whygrad=version_here(),
        experiment=write_experiment(session.turns.started),
        parameters={name: figures(states[name]) for name in network_states(stretch.ready)},
        turns=tuple(written(session.turns)),
        update=place.update,
        moves=place.moves,
        row=row,
        end=session.end,
    )


def written(turns: Turns) -> Iterator[Written]:
    """What was changed, as it is written down."""
    latest = turns.started
    for turn in turns.made:
        match turn.made:
            case Weight(name, value):
                yield Written(turn.update, weight=name, value=numbers(value))
            case Parameters(values):
                yield Written(turn.update, parameters={name: figures(value) for name, value in values.items()})
            case experiment:
                if found := difference(latest, experiment):
                    yield Written(turn.update, settings=found)
                latest = experiment


def difference(old: Experiment, new: Experiment) -> dict[str, Any]:
    """The settings of a training that differ, by key; None where one was taken away."""
    before, after = (tables_of(each.training) for each in (old, new))
    changed = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    found = {f"training.{key}": after.get(key) for key in sorted(changed)}
    return found if old.title == new.title else found | {"title": new.title}


def network_states(ready: SetUp) -> tuple[str, ...]:
    """The arrays that make a network what it is: its parameters, and statistics that it normalises with."""
    return tuple(ready.job.engine.predictor.forward_for(1).states)


def figures(array: Any) -> Figures:
    """The numbers of an array, row by row."""
    return tuple(numbers(np.ravel(array)))


def array_of(found: Figures, like: Any) -> Any:
    """Figures as an array of the shape and precision of another. Raises StateDamaged (WG1026)."""
    try:
        flat = [FIGURES[each] if isinstance(each, str) else each for each in found]
        return np.array(flat, dtype=np.asarray(like).dtype).reshape(np.shape(like))
    except (KeyError, ValueError, OverflowError):
        raise StateDamaged("an array in it is not the size of the network's") from None


def text_of(state: State) -> str:
    """A state as the text of a file."""
    return msgspec.json.encode(state).decode() + "\n"


def in_address(state: State) -> str:
    """A state as the part of an address behind "#", however long that is."""
    squeezer = zlib.compressobj(9, wbits=RAW)
    packed = squeezer.compress(msgspec.json.encode(state)) + squeezer.flush()
    return KEY + urlsafe_b64encode(packed).decode().rstrip("=")


def parsed(text: str) -> State:
    """The state in a file's text or an address. Raises StateDamaged (WG1026), StateOfAnotherFormat (WG1027)."""
    data = text.encode() if text.lstrip().startswith("{") else unpacked(text.strip().removeprefix(KEY))
    try:
        if (found := msgspec.json.decode(data, type=Stamp).format) != FORMAT:
            raise StateOfAnotherFormat(found, FORMAT)
        state = msgspec.json.decode(data, type=State)
    except RecursionError:
        raise StateDamaged("it is nested too deeply") from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise StateDamaged(str(error)) from None
    check(state)
    return state


def unpacked(packed: str) -> bytes:
    """The bytes that were packed into an address, no more than a state may have. Raises StateDamaged (WG1026)."""
    try:
        given = urlsafe_b64decode(packed.encode("ascii") + b"=" * (-len(packed) % 4))
        opener = zlib.decompressobj(wbits=RAW)
        data = opener.decompress(given, MOST_BYTES)
    except (binascii.Error, UnicodeEncodeError, zlib.error):
        raise StateDamaged("the address is cut off, or not one of the lab's") from None
    if opener.unconsumed_tail:
        raise StateDamaged(f"it holds more than {MOST_BYTES:,} bytes")
    if not opener.eof:
        raise StateDamaged("the address is cut off")
    return data


def check(state: State) -> None:
    """Refuse a state that no session can have been in. Raises StateDamaged (WG1026)."""
    updates = [each.update for each in state.turns]
    if updates != sorted(updates) or max(*updates, state.update, 0) > state.end:
        raise StateDamaged("its updates are not in order")
    if any(is_deeper(each.settings, DEEPEST) for each in state.turns):
        raise StateDamaged("it is nested too deeply")
    if any(bool(each.settings) + bool(each.weight) + bool(each.parameters) != 1 for each in state.turns):
        raise StateDamaged("each change is one of settings, of a weight, or of whole arrays")


def arrays_of(found: Mapping[str, Figures], states: Mapping[str, Any]) -> dict[str, Any]:
    """The arrays that are written down, as some states have them. Raises StateDamaged (WG1026)."""
    if not found.keys() <= states.keys():
        raise StateDamaged("it has arrays that are not the network's")
    return {name: array_of(each, states[name]) for name, each in found.items()}


def version_here() -> str:
    """The version of whygrad."""
    try:
        return version("whygrad")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "unknown"
