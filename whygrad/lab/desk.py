"""One learner's conversation: a request goes in, answers come out, and errors are answers too.

The answers to a request come one by one, with None after each piece of work that has nothing to show yet: whoever
asks decides how much is done at a time, and may set `stop` in between.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import structs

from whygrad.errors import WhygradError
from whygrad.errors.lab import NotUnderstood, OutOfTime
from whygrad.lab.apart.apart import Apart
from whygrad.lab.beside import Beside
from whygrad.lab.ending import NOWHERE, note_of, stops_at
from whygrad.lab.fit import change_data, in_words
from whygrad.lab.frame import View, first_broken, isfinite
from whygrad.lab.limits import Limits, refuse_more
from whygrad.lab.message import (
    Change,
    Curve,
    Divide,
    Explain,
    Go,
    Look,
    Open,
    Opened,
    Pause,
    Play,
    Reset,
    Said,
    SetWeight,
    Step,
    Use,
    Watch,
)
from whygrad.lab.network import network_of
from whygrad.lab.opening import refuse_files
from whygrad.lab.pace import PROGRESS, Pace
from whygrad.lab.pages import pages_for
from whygrad.lab.panels import panel_called, panels_for, parts_for
from whygrad.lab.presets import listed
from whygrad.lab.reopening import Reopening
from whygrad.lab.session import Place, Session
from whygrad.lab.settings import with_setting
from whygrad.lab.sight import Sight
from whygrad.lab.tools import jumps_for, tool_called
from whygrad.lab.walk import as_far, target
from whygrad.lab.wire import converted
from whygrad.spec import check_experiment, write_experiment
from whygrad.spec.tables import tables_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Set

    from whygrad.lab.message import Answer, Request
    from whygrad.lab.opening import Opening
    from whygrad.spec import Experiment
    from whygrad.trace import Ending

LOSSES_AT_ONCE: Final = 20_000
USUAL: Final = Limits()
FAULT: Final = Said("error", "the lab failed at this; that is a fault of the lab", advice="its terminal says more")
DRIVES: Final = (Step, Go, Play, Reset, Change, SetWeight)  # what makes a run another one than was to be made again
log = logging.getLogger(__name__)


class Desk:
    """A session, what the page of it sees, and what it was told.

    - `pace`: how fast it goes on by itself, None while it does not.
    - `stop`: why the work on a request is to end early, "" while it is not.
    - `told`: how many losses the page has; `ahead`: how far it goes when it is first seen.
    - `beside`: what stands beside the network, and what of it the page has.
    - `reopening`: what is still to be made again of a session that was written down.
    - `apart`: what is to be done in a process of its own.
    - `kept`: what a tool left to be gone on with, by its name.
    """

    def __init__(
        self, opening: Opening, clock: Callable[[], float], limits: Limits = USUAL, name: str = "", server: str = ""
    ) -> None:
        self.opening, self.clock, self.limits = opening, clock, limits
        self.name, self.server = name, server
        self.session = Session(opening.experiment, opening.folder, limits)
        self.view = View(self.session)
        self.pace: Pace | None = None
        self.stop: Literal["", "asked", "time"] = ""
        self.told = 0
        self.ahead = opening.update
        self.beside = Beside()
        self.apart = Apart()
        self.reopening = Reopening(opening.state) if opening.state else None
        self.kept: dict[str, Any] = {}

    def answers(self, request: Request) -> Iterator[Answer | None]:
        """What is said to a request; an error leaves the session as it was."""
        if isinstance(request, DRIVES):
            self.reopening = None
        return self._said(self._asked(request), about(request))

    def opened(self) -> Iterator[Answer | None]:
        """Everything that a page needs to begin with."""
        return self._said(self._begin())

    def ticked(self) -> Iterator[Answer | None]:
        """What is said where the run went on by itself."""
        return self._said(self._tick())

    def _said(self, found: Iterator[Answer | None], about: str = "") -> Iterator[Answer | None]:
        try:
            yield from found
            return
        except (WhygradError, RecursionError) as error:
            yield structs.replace(said(error), about=about)
        except Exception:
            log.exception("a fault of the lab itself")
            yield structs.replace(FAULT, about=about)
        yield from self.seen()

    def _asked(self, request: Request) -> Iterator[Answer | None]:
        match request:
            case Step() | Go():
                self.pace = None
                yield from self._walk(request)
            case Play() | Pause():
                yield from self._play(request)
            case Reset():
                self.pace, self.stop = None, ""
                self.session.reset()
                yield from self._changed()
            case Change(key, value):
                yield from self._change(key, value)
            case SetWeight(name, value):
                self.session.set_weight(name, value)
                place = self.session.place.update
                yield Said("note", f"{name} is {value:.17g} from update {place:,} on", about=name)
                yield from self._changed()
            case Explain(of):
                yield self.view.shown().why(of)
            case Look() | Divide():
                self._look(request)
                yield from self.seen()
            case Watch() | Use():
                yield from self._beside(request)
            case Open():
                yield from self._begin()

    def _look(self, request: Look | Divide) -> None:
        """Look at another row, or at moves of another kind. Raises TooManyUnits (WG1021)."""
        if isinstance(request, Look):
            self.view.row = request.row
            return
        place, (_, before) = self.session.place, self.view.chart()
        self.view.divide(request.by)
        self.session.place = replace(place, moves=as_far(place.moves, before, self.view.chart()[1]))

    def _beside(self, request: Watch | Use) -> Iterator[Answer | None]:
        """What is not driving the run: panels, which are drawn later, and tools."""
        if isinstance(request, Use):
            tool = tool_called(request.tool)
            yield from tool.use(self, converted(request.ask, tool.asked))
            return
        panel = panel_called(request.panel)
        self.beside.watch(panel, converted(request.settings, panel.settings), on=request.on)
        self.beside.look(self.sight())

    def _begin(self) -> Iterator[Answer | None]:
        ahead, self.ahead, self.beside = self.ahead, 0, Beside()
        yield self.what_there_is()
        yield from self._curve(0)
        if self.reopening is not None:
            yield from self.reopening.go_on(self)
            yield self.what_there_is()
        yield from self._go(Place(ahead)) if ahead else self.seen()

    def _play(self, request: Play | Pause) -> Iterator[Answer | None]:
        if isinstance(request, Play):
            often = self.limits.frames_per_second
            self.pace = Pace(request.unit, request.per_second, often, self.clock())
        else:
            self.pace, self.stop = None, ""
        yield from self.seen()

    def _tick(self) -> Iterator[Answer | None]:
        if self.pace is None:
            return
        step = Step(self.pace.unit, self.pace.due(self.clock()))
        try:
            yield from self._walk(step, until=self.clock() + 1 / self.limits.frames_per_second)
        except WhygradError:
            self.pace = None
            raise

    def _change(self, key: str, value: object) -> Iterator[Answer | None]:
        experiment = with_setting(self.session.experiment, key, value)
        has_other_data = key.partition(".")[0] == "data"
        yield from self.take_up(experiment, f"{key} was changed", has_other_data=has_other_data, about=key)

    def take_up(
        self, experiment: Experiment, what: str, *, has_other_data: bool, about: str = ""
    ) -> Iterator[Answer | None]:
        """Go on with another experiment, or start again; where only the data is another, the network is made to fit.

        Raises what `Session.change` does, FileRefused (WG1006).
        """
        here, network = self.session.place.update, experiment.network
        if has_other_data:
            goes_on = change_data(self.session, experiment, self.opening.file)
        else:
            refuse_files(check_experiment(experiment), self.opening.file)
            goes_on = self.session.change(experiment)
        note = f"the run goes on with it from update {here:,}" if goes_on else "the run starts again"
        yield self.what_there_is()
        yield Said("note", f"{what}: {note}{in_words(network, self.session.experiment)}", about=about)
        yield from self._changed()

    def _walk(self, request: Step | Go, until: float | None = None) -> Iterator[Answer | None]:
        place = self.session.place
        per_epoch = self.session.stretch(place.update).line.per_epoch
        wanted = target(request, place, moves=len(self.view.chart()[1]), per_epoch=per_epoch)
        return self._go(wanted, until, stops_at(request, playing=until is not None))

    def _go(self, place: Place, until: float | None = None, ends: Set[Ending] = NOWHERE) -> Iterator[Answer | None]:
        """Look at a place, the updates before it made; until some time, a stop, or a NaN, at which it then looks.

        It also stops where a training would end, for one of some reasons.
        """
        session, seen = self.session, self.clock()
        ended: Ending | None = None
        refuse_more(place.update, self.limits.updates, "updates")
        while session.end < place.update and not self.stop and ended not in ends:
            if fault := session.make_one():
                self._look_at_fault()
                raise fault
            ended = session.ending()
            if self.clock() - seen > PROGRESS:
                session.place, seen = Place(session.end), self.clock()
                yield from self.seen()
            yield None
            if until is not None and self.clock() >= until:
                break
        if ended is not None and ended in ends:
            self.pace, place = None, Place(session.end)
            yield self._end_of_run(ended)
        reached = place.update <= session.end
        yield from session.on_the_way(min(place.update, session.end))
        session.place = place if reached else Place(session.end)
        if self.stop == "time" and not reached:
            self.stop = ""
            yield said(OutOfTime(self.limits.request, session.end))
        yield from self.seen()

    def _look_at_fault(self) -> None:
        """Look at the farthest update, after the move in which NaN or infinity began."""
        session = self.session
        session.place = Place(session.end - 1)
        session.place = Place(session.end - 1, first_broken(*self.view.chart()))

    def _end_of_run(self, ending: Ending) -> Said:
        """Why a training would end at the farthest update."""
        last = self.session.stretches[-1]
        return note_of(last.course, ending, last.line.place(self.session.end)[0])

    def what_there_is(self) -> Opened:
        """What a page is told first."""
        experiment = self.session.experiment
        return Opened(
            session=self.name,
            server=self.server,
            experiment=tables_of(experiment),
            network=network_of(self.session.stretches[-1].ready.plan),
            text=write_experiment(experiment),
            presets=listed(),
            panels=panels_for(self.session.stretches[-1].ready),
            jumps=jumps_for(self.session.stretches[-1].ready),
            parts=parts_for(self.session.stretches[-1].ready),
            pages=pages_for(self.session.stretches[-1].ready),
        )

    def _changed(self) -> Iterator[Answer | None]:
        """What is seen after a change, the losses from here on forgotten."""
        yield from self._curve(min(self.told, self.session.place.update))
        yield from self.seen()

    def seen(self) -> Iterator[Answer | None]:
        """What is seen now."""
        if self.told != self.session.end:
            yield from self._curve(min(self.told, self.session.end))
        self.view.playing = self.pace is not None
        self.beside.look(self.sight())
        yield self.view.frame()

    def sight(self) -> Sight:
        """What is looked at, for the panels beside it."""
        session = self.session
        update = session.place.update
        stretch = session.stretch(update)
        return Sight(self.view.shown(), stretch.ready, stretch.line.states(update), session.rows(), session.folder)

    def _curve(self, start: int) -> Iterator[Answer | None]:
        """The losses from an update on, not too many in a message."""
        losses = [each if isfinite(each) else None for each in self.session.losses(start)]
        for first in range(0, max(len(losses), 1), LOSSES_AT_ONCE):
            yield Curve(start + first, losses[first : first + LOSSES_AT_ONCE])
        self.told = start + len(losses)


def about(request: Request) -> str:
    """The setting or the weight that a request wants to change, or the rows."""
    match request:
        case Change():
            return request.key
        case SetWeight():
            return request.name
        case Use("rows"):
            return "rows"
    return ""


def said(error: WhygradError | RecursionError) -> Said:
    """An error as an answer."""
    if isinstance(error, RecursionError):
        error = NotUnderstood("it is nested too deeply")
    parts = error.as_tables()
    return Said("error", parts["what"], parts["code"], parts["why"], parts["try"])
