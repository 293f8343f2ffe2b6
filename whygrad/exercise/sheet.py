"""The pages of an exercise: the sheet with its blanks, the key, and a solution in which something is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from whygrad.document import (
    Blank,
    Block,
    Code,
    Document,
    Equation,
    Equations,
    Facts,
    Paragraph,
    Picture,
    Section,
    Table,
)
from whygrad.exercise.task import Stage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence


class Page(Enum):
    """The pages of an exercise, and what stands behind its name in the names of their files."""

    SHEET = ""
    KEY = "-key"
    WRONG = "-wrong"


PARTS: Final[Mapping[str, tuple[Stage, ...]]] = {
    "forward": (Stage.FORWARD, Stage.LOSS),
    "backward": (Stage.BACKWARD, Stage.GRADIENTS),
    "update": (Stage.UPDATE,),
    "all": tuple(Stage),
}


@dataclass(frozen=True, eq=False)
class Solved:
    """A number that is asked for, worked out: its equation, and those of the parts of it that have a letter before."""

    stage: Stage
    equations: tuple[Equation, ...]

    @property
    def blank(self) -> Equation:
        """Its name and a place to write it down."""
        return Equation((self.equations[-1].sides[0], Blank()), ("=",))

    @property
    def result(self) -> Equation:
        """Its name and its number."""
        sides = self.equations[-1].sides
        return Equation((sides[0], sides[-1]), ("=",))


@dataclass(frozen=True, eq=False)
class Setting:
    """What every page of an exercise says.

    - `title`: "Exercise 7"; `network`: what it is about, in a sentence.
    - `given`: what is given, by what it belongs to; `picture`: the network, for media that show pictures.
    - `digits`: how many decimals are asked for; `part`: a key of `PARTS`.
    - `planted`: what is wrong in the solution to check, for the key.
    - `experiment`: the network as the checker reads it, for pages that are filled in where they are; "" on paper.
    """

    title: str
    network: str
    given: tuple[tuple[str, str], ...]
    picture: Picture | None
    digits: int
    part: str = "all"
    experiment: str = ""
    planted: str = ""


def page(setting: Setting, kind: Page, lines: Sequence[Solved]) -> Document:
    """One page of an exercise; `lines` are its numbers, worked out as this page has them."""
    asked = PARTS[setting.part]
    sections = [Section("Given", tuple(given(setting, kind)))]
    for stage in Stage:
        here = [each for each in lines if each.stage is stage]
        if here and stage.value and is_shown(stage, asked):
            known = () if stage in asked else (Paragraph("This is worked out already."),)
            sections.append(Section(stage.value, (*known, Equations(tuple(written(here, kind, asked))))))
    if setting.planted and kind is Page.KEY:
        sections.append(Section("In the solution to check", (Paragraph(setting.planted),)))
    if setting.experiment:
        told = Paragraph("This is how whygrad check knows the network; leave it as it is.")
        sections.append(Section("For the checker", (told, Code(setting.experiment, language="whygrad"))))
    return Document(f"{setting.title}{TITLES[kind]}", setting.network, tuple(sections))


TITLES: Final = {Page.SHEET: "", Page.KEY: ": key", Page.WRONG: ": a solution to check"}


def is_shown(stage: Stage, asked: Collection[Stage]) -> bool:
    """Whether a stage stands on the page: it is asked for, or what is asked for goes on from it."""
    order = list(Stage)
    return order.index(stage) <= max(order.index(each) for each in asked)


def written(lines: Sequence[Solved], kind: Page, asked: Collection[Stage]) -> Iterator[Equation]:
    """The lines of a stage as a page has them."""
    for each in lines:
        if each.stage not in asked:
            yield each.result
        elif kind is Page.SHEET:
            yield each.blank
        else:
            yield from each.equations


def given(setting: Setting, kind: Page) -> Iterator[Block]:
    """What is given, and what is to be done."""
    yield (
        Facts(setting.given)
        if setting.experiment
        else Table("Each unit with what leads into it.", ("of", "numbers"), setting.given)
    )
    if setting.picture is not None:
        yield setting.picture
    decimals = f"{setting.digits} decimal{'s' if setting.digits != 1 else ''}"
    if kind is Page.SHEET:
        yield Paragraph(
            f"Fill in every blank with {decimals}. Round each number before you go on with it, halves up. "
            + ("You may write your working before the number, on the same line." if setting.experiment else "")
        )
    elif kind is Page.KEY:
        yield Paragraph(f"Every number is rounded to {decimals}, halves up, before it is used again.")
    else:
        yield Paragraph(
            "In this solution one thing was done wrong, and everything behind it goes on from there. Where is it, "
            f"and what should stand there? Every number is rounded to {decimals}."
        )
