"""Notes that state their network themselves, as one finds them: no experiment stands beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.by_hand import Solution, Ways
from tests.check.marked import cause
from whygrad.check.judging.verdict import Verdict
from whygrad.check.reading.notes import parse_notes
from whygrad.errors.check import CheckError
from whygrad.pipeline.marking import Marking, check

NOTES = Path(__file__).parent / "notes"
RIGHT = {
    "best-known-222-right": "2-2-2 network that they declare (sigmoid; half the squared error)",
    "bias-unstated": "2-2 network that they declare (tanh",
    "chain-111": "1-1-1 network that they declare (tanh and linear)",
    "classes": "2-2-2 network that they declare (relu and softmax; cross-entropy)",
    "counted-through": "2-2-1 network that they declare (sigmoid",
    "error-as-difference": "2-1 network that they declare (sigmoid",
    "layers-above": "2-2-1 network that they declare (sigmoid",
    "perceptron": "2-1 network that they declare (sigmoid; half the squared error)",
    "two-hidden-layers": "2-2-2-1 network that they declare (sigmoid",
}
SLIPS = {
    "best-known-222": [(23, ["updated-in-sequence"])],
    "chain-111-slip": [(10, ["slope-left-out"])],
    "classes-slip": [(13, ["targets-exchanged"]), (18, ["path-left-out"])],
    "counted-through-slip": [(8, ["bias-left-out"])],
    "hand-worked-222": [
        (10, ["weights-exchanged"]),
        (11, ["weights-exchanged"]),
        (17, ["bias-left-out"]),
        (18, ["bias-left-out"]),
        (41, ["slope-left-out", "path-left-out"]),
    ],
    "perceptron-slip": [(9, ["input-of-the-weight-left-out"])],
}


def of(name: str) -> Marking:
    return check(NOTES / f"{name}.md")


def typed(text: str) -> Marking:
    return check(text.encode(), None, "typed")


@pytest.mark.parametrize(("name", "network"), RIGHT.items())
def test_right_notes_are_marked_by_their_own_network_and_have_no_error(name: str, network: str) -> None:
    found = of(name)
    assert network in found.network
    assert not found.marked.errors
    assert found.marked.count(Verdict.RIGHT, Verdict.ROUNDING) >= 10
    unjudged = [each for each in found.marked.marks if each.verdict is Verdict.UNJUDGED]
    assert all(each.finding and each.finding.wrote is None for each in unjudged)  # only what has no number


@pytest.mark.parametrize(("name", "errors"), SLIPS.items())
def test_a_known_slip_is_found_and_named(name: str, errors: list[tuple[int, list[str]]]) -> None:
    assert [(each.line, cause(each)) for each in of(name).marked.errors] == errors


def test_every_note_here_is_tested() -> None:
    assert {each.stem for each in NOTES.glob("*.md")} == {*RIGHT, *SLIPS, "bias-undecided"}


# What is missing


def test_a_bias_that_one_value_explains_is_inferred_and_said() -> None:
    assert of("bias-unstated").marked.said == ("b1 is not stated: 0.25 is inferred from lines 3, 4, 5, 6.",)


def test_one_shared_bias_and_one_slip_beat_two_biases() -> None:
    """The hand-worked example: 0.355 and 0.3475 would explain the nets as well, 0 the output nets as they stand."""
    assert of("hand-worked-222").marked.said == (
        "b1 is not stated: 0.35 is inferred from lines 10, 11.",
        "b2 is not stated: 0.6 is inferred from lines 22, 23.",
    )


def test_what_several_values_explain_is_not_judged_and_never_wrong() -> None:
    found = of("bias-undecided").marked
    assert [each.line for each in found.marks if each.verdict is Verdict.UNJUDGED] == [3, 4]
    assert found.said == (
        "b1 is not stated, and 0.25 or 0.43 would explain as much: what depends on it is not judged.",
    )
    assert not found.errors


def test_what_goes_on_from_a_number_that_is_not_judged_is_judged() -> None:
    text = (NOTES / "bias-undecided.md").read_text(encoding="utf-8").replace("tanh(0.93) = 0.7306", "tanh(0.93) = 0.73")
    wrong = typed(text.replace("out_h2 = tanh(0.93) = 0.73", "out_h2 = 0.6899")).marked
    assert [(each.line, each.verdict) for each in wrong.errors] == [(6, Verdict.WRONG)]
    assert not typed(text).marked.errors


def test_a_learning_rate_is_inferred() -> None:
    text = (NOTES / "chain-111.md").read_text(encoding="utf-8").replace(" eta = 0.1.", "")
    found = typed(text).marked
    assert found.said == ("learning_rate is not stated: 0.1 is inferred from lines 12, 13.",)
    assert not found.errors


def test_a_weight_that_is_missing_leaves_only_what_depends_on_it_unjudged() -> None:
    text = (NOTES / "two-hidden-layers.md").read_text(encoding="utf-8").replace(", w10 = 1.0", "")
    found = typed(text).marked
    assert [each.line for each in found.marks if each.verdict is Verdict.UNJUDGED] == [21]
    assert "w10" in found.said[-1]
    assert not found.errors


# What is stated twice, and what the network has otherwise


def test_a_number_that_is_stated_otherwise_says_which_counts() -> None:
    text = (NOTES / "perceptron.md").read_text(encoding="utf-8").replace("\nnet =", "\nw2 = -0.25\nnet =", 1)
    [mark] = typed(text).marked.errors
    assert mark.verdict is Verdict.INCONSISTENT
    assert mark.finding is not None
    assert mark.finding.said == ("Line 1 has -0.2, which counts.",)


def test_an_experiment_counts_against_the_notes() -> None:
    found = check(b"w1 = 0.17\nnet_H1 = 0.3775", "examples/notes-222.toml").marked
    assert [each.verdict for each in found.marks] == [Verdict.INCONSISTENT, Verdict.RIGHT]
    assert found.marks[0].finding is not None
    assert found.marks[0].finding.said == ("The network has 0.15, which counts.",)


@pytest.mark.parametrize("line", ["w5 = 0.40 - 0.5*0.0815 = 0.3592", "w5 = 0.3592"])
def test_a_new_weight_under_the_name_of_the_old_one(line: str) -> None:
    assert not check(line.encode(), "examples/notes-222.toml").marked.errors


# Where nothing is accused


@pytest.mark.parametrize(
    "text",
    [
        "w1 = 0.5, x1 = 2. Nothing else is said, and 2*0.5 = 1.",
        "x1 = 0, x2 = 1, w1 = 0.5, w2 = 0.3, step function. net = 0.3, out = 1.",
        "x = 1, w = 2, b = 0, sigmoid. y = 0.88\n\nNow x = 3: y = 0.99",
        "x1 = 1, x2 = 2, w1 = 0.5, w2 = 0.3, sigmoid\n\nnet = 17.2\nout = 0.11\nE = 12",
    ],
)
def test_what_is_no_network_that_explains_anything_is_only_counted_up(text: str) -> None:
    found = typed(text)
    assert not found.marked.has_network
    assert not found.marked.errors


def test_it_is_said_that_what_is_stated_explains_nothing() -> None:
    text = typed("x1 = 1, x2 = 2, w1 = 0.5, w2 = 0.3, sigmoid\n\nnet = 17.2\nout = 0.11\nE = 12").text()
    assert "What they state is no network that explains their numbers." in " ".join(text.split())
    shaped = typed('+++\nnetwork = "2-2-1"\n+++\nnet_h1 = 0.5').text()
    assert "They do not state the inputs and weights of a 2-2-1 network." in " ".join(shaped.split())


def test_right_notes_of_every_kind_of_network_are_not_accused() -> None:
    """Networks, activations, losses and digits in turn; each number is rounded, and used on as it was rounded."""
    shapes, digits = ((2, 1), (1, 1, 1), (2, 2, 1), (2, 2, 2)), (3, 4, 6)
    for number, (sizes, biases) in enumerate((one, other) for one in shapes for other in ("layer", "unstated")):
        hidden, output = ("sigmoid", "tanh", "relu")[number % 3], ("sigmoid", "linear", "tanh")[number % 3]
        hidden = output if len(sizes) == 2 else hidden
        ways = Ways(sizes, hidden, output, biases=biases, digits=digits[number % 3], seed=number)
        ways.says = (
            f"Hidden units are {hidden}, the output is {output}." if len(sizes) > 2 else f"Activation: {output}."
        )
        found = typed(Solution(ways).text())
        assert [(each.text, each.verdict.value) for each in found.marked.errors] == [], ways
        assert found.marked.has_network, ways


@pytest.mark.long
def test_right_notes_in_every_way_of_writing_are_not_accused() -> None:
    """What people choose differently, in turn and together; only what one line alone would tell is left out."""
    shapes = ((2, 1), (1, 1, 1), (2, 2, 1), (2, 2, 2), (3, 2, 1), (2, 3, 2))
    for number in range(120):
        sizes, output = shapes[number % 6], ("sigmoid", "tanh", "linear")[number // 6 % 3]
        hidden = output if len(sizes) == 2 else ("sigmoid", "tanh", "relu")[number // 3 % 3]
        ways = Ways(
            sizes,
            hidden,
            output,
            half=number % 5 > 1,
            mean=number % 7 == 0,
            biases=("layer", "unit", "none", "unstated")[number // 2 % 4],
            biases_stay=number % 6 == 5,
            by_origin=number % 4 == 1,
            negative=number % 11 == 3,
            minus=number % 13 == 4,
            digits=(3, 4, 5, 6, 8)[number % 5],
            seed=number,
        )
        ways.says = f"Hidden units are {hidden}, the output is {output}." if hidden != output else f"All are {output}."
        found = typed(Solution(ways).text())
        assert [(each.text, each.verdict.value) for each in found.marked.errors] == [], ways
        assert found.marked.has_network, ways


def test_a_version_that_leaves_more_unjudged_explains_no_more() -> None:
    """Were the output linear, a bias could be left unknown, and the lines that contradict that with it."""
    ways = Ways(
        (2, 2, 1), "tanh", "tanh", biases="none", negative=True, digits=8, seed=989040, says="Activation: tanh."
    )
    found = typed(Solution(ways).text())
    assert found.network.startswith("the 2-2-1 network that they declare (tanh;")
    assert not found.marked.errors


def test_a_loss_without_its_half_and_as_a_mean() -> None:
    """Their gradients are the usual ones: the parts of the loss alone tell."""
    ways = Ways((2, 2, 2), "tanh", "sigmoid", half=False, mean=True, biases="none", digits=4, seed=21)
    ways.says = "Hidden units are tanh, the output is sigmoid."
    found = typed(Solution(ways).text()).marked
    assert not found.errors
    assert [each.name for each in found.conventions] == ["full", "mean"]


# The header


def test_a_shape_in_the_header() -> None:
    header = parse_notes('+++\nnetwork = "2 - 3 -> 1"\nactivation = ["tanh", "linear"]\n+++\n', "n").header
    assert (header.shape, header.network_file, header.activations) == ("2 - 3 -> 1", "", ("tanh", "linear"))


@pytest.mark.parametrize("line", ['network = "2-0-1"', 'network = "2-400-1"', 'activation = "step"', 'loss = "error"'])
def test_a_header_that_nobody_can_follow(line: str) -> None:
    with pytest.raises(CheckError, match="WG1106"):
        parse_notes(f"+++\n{line}\n+++\n", "n")
