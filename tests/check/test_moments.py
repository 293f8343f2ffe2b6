"""When a number holds, in words: what comes after the update is told apart; what comes later is not marked."""

from __future__ import annotations

import pytest

from tests.check.marked import NOTES_222, charts, marked
from whygrad.check.judging.verdict import Verdict
from whygrad.check.reading.notes import parse_notes

AFTER = f"{charts(NOTES_222)[1].loss.value:.9f}"


@pytest.mark.parametrize(
    "line",
    [
        "E after update = {}",
        "E_total (after update) = {}",
        "E_total after the update = {}",
        "Error after 1 step = {}",
        "Error after one iteration = {}",
        "Total error after the first iteration: {}",
        "After one update, E_total = {}",
        "After the update of all weights the error is E = {}",
    ],
)
def test_the_pass_after_the_update(line: str) -> None:
    [mark] = marked(line.format(AFTER), NOTES_222).marks
    assert mark.verdict is Verdict.RIGHT
    [mark] = marked(line.format("0.298371109"), NOTES_222).marks
    assert mark.verdict.is_error


@pytest.mark.parametrize(
    "line",
    [
        "E after 10000 = 0.0000351085",
        "E after 10000 iterations = 0.0000351085",
        "Epoch 10000: E = 0.0000351085",
        "After 2 more updates, E = 0.28",
        "After training, E_total = 0.0000351085",
        "## After many epochs\n\nE_total = 0.0000351085",
    ],
)
def test_a_later_moment_is_not_judged(line: str) -> None:
    [mark] = marked(line, NOTES_222).marks
    assert mark.verdict is Verdict.UNJUDGED
    assert mark.finding is not None
    assert mark.finding.said == ("It is about a later update than the first, which is what is marked.",)


@pytest.mark.parametrize("line", ["step 2 = 0.3", "We stop after 500 = enough, 0.3", "epoch 3 = 0.1"])
def test_the_number_of_a_step_is_no_formula(line: str) -> None:
    assert parse_notes(line, "notes").claims == ()


@pytest.mark.parametrize("line", ["Step 3: net_H1 = 0.3775", "3. After the hidden layer: out_H1 = 0.5933"])
def test_the_numbers_of_sections_are_no_moments(line: str) -> None:
    [mark] = marked(line, NOTES_222).marks
    assert mark.verdict is Verdict.RIGHT
