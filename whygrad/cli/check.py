"""`whygrad check`: hand-worked notes, marked line by line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from whygrad.cli.options import AsJson, example

EPILOG: Final = "Exit codes: 0 all right; 1 errors found; 2 notes or a network that cannot be read.\n\n" + example(
    "whygrad check examples/notes/notes-222.md",
    "whygrad check homework.md --network examples/notes-222.toml",
    "whygrad check homework.md --out marked.html",
)
STYLES: Final = {"title": "bold", "heading": "bold", "quiet": "dim", "error": "red", "slip": "yellow", "count": "bold"}


def check(
    notes: Annotated[Path, typer.Argument(metavar="NOTES", help="Markdown or plain text; - reads standard input.")],
    *,
    network: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The experiment to hold them against; by default the one that they name."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it to a file; .txt, .md and .html say the format.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Mark hand-worked notes line by line against the true network, and say what led to a wrong number.

    Every line with an equation is a claim; prose is passed over. What rounding explains is right, what follows from an
    error is not counted again, and a line that cannot be read is neither right nor wrong.
    """
    carry_out(notes, network, out=out, as_json=as_json)


def carry_out(notes: Path, network: Path | None, *, out: Path | None, as_json: bool) -> None:
    """Mark notes and leave with 0, 1 or 2."""
    from whygrad.cli.paper import complain, document, put
    from whygrad.errors import WhygradError

    try:
        marking = marked(notes, network)
        if as_json:
            document(marking.structure())
        elif out is not None:
            write(marking, out)
            put(f"Written to {out}")
        else:
            show(marking)
    except WhygradError as error:
        if as_json:
            document({"error": error.as_tables()})
        complain(str(error))
        raise typer.Exit(2) from None
    raise typer.Exit(1 if marking.marked.errors else 0)


def marked(notes: Path, network: Path | None) -> Any:
    """The marked notes of a file or of standard input."""
    from whygrad.pipeline.marking import check as mark

    if str(notes) == "-":
        return mark(sys.stdin.buffer.read(), network, "standard input")
    return mark(notes, network)


def show(marking: Any) -> None:
    """Print marks; colour only repeats what sign and word say."""
    from whygrad.cli.paper import put, width

    for line in marking.lines(width() if sys.stdout.isatty() else 80):
        put(line.text, style=STYLES.get(line.kind))


def write(marking: Any, out: Path) -> None:
    """Write marks in the format that a file's ending says. Raises SuffixUnknown (WG701) and CannotWrite (WG606)."""
    from whygrad.errors.render import SuffixUnknown
    from whygrad.pipeline.files import write_text

    forms = {".txt": marking.text, ".md": marking.markdown, ".html": marking.html}
    suffix = out.suffix.lower()
    if suffix not in forms:
        raise SuffixUnknown(str(out), suffix, tuple(forms), "marking", "format")
    write_text(out, forms[suffix]())
