"""Files and folders written whole or not at all: under another name first, then renamed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

from whygrad.errors.saved import CannotWrite


def write_text(path: Path, text: str) -> Path:
    """Write a file of text; raises CannotWrite (WG606) and then leaves what was there."""

    def fill(temporary: Path) -> None:
        temporary.write_text(text, encoding="utf-8")

    return write_file(path, fill)


def write_file(path: Path, fill: Callable[[Path], None]) -> Path:
    """Write a file by filling a temporary one beside it; raises CannotWrite (WG606)."""
    temporary = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fill(temporary)
        temporary.replace(path)
    except OSError as error:
        raise CannotWrite(str(path), error.strerror or str(error)) from error
    finally:
        with suppress(OSError):  # a folder that is a file cannot even be looked into
            temporary.unlink()
    return path


def write_folder(folder: Path, fill: Callable[[Path], None], own: Collection[str]) -> Path:
    """Write a folder by filling a temporary one beside it; one that is there is replaced at the end.

    What it held besides the files that are its `own`, such as a person's notes, is carried over. Raises CannotWrite
    (WG606).
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as place:
            new, old = Path(place) / "new", Path(place) / "old"
            new.mkdir()
            fill(new)
            if folder.exists() and (os.name == "nt" or any(folder.iterdir())):  # an empty one is never gone meanwhile
                carry_over(folder, new, own)
                folder.rename(old)
            try:
                new.rename(folder)
            except BaseException:  # Ctrl-C as well: the run that was there comes back
                if old.exists():
                    old.rename(folder)
                raise
            shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise CannotWrite(str(folder), error.strerror or str(error)) from error
    return folder


def carry_over(old: Path, new: Path, own: Collection[str]) -> None:
    """Copy what lies in the old folder and is none of its own files."""
    for path in old.iterdir():
        if path.name not in own:
            copy = shutil.copytree if path.is_dir() else shutil.copy2
            copy(path, new / path.name)
