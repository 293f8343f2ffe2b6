"""The equations of a whole page, found again in what each medium wrote, as Python would have them.

Every reader gives one list for each block of equations, and in it for every equation its lines: what stands left of
the relation (on the first line), the relation, and the side. Names come back as single words, see `identifier`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree

from tests.notation.drawn import identifier, python_of_mathml, python_of_tex

if TYPE_CHECKING:
    from whygrad.pipeline.derivation import Derivation

Structure = dict[str, Any]
RULE = re.compile("[═─]+")
LINE = re.compile(r" *(?P<left>\S.*?)? ?(?<= )(?P<relation>[=≈]) (?P<side>.*)")
ROW = re.compile(r"(?P<left>.*?) ?(?<!\\)&(?P<relation>=|\\approx)? ?(?P<side>.*)", re.DOTALL)
REMARK = "   ("
RELATIONS = {"=": "=", r"\approx": "≈"}


class Line(NamedTuple):
    """One line of an equation."""

    left: str
    relation: str
    side: str


Equation = list[Line]
Reader = Callable[["Derivation", Structure], Iterator[list[Equation]]]


def blocks_of(structure: Structure) -> list[Structure]:
    """Every block of a page."""
    return [block for section in structure["sections"] for block in section["blocks"]]


def names_in(structure: Structure) -> set[str]:
    """Every name that its equations use."""
    sides = [side for block in blocks_of(structure) for line in block.get("lines", ()) for side in line["sides"]]
    found = {node["name"] for side in sides for node in side.get("nodes", ()) if "name" in node}
    found |= {side["name"] for side in sides if side["kind"] == "name"}
    return found | {f"d{side['of']}/d{side['by']}" for side in sides if side["kind"] == "derivative"}


def from_text(derivation: Derivation, structure: Structure) -> Iterator[list[Equation]]:
    """What the terminal shows: blocks have an empty line between them, a heading has a rule below it."""
    _, *parts = re.split(r"\n\n", derivation.text().rstrip())
    names = sorted(map(re.escape, names_in(structure)), key=len, reverse=True)
    name = re.compile(rf"(?<![\w.])(?:{'|'.join(names)})(?![\w(\[.])")
    for section in structure["sections"]:
        own, parts = parts[: len(section["blocks"])], parts[len(section["blocks"]) :]
        own[0] = RULE.split(own[0], maxsplit=1)[1].removeprefix("\n")
        for block, part in zip(section["blocks"], own, strict=True):
            if block["kind"] == "equations":
                yield [spelled(each, name) for each in equations_in_text(part.split("\n"))]
    assert parts == []


def spelled(equation: Equation, name: re.Pattern[str]) -> Equation:
    """An equation with its names as single words."""
    return [Line(*(name.sub(lambda found: identifier(found[0]), words) for words in line)) for line in equation]


def equations_in_text(rows: list[str]) -> list[Equation]:
    """The equations of one block, remarks left out; what goes on stands farther right than where its formula began."""
    found: list[Equation] = []
    left, start, opened = "", 0, 0
    for row in rows:
        words, _, remark = row.partition(REMARK)
        if opened or (start and re.match(rf" {{{start}}}\(", words)):
            opened += row.count("(") - row.count(")")
            continue
        opened = remark.count("(") + 1 - remark.count(")") if remark else 0
        if matched := LINE.fullmatch(words):
            left, start = matched["left"] or left, matched.start("side")
            if left:
                found.append([])
            found[-1].append(Line(left, matched["relation"], matched["side"]))
            left = ""
        elif start and words.startswith(" " * (start + 1)):
            last = found[-1].pop()
            found[-1].append(last._replace(side=f"{last.side} {words.strip()}"))
        else:
            assert not left, row
            left = words.strip()
    assert not left, left
    return found


def from_markdown(derivation: Derivation, structure: Structure) -> Iterator[list[Equation]]:  # noqa: ARG001
    """TeX between dollar signs."""
    for block in re.findall(r"\$\$\n\\begin{aligned}\n(.*?)\n\\end{aligned}\n\$\$", derivation.markdown(), re.DOTALL):
        yield equations_in_tex(block)


def from_latex(derivation: Derivation, structure: Structure) -> Iterator[list[Equation]]:  # noqa: ARG001
    """LaTeX's environment."""
    for block in re.findall(r"\\begin{align\*}\n(.*?)\n\\end{align\*}", derivation.latex(), re.DOTALL):
        yield equations_in_tex(block)


def equations_in_tex(block: str) -> list[Equation]:
    """The equations of one block, remarks left out; a row that begins far right goes on with the one before it."""
    found: list[list[tuple[str, str, str]]] = []
    for row in block.split(" \\\\\n"):
        if re.match(r" &\\quad \\(?:text|parbox|mathrm)", row):
            continue
        if row.startswith(r" &\qquad "):
            left, relation, side = found[-1].pop()
            found[-1].append((left, relation, f"{side} {row.removeprefix(' &' + chr(92) + 'qquad ')}"))
            continue
        matched = ROW.fullmatch(row)
        assert matched, row
        if matched["left"]:
            found.append([])
        found[-1].append((matched["left"], matched["relation"], matched["side"]))
    return [
        [
            Line(python_of_tex(left), relation.replace(r"\approx", "≈"), python_of_tex(side))
            for left, relation, side in one
        ]
        for one in found
    ]


def from_page(derivation: Derivation, structure: Structure) -> Iterator[list[Equation]]:  # noqa: ARG001
    """MathML: one formula for each piece that a line may be broken behind."""
    blocks = derivation.html().split('<div class="equations')[1:]
    for block in blocks:
        found: list[Equation] = []
        for equation in block.split('<div class="equation">')[1:]:
            rows = re.findall(r'<div class="(left|right)">(.*?)</div>', equation, re.DOTALL)
            found.append(equation_on_page(rows))
        yield found


def equation_on_page(rows: list[tuple[str, str]]) -> Equation:
    """The lines of one equation, from what stands left and right of its relations."""
    found: Equation = []
    left = ""
    for place, row in rows:
        whole = ElementTree.Element("mrow")
        for math in re.findall("<math[^>]*>.*?</math>", row, re.DOTALL):
            whole.extend(ElementTree.fromstring(math)[0])  # noqa: S314 (our own page)
        if place == "left":
            left = python_of_mathml(whole)
            continue
        relation = whole[0].text or ""
        whole.remove(whole[0])
        found.append(Line(left, relation, python_of_mathml(whole)))
        left = ""
    return found


MEDIA: dict[str, Reader] = {
    "text": from_text,
    "markdown": from_markdown,
    "latex": from_latex,
    "page": from_page,
}
