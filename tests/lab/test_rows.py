"""Rows of one's own: edited one by one, taken up as a whole, and a network that fits them."""

from __future__ import annotations

import math
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from tests.lab.asking import desk, frame, only, told
from whygrad.data import load_table
from whygrad.lab.desk import Desk
from whygrad.lab.message import Change, Drawn, Go, Opened, Said, Step, Told, Use, Watch
from whygrad.lab.panels.data import Rows, draw
from whygrad.lab.presets import preset
from whygrad.pipeline.starting import experiment_for_table
from whygrad.spec import Data, parse_experiment, read_experiment

EXAMPLES = Path(__file__).parents[2] / "examples"
PENGUINS = (EXAMPLES / "penguins.csv").read_bytes()


@pytest.fixture
def xor() -> Desk:
    return desk()


def edit(desk: Desk, **asked: Any) -> Said:
    """What is said to an edit."""
    said: Said = only(told(desk, Use("rows", {"edit": asked})), Said)
    return said


def columns(desk: Desk) -> dict[str, list[Any]]:
    """The cells of the experiment's own table."""
    return {name: list(cells) for name, cells in (desk.session.experiment.data.columns or {}).items()}


def looked_through(content: bytes | str) -> dict[str, Any]:
    """What is told of a table of one's own."""
    data = content.encode() if isinstance(content, str) else content
    asked = {"content": b64encode(data).decode(), "name": "mine.csv"}
    found: dict[str, Any] = dict(only(told(desk(), Use("table", asked)), Told).data)
    return found


def take_up(desk: Desk, content: bytes, **chosen: Any) -> Said:
    return edit(desk, do="take-up", content=b64encode(content).decode(), name="mine.csv", **chosen)


def test_each_edit_changes_what_it_says_and_nothing_else(xor: Desk) -> None:
    assert edit(xor, do="set", row=1, cells={"x1": "0,5"}).what == "row 1 was changed: the run starts again"
    assert columns(xor) == {"x1": [0, 0.5, 1, 1], "x2": [0, 1, 0, 1], "y": [0, 1, 1, 0]}
    edit(xor, do="add", cells={"x1": "\u22122", "x2": "1e-3", "y": "1"})
    edit(xor, do="delete", row=0)
    assert columns(xor) == {"x1": [0.5, 1, 1, -2], "x2": [1, 0, 1, 0.001], "y": [1, 1, 0, 1]}
    edit(xor, do="paste", row=2, column="x1", text="5\t6\t1\n7\t8\t0\n9\t10\t1\n")
    assert columns(xor) == {"x1": [0.5, 1, 5, 7, 9], "x2": [1, 0, 6, 8, 10], "y": [1, 1, 1, 0, 1]}
    edit(xor, do="add-column", name="z", text="3", kind="number")
    edit(xor, do="rename-column", name="x1", to="a")
    edit(xor, do="delete-column", name="x2")
    assert columns(xor) == {"a": [0.5, 1, 5, 7, 9], "y": [1, 1, 1, 0, 1], "z": [3, 3, 3, 3, 3]}
    edit(xor, do="roles", inputs=["z"], target="a")
    assert (xor.session.experiment.data.inputs, xor.session.experiment.data.target) == (("z",), "a")
    assert frame(told(xor, Step("update"))).end == 1


def test_a_run_starts_again_with_other_rows_and_the_same_network_where_it_fits(xor: Desk) -> None:
    told(xor, Go(10))
    before = xor.session.experiment
    edit(xor, do="set", row=0, cells={"y": "1"})
    assert (xor.session.end, xor.session.experiment.network) == (0, before.network)
    assert xor.session.experiment.training == before.training


def test_a_network_is_made_to_fit_and_that_is_said(xor: Desk) -> None:
    said = edit(xor, do="add-column", name="z", text="0")
    assert "with a network that fits the data: in -> 8 relu -> out, and the loss sum squared-error" in said.what
    assert [len(each["units"]) for each in next(opened(xor)).network["layers"]] == [3, 8, 1]
    said = only(told(xor, Change("data.toy", "sine")), Said)
    assert said.what == "data.toy was changed: the run starts again"
    said = only(told(desk(), Change("data.toy", "sine")), Said)
    assert "in -> 8 relu -> out" in said.what


def opened(desk: Desk) -> Any:
    return (each for each in desk.opened() if isinstance(each, Opened))


def test_a_third_class_changes_the_last_activation_and_the_loss() -> None:
    students = desk(preset("students"))
    said = edit(students, do="add", cells={"hours": "9", "passed": "2"})
    assert "in -> out softmax, and the loss sum cross-entropy" in said.what
    training = students.session.experiment.training
    assert (training.loss.name, training.reported_loss) == ("cross-entropy", None)
    assert students.session.experiment.network.weights == {}
    said = edit(students, do="roles", inputs=["passed"], target="hours")
    assert said.kind == "note"


