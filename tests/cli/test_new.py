"""`whygrad new`: a file that trains as it stands, in which every key is real and explained."""

from __future__ import annotations

import re
import shutil
import tomllib

import pytest

from tests.cli.typed import EXAMPLES, Shell
from whygrad import read_experiment
from whygrad.errors import WhygradError
from whygrad.spec import Data, Network, Training, experiment_schema, parse_experiment

KINDS = ("xor", "table", "regression", "images")
TOGETHER = tuple(f"WG{number}" for number in range(209, 219))  # each value is fine, together they are impossible
SECTIONS = {"data": "Data", "network": "Network", "training": "Training"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_starter_trains_as_it_stands(kind: str, shell: Shell) -> None:
    if kind == "images":
        pytest.importorskip("sklearn")
    said = shell.done("new", f"{kind}-1.toml", "--kind", kind).out
    assert said == f"Wrote {kind}-1.toml\n\nNext\n  whygrad train {kind}-1.toml\n"
    epochs = ["--epochs", "2"] if kind == "images" else []
    found = shell.done("train", f"{kind}-1.toml", "--json", *epochs).json
    assert found["ending"] == "finished"
    best = found["metrics"].get("test", found["metrics"]["training"])
    assert epochs or best.get("accuracy", best.get("r2")) > 0.9


def test_a_table_of_one_s_own(shell: Shell) -> None:
    shell.write("data/readme.txt", "")
    shutil.copy(EXAMPLES / "penguins.csv", shell.folder / "data")
    said = shell.done("new", "mine/penguins.toml", "--from", "data/penguins.csv", "--target", "sex").out
    assert re.search(r"^species +3 words: Adelie, Chinstrap, Gentoo +input$", said, re.MULTILINE)
    assert re.search(
        r"^bill_length_mm +numbers from 32.1 to 59.6 +2, filled with the median +input$", said, re.MULTILINE
    )
    assert re.search(r"^sex +2 words: female, male +11, rows dropped +target$", said, re.MULTILINE)
    experiment = read_experiment("mine/penguins.toml")
    assert experiment.data.file == "../data/penguins.csv"
    assert experiment.data.missing["sex"] == "drop"  # type: ignore[index]
    shell.done("train", "mine/penguins.toml", "--epochs", "2", "-q")


def test_columns_of_no_use_are_left_out_and_named(shell: Shell) -> None:
    said = shell.done("new", "w.toml", "--from", EXAMPLES / "seattle-weather.csv", "--target", "temp_max").out
    assert "date is left out: it has 1461 different words in 1461 rows, such as '2012/01/01'\n" in " ".join(
        said.split(" ")
    ).replace("\n  ", " ")
    assert read_experiment("w.toml").data.inputs == ("precipitation", "temp_min", "wind", "weather")
    columns = shell.done("new", "--from", EXAMPLES / "seattle-weather.csv", "--target", "temp_max", "--json").json
    assert {each["name"]: each["used_as"] for each in columns["columns"]}["date"] == "left out"


def test_without_a_name_the_text_is_printed_and_nothing_written(shell: Shell) -> None:
    before = sorted(shell.folder.iterdir())
    text = shell.done("new").out
    assert parse_experiment(text, "printed").title == "XOR"
    assert shell.done("new", "--json").json == {"file": None, "text": text, "columns": []}
    assert sorted(shell.folder.iterdir()) == before


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_stands_in_the_file_once_with_its_explanation(kind: str, shell: Shell) -> None:
    text = shell.done("new", "--kind", kind).out
    assert max(map(len, text.splitlines())) <= 200
    for section, record in {"data": Data, "network": Network, "training": Training}.items():
        part = text.partition(f"[{section}]\n")[2].partition("\n[")[0]
        described = experiment_schema()["$defs"][SECTIONS[section]]["properties"]
        keys = re.findall(r"^(?:# )?(\w+) = ", part, re.MULTILINE)
        assert sorted(keys) == sorted(record.__struct_encode_fields__)
        joined = " ".join(part.replace("\n##  ", "").split())
        assert all(" ".join(each["description"].split()) in joined for each in described.values())


def refusal(text: str) -> str:
    """The code with which an experiment is refused."""
    try:
        parse_experiment(text, "shown")
    except WhygradError as error:
        return error.code
    return ""


def test_every_key_that_is_not_set_can_be_set_to_what_the_file_shows(shell: Shell) -> None:
    """One at a time, by the types of the schema: together some would contradict each other."""
    text = shell.done("new", "--kind", "table").out
    lines = text.splitlines()
    hidden = [place for place, line in enumerate(lines) if re.match(r"# \w+ = ", line)]
    assert len(hidden) > 20
    for place in hidden:
        shown = "\n".join([*lines[:place], lines[place].removeprefix("# "), *lines[place + 1 :]])
        assert set(tomllib.loads(shown)) == {"title", "data", "network", "training"}
        assert refusal(shown) in ("", *TOGETHER), lines[place]
