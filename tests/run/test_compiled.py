"""What was compiled is kept, and the next start finds it."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from whygrad.run.fast.compiled import compiled, module_of

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = "def inner(x):\n    return x + 1\n\n\ndef doubled(x):\n    return 2 * inner(x)\n"
AGAIN = f"from whygrad.run.fast.compiled import compiled; print(compiled({PROGRAM!r}, 'doubled', ['inner'])(4.0))"


def test_a_generated_program_is_a_module_that_can_be_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numba looks for it by its name when it reads what it kept."""
    monkeypatch.setenv("WHYGRAD_CACHE", str(tmp_path))
    module = module_of(PROGRAM)
    assert import_module(module.__name__) is module


def test_a_function_may_call_others_of_its_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba", reason="compiling needs the extra fast")
    monkeypatch.setenv("WHYGRAD_CACHE", str(tmp_path))
    assert compiled(PROGRAM, "doubled", ["inner"])(4.0) == 10.0


@pytest.mark.long
def test_the_next_start_takes_what_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba", reason="compiling needs the extra fast")
    monkeypatch.setenv("WHYGRAD_CACHE", str(tmp_path))
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", AGAIN], capture_output=True, text=True, check=False)
        assert (done.stdout, done.stderr) == ("10.0\n", "")
    assert len(list(tmp_path.rglob("*.nbc"))) == 1
