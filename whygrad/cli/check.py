"""`whygrad check`: hand-worked notes, marked line by line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from whygrad.cli.options import AsJson, example

EPILOG: Final = "Exit codes: 0 all right; 1 errors found; 2 notes or a network that cannot be read.\n\n" + example(
    "whygrad check examples/notes/notes-222.md",
    "whygrad check homework.md --network examples/notes-222.toml",
    "whygrad check homework.md --out marked.html --teacher",
    "whygrad check homework.md --hints 2",
    "whygrad check homeworks/ --network net.toml --out table.csv",
    "whygrad check homework.md --watch",
    "whygrad check homework.md --convention all",
    "whygrad check homework.md --misconceptions mine.py",
)
STYLES: Final = {"title": "bold", "heading": "bold", "quiet": "dim", "error": "red", "slip": "yellow", "count": "bold"}
STDIN: Final = Path("-")


def as_json_text(marking: Any) -> str:
    """The record of a marking as a file of JSON."""
    from whygrad.cli.paper import document_text

    return document_text(marking.structure())


FORMS: Final[dict[str, Callable[[Any], str]]] = {
    ".txt": lambda marking: marking.text(),
    ".md": lambda marking: marking.markdown(),
    ".html": lambda marking: marking.html(),
    ".json": as_json_text,
    ".xml": lambda marking: marking.junit(),
    ".csv": lambda pile: pile.csv(),
}


@dataclass(frozen=True)
class Request:
    """What `whygrad check` was asked for."""

    notes: Path
    network: Path | None
    out: Path | None
    junit: Path | None
    teacher: bool
    hints: int | None
    as_json: bool
    convention: str | None = None
    misconceptions: tuple[Path, ...] = ()


def check(
    notes: Annotated[
        Path,
        typer.Argument(
            metavar="NOTES", help="Markdown or plain text, or a folder of such files; - reads standard input."
        ),
    ],
    *,
    network: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The experiment to hold them against; by default the one that they name."),
    ] = None,
    teacher: Annotated[
        bool, typer.Option("--teacher", help="Give points: method, accuracy, follow-through, and a total.")
    ] = False,
    hints: Annotated[
        int | None,
        typer.Option(
            min=1, max=3, metavar="1|2|3", help="Say where to look, ask a question, give the formula: never the answer."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write it to a file; .txt, .md, .html, .json and .xml (JUnit) say the format, for a folder .csv too.",
        ),
    ] = None,
    junit: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write JUnit XML as well, for continuous integration.")
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Mark again whenever the notes or their network change, until Ctrl-C.")
    ] = False,
    convention: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Show how the numbers change under another convention; all for every one."),
    ] = None,
    misconceptions: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Judge by the misconceptions of a Python file as well, which is run."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Mark hand-worked notes line by line against the true network, and say what led to a wrong number.

    Every line with an equation is a claim; prose is passed over. What rounding explains is right, what follows from an
    error is not counted again, and a line that cannot be read is neither right nor wrong.
    """
    request = Request(notes, network, out, junit, teacher, hints, as_json, convention, tuple(misconceptions or ()))
    raise typer.Exit(guarded(lambda: watched(request) if watch else carry_out(request), as_json=as_json))


def guarded(work: Callable[[], int], *, as_json: bool) -> int:
    """The exit code of some work: 2 where something cannot be read."""
    from whygrad.cli.paper import complain, document
    from whygrad.errors import WhygradError

    try:
        return work()
    except WhygradError as error:
        if as_json:
            document({"error": error.as_tables()})
        complain(str(error))
        return 2


def carry_out(request: Request) -> int:
    """Mark notes, or a folder of them, and say what was found: 0 all right, 1 errors, 2 for a file that is unreadable.

    Raises CheckError (WG11xx), SuffixUnknown (WG701) and CannotWrite (WG606).
    """
    from whygrad.cli.paper import document, put
    from whygrad.pipeline.files import write_text

    refuse(request)
    marking = marked_folder(request) if request.notes.is_dir() else marked(request)
    for place, form in outputs(request):
        write_text(place, form(marking))
        if not request.as_json:
            put(f"Written to {place}")
    if request.as_json:
        document(marking.structure())
    elif request.out is None:
        show(marking)
    return exit_code(marking)


