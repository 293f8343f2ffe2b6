"""A fuzzer that sees which lines have run finds no notes that the reader cannot bear."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

RUNS = 50_000
ROOT = Path(__file__).parents[2]


@pytest.mark.long
@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed (make check-long tries to)")
@pytest.mark.parametrize("seed", [1, 2])
def test_notes_of_a_guided_fuzzer_are_read(seed: int) -> None:
    words = [sys.executable, "-m", "tests.check.guided", f"-runs={RUNS}", f"-seed={seed}"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    assert f"Done {RUNS} runs" in done.stderr
