"""The notes among the examples are read completely; the right ones say what is so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.said import said_of
from whygrad.check.reading.formula import Leaf, Link, Name, Relation, shown
from whygrad.check.reading.notes import read_notes
from whygrad.check.worth import swing, worth
from whygrad.spec.read import read_experiment

NOTES = Path(__file__).parents[2] / "examples" / "notes"
C = """x1 = 0.05
x2 = 0.10
y1 = 0.01
y2 = 0.99
learning rate = 0.5
w1 = 0.15
w2 = 0.20
w3 = 0.25
w4 = 0.30
w5 = 0.40
w6 = 0.45
w7 = 0.50
w8 = 0.55
net_H1 = (((0.15) * (0.05)) + ((0.20) * (0.10))) + b = 0.3825
net_H2 = (((0.25) * (0.05)) + ((0.30) * (0.10))) + b = 0.3900
out_H1 = 0.5944
out_H2 = 0.5963
net_Y1 = ((0.40) * (0.5944)) + ((0.50) * (0.5963)) = 0.2378 + 0.2982 = 0.5359
net_Y2 = ((0.45) * (0.5944)) + ((0.55) * (0.5963)) = 0.2675 + 0.3280 = 0.5955
net_Y1 = 0.5359
out_Y1 = 0.757
target_Y1 = 0.01
net_Y2 = 0.5955
out_Y2 = 0.768
target_Y2 = 0.99
E_Y1 = (1 / 2) * ((-0.747)^2) = (1 / 2) * 0.5580 = 0.279
E_Y2 = (1 / 2) * ((0.222)^2) = (1 / 2) * 0.0493 = 0.025
E_total = 0.304
dE/dw5 = (0.747 * 0.1840) * 0.5944 = 0.1375 * 0.5944 = 0.0817 ≈ 0.081
w5_new = 0.40 - (0.5 * 0.081) = 0.3595
dE/dw1 = ((((0.75137 - 0.01) * 0.75137) * (1 - 0.75137)) * w5) * x1 = ((0.74137 * 0.18676) * 0.40) * 0.05 = 0.055388 * 0.05 = 0.0277
w1_new = 0.15 - (0.5 * 0.0277) = 0.13615"""  # noqa: E501 (a claim is a line)


@pytest.mark.parametrize("path", sorted(NOTES.glob("*.md")), ids=lambda path: path.stem)
def test_every_line_is_read(path: Path) -> None:
    notes = read_notes(path)
    assert notes.unread == ()
    assert len(notes.claims) >= 20
    if notes.header.network_file:
        read_experiment(path.parent / notes.header.network_file)


def test_the_claims_of_the_hand_worked_example() -> None:
    assert [
        each.replace("((-0.747)^2)", "((-0.747)^2)") for each in said_of(read_notes(NOTES / "notes-222.md"))
    ] == C.split("\n")


def test_where_its_claims_stand() -> None:
    notes = read_notes(NOTES / "notes-222.md")
    first = next(
        claim
        for claim in notes.claims
        if isinstance(claim.chain.sides[0], Name) and "dE/dw1" in claim.chain.sides[0].text
    )
    assert first.heading == "Backward, to a hidden weight"
    assert [notes.lines[side.span.line - 1][side.span.start : side.span.end] for side in first.chain.sides[-2:]] == [
        "0.055388 x 0.05",
        "0.0277",
    ]


GIVEN = {"x_1": 0.5, "x_2": 0.8, "y": 1.0, "h_1": 0.5474, "x": 2.0, "a": 3.0, "b": 1.0, "p": 1.0, "q": 2.0, "w": 2.0}
AFTER = {"out": 0.7363, r"\delta_{out}": -0.0512, "h_1": 0.5474}


@pytest.mark.parametrize(("stem", "least"), [("live-221", 14), ("concepts", 25)])
def test_the_right_notes_are_right(stem: str, least: int) -> None:
    """Every link between two expressions: the left is worth what the right is, within the rounding that is shown."""
    checked = 0
    for claim in read_notes(NOTES / f"{stem}.md").claims:
        known = GIVEN | AFTER | ({"x": 3.0} if claim.line < 29 else {})
        checked += sum(holds(link, known, claim.line) for link in claim.chain.links)
    assert checked >= least


def holds(link: Link, known: dict[str, float], line: int) -> bool:
    """Whether a link could be checked; where it could, it must hold."""
    one, other = worth(link.left, known), worth(link.right, known)
    if isinstance(link.left, Name) or one != one or other != other:
        return False
    printed = shown(link.right)
    slack = (printed.half_unit if printed and link.relation is Relation.ABOUT else 1e-9) + swing(
        link.left, known, computed
    )
    assert abs(one - other) <= slack * 1.0001 + 1e-12, (line, one, other)
    return True


def computed(leaf: Leaf) -> float:
    """Only numbers with four places or more were rounded in these notes."""
    return 0.0 if isinstance(leaf, Name) or leaf.half_unit > 0.0001 else leaf.half_unit