def test_classes_that_become_numbers_have_a_linear_output() -> None:
    students = desk(preset("students"))
    for row, hours in enumerate(["1.5", "2.5", "7.5", "8.25"]):
        edit(students, do="set", row=row, cells={"hours": hours})
    said = edit(students, do="roles", inputs=["passed"], target="hours")
    assert "in -> out, and the loss sum squared-error" in said.what
    assert students.session.experiment.training.threshold == 0.5


def test_a_column_that_is_renamed_keeps_its_weights() -> None:
    students = desk(preset("students"))
    edit(students, do="rename-column", name="hours", to="study")
    experiment = students.session.experiment
    assert experiment.network.weights["w"].from_ == "study"
    assert float(students.session.stretches[0].line.states(0)["output.W"][0, 0]) == 0.1


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"do": "set", "row": 0, "cells": {"x1": "abc"}}, "WG1022"),
        ({"do": "set", "row": 0, "cells": {"x1": "inf"}}, "WG1022"),
        ({"do": "set", "row": 0, "cells": {"x1": ""}}, "WG307"),
        ({"do": "set", "row": 0, "cells": {"y": "NA"}}, "WG308"),
        ({"do": "set", "row": 4, "cells": {"x1": "1"}}, "WG1023"),
        ({"do": "set", "row": 0, "cells": {"x9": "1"}}, "WG1023"),
        ({"do": "delete", "row": 4}, "WG1023"),
        ({"do": "add", "cells": {"x1": "1"}}, "WG308"),
        ({"do": "paste", "row": 0, "column": "y", "text": "1\t2"}, "WG1024"),
        ({"do": "paste", "row": 0, "column": "x1", "text": "x1\tx2\n0\t1"}, "WG1022"),
        ({"do": "paste", "row": 0, "column": "x1", "text": '"' + "a" * 200_000}, "WG302"),
        ({"do": "add-column", "name": "y", "text": "0"}, "WG1025"),
        ({"do": "add-column", "name": " ", "text": "0"}, "WG1025"),
        ({"do": "rename-column", "name": "x1", "to": "x2"}, "WG1025"),
        ({"do": "delete-column", "name": "y"}, "WG210"),
        ({"do": "roles", "inputs": ["y"], "target": "y"}, "WG212"),
        ({"do": "restore", "text": '[data]\nfile = "secrets.csv"\ntarget = "y"'}, "WG203"),
        ({"do": "fly"}, "WG1003"),
    ],
)
def test_an_edit_that_cannot_be_leaves_everything_as_it_was(asked: dict[str, Any], code: str, xor: Desk) -> None:
    before, experiment = frame(told(xor, Go(3))), xor.session.experiment
    answers = told(xor, Use("rows", {"edit": asked}))
    assert only(answers, Said).code == code, only(answers, Said)
    assert (frame(answers), xor.session.experiment) == (before, experiment)


def test_files_of_the_machine_are_not_read_by_way_of_an_edit(xor: Desk) -> None:
    text = next(opened(xor)).text.replace('toy = { name = "xor", rows = 200, noise = 0.0, seed = 0 }', 'file = "a.csv"')
    assert 'file = "a.csv"' in text
    assert edit(xor, do="restore", text=text).code in {"WG1006", "WG203"}
    named = text.replace('file = "a.csv"', 'file = "a.csv"\ntarget = "y"')
    assert edit(xor, do="restore", text=named).code == "WG1006"


def test_a_column_read_as_words_has_classes_and_back(xor: Desk) -> None:
    edit(xor, do="read-column", name="y", kind="text")
    assert columns(xor)["y"] == ["0", "1", "1", "0"]
    edit(xor, do="set", row=3, cells={"y": "2"})
    edit(xor, do="read-column", name="y", kind="number")
    assert columns(xor)["y"] == [0, 1, 1, 2]
    edit(xor, do="read-column", name="y", kind="text")
    edit(xor, do="paste", row=0, column="y", text="no\nyes\nyes\nno\n")
    assert edit(xor, do="read-column", name="y", kind="number").code == "WG1022"


def test_the_last_edit_is_taken_back_with_all_that_it_changed(xor: Desk) -> None:
    text = next(opened(xor)).text
    edit(xor, do="add-column", name="z", text="0")
    said = edit(xor, do="restore", text=text)
    assert said.what == "the last edit was taken back: the run starts again"
    assert xor.session.experiment == parse_experiment(text, "the text")


def test_what_was_said_about_the_data_stays_where_it_has_a_meaning() -> None:
    penguins = from_file("penguins")
    before = penguins.session.experiment.data
    edit(penguins, do="delete-column", name="sex")
    data = penguins.session.experiment.data
    assert (data.file, data.target, data.scale) == (None, "species", "standard")
    assert data.inputs == tuple(name for name in before.inputs if name != "sex")
    assert data.missing == {"bill_length_mm": "drop"}
    assert penguins.session.experiment.training == read_experiment(EXAMPLES / "penguins.toml").training


