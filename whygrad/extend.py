"""The small door for people who add misconceptions of their own: a file of them is one of Python that they write.

    from whygrad.extend import Mutant, Part, misconception

    @misconception("X101", "bias-halved", "The bias is halved", ...)
    def bias_halved(scene, quantity):
        '''The net with half of each bias.'''
        ...

`whygrad check NOTES --misconceptions FILE` runs the file and judges by its misconceptions as by all others. Notes never
name such a file: only whoever checks them does.
"""

from __future__ import annotations

import re
import runpy
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from whygrad.check.judging.algebra import factors, is_of, number, product, reads, replaced, terms, total, without
from whygrad.check.judging.misconception import MISCONCEPTIONS, Misconception, Mutant
from whygrad.check.judging.scene import Part, Scene
from whygrad.errors.extend import NoMisconception, RulesFailed, RulesNotFound, RuleTaken, RuleUnfit
from whygrad.graph import Expr, constant

if TYPE_CHECKING:
    import os

    from whygrad.check.judging.quantities import Quantity

__all__ = [
    "MISCONCEPTIONS",
    "Misconception",
    "Mutant",
    "Part",
    "Scene",
    "constant",
    "factors",
    "is_of",
    "misconception",
    "misconceptions_in",
    "number",
    "product",
    "reads",
    "replaced",
    "terms",
    "total",
    "with_own",
    "without",
]

CODE: Final = re.compile(r"[A-Z]{1,3}\d{2,4}")
NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
WORDS: Final = ("title", "looks", "why", "right", "wrong_example", "right_example")
MOST_MUTANTS: Final = 500  # of one misconception at one quantity
Mutants = Callable[[Scene, Any], Iterable[Mutant] | None]


def misconception(
    code: str,
    name: str,
    title: str,
    *,
    looks: str,
    why: str,
    right: str,
    wrong_example: str,
    right_example: str,
    question: str = "",
) -> Callable[[Mutants], Misconception]:
    """Make a misconception of a function that gives, for a quantity of a scene, every other formula that it leads to.

    The words are those of `Misconception`. Codes are letters and a number, "X101"; names are words with hyphens.
    """

    def made(mutants: Mutants) -> Misconception:
        return Misconception(
            code,
            name,
            title,
            looks,
            why,
            right,
            wrong_example,
            right_example,
            lambda scene, quantity: iter(mutants(scene, quantity) or ()),
            question,
        )

    return made


def misconceptions_in(path: str | os.PathLike[str]) -> tuple[Misconception, ...]:
    """The misconceptions that a file of Python makes. It is run: name only files that you trust.

    Raises RulesNotFound (WG1125), RulesFailed (WG1126), NoMisconception (WG1127).
    """
    file = Path(path)
    if not file.is_file():
        raise RulesNotFound(str(path), "a folder" if file.is_dir() else "no file")
    try:
        made = runpy.run_path(str(file))
    except (Exception, SystemExit) as error:
        raise RulesFailed(str(path), line_of(error, file), f"{type(error).__name__}: {error}") from error
    found = [each for each in made.values() if isinstance(each, Misconception) and each not in MISCONCEPTIONS]
    if not found:
        raise NoMisconception(str(path))
    return tuple({id(each): each for each in found}.values())


def line_of(error: BaseException, file: Path) -> int | None:
    """The line of a file at which it failed."""
    if isinstance(error, SyntaxError):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    return next((each.lineno for each in reversed(frames) if each.filename == str(file)), None)


def with_own(own: Iterable[Misconception]) -> tuple[Misconception, ...]:
    """All misconceptions of whygrad and some of one's own, as `check` takes them.

    Raises RuleTaken (WG1128) for a code or a name that is taken, RuleUnfit (WG1129) for one without its words.
    """
    every = list(MISCONCEPTIONS)
    for rule in own:
        taken = next((each for each in every if each.code == rule.code or each.name == rule.name), None)
        if taken is not None:
            raise RuleTaken(rule.code, rule.name, taken.code, taken.name)
        every.append(replace(fit(rule), mutants=guarded(rule)))
    return tuple(sorted(every, key=lambda each: each.code))


def fit(rule: Misconception) -> Misconception:
    """A misconception that has all that is shown of it. Raises RuleUnfit (WG1129)."""
    if not CODE.fullmatch(rule.code):
        raise RuleUnfit(rule.code, f"its code is {rule.code!r}", 'take letters and a number, such as "X101"')
    if not NAME.fullmatch(rule.name):
        raise RuleUnfit(rule.code, f"its name is {rule.name!r}", 'take words with hyphens, such as "bias-halved"')
    for field in WORDS:
        if not str(getattr(rule, field)).strip():
            raise RuleUnfit(rule.code, f"its {field} says nothing", "give it words: they are shown to whoever errs")
    return rule


def guarded(rule: Misconception) -> Callable[[Scene, Quantity], Iterator[Mutant]]:
    """The mutants of somebody's misconception; what goes wrong in it is told with its code and the quantity."""

    def found(scene: Scene, quantity: Quantity) -> Iterator[Mutant]:
        made: list[Any] = []  # whatever somebody's function gives
        try:
            for each in rule.mutants(scene, quantity):
                made.append(each)
                if len(made) > MOST_MUTANTS:
                    break
        except Exception as error:
            what = f"at {quantity.written} it fails with {type(error).__name__}: {error}"
            raise RuleUnfit(rule.code, what, "mend its function, or leave the file out") from error
        if len(made) > MOST_MUTANTS:
            what = f"at {quantity.written} it leads to more than {MOST_MUTANTS} formulas"
            raise RuleUnfit(rule.code, what, "say less at once")
        for each in made:
            if not is_one_number(each):
                what = f"at {quantity.written} it gives {each!r:.80}"
                raise RuleUnfit(rule.code, what, "give Mutant(formula, detail), whose formula is one number")
        yield from made

    return found


def is_one_number(made: Any) -> bool:
    """Whether somebody's function gave a mutant with a formula of one number."""
    formula: Any = made.formula if isinstance(made, Mutant) else None
    return isinstance(formula, Expr) and formula.shape == ()
