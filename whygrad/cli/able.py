"""The command line for some words: of its commands only the one that they ask for is made ready."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from whygrad.cli.commands import app

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer import Typer
    from typer.models import CommandInfo


def able_to(words: Sequence[str]) -> Typer:
    """All commands, or only the one that is asked for: to make all of them takes longer than many a training."""
    asked = [each for each in app.registered_commands if words and name_of(each) == words[0]]
    if not asked:
        return app
    able = copy(app)
    able.registered_commands = asked
    return able


def name_of(command: CommandInfo) -> str:
    """What is typed for a command."""
    return command.name or getattr(command.callback, "__name__", "").replace("_", "-")
