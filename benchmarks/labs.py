"""A lab in a process of its own, for the scripts that look at one."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.processes import command

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def lab(*words: str) -> Iterator[str]:
    """The address of a lab, token included, while it is open; `words` follow `whygrad lab`."""
    script = command("lab", *words, "--no-browser", "--port", "0", "--json")
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as ran:
        told = "".join(iter(partial(next, ran.stdout or iter(())), "}\n")) + "}"
        try:
            yield json.loads(told)["url"]
        finally:
            ran.send_signal(signal.SIGINT)
