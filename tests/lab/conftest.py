"""The shell of the command line, for the tests that start the lab as people do."""

from __future__ import annotations

from tests.cli.conftest import shell

__all__ = ["shell"]