def from_file(name: str) -> Desk:
    from time import monotonic

    from whygrad.lab.opening import Opening

    return Desk(Opening(read_experiment(EXAMPLES / f"{name}.toml"), EXAMPLES, f"{name}.csv"), monotonic)


def test_the_panel_lists_the_rows_in_their_own_units() -> None:
    penguins = from_file("penguins")
    found = draw(penguins.sight(), Rows())
    table = load_table(Data(file="penguins.csv"), EXAMPLES)
    assert (found["total"], found["parts"]) == (344, {"training": 274, "test": 68})
    assert [each["role"] for each in found["columns"]] == ["target", *["input"] * 6, ""]
    for row in found["rows"]:
        for column, cell in zip(table.columns.values(), row["cells"], strict=True):
            raw = column.values[row["number"]]
            assert cell == (None if raw is None or raw != raw else raw)
    parts = [row["part"] for row in found["rows"]]
    assert (parts.count("training"), parts.count("test"), parts.count("")) == (274, 68, 2)
    assert parts[3] == ""
    assert found["rows"][3]["cells"][2] is None


def test_rows_beyond_those_listed_are_counted_and_can_be_turned_to() -> None:
    made = desk()
    told(made, Change("data.toy", {"name": "moons", "rows": 1_203}))
    found = draw(made.sight(), Rows())
    assert (len(found["rows"]), found["total"], found["at_once"]) == (500, 1_203, 500)
    assert [row["number"] for row in draw(made.sight(), Rows(1_000))["rows"]] == list(range(1_000, 1_203))


def test_the_plane_holds_all_points_and_rounds_by_powers_of_ten() -> None:
    made = desk()
    plane = draw(made.sight(), Rows())["plane"]
    assert plane["target"] == {"name": "y", "classes": ["0", "1"]}
    assert plane["x"] == {"name": "x1", "low": -0.1, "high": 1.1, "step": 0.01, "decimals": 2, "nudge": 0.05}
    edit(made, do="set", row=0, cells={"x1": "1234.5", "x2": "-0.0002"})
    plane = draw(made.sight(), Rows())["plane"]
    assert (plane["x"]["step"], plane["x"]["low"] < 0, plane["x"]["high"] > 1234.5) == (10.0, True, True)
    assert math.isclose(plane["x"]["low"] / 10, round(plane["x"]["low"] / 10))
    told(made, Change("data.toy", "gaussians"))
    assert draw(made.sight(), Rows())["plane"]["target"]["classes"] == ["0", "1", "2"]
    assert draw(desk(preset("students")).sight(), Rows())["plane"] is None


def test_a_target_of_numbers_has_two_ends() -> None:
    made = desk()
    for row, value in enumerate(["0.5", "2.5", "-1", "7"]):
        edit(made, do="set", row=row, cells={"y": value})
    found = draw(made.sight(), Rows())["plane"]["target"]
    assert found == {"name": "y", "classes": None, "low": -1.0, "high": 7.0}


def test_a_table_is_looked_through() -> None:
    found = looked_through(PENGUINS)
    assert (found["rows"], found["proposal"]) == (344, {"target": "species", "validation": 0.15, "test": 0.15})
    sex = found["columns"][6]
    assert (sex["kind"], sex["missing"], sex["different"], sex["is_classes"]) == ("text", 11, 2, True)
    assert sex["first"] == ["male", "female", "female", None, "female"]
    few = looked_through("id,a,b\n" + "\n".join(f"{row},{row * row},{row % 2}" for row in range(12)))
    assert [each["reason"] for each in few["columns"]] == ["it numbers the rows", "", ""]
    assert few["proposal"] == {"target": "b", "validation": 0.0, "test": 0.0}


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        (b"", "WG303", "empty"),
        (b"\xef\xbb\xbf", "WG303", "empty"),
        (b"a,b\n", "WG303", "no rows"),
        (b"a,b\n1,2\n1\n", "WG305", "line 3"),
        (b"a,a\n1,2\n", "WG304", "'a'"),
        (b"1,2\n3,4\n", "WG314", "only numbers"),
        (b"a,\n1,2\n", "WG314", "column 2"),
        (b"a,b\n1,caf\xe9\n", "WG302", "line 2"),
        (b'a,b\n1,"2\n', "WG302", "quotes"),
        (b'a,b\n"1 ""a,b\n"1 ""2""",1\nb""",1\n', "WG302", "quotes"),
        (b"a\n" + b"1\n" * 5_001, "WG1001", "5,001 rows"),
        (b",".join(b"c%d" % each for each in range(201)) + b"\n" + b",".join([b"1"] * 201), "WG1001", "201 columns"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "WG302", ""),
        (b"PK\x03\x04\xff\xfe", "WG302", ""),
    ],
)
def test_a_table_that_cannot_be_read_says_where(content: bytes, code: str, place: str) -> None:
    fault = looked_through(content)["fault"]
    assert fault["code"] == code, fault
    assert place in fault["what"] + fault["why"]


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffa;b\r\n1;x\r\n2;y\r\n",
        "a\tb\n1\tx\n2\ty\n",
        'a,b\n"1",x\n2,"y"\n',
        "a,b\n1,x\n\n2,y",
        "a,b\n1,x\n2,y\n".encode("utf-16"),
    ],
)
def test_tables_of_every_dialect_are_the_same(content: str | bytes) -> None:
    found = looked_through(content)
    assert [(each["name"], each["kind"], each["first"]) for each in found["columns"]] == [
        ("a", "number", [1, 2]),
        ("b", "text", ["x", "y"]),
    ]


