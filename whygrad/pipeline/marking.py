"""`check(...)`: somebody's notes are read, held against the network that they name, and marked line by line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from whygrad.check.marking import Marked, mark
from whygrad.check.reading.header import header_of
from whygrad.check.reading.notes import decoded, parse_notes, split_lines
from whygrad.errors.check import CheckError, NetworkTooLarge, NoSuchHint, NotesNotFound
from whygrad.explain import Chart
from whygrad.notation import Numbers
from whygrad.pipeline.marked.hints import LEVELS
from whygrad.pipeline.marked.points import Scheme, scheme_of
from whygrad.pipeline.marked.told import Told, told
from whygrad.pipeline.marked.truth import Truth
from whygrad.pipeline.setting_up import set_up, steps_per_epoch
from whygrad.run import Timeline, prepare
from whygrad.spec import Experiment, parse_experiment, read_experiment

if TYPE_CHECKING:
    import os

    from whygrad.check.reading.header import Header
    from whygrad.document import Document
    from whygrad.graph import Expr
    from whygrad.pipeline.marked.terminal import Line

    # An experiment to hold notes against, the folder where its paths start, and what it is called.
    Asked = tuple[Experiment, Path, str]

MOST_WEIGHTS: Final = 400


@dataclass(frozen=True, eq=False, repr=False)
class Marking:
    """Marked notes; notebooks show them as a page.

    - `network`: what they were held against, in words; `charts`: its first step and the one after it.
    - `level`: of the hints that stand for what is right (0: all is said); `teacher`: whether points are given.
    """

    marked: Marked
    network: str = ""
    charts: tuple[Chart, ...] = ()
    level: int = 0
    teacher: bool = False

    def __repr__(self) -> str:
        return f"<Marking: {self.marked.notes.place}, {len(self.marked.errors)} errors>"

    def __str__(self) -> str:
        return self.text()

    def hinted(self, level: int = 1) -> Marking:
        """The same with hints alone: 1 where to look, 2 a question as well, 3 the formula; no true number in them.

        Raises NoSuchHint (WG1112).
        """
        if level not in LEVELS:
            raise NoSuchHint(level)
        return replace(self, level=level)

    def with_points(self) -> Marking:
        """The same with a mark scheme: points for each claim, and a total."""
        return replace(self, teacher=True)

    @cached_property
    def scheme(self) -> Scheme:
        """The points of every mark, with follow-through."""
        return scheme_of(self.marked)

    @cached_property
    def truth(self) -> Truth:
        """What is right, with its derivations."""
        return Truth(self.charts, self.marked.conventions)

    @cached_property
    def told(self) -> Told:
        """All that is said beside the marks."""
        return told(self.marked, self.network, self.truth, level=self.level, teacher=self.teacher)

    @property
    def document(self) -> Document:
        """As a page without a medium."""
        from whygrad.pipeline.marked.page import page_of

        return page_of(self.told)

    def lines(self, width: int = 80) -> list[Line]:
        """As lines of text of at most so many columns, each with what it is."""
        from whygrad.pipeline.marked.terminal import lines_of

        return lines_of(self.told, width)

    def text(self, width: int = 80) -> str:
        """As text for a terminal of so many columns."""
        return "\n".join(line.text for line in self.lines(width)) + "\n"

    def markdown(self) -> str:
        """As Markdown."""
        from whygrad.render.markdown import markdown

        return markdown(self.document, Numbers())

    def html(self) -> str:
        """As one page that opens offline: the notes with marks in the margin, the correct lines, the derivations."""
        from whygrad.pipeline.marked.annotated import annotated

        return annotated(self.told, self.truth)

    def junit(self) -> str:
        """As JUnit XML: a case for each claim."""
        from whygrad.pipeline.marked.junit import junit, suite_of

        return junit([suite_of(self.told)])

    def structure(self) -> Any:
        """As plain dicts and lists, numbers in full precision."""
        from whygrad.pipeline.marked.record import record_of

        return json.loads(json.dumps(record_of(self.told)))

    def _repr_html_(self) -> str:
        from whygrad.render.frame import framed

        return framed(self.html(), self.document.title)


def check(
    notes: str | os.PathLike[str] | bytes,
    network: str | os.PathLike[str] | None = None,
    place: str = "notes",
    known: Steps | None = None,
    *,
    own_first: bool = False,
) -> Marking:
    """Mark the notes in a file, or their bytes, against the experiment in a file, else the one that they name.

    Without a network only the arithmetic is marked. `known` are steps that further notes may share;
    `own_first`: a network that the notes name comes before the given one. Raises CheckError (WG11xx) where no line can
    be read, and the errors of an experiment (WG1xx, WG2xx, WG3xx).
    """
    place, data = (place, notes) if isinstance(notes, bytes) else (str(notes), content(Path(notes)))
    text = decoded(data, place)
    folder = Path() if isinstance(notes, bytes) else Path(notes).parent
    header = header_of(split_lines(text, place), place)
    has_own = own_first and (header.network_file or header.experiment)
    found = asked(header, folder, None if network is None or has_own else Path(network), place)
    return held_against(found, text, place, known)


def held_against(found: Asked | None, text: str, place: str, known: Steps | None = None) -> Marking:
    """Mark the text of notes against an experiment, or their arithmetic alone. Raises what `check` raises."""
    remembering = Remembering()
    if found is None:
        return Marking(mark(parse_notes(text, place), None, remembering))
    experiment, base, name = found
    step, after = (known or Steps())(experiment, base)
    names = [each.written for each in step.every()]
    charts = (step,) if after is None else (step, after)
    return Marking(mark(parse_notes(text, place, names), step, remembering, after), name, charts)


def content(path: Path) -> bytes:
    """The bytes of a file. Raises NotesNotFound (WG1107)."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotesNotFound(str(path), error.strerror or str(error)) from None


