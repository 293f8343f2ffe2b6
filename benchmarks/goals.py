"""What was aimed at, beside what was measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.results import ALONE, FUSED, JAX, NUMBA, PRODUCTS, TORCH, C, Growth, Memory, Ratio, Training
from benchmarks.tables import figure, ratio_at, table

HEAD = ["work", "goal", "loop alone", "", "whole call", ""]
MET, MISSED = "met", "**not met**"


@dataclass(frozen=True)
class Goal:
    """A ratio of two times on one work: another's to ours is to be at least so much, or ours to another's at most."""

    work: str
    words: str
    engine: str
    other: str
    limit: float
    is_most: bool = False

    def judged(self, training: Training) -> list[str]:
        """A line that says how far it was come to."""
        cells: list[str] = []
        for name in (f"whygrad {self.engine}{ALONE}", f"whygrad {self.engine}"):
            ratio = self.ratio(training, name)
            cells += [figure(ratio.middle), self.verdict(ratio.middle)] if ratio else ["", "not measured"]
        return [self.work, self.words, *cells]

    def ratio(self, training: Training, name: str) -> Ratio | None:
        """The ratio that was measured."""
        contest = training.find(self.work, 1)
        mine, other = (contest.named(name), contest.named(self.other)) if contest else (None, None)
        if mine is None or other is None:
            return None
        return Ratio.of(mine, other) if self.is_most else Ratio.of(other, mine)

    def verdict(self, ratio: float) -> str:
        """Whether the goal is met."""
        return MET if (ratio <= self.limit if self.is_most else ratio >= self.limit) else MISSED


GOALS = (
    Goal("W1", "compiled, at least 10,000 times as fast as PyTorch", "compiled", TORCH, 10_000),
    Goal("W1", "the same against its fused optimizer", "compiled", FUSED, 10_000),
    Goal("W1", "plain Python, at least 300 times as fast as PyTorch", "python", TORCH, 300),
    Goal("W1", "the same against its fused optimizer", "python", FUSED, 300),
    Goal("W1", "at most 1.5 times what C takes", "compiled", C, 1.5, is_most=True),
    Goal("W2a", "at least 18 times as fast as PyTorch", "compiled", TORCH, 18),
    Goal("W2a", "the same against its fused optimizer", "compiled", FUSED, 18),
    Goal("W2a", "ahead of JAX: above 1", "compiled", JAX, 1),
    Goal("W2b", "ahead of JAX: above 1", "compiled", JAX, 1),
    Goal("W2b", "ahead of Numba by hand: above 1", "compiled", NUMBA, 1),
    Goal("W2b", "at most 1.1 times its matrix products alone", "compiled", PRODUCTS, 1.1, is_most=True),
)


def goals_table(training: Training) -> list[str]:
    """How far each goal of training was come to."""
    return table(HEAD, [goal.judged(training) for goal in GOALS], words=2)


def memory_goals(memory: Memory) -> Iterator[str]:
    """Whether a training needs less memory than others', in words."""
    for work in dict.fromkeys(each.work for each in memory.peaks):
        for name, words in (("whygrad auto", work), ("whygrad compiled", f"{work}, compiled")):
            shares = [(other, share(memory, work, name, other)) for other in (TORCH, JAX)]
            known = [f"{figure(found)} of what {other} needs ({verdict(found)})" for other, found in shares if found]
            if known:
                yield f"{words}: {', '.join(known)}."


def share(memory: Memory, work: str, name: str, other: str) -> float:
    """How much one needs of what another does; 0 where it is not known."""
    mine, theirs = memory.of(work, name), memory.of(work, other)
    return mine / theirs if mine and theirs else 0.0


def verdict(found: float) -> str:
    """Whether less is needed."""
    return MET if found < 1 else MISSED


def growth_goals(growth: Growth) -> Iterator[str]:
    """Where whygrad takes longer than PyTorch, in words."""
    for mine, words in ((f"whygrad compiled{ALONE}", "The loop alone"), ("whygrad compiled", "The whole call")):
        for other in (TORCH, FUSED):
            slower = [
                (f"{point.sweep} {point.at:,} ({figure(1 / ratio.middle)} times)", ratio.most < 1)
                for point in growth.points
                if (ratio := ratio_at(point, other, mine)) and ratio.middle < 1
            ]
            above = ", ".join(place for place, every_time in slower if every_time)
            unsure = ", ".join(place for place, every_time in slower if not every_time)
            found = f"above it at {above}: {MISSED}" if above else f"above it nowhere: {MET}"
            yield f"{words} against {other}: {found}{f'; not told from it at {unsure}' if unsure else ''}."
