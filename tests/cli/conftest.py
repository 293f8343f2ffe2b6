"""A shell in an empty folder, 80 characters wide."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.typed import MOONS, STUDENTS, XOR, Shell


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Types commands in a folder with three experiments: xor.toml, students.toml and moons.toml."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    ready = Shell(tmp_path, capsys)
    for name, text in {"xor": XOR, "students": STUDENTS, "moons": MOONS}.items():
        ready.write(f"{name}.toml", text)
    return ready