def asked(header: Header, folder: Path, network: Path | None, place: str) -> Asked | None:
    """What to hold notes against; None without a network."""
    file = network or (folder / header.network_file if header.network_file else None)
    if file is not None:
        return read_experiment(file), file.parent, file.name
    if header.experiment:
        return parse_experiment(header.experiment, place), folder, "the network that they give"
    return None


class Steps:
    """The steps of experiments, each worked out once for all notes that are held against it."""

    def __init__(self) -> None:
        self.worked: list[tuple[Experiment, Path, tuple[Chart, Chart | None]]] = []

    def __call__(self, experiment: Experiment, folder: Path) -> tuple[Chart, Chart | None]:
        for known, base, found in self.worked:
            if (known, base) == (experiment, folder):
                return found
        self.worked.append((experiment, folder, steps(experiment, folder)))
        return self.worked[-1][2]


def steps(experiment: Experiment, folder: Path) -> tuple[Chart, Chart | None]:
    """The first step of an experiment and the one after it, where that sees the same rows.

    Raises NetworkTooLarge (WG1109).
    """
    ready = set_up(experiment, folder)
    states, (step, _) = ready.start().states, ready.job.engine.ready(ready.batch_sizes[0])
    weights = sum(np.asarray(states[each]).size for each in step.parameters)
    if weights > MOST_WEIGHTS:
        raise NetworkTooLarge(weights, MOST_WEIGHTS)
    timeline = Timeline(ready.job, states)
    first = timeline.trace(0)
    if steps_per_epoch(experiment, ready.dataset) > 1:
        return Chart(first), None
    timeline.go_on()
    return Chart(first), Chart(timeline.trace(1))


class Remembering:
    """Evaluates formulas, each made ready once, however often it is asked for."""

    def __init__(self) -> None:
        self.ready: dict[tuple[Expr, ...], Any] = {}

    def __call__(self, nodes: Iterable[Expr], leaves: Mapping[Expr, Any]) -> Mapping[Expr, Any]:
        key = tuple(nodes)
        if key not in self.ready:
            self.ready[key] = prepare(key)
        program = self.ready[key]
        memory = program.run(leaves)
        return {each: memory[program.slots[each]] for each in key}


def read_by(notes: Path, network: Path | None = None) -> tuple[Path, ...]:
    """The files that marking notes reads, as far as the notes can be read: they and their network."""
    if network is not None:
        return notes, network
    try:
        lines = split_lines(decoded(content(notes), str(notes)), str(notes))
        named = header_of(lines, str(notes)).network_file
    except CheckError:
        return (notes,)
    return (notes, notes.parent / named) if named else (notes,)