def refuse(request: Request) -> None:
    """Refuse before the work what cannot be had. Raises SuffixUnknown (WG701) and OptionsApart (WG1111)."""
    from whygrad.errors.check import OptionsApart
    from whygrad.errors.render import SuffixUnknown

    if request.hints is not None and request.notes.is_dir():
        reason = "the table of a folder tells errors and their causes"
        raise OptionsApart("--hints", "a folder", reason, "ask for the hints of each file")
    if request.convention is not None and (request.hints is not None or request.notes.is_dir()):
        other = "--hints" if request.hints is not None else "a folder"
        raise OptionsApart("--convention", other, "it shows true numbers, line by line", "leave one of them out")
    forms = [each for each in FORMS if each != ".csv" or request.notes.is_dir()]
    if request.out is not None and (suffix := request.out.suffix.lower()) not in forms:
        raise SuffixUnknown(str(request.out), suffix, tuple(forms), "marking", "format")


def outputs(request: Request) -> list[tuple[Path, Callable[[Any], str]]]:
    """The files that are to be written, each with what makes its text."""
    asked = [] if request.out is None else [(request.out, FORMS[request.out.suffix.lower()])]
    return asked if request.junit is None else [*asked, (request.junit, FORMS[".xml"])]


def exit_code(marking: Any) -> int:
    """0 all right, 1 errors, 2 not read."""
    return int(marking.worst) if hasattr(marking, "worst") else int(bool(marking.marked.errors))


def marked(request: Request) -> Any:
    """The marked notes of a file or of standard input."""
    from whygrad.pipeline.marking import check as mark

    if request.notes == STDIN:
        found = mark(sys.stdin.buffer.read(), request.network, "standard input", rules=rules(request))
    else:
        found = mark(request.notes, request.network, rules=rules(request))
    found = found.with_points() if request.teacher else found
    found = found if request.convention is None else found.under(request.convention)
    return found if request.hints is None else found.hinted(request.hints)


def rules(request: Request) -> Any:
    """The misconceptions that are looked for. Raises WG1125 to WG1129 for a file of them that cannot be used."""
    from whygrad.check.judging.misconception import MISCONCEPTIONS

    if not request.misconceptions:
        return MISCONCEPTIONS
    from whygrad.extend import misconceptions_in, with_own

    return with_own(rule for path in request.misconceptions for rule in misconceptions_in(path))


def marked_folder(request: Request) -> Any:
    """The marked notes of a folder."""
    from whygrad.cli.progress import files_done
    from whygrad.pipeline.marked.pile import check_folder

    with files_done() as seen:
        found = check_folder(request.notes, request.network, seen, rules(request))
    return found.with_points() if request.teacher else found


def watched(request: Request) -> int:
    """Mark notes again at every change, until Ctrl-C. Raises OptionsApart (WG1111)."""
    from whygrad.cli.watch import watch
    from whygrad.errors.check import OptionsApart
    from whygrad.pipeline.marking import read_by

    if request.as_json:
        raise OptionsApart("--watch", "--json", "it would print a document at every change", "leave one of them out")
    if request.notes == STDIN or request.notes.is_dir():
        what = "standard input" if request.notes == STDIN else "a folder"
        raise OptionsApart("--watch", what, "one file of notes is watched", "name the file")
    watch(
        lambda: (*read_by(request.notes, request.network), *request.misconceptions),
        lambda: guarded(lambda: carry_out(request), as_json=False),
    )
    return 0


def show(marking: Any) -> None:
    """Print marks; colour only repeats what sign and word say."""
    from whygrad.cli.paper import put, width

    for line in marking.lines(width()) if sys.stdout.isatty() else marking.lines():
        put(line.text, style=STYLES.get(line.kind))
