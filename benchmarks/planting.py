"""How surely the checker names a misconception: each is planted in solutions of random networks, and marked.

Whether right notes are accused, and whether the cause of a wrong line is the one that was planted: by its first word,
or among its first three. A planted mistake counts where it moves a number by more than rounding and a slip of the last
digits may do, given the numbers that were written before it. Some misconceptions give the same number to the last bit
at some places: no number could tell them apart there, and they are counted by themselves.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import isclose
from multiprocessing import Pool
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.written_notes import SLIPS, UNITS, Habits, Network, Paper, Slip
from whygrad.check.judging.misconception import MISCONCEPTIONS
from whygrad.check.judging.verdict import Verdict
from whygrad.exercise.solution import Plant, plants

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whygrad.check.marking import Mark, Marked
    from whygrad.exercise.solution import Written

# What came of a planted mistake.
TOP1, SAME, TOP3, LISTED = "first", "same number", "in three", "further down"
OTHER, NONE = "another cause", "no cause"
UNNOTICED, CONVENTION, DIGITS, UNSEEN = "not noticed", "convention", "rounding", "unseen"
SHOWN = (TOP1, SAME, TOP3, LISTED, OTHER, NONE, UNNOTICED)  # those of mistakes that can be seen


@dataclass
class Tally:
    """What was counted: outcomes by what was planted, lines of right notes and how many were accused, hard cases."""

    outcomes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    hard: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    lines: int = 0
    judged: int = 0
    accused: list[str] = field(default_factory=list)
    again: int = 0
    planted: int = 0

    def add(self, other: Tally) -> None:
        """Count what another counted as well."""
        for mine, theirs in ((self.outcomes, other.outcomes), (self.hard, other.hard)):
            for name, counts in theirs.items():
                mine[name].update(counts)
        self.lines, self.judged = self.lines + other.lines, self.judged + other.judged
        self.again, self.planted = self.again + other.again, self.planted + other.planted
        self.accused += other.accused

    def share(self, *outcomes: str) -> float:
        """The share of the mistakes that can be seen that had one of some outcomes."""
        every = [counts for name, counts in self.outcomes.items() if not name.startswith(PAIR)]
        seen = sum(counts[each] for counts in every for each in SHOWN)
        return sum(counts[each] for counts in every for each in outcomes) / max(1, seen)


PAIR = "two at once"


def one_network(place: tuple[int, int]) -> Tally:
    """A random network: right notes about it, each misconception that draws a lot planted, slips, and two at once."""
    seed, number = place
    draw = Random(f"{seed} {number}")  # noqa: S311 (a benchmark, not a secret)
    network, tally = Network.drawn(draw), Tally()
    right_notes(network, Habits.drawn(network, draw), draw, tally)
    every = list(plants(network.scene, MISCONCEPTIONS, network.computed()))
    codes = sorted({each.rule.code for each in every})
    for code in draw.sample(codes, min(PLANTED, len(codes))):
        plant = draw.choice([each for each in every if each.rule.code == code])
        planted(network, Habits.drawn(network, draw), [plant], draw, tally)
    planted(network, Habits.drawn(network, draw), draw.sample(every, 2), draw, tally)
    habits = Habits.drawn(network, draw)
    slipped(network, habits, Slip(draw.choice(list(SLIPS)), draw.choice(habits.shown)), draw, tally)
    return tally


PLANTED = 5


def right_notes(network: Network, habits: Habits, draw: Random, tally: Tally) -> None:
    """Right notes, rounded: whoever accuses a line of them is wrong."""
    paper = Paper(network, habits, habits.solution(network, {}), {})
    found = paper.marked(draw)
    tally.lines += len(found.marks)
    tally.judged += sum(each.verdict not in (Verdict.UNREAD, Verdict.UNJUDGED) for each in found.marks)
    tally.accused += [f"{each.text}  [{each.verdict.value}]" for each in found.errors]


def planted(network: Network, habits: Habits, some: Sequence[Plant], draw: Random, tally: Tally) -> None:
    """Some misconceptions in one solution, and what the marks make of them."""
    changed = {each.quantity: each.formula for each in some}
    if len(changed) < len(some):
        return
    right, wrong = habits.solution(network, {}), habits.solution(network, changed)
    name = some[0].rule.name if len(some) == 1 else PAIR
    alone = [habits.solution(network, each.changed) for each in some] if len(some) > 1 else []
    if first_off(right, wrong) is None or any(is_small(right, each) for each in alone):
        tally.outcomes[name][UNSEEN] += 1
        return
    found = Paper(network, habits, wrong, changed).marked(draw)
    wanted = [each.rule.code for each in some]
    outcome = DIGITS if is_small(right, wrong) else outcome_of(found, wanted)
    if outcome == UNNOTICED and is_rounding(found, wrong[first_off(right, wrong) or 0].quantity):
        outcome = DIGITS
    tally.outcomes[name][outcome] += 1
    tally.planted += 1
    tally.again += max(0, len(found.errors) - len(some))
    if outcome in SHOWN[1:]:
        tally.hard[name][f"{outcome}: {told(found)}"] += 1


def slipped(network: Network, habits: Habits, slip: Slip, draw: Random, tally: Tally) -> None:
    """A slip of the pencil in one number, and what the marks make of it."""
    right, wrong = habits.solution(network, {}), habits.solution(network, {}, slip)
    name = SLIPS[slip.told]
    line = first_off(right, wrong)
    # In a whole formula numbers are set as numbers are: what is left of a slip then is another one, or none.
    is_set_anew = habits.notation in ("text", "tex") and line is not None
    if (
        line is None
        or wrong[line].quantity is not slip.quantity
        or (is_set_anew and habits.rounding(wrong[line].value) != wrong[line].text)
    ):
        tally.outcomes[name][UNSEEN] += 1
        return
    found = Paper(network, habits, wrong, {}).marked(draw)
    marks = [each for each in found.marks if each.finding and any(slip.told in x for x in each.finding.said)]
    causes = marks[0].finding.causes if marks and marks[0].finding else ()
    noticed = any(each.verdict in (Verdict.WRONG, Verdict.LAST_DIGIT) for each in found.marks)
    outcome = (TOP3 if causes else TOP1) if marks else OTHER if noticed else UNNOTICED
    if outcome == UNNOTICED and is_rounding(found, slip.quantity):
        outcome = UNSEEN
    if outcome in (TOP3, OTHER) and slip.told == "the sign is lost" and is_turned(found):
        outcome = SAME
    small = slip.told != "cut, not rounded" and is_small(right, wrong)
    tally.outcomes[name][DIGITS if small and outcome != TOP1 else outcome] += 1
    if outcome in SHOWN[1:] and not small:
        tally.hard[name][f"{outcome}: {told(found)}"] += 1


def is_rounding(found: Marked, quantity: object) -> bool:
    """Whether a number is as near to what it should be, given those before it, as rounding on the way may explain."""
    for each in found.marks:
        finding = each.finding
        if finding and finding.meaning and finding.meaning.quantity is quantity and finding.wrote and finding.expected:
            off = abs(finding.wrote.value - finding.expected)
            return off <= finding.drift + (1 + 2 * UNITS) * finding.wrote.half
    return False


def is_turned(found: Marked) -> bool:
    """Whether the cause that is told first gives the right number with the other sign."""
    finding = found.errors[0].finding if found.errors else None
    if finding is None or not finding.causes:
        return False
    true = (each for each in (finding.right, finding.expected) if each is not None)
    return any(isclose(finding.causes[0].value, -each, rel_tol=1e-9) for each in true)


def first_off(right: Sequence[Written], wrong: Sequence[Written]) -> int | None:
    """The first line in which two solutions differ."""
    pairs = zip(right, wrong, strict=False)
    return next((place for place, (one, other) in enumerate(pairs) if one.value != other.value), None)


def is_small(right: Sequence[Written], wrong: Sequence[Written]) -> bool:
    """Whether two solutions differ by no more than a slip of the last digits in any line."""
    return all(
        abs(one.value - other.value) <= UNITS * unit(other.text) for one, other in zip(right, wrong, strict=False)
    )


def unit(text: str) -> float:
    """One of the last place of a number as it is written."""
    digits, _, power = text.partition("e")
    return float(10.0 ** (int(power or 0) - len(digits.partition(".")[2])))


def outcome_of(found: Marked, wanted: Sequence[str]) -> str:
    """What the marks make of planted misconceptions, by their codes; of two, both have to be told."""
    if not found.errors:
        return CONVENTION if found.conventions else UNNOTICED
    ranks = [min(rank(each, code) for each in found.errors) for code in wanted]
    worst = max(ranks)
    if worst < LARGEST_RANK:
        return TOP1 if worst == 0 else SAME if is_same(found, wanted) else TOP3 if worst < 3 else LISTED
    if found.conventions:
        return CONVENTION
    finding = found.errors[0].finding
    return OTHER if finding and (finding.causes or finding.strays) else NONE


LARGEST_RANK = 99


def is_same(found: Marked, wanted: Sequence[str]) -> bool:
    """Whether what is told first gives the same number to the last bit, so that no number could tell them apart."""
    for each in found.errors:
        causes = each.finding.causes if each.finding else ()
        planted_ones = [cause for cause in causes if cause.misconception.code in wanted]
        if planted_ones:
            return isclose(planted_ones[0].value, causes[0].value, rel_tol=1e-12, abs_tol=1e-15)
    return False


def rank(mark_: Mark, code: str) -> int:
    """The place of a misconception among those that explain a line; those that hold together share the first."""
    finding = mark_.finding
    if finding is None:
        return LARGEST_RANK
    codes = list(dict.fromkeys(each.misconception.code for each in finding.causes))
    if code not in codes:
        return LARGEST_RANK
    return 0 if finding.together else codes.index(code)


def told(found: Marked) -> str:
    """What the first error was told to be."""
    finding = found.errors[0].finding if found.errors else None
    if finding is None:
        return "nothing"
    joined = " and " if finding.together else " or "
    names = dict.fromkeys(each.misconception.name for each in finding.causes)
    return joined.join(list(names)[:2]) or next(iter(finding.said), "no cause")


def counted(networks: int, seed: int, processes: int = 1) -> Tally:
    """So many random networks."""
    places = [(seed, number) for number in range(networks)]
    tally = Tally()
    if processes == 1:
        for each in map(one_network, places):
            tally.add(each)
        return tally
    with Pool(processes) as pool:
        for each in pool.imap_unordered(one_network, places, chunksize=4):
            tally.add(each)
    return tally


def table(tally: Tally) -> Iterator[str]:
    """What was counted, for people."""
    yield f"{'planted':36}{'seen':>6}" + "".join(f"{each:>14}" for each in (*SHOWN, CONVENTION, DIGITS))
    known = {each.name: each.code for each in MISCONCEPTIONS}
    for name in sorted({*known, *tally.outcomes}, key=lambda each: (known.get(each, "S"), each)):
        counts = tally.outcomes[name]
        seen = sum(counts[each] for each in SHOWN)
        cells = "".join(f"{counts[each] or '·':>14}" for each in (*SHOWN, CONVENTION, DIGITS))
        yield f"{known.get(name, '')} {name:31}{seen:>6}{cells}"
    yield ""
    yield f"the planted cause comes first:          {tally.share(TOP1):7.2%}"
    yield f"  or gives the same number as the first:{tally.share(TOP1, SAME):7.2%}"
    yield f"the planted cause is among three:       {tally.share(TOP1, SAME, TOP3):7.2%}"
    yield f"right lines accused:                    {len(tally.accused)} of {tally.judged:,}, {tally.lines:,} read"
    yield f"lines of planted notes charged again:   {tally.again} in {tally.planted:,} notes"
    yield ""
    yield "hard cases: what was planted, and what was told instead or before it"
    for name, cases in sorted(tally.hard.items()):
        for case, count in cases.most_common(4):
            yield f"  {count:3} x {name}: {case}"
    for each in tally.accused[:20]:
        yield f"  accused: {each}"


def main() -> None:
    """Plant, mark, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--networks", type=int, default=200, help="how many random networks (200)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args()
    start = perf_counter()
    for line in table(counted(chosen.networks, chosen.seed, chosen.processes)):
        print(line)
    print(f"\n{chosen.networks} networks in {perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