def test_decimal_commas_are_said_where_they_are_used() -> None:
    content = b"a;b\n1,5;x\n2,5;y\n3,5;x\n"
    found = looked_through(content)
    assert found["columns"][0]["kind"] == "text"
    said = take_up(desk(), content, target="b", inputs=["a"], task="classification")
    assert (said.code, "written with a comma" in said.why) == ("WG311", True)
    assert "line 2" in said.what


def test_a_table_of_one_column_has_nothing_to_learn_from() -> None:
    content = b"a\n1\n2\n3\n"
    assert looked_through(content)["rows"] == 3
    assert take_up(desk(), content, target="a", inputs=[], task="regression").code == "WG810"


def test_taking_a_table_up_makes_the_experiment_that_the_command_would() -> None:
    made = desk()
    told(made, Go(3))
    inputs = [each for each in load_table(Data(file="penguins.csv"), EXAMPLES).names if each != "species"]
    chosen = {"target": "species", "inputs": inputs, "task": "classification", "validation": 0.15, "test": 0.15}
    said = take_up(made, PENGUINS, **chosen)
    assert said.what == "mine.csv was taken up: the run starts again"
    ours, command = made.session.experiment, experiment_for_table(EXAMPLES / "penguins.csv", "species")
    assert (ours.network, ours.training) == (command.network, command.training)
    for key in ("inputs", "target", "missing", "scale"):
        assert getattr(ours.data, key) == getattr(command.data, key), key
    assert frame(told(made, Step("epoch"))).epoch == 1
    assert ours.title == "species from mine.csv"


def test_what_was_chosen_of_a_table_is_kept_to() -> None:
    made = desk()
    chosen = {"target": "year", "inputs": ["body_mass_g"], "task": "regression", "missing": "drop", "scale": "min-max"}
    assert take_up(made, PENGUINS, **chosen).kind == "note"
    experiment = made.session.experiment
    assert (experiment.network.layers, experiment.training.loss.name) == ("in -> 16 relu -> out", "squared-error")
    assert (experiment.data.missing, experiment.data.scale) == ("drop", "min-max")
    assert experiment.training.early_stopping is None
    assert take_up(made, PENGUINS, **{**chosen, "task": "classification", "scale": "none"}).kind == "note"
    assert made.session.experiment.network.layers == "in -> 16 relu -> out softmax"
    assert len(made.session.stretches[0].ready.dataset.training) == 342


def test_infinity_in_a_table_is_refused_where_it_stands() -> None:
    content = b"a,b,c\n1,0,inf\n2,1,1\n"
    said = take_up(desk(), content, target="b", inputs=["a"], task="classification")
    assert (said.code, "line 2" in said.what) == ("WG311", True)


def test_the_panel_is_drawn_again_for_other_rows_and_not_for_another_place(xor: Desk) -> None:
    def drawn() -> int:
        count = 0
        while (answer := xor.beside.next()) is not None:
            count += isinstance(answer, Drawn) and answer.panel == "data"
        return count

    told(xor, Watch("data"))
    assert drawn() == 1
    told(xor, Step("update", 9))
    assert drawn() == 0
    edit(xor, do="delete", row=0)
    assert drawn() == 1
    told(xor, Watch("data", {"first": 2}))
    assert drawn() == 1


def test_a_target_of_classes_is_not_scaled_and_nothing_is_made_to_fit() -> None:
    moons = desk(preset("moons"))
    before = moons.session.experiment
    said = only(told(moons, Change("data.scale_target", "standard")), Said)
    assert (said.kind, said.code, said.about) == ("error", "WG212", "data.scale_target")
    assert moons.session.experiment == before
    assert only(told(moons, Change("data.toy", "sine")), Said).kind == "note"
    assert only(told(moons, Change("data.scale_target", "standard")), Said).kind == "note"
