"""Notes and their marks: the hand-worked example line by line, right notes, links, rounding, a person's own word."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.check.marked import NOTES_222, cause, charts, marked, one
from whygrad.check.judging.verdict import Verdict
from whygrad.check.marking import Mark, Marked, mark
from whygrad.check.reading.notes import read_notes
from whygrad.pipeline.marking import Marking, check
from whygrad.pipeline.papers import Remembering

NOTES = Path(__file__).parents[2] / "examples" / "notes"
# What TUTORIALS has of the hand-worked example: line, what it is about, the verdict, the causes.
EXPECTED = [
    (16, "net_H1", Verdict.WRONG, ["weights-exchanged"]),
    (17, "net_H2", Verdict.WRONG, ["weights-exchanged"]),
    (19, "out_H1", Verdict.LAST_DIGIT, []),
    (19, "out_H2", Verdict.FOLLOWS, []),
    (23, "net_Y1", Verdict.WRONG, ["bias-left-out"]),
    (24, "net_Y2", Verdict.WRONG, ["bias-left-out"]),
    (28, "net_Y1", Verdict.FOLLOWS, []),
    (28, "out_Y1", Verdict.RIGHT, []),
    (28, "target_Y1", Verdict.RIGHT, []),
    (29, "net_Y2", Verdict.FOLLOWS, []),
    (29, "out_Y2", Verdict.RIGHT, []),
    (29, "target_Y2", Verdict.RIGHT, []),
    (33, "E_Y1", Verdict.RIGHT, []),
    (34, "E_Y2", Verdict.RIGHT, []),
    (35, "loss", Verdict.RIGHT, []),
    (39, "dE/dw5", Verdict.LAST_DIGIT, []),
    (43, "w5_new", Verdict.FOLLOWS, []),
    (47, "dE/dw1", Verdict.WRONG, ["slope-left-out", "path-left-out"]),
    (52, "w1_new", Verdict.FOLLOWS, []),
]


@pytest.fixture(scope="module")
def c() -> Marked:
    return check(NOTES / "notes-222.md").marked


def about(mark_: Mark) -> str:
    return mark_.finding.name if mark_.finding else ""


def test_each_line_of_the_hand_worked_example_has_its_verdict_and_cause(c: Marked) -> None:
    found = [(each.line, about(each), each.verdict, cause(each)) for each in c.marks if each.line > 12]
    assert found == EXPECTED
    assert all(each.verdict is Verdict.RIGHT for each in c.marks if each.line <= 12)


def test_one_exchange_explains_both_hidden_nets(c: Marked) -> None:
    details = [each.finding.causes[0].detail for each in c.marks if each.line in (16, 17) and each.finding]
    assert [set(each.split()) for each in details] == [{"w2", "and", "w3", "exchanged"}] * 2


def test_the_slope_of_a_hidden_weight_is_taken_apart(c: Marked) -> None:
    """Another prediction, the slope and a path left out, and a factor of ten: each is named."""
    finding = next(each.finding for each in c.marks if each.line == 47)
    assert finding is not None
    assert [(each.quantity.written, each.value, each.line) for each in finding.strays] == [("out_Y1", 0.75137, 28)]
    assert [each.detail for each in finding.causes] == [
        "dE/dnet_H1 without the slope of its activation",
        "without the path through net_Y2",
    ]
    assert finding.right == pytest.approx(0.000447976, abs=5e-10)
    assert any("decimal point slipped by 1" in each for each in finding.said)


def test_what_is_written_right_is_told_from_its_number(c: Marked) -> None:
    """Only the number of line 16 is that of exchanged weights; line 23 is written as it is wrong."""
    found = {each.line: each.finding.is_right_as_written for each in c.marks if each.finding}
    assert [line for line, is_right in found.items() if is_right] == [16, 17]
    said = " ".join(Marking(c).text().split())
    assert "What is written is right; the number beside it is that of another formula. Two weights are" in said


def test_a_slip_of_a_digit_says_what_it_goes_on_from(c: Marked) -> None:
    first = next(each.finding for each in c.marks if each.line == 19)
    assert first is not None
    assert (first.since, first.verdict) == (16, Verdict.LAST_DIGIT)
    assert "It goes on from line 16: given that it would be 0.59448." in Marking(c).text()


def test_what_follows_is_counted_once(c: Marked) -> None:
    assert [each.line for each in c.errors] == [16, 17, 23, 24, 47]
    since = {each.line: each.finding.since for each in c.marks if each.verdict is Verdict.FOLLOWS and each.finding}
    assert since == {19: 17, 28: 23, 29: 24, 43: 39, 52: 47}


def test_a_bias_that_is_not_stated_is_said_with_what_else_would_explain(c: Marked) -> None:
    first = next(each.finding for each in c.marks if each.line == 16)
    assert first is not None
    assert first.said[-2:] == (
        "b is not stated: the network has 0.35.",
        "Only with b = 0.355 would what is written give it.",
    )


@pytest.mark.parametrize("stem", ["live-221", "concepts"])
def test_right_notes_are_right_throughout(stem: str) -> None:
    found = check(NOTES / f"{stem}.md").marked
    verdicts = Counter(each.verdict for each in found.marks)
    assert not found.errors
    assert set(verdicts) <= {Verdict.RIGHT, Verdict.ROUNDING, Verdict.UNJUDGED}
    assert verdicts[Verdict.RIGHT] >= 22
    assert (verdicts[Verdict.UNJUDGED] == 0) == (stem == "live-221")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("net_H1 = 0.15*0.05 + 0.20*0.10 + 0.35 = 0.3775", Verdict.RIGHT),
        ("out_H1 = sigmoid(0.3775) = 0.5933", Verdict.RIGHT),
        ("out_H1 = 1/(1+e^-0.3775) = 0.593270", Verdict.RIGHT),
        ("out_H1 = 1/(1+e^0.3775) = 0.5933", Verdict.FALSE_EXPRESSION),
        ("net_Y1 = 0.40*0.5933 + 0.50*0.5969 + 0.35 = 1.1357", Verdict.FALSE_EXPRESSION),
        ("net_Y1 = 0.40*0.59 + 0.50*0.60 + 0.60 = 1.136", Verdict.RIGHT),
        ("net_Y1 = 0.40*0.59 + 0.50*0.60 + 0.60 = 1.14", Verdict.RIGHT),
        ("out_Y1 = 0.7568", Verdict.LAST_DIGIT),
        ("dout_Y1/dnet_Y1 = 0.7569(1 - 0.7569) = 0.1840", Verdict.RIGHT),
        ("∂net_Y1/∂w5 = 0.5933", Verdict.RIGHT),
        ("dE_Y1/dout_Y1 = 0.7469", Verdict.RIGHT),
        ("dE_Y1/dout_Y1 = 0.1234", Verdict.WRONG),
        ("delta_Y1 = 0.1374", Verdict.RIGHT),
        ("Δw5 = -0.5 * 0.0815 = -0.0408", Verdict.RIGHT),
        ("w1 = 0.17", Verdict.INCONSISTENT),
        ("2*3 = 7", Verdict.WRONG),
        ("slope = 0.1", Verdict.UNJUDGED),
        ("x1 = 0.05", Verdict.RIGHT),
        ("After the update: E = 0.2913", Verdict.RIGHT),
        ("E_total = 0.2910", Verdict.WRONG),
    ],
)
def test_a_line_by_itself(text: str, verdict: Verdict) -> None:
    assert one(text).verdict is verdict


@pytest.mark.parametrize(
    "name",
    ["w_{12}^{(1)}", "w^{(1)}_{12}", "w_{1,2}^{[1]}", "w_{21}^{(1)}", "w₁₂⁽¹⁾", "w_{12}^{(2)}"],
)
def test_a_weight_by_its_layer_and_the_places_that_it_joins(name: str) -> None:
    """Either place first, and layers counted with the inputs or without."""
    [mark] = marked(f"{name} = 0.20", NOTES_222).marks
    assert mark.verdict is Verdict.RIGHT


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("w_{22}^{(1)} = 0.31", "w4"),
        ("dE/dw_{11}^{(2)} = 0.3", "dE/dw5"),
        ("$\\frac{\\partial E}{\\partial b^{(2)}} = 0.3$", "dE/db2"),
        ("w_{11,new}^{(1)} = 0.3", "w1_new"),
        ("δ_2^{(1)} = 0.3", "dE/dnet_H2"),
        ("a_2^{(1)} = 0.3", "out_H2"),
    ],
)
def test_a_wrong_number_under_such_a_name_is_held_against_what_it_means(text: str, right: str) -> None:
    [mark] = marked(text, NOTES_222).marks
    assert mark.verdict.is_error
    assert mark.finding is not None
    assert mark.finding.name == right


def test_words_say_that_a_line_is_about_the_pass_after_the_update() -> None:
    found = one("## After the update\n\nE_total = 0.25").finding
    assert found is not None
    assert found.right == pytest.approx(charts(NOTES_222)[1].loss.value, rel=1e-12)


@pytest.mark.parametrize(("printed", "is_right"), [("0.291027774", True), ("0.291027924", False)])
def test_the_error_after_one_step_of_the_best_known_worked_example(printed: str, *, is_right: bool) -> None:
    """It prints 0.291027924, which only output weights updated before the hidden ones give; its biases stay."""
    crossed = NOTES_222.replace('w6 = { from = "H1", to = "Y2"', 'w6 = { from = "H2", to = "Y1"')
    crossed = crossed.replace('w7 = { from = "H2", to = "Y1"', 'w7 = { from = "H1", to = "Y2"')
    found = marked(f"b1_new = 0.3500\n\nb2_new = 0.6000\n\n## After the update\n\nE_total = {printed}", crossed)
    assert [each.about for each in found.conventions] == ["biases"]
    assert (found.marks[-1].verdict is Verdict.RIGHT) == is_right
    assert cause(found.marks[-1]) == ([] if is_right else ["updated-in-sequence"])
    if is_right:
        assert found.marks[-1].finding is not None
        assert found.marks[-1].finding.right == pytest.approx(0.291027774, abs=5e-10)


def test_carried_rounding_is_no_error() -> None:
    """0.034769 is what 0.7363 gives; the true loss is 0.034778."""
    experiment = (NOTES.parent / "live-221.toml").read_text(encoding="utf-8")
    found = marked("out = 0.7363\n\nE = 0.5(0.7363 - 1)^2 = 0.034769", experiment).marks[-1]
    assert found.verdict is Verdict.ROUNDING
    assert one("E = 0.5(0.7361 - 1)^2 = 0.034823", experiment).verdict is Verdict.WRONG


def test_a_number_that_no_cause_gives_is_wrong_and_said_to_be_so() -> None:
    text = Marking(marked("out_Y1 = 0.4321")).text()
    assert "No known cause gives this number." in text


def test_an_earlier_right_number_is_contradicted() -> None:
    found = marked("out_Y1 = 0.756899\n\nout_Y1 = 0.71137").marks[-1]
    assert found.verdict is Verdict.INCONSISTENT
    assert found.finding is not None
    assert found.finding.since == 1


def test_a_convention_that_explains_more_than_one_line_is_no_error() -> None:
    """The squared error without its half, in the loss and in everything that is derived from it."""
    lines = ["E_Y1 = (0.757 - 0.01)^2 = 0.558", "E_total = 0.6073", "dE/dw5 = 0.16307", "dE/dw6 = -0.04705"]
    found = marked("\n\n".join(lines))
    assert [each.verdict for each in found.marks] == [Verdict.RIGHT] * 4
    assert [each.about for each in found.conventions] == ["half"]
    assert "without its half" in Marking(found, "it").text()


def test_one_line_is_too_little_for_a_convention() -> None:
    found = marked("E_Y1 = 0.5579")
    assert found.conventions == ()
    assert cause(found.marks[0]) == ["half-left-out"]
    assert len(found.errors) == 1


def test_a_persons_word_stays_visible_and_counts() -> None:
    found = marked("net_Y1 = 0.5359 <!-- whygrad: right, the bias is 0 here -->")
    assert found.marks[0].verdict is Verdict.WRONG
    assert found.errors == ()
    assert "Overruled as right: the bias is 0 here." in Marking(found).text()


def test_a_line_that_cannot_be_read_is_neither_right_nor_wrong() -> None:
    found = marked("The square of x1 = 0.0025")
    assert [each.verdict for each in found.marks] == [Verdict.UNREAD]
    assert not found.errors


def test_a_blank_is_told_from_what_cannot_be_read() -> None:
    found = marked("- net_H1 = ____\n- out_H1 = ____\n- net_H2 = 0.3925\n")
    assert [each.verdict for each in found.marks] == [Verdict.UNFILLED, Verdict.UNFILLED, Verdict.RIGHT]
    assert not found.errors
    shown = Marking(found).text()
    assert "1  □ not filled   net_H1 = ____\n" in shown
    assert shown.endswith("No errors. 1 right, 2 not filled in.\n")


def test_an_alias_is_a_name() -> None:
    assert one("+++\naliases = { foo = 'net_H1' }\n+++\nfoo = 0.3775").verdict is Verdict.RIGHT
    assert cause(one("+++\naliases = { foo = 'net_H1' }\n+++\nfoo = 0.0275")) == ["bias-left-out"]


def test_the_same_notes_are_marked_the_same_way() -> None:
    notes = read_notes(NOTES / "notes-222.md")
    step, after = charts(NOTES_222)
    first, again = (Marking(mark(notes, step, Remembering(), after)).text() for _ in range(2))
    assert first == again


def test_a_given_number_that_was_rounded_twice_is_off_in_its_last_digit() -> None:
    experiment = NOTES_222.replace("0.40", "0.04553")
    assert experiment != NOTES_222
    [mark] = marked("w5 = 0.045", experiment).marks  # 0.0455 first, from which some round down
    assert mark.verdict is Verdict.LAST_DIGIT


def test_the_rounding_of_a_closed_gate_opens_it_for_nobody() -> None:
    """Its out is 0 and not nearly so."""
    experiment = NOTES_222.replace("sigmoid", "relu").replace("value = 0.35", "value = -3.5")
    marks = marked("out_H1 = 0.0000\ndE/dout_H1 = 0.4000\ndE/dnet_H1 = 0.4000", experiment).marks
    assert marks[0].verdict is Verdict.RIGHT
    assert marks[-1].verdict is Verdict.WRONG
    assert marks[-1].finding is not None
    assert marks[-1].finding.causes[0].misconception.name == "gate-ignored"
