"""What notes say of themselves, and what is refused there."""

from __future__ import annotations

from whygrad.check.reading.formula import plain_chain
from whygrad.check.reading.notes import parse_notes
from whygrad.spec.read import parse_experiment

EXPERIMENT = """[data]
columns = { hours = [1, 2], y = [0, 1] }
target = "y"
[[network.layers]]
type = "dense"
units = ["out"]
[network.weights]
w = { from = "hours", to = "out", value = 0.1 }
b = { to = "out", value = 0 }
[training]
loss = "sum squared-error"
learning_rate = 0.1
epochs = 1
batch_size = "per row"
"""


def test_a_header_at_the_top() -> None:
    notes = parse_notes(
        '\n+++\nnetwork = "a.toml"\n'
        'decimal_comma = true\nabout = ["rund"]\naliases = { z1 = "net_H1" }\n+++\nx = rund 0,5',
        "n",
    )
    header = notes.header
    assert (header.network_file, header.decimal_comma, header.about) == ("a.toml", True, ("rund",))
    assert header.aliases == {"z1": "net_H1"}
    assert header.lines == frozenset(range(2, 8))
    [claim] = notes.claims
    assert (plain_chain(claim.chain), claim.line) == ("x ≈ 0,5", 8)


def test_blocks_anywhere() -> None:
    text = (
        'x = 3\n\n```aliases\nz1 = "net_H1"\n"blame of h1" = "dE/dh1"\n```\n\n'
        '```toml whygrad\nnetwork = "a.toml"\n```\nThe blame of h1 = 8'
    )
    notes = parse_notes(text, "n")
    assert notes.header.aliases == {"z1": "net_H1", "blame of h1": "dE/dh1"}
    assert notes.header.network_file == "a.toml"
    assert [plain_chain(claim.chain) for claim in notes.claims] == ["x = 3", "blame of h1 = 8"]


def test_an_experiment_in_the_notes_stays_on_its_lines() -> None:
    own = 'decimal_comma = false\nabout = [\n  "circa",\n]\n'
    text = f'# Title\n\n~~~whygrad\n{own}{EXPERIMENT}[aliases]\nz = "net_out"\n~~~\n'
    header = parse_notes(text, "n").header
    assert header.aliases == {"z": "net_out"}
    assert header.names == ("hours", "y", "w", "b", "out")
    experiment = parse_experiment(header.experiment, "n")
    assert experiment.training.learning_rate == 0.1
    lines = header.experiment.split("\n")
    assert lines.index("[training]") == text.split("\n").index("[training]")


def test_names_of_the_experiment_are_known_words() -> None:
    notes = parse_notes(f"+++\n{EXPERIMENT}+++\nnet = 0.1 · hours + b = 0.1", "n")
    assert [plain_chain(claim.chain) for claim in notes.claims] == ["net = (0.1 * hours) + b = 0.1"]


def test_headers_of_other_programs_are_passed_over() -> None:
    assert parse_notes("---\ntitle: x = 3\nrate: 0.5\n---\ny = 4", "n").claims[0].line == 5
    assert len(parse_notes("---\nx = 3\n---\ny = 4", "n").claims) == 2


def test_other_fences_are_notes() -> None:
    assert len(parse_notes("```python\nx = 3\n```\n", "n").claims) == 1
