"""A TOML file, its text, or records made in Python -> an experiment that has been checked."""

from __future__ import annotations

import tomllib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from whygrad.errors import WhygradError
from whygrad.errors.spec import SpecError, UnreadableFile
from whygrad.spec.check import check_combinations
from whygrad.spec.syntax import explain_syntax
from whygrad.spec.tables import experiment_of, tables_of

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from whygrad.spec.experiment import Experiment

__all__ = ["check_experiment", "located_in", "parse_experiment", "read_experiment"]


def read_experiment(path: str | os.PathLike[str], *, with_frame: bool = False) -> Experiment:
    """The experiment in a TOML file; WG200 when there is no text in UTF-8, else as `parse_experiment`."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableFile(file=str(path), reason=error.strerror or str(error)) from None
    except UnicodeDecodeError as error:
        raise UnreadableFile(file=str(path), reason=f"byte {error.start + 1} is not text in UTF-8") from None
    return parse_experiment(text, str(path), with_frame=with_frame)


def parse_experiment(text: str, place: str, *, with_frame: bool = False) -> Experiment:
    """The experiment that a TOML text describes; `place` is what errors call the text, such as its file's name.

    `with_frame` says that the rows are given as an argument, so that the section data names no source. Raises WG201 for
    what is not TOML, WG202 to WG208 for a key or value that does not fit, WG209 to WG218 for values that are impossible
    together; each names the line.

    >>> text = '''
    ... [data]
    ... toy = "xor"
    ... [network]
    ... layers = "2 -> 8 relu -> 1"
    ... [training]
    ... loss = "sum squared-error"
    ... learning_rate = 0
    ... epochs = 3001
    ... batch_size = "per row"
    ... '''
    >>> parse_experiment(text.replace("rate = 0", "rate = 0.1"), "xor.toml").training.loss
    Loss(name='squared-error', reduction='sum', delta=1.0)
    >>> parse_experiment(text, "xor.toml")
    Traceback (most recent call last):
    ...
    whygrad.errors.spec.OutOfRange: WG206 xor.toml, line 8, [training] learning_rate: 0 is out of range
      why: expected a number above 0, found 0
      try: for example learning_rate = 0.1
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise explain_syntax(str(error), text, place) from None
    try:
        experiment = experiment_of(tables)
        check_combinations(experiment, with_frame=with_frame)
    except SpecError as error:
        raise located(error, text, place) from None
    return experiment


def check_experiment(experiment: Experiment, place: str = "Experiment", *, with_frame: bool = False) -> Experiment:
    """The same experiment made sure of, shorthands spelled out and lists made tuples.

    For records made in Python: raises WG202 to WG218, which name the field below `place`. `with_frame` as for
    `parse_experiment`.
    """
    try:
        checked = experiment_of(tables_of(experiment))
        check_combinations(checked, with_frame=with_frame)
    except SpecError as error:
        error.record = place
        raise
    return checked


@contextmanager
def located_in(path: str | os.PathLike[str]) -> Iterator[None]:
    """Errors raised inside name the line of this file that has most to do with them, if there is one."""
    try:
        yield
    except WhygradError as error:
        key = error.key if isinstance(error, SpecError) else error.key_at_fault()
        if key and not getattr(error, "file", ""):
            text = Path(path).read_text(encoding="utf-8-sig")
            placed = located(SpecError(key=key), text, str(path))
            if isinstance(error, SpecError):
                error.file, error.line = placed.file, placed.line
            else:
                error.place_in_file = placed.place()
        raise


def located(error: SpecError, text: str, place: str) -> SpecError:
    """The error with its file and line."""
    from whygrad.spec.locate import line_of  # tomlkit is only worth loading when something is wrong

    error.file, error.line = place, line_of(text, error.key)
    return error
