"""A run as it can be looked at without a lab: what the lab would answer at many of its places, taken down.

Nothing is computed where it is shown. `recorded_words` says what is in it, `packing` makes a text of it.
"""

from __future__ import annotations

import zlib
from copy import copy
from dataclasses import dataclass, field
from time import thread_time
from typing import TYPE_CHECKING, Any, Final

import msgspec

from whygrad.errors import WhygradError
from whygrad.errors.lab_tools import RecordingTooLarge
from whygrad.explain.chart import Sort
from whygrad.explain.lookup import TOTALS
from whygrad.lab.frame import View, points
from whygrad.lab.hosts.chosen import chosen, spread
from whygrad.lab.panels import PANELS
from whygrad.lab.session import Place
from whygrad.lab.sight import Sight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from whygrad.explain.chart import Element
    from whygrad.lab.desk import Desk
    from whygrad.lab.message import Opened
    from whygrad.lab.panels.panel import Panel

Line = tuple[list[Any], bytes]  # what it is of, and what the lab answers
EXACT: Final = 20_000  # losses with all their digits; a longer curve has DIGITS
DIGITS: Final = 7
QUICK: Final = 1  # how hard zlib tries where only about the size is wanted
FRAMES, PANELS_TOO, ALL = 0.55, 0.8, 1.0  # how much of the budget is used when each kind is done
encoded: Final = msgspec.json.Encoder().encode


@dataclass(frozen=True)
class Budget:
    """How much a recording holds.

    - `frames`: places that are looked at; the moves of the `first` updates are all there.
    - `drawings`: of panels, about; `derivations`: of numbers, at several updates.
    - `packed`: bytes of all of them together, packed; `plain`: before that; `piece`: of one panel or derivation.
    - `seconds`: of work, however long others keep the machine; what is not done by then is left out.
    """

    frames: int = 600
    first: int = 3
    drawings: int = 400
    derivations: int = 400
    packed: int = 2_200_000
    plain: int = 24_000_000
    piece: int = 1_000_000
    seconds: float = 20.0


