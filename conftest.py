"""Runs every example of the documents and docstrings, so that no prose goes stale."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sybil import Example

ROOT = Path(__file__).parent
# Before NumPy loads: the matrices of the tests are small, and the tests already run side by side.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@pytest.fixture(scope="module")
def fresh_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty folder that sees only `examples/`, as the reader of a document has it."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "examples").symlink_to(ROOT / "examples")
    before = Path.cwd()
    os.chdir(folder)
    yield folder
    os.chdir(before)


def read_as_experiment(example: Example) -> None:
    """A block of TOML in a document is an experiment that whygrad accepts."""
    from whygrad.spec.read import parse_experiment

    parse_experiment(example.parsed, str(example.path))


_documents = Sybil(
    parsers=[PythonCodeBlockParser(), CodeBlockParser("toml", read_as_experiment)],
    patterns=["README.md", "docs/*.md"],
    fixtures=["fresh_folder"],
)
_docstrings = Sybil(
    parsers=[DocTestParser()],
    patterns=["whygrad/**/*.py"],
    document_types={".py": PythonDocStringDocument},
    fixtures=["fresh_folder"],
)
pytest_collect_file = (_documents + _docstrings).pytest()
