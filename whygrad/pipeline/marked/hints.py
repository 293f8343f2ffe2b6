"""Hints in three steps, read from the verdict and the misconceptions: where to look, a question, the formula.

No step says the true number, nor what stands in the place of something else; the third has formulas in symbols alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from whygrad.check.judging.scene import Part, part_of
from whygrad.check.judging.verdict import Verdict
from whygrad.pipeline.marked.points import is_given, is_worked, shows_method
from whygrad.pipeline.marked.words import follows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whygrad.check.finding import Finding
    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.verdict import Cause
    from whygrad.check.marking import Mark
    from whygrad.pipeline.marked.truth import Truth

LEVELS: Final = (1, 2, 3)
MOST_FORMULAS: Final = 3
STEPS: Final = {
    Part.NET: "the weighted sum",
    Part.OUT: "the step from its net to its out",
    Part.ERROR: "the error of one output",
    Part.LOSS: "the loss",
    Part.OUT_BLAME: "what comes back to it from above",
    Part.NET_BLAME: "the way back through the activation",
    Part.WEIGHT_GRADIENT: "the last step to the gradient of a weight",
    Part.BIAS_GRADIENT: "the last step to the gradient of a bias",
    Part.NEW_WEIGHT: "the update",
    Part.NEW_BIAS: "the update",
}
QUESTIONS: Final = {
    Part.NET: "What goes into a weighted sum, and which number belongs to each part of it?",
    Part.OUT: "Which function does the net of this unit go through?",
    Part.ERROR: "How is the error of one output defined here?",
    Part.LOSS: "How do the errors make up the loss?",
    Part.OUT_BLAME: "Through which units does this one act on the loss?",
    Part.NET_BLAME: "What is the slope of the activation at this net?",
    Part.WEIGHT_GRADIENT: "Which two numbers make the gradient of a weight?",
    Part.BIAS_GRADIENT: "What does a bias multiply?",
    Part.NEW_WEIGHT: "How far does the weight move, and in which direction?",
    Part.NEW_BIAS: "How far does the bias move, and in which direction?",
}
ANY_QUESTION: Final = "Of which quantities is this one made?"


def hints_of(mark: Mark, level: int, truth: Truth) -> Iterator[str]:
    """What is said of a mark instead of what is right: step by step, up to a level."""
    finding = mark.finding
    if finding is None:
        return
    match mark.verdict:
        case Verdict.FOLLOWS:
            yield follows(finding)
        case Verdict.LAST_DIGIT:
            yield "Look at the last digit."
            yield from ["Was it rounded or cut, once or twice?"] if level > 1 else []
        case Verdict.UNJUDGED:
            yield from finding.said
        case Verdict.FALSE_EXPRESSION:
            yield "The value is right: look at what is written before it."
            yield from ["Do all sides of your equals signs give the same number?"] if level > 1 else []
            yield from formulas(finding, (), truth) if level > 2 else []
        case Verdict.WRONG | Verdict.INCONSISTENT:
            yield from of_error(mark, finding, level, truth)


def of_error(mark: Mark, finding: Finding, level: int, truth: Truth) -> Iterator[str]:
    """The hints of an error."""
    told = finding.causes if finding.together else finding.causes[:1]
    yield from where(mark, finding, told)
    if level > 1:
        yield from dict.fromkeys(questions(mark, finding, told))
    if level > 2:
        yield from formulas(finding, told, truth)


def where(mark: Mark, finding: Finding, told: Sequence[Cause]) -> Iterator[str]:
    """Where to look: the quantity and the step that leads to it."""
    own = subject(finding)
    if own is not None and is_given(own):
        yield "Look at what the exercise gives."
        return
    if finding.since and mark.verdict is Verdict.INCONSISTENT:
        yield f"Look at line {finding.since} as well: it has another number for {finding.name}."
    if is_slip(finding):
        what = "which numbers you worked with" if told else "how the number was worked out"
        yield f"The method that you wrote is right: look at {what}."
        return
    if finding.strays:
        yield "Look at the numbers that you put in, and where they come from."
    places = dict.fromkeys(place for cause in told for place in cause.changed) or dict.fromkeys([own] if own else [])
    again = f" As in line {mark.as_in}." if mark.as_in else ""
    for each in places:
        step = STEPS.get(part_of(each), "how it is made")
        on_the_way = "" if each is own else ", on the way there"
        yield f"Look at {each.written}{on_the_way}: {step}.{again}"
    if not places:
        yield "Work out the left side once more."


def questions(mark: Mark, finding: Finding, told: Sequence[Cause]) -> Iterator[str]:
    """A question for each cause that is told, else one that fits the step."""
    own = subject(finding)
    if own is not None and is_given(own):
        yield "Which number does the exercise give here?"
    elif is_slip(finding) and not told:
        yield "Are the digits in their order, and is the decimal point where it belongs?"
    elif mark.verdict is Verdict.INCONSISTENT and finding.since:
        yield "Which of the two lines do you believe, and why?"
    elif not told and own is None:
        yield "In which order are the operations done?"
    else:
        if finding.strays:
            yield "Is every number here the one that you found before?"
        asked = [each.misconception.question or question_at(each) for each in told]
        yield from asked or ([] if finding.strays or own is None else [QUESTIONS.get(part_of(own), ANY_QUESTION)])


def question_at(cause: Cause) -> str:
    """The question that fits the step where a misconception acts, for one that has none of its own."""
    return next((QUESTIONS[part] for each in cause.changed if (part := part_of(each)) in QUESTIONS), ANY_QUESTION)


def formulas(finding: Finding, told: Sequence[Cause], truth: Truth) -> Iterator[str]:
    """The formulas where the causes act, and that of the quantity itself, in symbols."""
    own = subject(finding)
    places = dict.fromkeys([*([own] if own else []), *(place for cause in told for place in cause.changed)])
    written = [formula for each in places if (formula := truth.formula(each))]
    yield from (f"Use {each}." for each in written[:MOST_FORMULAS])


def subject(finding: Finding) -> Quantity | None:
    """The quantity that a claim is about."""
    return finding.meaning.quantity if finding.meaning else None


def is_slip(finding: Finding) -> bool:
    """Whether what is written gives the right number, and only what is printed is another."""
    return is_worked(finding) and shows_method(finding)
