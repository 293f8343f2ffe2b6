"""What a misconception is: another formula for some quantity, and words for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from whygrad.check.judging.quantities import Quantity
    from whygrad.check.judging.scene import Scene
    from whygrad.graph import Expr


@dataclass(frozen=True, eq=False)
class Mutant:
    """What a quantity would be made of under a misconception; `detail` says what is other, "without b1"."""

    formula: Expr
    detail: str


@dataclass(frozen=True)
class Misconception:
    """A way in which people go wrong.

    - `code`, `name`: "M101", "bias-left-out"; `title`: a sentence, "The bias is left out".
    - `looks`: what it looks like on paper; `why`: why people do it; `right`: what is right.
    - `question`: what leads a person to it without saying it; it has no number and no name in it.
    - `wrong_example`, `right_example`: a line of each.
    - `mutants`: for a quantity, every formula that it leads to; nothing where it does not apply.
    """

    code: str
    name: str
    title: str
    looks: str
    why: str
    right: str
    wrong_example: str
    right_example: str
    mutants: Callable[[Scene, Quantity], Iterator[Mutant]]
    question: str = ""
