"""`check(...)`: somebody's notes are read, held against the network that they name, and marked line by line."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whygrad.check.comparing import compared
from whygrad.check.convention import World
from whygrad.check.judging.misconception import MISCONCEPTIONS
from whygrad.check.marking import Marked, mark
from whygrad.check.reading.header import header_of
from whygrad.check.reading.notes import decoded, parse_notes, split_lines
from whygrad.errors.check import CheckError, NoSuchHint, NotesNotFound
from whygrad.explain import Chart
from whygrad.notation import Numbers
from whygrad.pipeline.declared import marked_by_own, why_not
from whygrad.pipeline.marked.hints import LEVELS
from whygrad.pipeline.marked.points import Scheme, scheme_of
from whygrad.pipeline.marked.told import Told, told
from whygrad.pipeline.marked.truth import Truth
from whygrad.pipeline.papers import Remembering, Steps
from whygrad.pipeline.separate import with_separate_biases
from whygrad.spec import Experiment, parse_experiment, read_experiment

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from whygrad.check.comparing import Compared
    from whygrad.check.judging.misconception import Misconception
    from whygrad.check.reading.header import Header
    from whygrad.document import Document
    from whygrad.pipeline.marked.terminal import Line

    # An experiment to hold notes against, the folder where its paths start, and what it is called.
    Asked = tuple[Experiment, Path, str]


@dataclass(frozen=True, eq=False, repr=False)
class Marking:
    """Marked notes; notebooks show them as a page.

    - `network`: what they were held against, in words; `charts`: its first step and the one after it.
    - `level`: of the hints that stand for what is right (0: all is said); `teacher`: whether points are given.
    - `compared`: the numbers under other conventions, where one asked for them.
    """

    marked: Marked
    network: str = ""
    charts: tuple[Chart, ...] = ()
    level: int = 0
    teacher: bool = False
    compared: tuple[Compared, ...] = ()

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
        way = self.marked.way
        return Truth(self.charts, self.marked.conventions if way is None else way.chosen)

    @cached_property
    def told(self) -> Told:
        """All that is said beside the marks."""
        return told(
            self.marked, self.network, self.truth, level=self.level, teacher=self.teacher, compared=self.compared
        )

    def under(self, convention: str) -> Marking:
        """The same with its numbers under another convention, or "all". Raises UnknownConvention (WG1122)."""
        return replace(self, compared=compared(self.marked, convention))

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
    rules: Sequence[Misconception] = MISCONCEPTIONS,
) -> Marking:
    """Mark the notes in a file, or their bytes, against the experiment in a file, else the one that they name.

    Without a network only the arithmetic is marked. `known` are steps that further notes may share;
    `own_first`: a network that the notes name comes before the given one. `rules` are the misconceptions that are
    looked for. Raises CheckError (WG11xx) where no line can be read, and the errors of an experiment (WG1xx, WG2xx,
    WG3xx).
    """
    place, data = (place, notes) if isinstance(notes, bytes) else (str(notes), content(Path(notes)))
    text = decoded(data, place)
    folder = Path() if isinstance(notes, bytes) else Path(notes).parent
    header = header_of(split_lines(text, place), place)
    has_own = own_first and (header.network_file or header.experiment)
    found = asked(header, folder, None if network is None or has_own else Path(network), place)
    return held_against(found, text, place, known, rules)


def held_against(
    found: Asked | None,
    text: str,
    place: str,
    known: Steps | None = None,
    rules: Sequence[Misconception] = MISCONCEPTIONS,
) -> Marking:
    """Mark the text of notes against an experiment, or their arithmetic alone. Raises what `check` raises."""
    remembering, known = Remembering(), known or Steps()
    if found is None:
        read = parse_notes(text, place)
        if own := marked_by_own(read, text, remembering, known, rules):
            return Marking(*own, charts_of(own[0]))
        return Marking(replace(mark(read, None, remembering), said=why_not(read)))
    experiment, base, name = found
    step, after = known(experiment, base)
    read = parse_notes(text, place, [each.written for each in step.every()])
    others = with_separate_biases(read, experiment, base, known)
    marked = mark(read, step, remembering, after, rules, others)
    return Marking(marked, name, charts_of(marked))


def charts_of(marked: Marked) -> tuple[Chart, ...]:
    """The step that notes were held against, and the one after it, as they are without any convention."""
    version = marked.way.trial.version if marked.way else None
    return () if version is None else tuple(bare(each) for each in (version.step, version.after) if each is not None)


def bare(step: Any) -> Chart:
    """A step without the changes that were made to it."""
    while isinstance(step, World):
        step = step.step
    found: Chart = step
    return found


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
