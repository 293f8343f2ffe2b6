"""`whygrad schema`: the JSON Schema of an experiment."""

from __future__ import annotations

from whygrad.cli.paper import document
from whygrad.spec import experiment_schema


def carry_out() -> None:
    """Print the schema."""
    document(experiment_schema())
