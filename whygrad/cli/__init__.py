"""The command line: `whygrad train FILE` and its sisters; exit codes 0 done, 1 error, 2 misuse, 130 Ctrl-C."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from whygrad.errors import WhygradError

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line (by default that of the process) and exit: an error of whygrad is printed, never traced."""
    # Matrices here are small: a second thread waits for the first, several times longer than both work.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from whygrad.cli.commands import app

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # pytest's is a stand-in
            stream.reconfigure(errors="replace")
    try:
        app(None if arguments is None else list(arguments), prog_name="whygrad")
    except WhygradError as error:
        print(error, file=sys.stderr)  # noqa: T201 (the shell is where errors are printed)
        sys.exit(1)
