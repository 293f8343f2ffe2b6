"""The command line: `whygrad train FILE` and its sisters; exit codes 0 done, 1 error, 2 misuse, 130 Ctrl-C."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from whygrad.errors import WhygradError
from whygrad.errors.command import CannotGoOn, Stopped

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line (by default that of the process) and exit: an error is printed, never traced."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    try:
        carry_out(words)
    except WhygradError as error:
        leave(error, as_json="--json" in words)
    except OSError as error:
        leave(CannotGoOn(str(error.filename or "the output"), error.strerror or str(error)), as_json=False)
    except KeyboardInterrupt:
        leave(Stopped(), as_json=False)


def carry_out(words: list[str]) -> None:
    """Do what a command line says."""
    # Matrices here are small: a second thread waits for the first, several times longer than both work.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from whygrad.cli.able import able_to

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # pytest's is a stand-in
            stream.reconfigure(errors="replace")
    try:
        able_to(words)(words, prog_name="whygrad")
    finally:
        sys.stdout.flush()


def leave(error: WhygradError, *, as_json: bool) -> None:
    """Print an error, for a program as a document too, and exit with its code."""
    from whygrad.cli.paper import complain, document

    if as_json:
        document({"error": error.as_tables()})
    complain(str(error))
    if isinstance(error, CannotGoOn):  # what stdout still holds cannot be written either
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.exit(130 if isinstance(error, Stopped) else 1)
