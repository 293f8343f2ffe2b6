"""The network that notes declare themselves is built, what is missing is inferred, and the notes are marked by it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from whygrad.check.choosing import Version
from whygrad.check.convention import RENUMBERED
from whygrad.check.declaring.missing import Inferred, Missing
from whygrad.check.declaring.plan import plans
from whygrad.check.judging.misconception import MISCONCEPTIONS
from whygrad.check.judging.scene import Part, part_of
from whygrad.check.judging.verdict import Verdict
from whygrad.check.marking import Marked, marked_as
from whygrad.check.reading.notes import parse_notes
from whygrad.errors import WhygradError
from whygrad.spec import parse_experiment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whygrad.check.convention import Convention
    from whygrad.check.declaring.plan import Plan
    from whygrad.check.judging.misconception import Misconception
    from whygrad.check.judging.quantities import Evaluate, Quantities, Quantity
    from whygrad.check.reading.notes import Notes
    from whygrad.pipeline.papers import Steps


FREE: Final = frozenset({"half", "mean"})  # where notes do not say which loss they have
MOST_TRIED: Final = 3
ENOUGH: Final = 2
USUAL_RATE: Final = 0.37  # stands where none is stated, and is no number that a formula does without or has anyway
COMPUTED: Final = (Part.NET, Part.OUT, Part.ERROR, Part.LOSS)
LOSSES: Final = {
    "half-squared-error": "half the squared error",
    "squared-error": "the squared error",
    "cross-entropy": "cross-entropy",
    "binary-cross-entropy": "binary cross-entropy",
}


@dataclass(frozen=True, eq=False)
class Declared:
    """A plan with the network that it gives, and what was inferred."""

    plan: Plan
    version: Version
    inferred: tuple[Inferred, ...] = ()


def marked_by_own(
    notes: Notes, text: str, evaluate: Evaluate, steps: Steps, rules: Sequence[Misconception] = MISCONCEPTIONS
) -> tuple[Marked, str] | None:
    """Notes marked by the network that they declare, and what that is called; None where none explains them."""
    likeliest = likeliest_of(notes, text, evaluate, steps)
    if not likeliest:
        return None
    notes = likeliest[0].notes
    complete = [completed(notes, each.declared, evaluate, steps) for each in likeliest]
    marked = marked_as(notes, [each.version for each in complete], evaluate, rules)
    chosen = next(each for each in complete if marked.way and each.version is marked.way.trial.version)
    if not is_believed(marked):
        return None
    return replace(marked, said=tuple(said(marked, chosen.inferred))), called(chosen.plan, marked)


@dataclass(frozen=True, eq=False)
class Tried:
    """A network that notes may declare, the notes read with its names, and how many errors it leaves.

    `forward` are those in nets and outs, which no convention explains but the one by which weights are numbered.
    """

    declared: Declared
    notes: Notes
    forward: int
    left: int


def likeliest_of(notes: Notes, text: str, evaluate: Evaluate, steps: Steps) -> list[Tried]:
    """The networks that leave fewest errors, in the order of plans; more are not tried once some leave none."""
    found: list[Tried] = []
    for plan in plans(notes):
        if (built := build(plan, steps)) is not None:
            read = parse_notes(text, notes.place, [each.written for each in built.version.step.every()])
            found.append(Tried(built, read, *left_over(read, built, evaluate)))
        if sum(not each.left for each in found) == ENOUGH:
            break
    least = min((each.forward for each in found), default=0)
    near = [each for each in found if each.forward <= least + 1]
    return sorted(near, key=lambda each: (each.forward, each.left))[:MOST_TRIED]


def build(plan: Plan, steps: Steps) -> Declared | None:
    """The network of a plan; None where it cannot be one."""
    try:
        step, after = steps(parse_experiment(toml_of(plan), "the notes"), Path())
    except WhygradError:
        return None
    turned = turned_by(plan)
    free = frozenset() if plan.is_loss_stated else FREE
    return Declared(plan, Version(step, after, turned, 0.0, free, dict(plan.lines)))


def turned_by(plan: Plan) -> tuple[Convention, ...]:
    """The convention by which the weights of a plan are numbered, where it is not the usual one."""
    could = {layer for layer, pair in enumerate(pairwise((plan.inputs, *plan.units))) if min(map(len, pair)) > 1}
    turned, last = set(plan.by_origin), len(plan.units) - 1
    if not turned:
        return ()
    return (RENUMBERED["all" if turned == could else "output" if turned == {last} else "hidden"],)


def toml_of(plan: Plan) -> str:
    """The experiment of a plan; a number that is missing is nothing in it."""
    inputs, targets = ({name: value or 0.0 for name, value in each.items()} for each in (plan.inputs, plan.targets))
    columns = ", ".join(f"{quoted(name)} = [{value!r}]" for name, value in {**inputs, **targets}.items())
    layers = "".join(map(layer_of_plan, plan.units, plan.activations))
    rows = "".join(
        f"{quoted(each.name)} = {{ {f'from = {quoted(each.start)}, ' * bool(each.start)}"
        f"to = {listed(each.to) if len(each.to) > 1 else quoted(each.to[0])}, value = {each.value or 0.0!r} }}\n"
        for each in (*plan.weights, *plan.biases)
    )
    shared = {unit for each in plan.biases if len(each.to) > 1 for unit in each.to}
    for layer in plan.units:
        if shared.intersection(layer):
            layers = layers.replace(f"units = {listed(layer)}\n", f'units = {listed(layer)}\nbias = "shared"\n')
    return (
        f"[data]\ncolumns = {{ {columns} }}\ntarget = {listed(tuple(targets))}\n"
        f"{layers}[network.weights]\n{rows}"
        f'[training]\nloss = "{plan.loss}"\nlearning_rate = {plan.rate or USUAL_RATE!r}\n'
        'epochs = 1\nbatch_size = "per row"\norder = "in order"\n'
    )


def layer_of_plan(units: tuple[str, ...], activation: str) -> str:
    """A layer in TOML."""
    return f'[[network.layers]]\ntype = "dense"\nunits = {listed(units)}\nactivation = "{activation}"\n'


def quoted(name: str) -> str:
    """A name in TOML."""
    return '"' + name.replace("\\", "").replace('"', "") + '"'


def listed(names: Sequence[str]) -> str:
    """Names in TOML."""
    return f"[{', '.join(map(quoted, names))}]"


def left_over(notes: Notes, declared: Declared, evaluate: Evaluate) -> tuple[int, int]:
    """The errors that a plan leaves as it stands, with what is missing unknown: in nets and outs, and in all lines."""
    missing = Missing(notes, declared.version, unknown(declared), evaluate, ())
    findings = missing.trial(missing.values).findings((), ())
    wrong = [each for each in findings if each.verdict.is_error or each.meaning is None]
    parts = [part_of(each.meaning.quantity) if each.meaning else Part.NET for each in wrong]
    return sum(each in (Part.NET, Part.OUT) for each in parts), len(wrong)


def completed(notes: Notes, declared: Declared, evaluate: Evaluate, steps: Steps) -> Declared:
    """A plan with what can be inferred; what cannot stays unknown."""
    absent = unknown(declared)
    if not absent:
        return declared
    found = tuple(Missing(notes, declared.version, absent, evaluate, MISCONCEPTIONS).found())
    values = {each.name: each.value for each in found if each.value == each.value}
    again = build(with_values(declared.plan, values), steps)
    if again is None:
        return declared
    left = Missing(notes, again.version, unknown(again), evaluate, ())
    return Declared(again.plan, left.filled(left.values) if left.values else again.version, found)


def with_values(plan: Plan, values: dict[str, float]) -> Plan:
    """A plan with numbers that were inferred."""
    biases = tuple(replace(each, value=values.get(each.name, each.value)) for each in plan.biases)
    return replace(plan, biases=biases, rate=values.get("learning_rate", plan.rate))


def unknown(declared: Declared) -> list[Quantity]:
    """The quantities of a network whose numbers are missing."""
    names, step = set(declared.plan.missing), declared.version.step
    return [each for each in step.every() if is_missing(each, names, step)]


def is_missing(quantity: Quantity, names: set[str], step: Quantities) -> bool:
    """Whether a given number is one of those that are missing."""
    part = part_of(quantity)
    if quantity.array == "learning_rate":
        return "learning_rate" in names
    if part is Part.TARGET:
        return f"t{quantity.index[-1] + 1}" in names
    is_given = step.definition(quantity) is quantity.leaf
    return is_given and part in (Part.WEIGHT, Part.BIAS, Part.INPUT) and quantity.written in names


def is_believed(marked: Marked) -> bool:
    """Whether the network explains what is computed in the notes: it may be another one that they are about."""
    trial = marked.way.trial if marked.way else None
    found = [each.finding for each in marked.marks if each.finding is not None and each.finding.meaning is not None]
    if trial is None:
        return False
    computed = [each for each in found if each.meaning and trial.naming.scene.part(each.meaning.quantity) in COMPUTED]
    right = sum(each.verdict in (Verdict.RIGHT, Verdict.ROUNDING, Verdict.LAST_DIGIT) for each in computed)
    wrong = sum(each.verdict is Verdict.WRONG and not (each.causes or each.strays) for each in found)
    return bool(right) and wrong <= max(1, len(found) // 4)


def why_not(notes: Notes) -> tuple[str, ...]:
    """Why notes are not marked by a network of their own, where they seem to state one."""
    if plans(notes):
        return ("What they state is no network that explains their numbers.",)
    if notes.header.shape:
        return (f"They do not state the inputs and weights of a {notes.header.shape} network.",)
    return ()


def said(marked: Marked, inferred: Sequence[Inferred]) -> Iterator[str]:
    """What was inferred, and what could not be though a line depends on it."""
    yield from (told(each) for each in inferred if each.value == each.value)
    needed = needed_by(marked)
    unknown = [each for each in inferred if each.value != each.value and each.name in needed]
    for each in unknown:
        if each.others:
            values = " or ".join(f"{value:g}" for value in each.others)
            yield f"{each.name} is not stated, and {values} would explain as much: what depends on it is not judged."
    names = [each.name for each in unknown if not each.others]
    if names:
        yield f"Not stated, and told by no line: {', '.join(names)}; what depends on that is not judged."


def needed_by(marked: Marked) -> set[str]:
    """The names of what the lines that could not be judged are made of."""
    found = [each.finding.meaning for each in marked.marks if each.verdict is Verdict.UNJUDGED and each.finding]
    waiting = [each.quantity for each in found if each is not None]
    seen = set(waiting)
    while waiting and marked.way:
        step = marked.way.trial.naming.step
        new = [each for each in step.leaves(step.definition(waiting.pop())) if each not in seen]
        seen.update(new)
        waiting += new
    return {each.written for each in seen}


def told(inferred: Inferred) -> str:
    """What was inferred, in a sentence."""
    lines = ", ".join(map(str, inferred.lines))
    where = f"line{'s' * (len(inferred.lines) > 1)} {lines}"
    text = f"{inferred.name} is not stated: {inferred.value:g} is inferred from {where}"
    others = " or ".join(f"{each:g}" for each in inferred.others)
    return f"{text}; {others} would explain nearly as much." if others else f"{text}."


def called(plan: Plan, marked: Marked) -> str:
    """What a network is called that notes declare; a loss that they have in another form is told by its convention."""
    words = list(dict.fromkeys(plan.activations))
    activation = words[0] if len(words) == 1 else f"{' and '.join(plan.activations)}"
    is_other = any(each.about in FREE for each in marked.conventions)
    loss = "" if is_other else f"; {LOSSES[plan.loss.split()[-1]]}"
    return f"the {plan.sizes} network that they declare ({activation}{loss})"
