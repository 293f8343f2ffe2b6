"""The page of all keys is the one that the records give."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.typed import Shell
from whygrad.spec import experiment_schema

PAGE = Path(__file__).parents[2] / "docs" / "experiment-file.md"


def test_the_page_of_all_keys_is_not_stale(shell: Shell, request: pytest.FixtureRequest) -> None:
    text = shell.done("schema", "--markdown").out
    if request.config.getoption("--update-golden"):
        PAGE.write_text(text, encoding="utf-8")
    assert text == PAGE.read_text(encoding="utf-8"), "run this test with --update-golden"
    for key in experiment_schema()["$defs"]["Training"]["properties"]:
        assert f"| `{key}` |" in text
