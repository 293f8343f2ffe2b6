"""The listing of the folders is part of the design, so it is tested like code."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = sorted(path.parent for path in (ROOT / "whygrad").glob("*/__init__.py"))
SOURCE = sorted(
    path
    for folder in ("whygrad", "tests", "benchmarks")
    for suffix in ("py", "js", "css", "html")
    for path in (ROOT / folder).rglob(f"*.{suffix}")
    if "golden" not in path.parts
)
NAMELESS = {"common", "ctx", "handle", "helpers", "info", "manager", "misc", "obj", "process", "util", "utils"}
# Written so that this file does not match its own pattern.
MACHINE = re.compile(
    r"/(?:work|farm|tmp)/|/root/[.]|/opt/[a-z]|pypi[.]org|pythonhosted[.]|npmjs[.]|whl[.]pytorch", re.IGNORECASE
)


def tracked() -> list[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so nothing says which files are tracked")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_file_has_more_than_400_lines() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCE}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_files_are_named_after_what_they_hold() -> None:
    assert [str(path.relative_to(ROOT)) for path in SOURCE if path.stem.removeprefix("test_").lower() in NAMELESS] == []


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_each_room_says_what_it_takes_gives_and_must_not_know(room: Path) -> None:
    readme = room / "README.md"
    assert readme.is_file(), f"whygrad/{room.name} has no README.md"
    lines = len(readme.read_text(encoding="utf-8").splitlines())
    assert 3 <= lines <= 20, f"whygrad/{room.name}/README.md has {lines} lines; 3 to 20 are asked for"


def test_no_folder_is_empty() -> None:
    folders = [path for path in (ROOT / "whygrad").rglob("*") if path.is_dir() and path.name != "__pycache__"]
    assert [str(path.relative_to(ROOT)) for path in folders if not any(path.glob("*.*"))] == []


def test_tracked_files_name_no_machine_and_no_registry() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
            for number, line in enumerate(text.splitlines(), 1)
            if MACHINE.search(line)
        ]
    assert found == []


def test_the_layers_name_every_room_and_bracket_only_those_without_code() -> None:
    """import-linter checks the order and passes over a room in brackets, so a room that exists must have none."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = [room.strip() for layer in contracts[0]["layers"] for room in layer.split("|")]
    exist = {path.stem for path in (ROOT / "whygrad").iterdir() if path in ROOMS or path.suffix == ".py"} - {"__init__"}
    assert {room for room in layers if not room.startswith("(")} == exist