@dataclass(eq=False)
class Recording:
    """What was taken down of a run, piece by piece while others work; the desk itself stays where it is.

    - `frames`: by update, one for each of its moves; `moves`: the equations of each.
    - `panels`: what a panel shows, by its name, and at which places; `whys`: by update, derivations with their names.
    - `left_out`, `fault`: in words, what there was no room for, and what ended the run early.
    - `packed`, `plain`: bytes so far, the packed ones about; `spent`: seconds of work.
    """

    desk: Desk
    budget: Budget = field(default_factory=Budget)
    clock: Callable[[], float] = thread_time
    frames: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    moves: list[Line] = field(default_factory=list)
    panels: dict[tuple[str, bytes], list[tuple[int, int]]] = field(default_factory=dict)
    whys: dict[int, list[Line]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    fault: str = ""
    packed: int = 0
    plain: int = 0
    spent: float = 0.0

    def __post_init__(self) -> None:
        self.session = copy(self.desk.session)
        self.view = View(self.session)
        self.view.row, self.view.wanted = self.desk.view.row, self.desk.view.wanted
        self.rows = self.session.rows()
        self.packer = zlib.compressobj(QUICK)

    def take(self) -> Iterator[None]:
        """Take everything down, with None after each piece of work. Raises RecordingTooLarge (WG1016)."""
        since = self.clock()
        for kind in (self.take_frames, self.take_panels, self.take_derivations):
            for _ in kind():
                self.spent += self.clock() - since
                yield None
                since = self.clock()

    def is_over(self, share: float) -> bool:
        """Whether a share of the budget is used."""
        most = self.budget
        return self.packed > share * most.packed or self.plain > share * most.plain or self.spent > share * most.seconds

    def count(self, pieces: Iterable[bytes]) -> None:
        """Take the size of something into account."""
        joined = b"".join(pieces)
        self.plain += len(joined)
        self.packed += len(self.packer.compress(joined) + self.packer.flush(zlib.Z_SYNC_FLUSH))

    def look(self, update: int, moves: int) -> None:
        """Look at a place."""
        self.session.place = Place(update, moves)

    def take_frames(self) -> Iterator[None]:
        """What is seen, and the equations of each move."""
        session, most = self.session, self.budget
        each = len(self.view.chart()[1]) + 1
        line = session.stretch(0).line
        wanted = chosen(session.end, line.per_epoch, most.first, max(most.frames // each, 2))
        for update in in_turn(wanted, most.first):
            if self.is_over(FRAMES):
                break
            yield from session.on_the_way(update)
            yield from self.take_update(update)
        if self.packed > most.packed or self.plain > most.plain:
            raise RecordingTooLarge(self.packed, most.packed)

    def take_update(self, update: int) -> Iterator[None]:
        """What is seen at each move of an update."""
        frames: list[dict[str, Any]] = []
        self.look(update, 0)
        for moves in range(len(self.view.chart()[1]) + 1):
            self.look(update, moves)
            frames.append(msgspec.to_builtins(self.view.frame()))
            document = encoded(self.view.shown().move().document)
            self.moves.append((["move", update, moves], document))
            self.count([document, encoded(differences(frames[-2:]))])
            yield None
        self.frames[update] = frames

    def take_panels(self) -> Iterator[None]:
        """What each panel shows, at as many of the updates as there is room for."""
        fitting = [each for each in PANELS.values() if each.fits(self.session.stretches[-1].ready)]
        updates = sorted(self.frames)
        room = max(2, self.budget.drawings // max(1, 2 * len(fitting)))
        for number, update in enumerate(spread(updates)):
            if number and (number >= room or self.is_over(PANELS_TOO)):
                return
            for panel in fitting:
                if not panel.of_epochs or not number:
                    yield from self.draw_all(panel, update)

    def draw_all(self, panel: Panel, update: int) -> Iterator[None]:
        """What a panel shows after each move: with each more is known, so the last decides whether anything changes."""
        last = len(self.frames[update]) - 1
        first = self.draw(panel, update, 0)
        yield None
        is_same = first == self.draw(panel, update, last)
        yield None
        for moves in range(1, last):
            if is_same:
                self.keep(panel, update, moves, first)
            else:
                self.draw(panel, update, moves)
                yield None

    def draw(self, panel: Panel, update: int, moves: int) -> bytes | None:
        """What a panel shows of a place; None where it has nothing to show there."""
        self.look(update, moves)
        stretch = self.session.stretch(update)
        data = None
        if panel.fits(stretch.ready):
            sight = Sight(self.view.shown(), stretch.ready, stretch.line.states(update), self.rows)
            data = encoded(panel.draw(sight, panel.settings()))
        self.keep(panel, update, moves, data)
        return data

    def keep(self, panel: Panel, update: int, moves: int, data: bytes | None) -> None:
        """Take down what a panel shows of a place."""
        if data is None:
            return
        if len(data) > self.budget.piece:
            self.leave_out(f"the panel “{panel.title}”, which shows too much")
            return
        if (panel.name, data) not in self.panels:
            self.count([data])
        self.panels.setdefault((panel.name, data), []).append((update, moves))

    def take_derivations(self) -> Iterator[None]:
        """Why each number is what it is: at the first update, at the last, and as many others as there is room for."""
        left = self.budget.derivations
        for number, update in enumerate(spread(sorted(self.frames))):
            elements = list(self.questions(update))
            room = max(left // 2, 1) if number == 0 else left
            if self.is_over(ALL) or (number > 1 and len(elements) > room):
                return
            yield from self.derive_each(update, elements[:room])
            found = len(self.whys[update])
            left -= found
            if found < len(elements):
                few = f"{len(elements) - found:,} of {len(elements):,} numbers"
                self.leave_out(f"derivations of {few} of update {update:,}")

    def derive_each(self, update: int, elements: list[Element]) -> Iterator[None]:
        """Why these numbers of an update are what they are."""
        self.whys[update] = []
        for element in elements:
            if self.is_over(ALL):
                return
            self.derive(element)
            yield None

    def questions(self, update: int) -> Iterator[Element]:
        """What one may ask about at an update: units first, then parameters, then what is given."""
        self.look(update, 0)
        chart, moves = self.view.chart()
        yield chart.loss
        for move in moves:
            yield from move.of_row(self.view.shown().row)
        for symbol in ("x", "y", "learning_rate"):
            yield from chart.each(symbol, row=self.view.shown().row)

    def derive(self, element: Element) -> None:
        """Why a number is what it is, under every name that a page asks for it by."""
        update = self.session.place.update
        try:
            document = encoded(self.view.shown().why(element.written).document)
        except WhygradError as error:
            self.leave_out(f"the derivation of {element.written}: {error.what()}")
            return
        if len(document) > self.budget.piece:
            self.leave_out(f"the derivation of {element.written}, which is too long")
            return
        self.count([document])
        is_learned = element.array in self.view.chart()[0].trace.step.parameters
        self.whys[update].append((["why", update, names_of(element, is_learned=is_learned)], document))

    def leave_out(self, what: str) -> None:
        """Remember what is not there."""
        if what not in self.left_out:
            self.left_out.append(what)

    def opened(self) -> Opened:
        """What there is to look at: nothing that needs a lab."""
        drawn = {name for name, _ in self.panels}
        opened = self.desk.what_there_is()
        return msgspec.structs.replace(
            opened,
            session="",
            server="",
            presets=[],
            jumps=[],
            pages=[],
            panels=[each for each in opened.panels if each["name"] in drawn],
            parts=[each for each in opened.parts if each in drawn],
        )

    def lines(self) -> Iterator[Line]:
        """Everything in the order of its places; a frame tells what is other than in the one before."""
        yield ["opened"], encoded(self.opened())
        yield ["losses"], encoded(losses_of(self.session.losses()))
        before: dict[str, Any] = {}
        for update in sorted(self.frames):
            for frame in self.frames[update]:
                yield ["frame"], encoded(differences([before, frame]))
                before = frame
        yield from sorted(self.moves, key=lambda each: each[0])
        for (name, data), places in self.panels.items():
            yield ["panel", name, places], data
        for update in sorted(self.whys):
            yield from self.whys[update]


def in_turn(updates: list[int], first: int) -> Iterator[int]:
    """The first updates one after another, then the others, the farthest from all before it each time."""
    sure = updates[:first]
    yield from sure
    yield from (each for each in spread(updates) if each not in sure)


def differences(frames: list[dict[str, Any]]) -> dict[str, Any]:
    """What of the last frame is other than in the one before it."""
    *before, frame = frames
    known = before[0] if before else {}
    return {name: value for name, value in frame.items() if name not in known or known[name] != value}


def losses_of(losses: list[float]) -> list[float | None]:
    """The losses as a page has them; those of a very long run are rounded."""
    finite = points(losses)
    if len(finite) <= EXACT:
        return finite
    return [None if each is None else float(f"{each:.{DIGITS}g}") for each in finite]


def names_of(element: Element, *, is_learned: bool) -> list[str]:
    """The names by which a page, or a person, asks for a number; `is_learned`: of a weight or a bias."""
    index = f"[{','.join(map(str, element.index))}]" if element.index else ""
    place, form = f"{element.array}{index}", element.named.sort.value
    names = [element.written, form.format(place)]
    if element.named.sort is Sort.ADJOINT:
        names += [f"delta_{element.name}", f"delta_{element.name.removeprefix('net_')}"]
        # A weight is asked for by its own name, and what is told is its gradient.
        names += [element.name, place] if is_learned else []
    if element.written == "loss":
        names += TOTALS
    return list(dict.fromkeys(names))
