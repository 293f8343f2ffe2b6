"""What stands beside the network: panels are drawn once for each place, and tools hand out files."""

from __future__ import annotations

import pytest

from tests.lab.asking import desk, only, told
from whygrad.lab.desk import Desk
from whygrad.lab.message import Drawn, File, Opened, Said, SetWeight, Step, Use, Watch, Why
from whygrad.lab.presets import preset


@pytest.fixture
def students() -> Desk:
    found = desk(preset("students"))
    assert isinstance(found.beside.next(), Why)
    return found


def drawn(desk: Desk) -> Drawn:
    found = desk.beside.next()
    while isinstance(found, Why):
        found = desk.beside.next()
    assert isinstance(found, Drawn)
    return found


def opened(name: str) -> Opened:
    found = next(desk(preset(name)).opened())
    assert isinstance(found, Opened)
    return found


def test_a_panel_is_drawn_once_for_each_place_until_it_is_put_away(students: Desk) -> None:
    assert told(students, Watch("confusion")) == []
    assert (drawn(students).panel, students.beside.next()) == ("confusion", None)
    told(students, Step("update"))
    assert (drawn(students).update, students.beside.next()) == (1, None)
    told(students, Watch("confusion", on=False))
    told(students, Step("update"))
    assert isinstance(students.beside.next(), Why)
    assert students.beside.next() is None


def test_a_change_of_a_weight_is_seen_at_the_same_place(students: Desk) -> None:
    told(students, Watch("confusion"))
    assert drawn(students).data["parts"][0]["counts"] == [[0, 2], [0, 2]]
    told(students, SetWeight("b", -10))
    assert drawn(students).data["parts"][0]["counts"] == [[2, 0], [2, 0]]


def test_only_panels_that_fit_are_offered() -> None:
    offered = {name: [each["name"] for each in opened(name).panels] for name in ("students", "notes-222")}
    assert "confusion" in offered["students"]
    assert "confusion" not in offered["notes-222"]


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (Watch("weather"), "WG1014"),
        (Use("weather"), "WG1014"),
        (Watch("confusion", {"a": 1}), "WG1003"),
        (Use("export", {"form": "pdf"}), "WG1003"),
        (Use("export", {"form": "latex", "of": "w99"}), "WG105"),
    ],
)
def test_what_is_not_there_is_refused(students: Desk, request_: Watch | Use, code: str) -> None:
    assert only(told(students, request_), Said).code == code


@pytest.mark.parametrize(
    ("form", "name", "within"),
    [
        ("latex", "derivation.tex", r"\begin{document}"),
        ("markdown", "derivation.md", "$"),
        ("html", "derivation.html", "<math"),
    ],
)
def test_a_derivation_is_handed_out_as_a_file(students: Desk, form: str, name: str, within: str) -> None:
    for of in ("", "w"):
        file = only(told(students, Use("export", {"form": form, "of": of})), File)
        assert file.name == name
        assert within in file.text
