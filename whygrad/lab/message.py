"""What a page asks of the lab, and what the lab answers: JSON, one message a frame of the WebSocket.

What arrives is decoded into these records and nothing else, so a message is either one of them or refused.

PROTOCOL, as it is spoken at `/ws`:

- The page's first message is `open`, also after a lost connection: then with the `session` that `opened` named, and
  with its preset or experiment beside it, for the case that the session is gone. Until then it is answered `said`.
- `open` is answered `opened`, `curve` from 0 on, `frame`, and then a `why` of "" (below); a `said` stands before them
  where the session was gone. The `server` in `opened` is another one after the lab was started again.
- Whatever moves the place is answered by `curve` (where there are other losses than before), `frame`, and a little
  later a `why` of "". The latter is the move that is looked at as on paper; it says of which `update` and `moves` it
  is, and those that were passed by quickly get none.
- `change` is answered `opened` (the experiment and the network may be others), `said` (whether the run goes on or
  starts again), `curve`, `frame`. `set-weight` is answered `said`, `curve`, `frame`.
- A run ends where `whygrad train` would: `said` names the reason, and a play or a long step stops there once. What
  ended goes on with the next step or play; `go` passes by.
- `divide` is answered by a `frame` after as many moves as were made, whole layers at least.
- `watch` is answered by a `panel`, now and after every `frame` of another place, until a `watch` that is not `on`;
  those that were passed by quickly are left out. `use` is answered as the tool says: by `told`, `file`, or as a move.
- An error is a `said` of the kind "error"; the session is as it was, and a `frame` may follow. A NaN stops a play or
  a long step: `said` names where it began, and the frame behind it looks at it.
- While it plays the lab sends `frame` and `curve` by itself, at most 25 times a second; `pause` is answered by a
  frame with `playing` false. `step`, `go` and `reset` end a play; the others do not.
- A long step sends `curve` and `frame` five times a second to show how far it is; `pause` and `reset` end it.
- A number that JSON has none for is "NaN", "Infinity" or "-Infinity"; in `curve` it is null.
- A page that opens a session that another page has takes it over; the other's connection is closed with code 4001.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec

Unit = Literal["move", "update", "epoch"]
Division = Literal["layer", "unit"]
Count = Annotated[int, msgspec.Meta(ge=1, le=100_000)]
Number = Annotated[int, msgspec.Meta(ge=0, le=10_000_000)]
PerSecond = Annotated[float, msgspec.Meta(gt=0, le=60)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Text = Annotated[str, msgspec.Meta(max_length=900_000)]
StateText = Annotated[str, msgspec.Meta(max_length=1_000_000)]


class Ask(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do"):
    """A message from the page."""


class Open(Ask, frozen=True, tag="open"):
    """Start: with a session kept from before (`session`), else with an experiment as text, or a preset by name.

    `state`: a session that was written down, as the tool "share" gave it: the run is made again up to its place.
    """

    session: Annotated[str, msgspec.Meta(max_length=64)] = ""
    preset: Annotated[str, msgspec.Meta(max_length=64)] = ""
    experiment: Text = ""
    state: StateText = ""


class Step(Ask, frozen=True, tag="step"):
    """So many moves, updates or epochs on, or back; from within one, back leads to its start first.

    After the last move of an update comes the first of the next, so that each step of one move computes something.
    """

    unit: Unit = "move"
    count: Count = 1
    back: bool = False


class Go(Ask, frozen=True, tag="go"):
    """To an update that was made, or beyond the farthest; after so many of its moves."""

    update: Number
    moves: Number = 0


class Play(Ask, frozen=True, tag="play"):
    """Go on by itself, so many moves, updates or epochs a second, until a pause."""

    unit: Unit = "move"
    per_second: PerSecond = 2.0


class Pause(Ask, frozen=True, tag="pause"):
    """Stop going on by itself."""


class Reset(Ask, frozen=True, tag="reset"):
    """Back to the start, with the same weights as before."""


class Change(Ask, frozen=True, tag="change"):
    """Another value for a setting, by its section and key: "training.learning_rate", "network.layers.0.units".

    The value is what a file would have; null takes the key away. "data" (or another section) names all of it, as for
    columns of one's own, which need their target at once. `called`: what the setting is called on the page.
    """

    key: Name
    value: Any
    called: Annotated[str, msgspec.Meta(max_length=200)] = ""


class SetWeight(Ask, frozen=True, tag="set-weight"):
    """Another value for one weight or bias, from here on."""

    name: Name
    value: float


class Explain(Ask, frozen=True, tag="explain"):
    """Why a number of the update that is looked at is what it is."""

    of: Name


class Look(Ask, frozen=True, tag="look"):
    """Which row of the batch the page shows."""

    row: Number


class Divide(Ask, frozen=True, tag="divide"):
    """Whether a move is that of a layer or of a unit, from now on."""

    by: Division


class Watch(Ask, frozen=True, tag="watch"):
    """Show a panel, with settings that `panels/` has the record of; or no longer show it."""

    panel: Name
    settings: dict[str, Any] = {}
    on: bool = True


class Use(Ask, frozen=True, tag="use"):
    """Have something done that is not driving the run; `tools/` has the records of what can be asked."""

    tool: Name
    ask: dict[str, Any] = {}


Request = Open | Step | Go | Play | Pause | Reset | Change | SetWeight | Explain | Look | Divide | Watch | Use


class Answer(msgspec.Struct, frozen=True, tag_field="is", omit_defaults=False):
    """A message to the page."""


class Opened(Answer, frozen=True, tag="opened"):
    """What there is to drive: the session's name, the experiment, the network as it is drawn.

    - `experiment`: every setting, by section and key; `text`: the same as a file.
    - `presets`: what `open` may name, `panels`: what `watch` may name, each with its `name` and `title`, a preset
      also with its `group`.
    - `jumps`: what the tool "find" may look for, likewise, and why that makes no sense here (`not`), "" where it does.
    - `parts`: what `watch` may name besides, for a part of the page that is there anyway.
    - `pages`: what is shown in the place of the lab, likewise, by names that the browser knows.
    """

    session: str
    server: str
    experiment: dict[str, Any]
    network: dict[str, Any]
    text: str
    presets: list[dict[str, str]]
    panels: list[dict[str, str]]
    jumps: list[dict[str, str]]
    parts: list[str]
    pages: list[dict[str, str]]


class Frame(Answer, frozen=True, tag="frame"):
    """What is seen now: the place, what is known there, and nothing that is not computed yet.

    `rows`: how many the batch has; `before`: the weights before the update, where `weights` are those after it, and
    `updates` what it added to them. `by`: whether a move is that of a layer or of a unit, whose `unit` and `name` the
    `steps` have then; of an array that is computed in part the rest is null.
    `origin`: marks of the `data` and `weights` with which the run began; runs with the same marks began the same.
    """

    update: int
    moves: int
    end: int
    epoch: int
    batch: int
    row: int
    rows: int
    playing: bool
    steps: list[dict[str, Any]]
    values: dict[str, Any]
    adjoints: dict[str, Any]
    weights: dict[str, Any]
    before: dict[str, Any] | None
    gradients: dict[str, Any]
    updates: dict[str, Any]
    loss: float | str | None
    by: Division
    origin: dict[str, str]


class Curve(Answer, frozen=True, tag="curve"):
    """The losses of the updates made, from one of them on; the page forgets those it had from there."""

    start: int
    losses: list[float | None]


class Why(Answer, frozen=True, tag="why"):
    """A derivation, as a page draws it (`render.live` says how), of a place; `of` is "" for the move looked at."""

    of: str
    update: int
    moves: int
    row: int
    document: dict[str, Any]


class Drawn(Answer, frozen=True, tag="panel"):
    """What a panel shows of a place; `data` is as the panel's own file says."""

    panel: str
    update: int
    moves: int
    row: int
    data: Mapping[str, Any]


class Told(Answer, frozen=True, tag="told"):
    """What a tool found, or how far it is; `data` is as the tool's own file says."""

    tool: str
    data: Mapping[str, Any]


class File(Answer, frozen=True, tag="file"):
    """A file for the person to keep, with its media type."""

    name: str
    type: str
    text: str


class Said(Answer, frozen=True, tag="said"):
    """A sentence for the person: what a change did, or an error with its code, reason and way on.

    `about`: the key of the setting, or the name of the weight, that the page wanted to change.
    """

    kind: Literal["note", "error"]
    what: str
    code: str = ""
    why: str = ""
    advice: str = ""
    about: str = ""
