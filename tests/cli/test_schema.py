"""`whygrad schema`: the document that the room of experiments makes, whole."""

from __future__ import annotations

import json

from tests.cli.typed import Shell
from whygrad.spec import experiment_schema


def test_the_schema_is_one_json_document(shell: Shell) -> None:
    assert shell.done("schema").json == json.loads(json.dumps(experiment_schema()))
    assert shell.done("schema", "--json").out == shell.done("schema").out
