"""`whygrad schema`: the JSON Schema of an experiment."""

from __future__ import annotations

import sys

from whygrad.cli.paper import document
from whygrad.spec import experiment_schema
from whygrad.spec.reference import experiment_reference


def carry_out(*, markdown: bool) -> None:
    """Print the schema, or the page to read."""
    if markdown:
        sys.stdout.write(experiment_reference())
    else:
        document(experiment_schema())
