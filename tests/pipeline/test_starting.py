"""An experiment made from nothing but a table: what is predicted decides how, and useless columns are left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from whygrad import Adam, Experiment, Loss, read_experiment, train
from whygrad.data import as_table, load_table
from whygrad.errors.command import NothingToLearn
from whygrad.errors.data import ColumnUnknown
from whygrad.pipeline import go_on
from whygrad.pipeline.starting import column_uses, experiment_for_table, names_classes, untrained
from whygrad.spec import Data

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize(
    ("values", "classes"),
    [
        (["a", "b", "a"], True),
        ([True, False, True], True),
        ([0, 1, 1], True),
        ([5.5, 7.5, 5.5], True),
        ([0, 1, 2] * 5, True),
        ([1, 2, 3] * 5, True),
        ([1, 2, 3], False),
        ([1, 2, 4] * 5, False),
        ([1.5, 2.5, 3.5] * 5, False),
        (list(range(11)) * 5, False),
        ([3, 3, 3], False),
    ],
)
def test_what_is_taken_for_classes(values: list[object], classes: bool) -> None:  # noqa: FBT001
    assert names_classes(as_table({"y": values}).columns["y"]) is classes


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([None, None] * 10, "it has no values"),
        ([3, 3] * 10, "it has the same value in every row"),
        (list(range(1, 21)), "it numbers the rows"),
        (list(range(20)), "it numbers the rows"),
        ([f"n{row}" for row in range(20)], "it has 20 different words in 20 rows, such as 'n0'"),
        (["red", "green"] * 10, ""),
        (list(range(20, 0, -1)), ""),
        ([row / 3 for row in range(20)], ""),
    ],
)
def test_columns_of_no_use(values: list[object], reason: str) -> None:
    table = as_table({"x": values, "y": [0, 1] * 10})
    assert {use.name: use.reason for use in column_uses(table, "y")} == {"x": reason, "y": ""}


def written(path: Path, columns: dict[str, list[object]]) -> Path:
    rows = zip(*columns.values(), strict=True)
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in rows]
    path.write_text("\n".join([",".join(columns), *lines]) + "\n", encoding="utf-8")
    return path


def made(path: Path, **columns: list[object]) -> Experiment:
    return experiment_for_table(written(path, columns), "y")


def test_two_classes_three_classes_and_numbers(tmp_path: Path) -> None:
    x: list[object] = [row % 7 + row / 10 for row in range(30)]
    two = made(tmp_path / "a.csv", x=x, y=["no", "yes"] * 15)
    assert (two.network.layers, two.training.loss) == (
        "in -> 16 relu -> out sigmoid",
        Loss("binary-cross-entropy", "mean"),
    )
    three = made(tmp_path / "b.csv", x=x, y=["no", "yes", "so"] * 10)
    assert (three.network.layers, three.training.loss) == (
        "in -> 16 relu -> out softmax",
        Loss("cross-entropy", "mean"),
    )
    numbers = made(tmp_path / "c.csv", x=x, y=[row**2 for row in range(30)])
    assert (numbers.network.layers, numbers.training.loss) == ("in -> 16 relu -> out", Loss("squared-error", "mean"))
    assert (numbers.data.scale, numbers.data.scale_target) == ("standard", "standard")
    assert isinstance(numbers.training.optimizer, Adam)


def test_rows_are_held_out_when_there_are_enough(tmp_path: Path) -> None:
    few = made(tmp_path / "few.csv", x=[row * 0.7 for row in range(39)], y=[row % 2 for row in range(39)])
    many = made(tmp_path / "many.csv", x=[row * 0.7 for row in range(40)], y=[row % 2 for row in range(40)])
    assert (few.training.split.test, few.training.early_stopping) == (0.0, None)
    assert (many.training.split.test, many.training.split.validation) == (0.15, 0.15)
    assert many.training.early_stopping is not None


def test_each_column_with_gaps_has_a_rule(tmp_path: Path) -> None:
    number: list[object] = [1.5, None, 2.5, 7.0] * 6
    word: list[object] = ["a", "b", None, "a"] * 6
    answer: list[object] = ["no", "yes", "yes", None] * 6
    experiment = made(tmp_path / "gaps.csv", number=number, word=word, y=answer)
    assert experiment.data.missing == {"number": "median", "word": "most-frequent", "y": "drop"}
    assert len(untrained(experiment).parts["training"]) == 18


def test_a_word_that_only_held_out_rows_have_asks_for_another_split(tmp_path: Path) -> None:
    words: list[object] = ["common", "usual"] * 30
    x: list[object] = [row * 0.7 for row in range(60)]
    plain = made(tmp_path / "plain.csv", word=words, x=x, y=["no", "yes"] * 30)
    held_out = int(untrained(plain).parts["test"].rows[0])
    words[held_out] = "rare"
    other = made(tmp_path / "rare.csv", word=words, x=x, y=["no", "yes"] * 30)
    assert plain.training.split.seed is None
    assert other.training.split.seed is not None
    assert "word=rare" in untrained(other).set_up.dataset.preparation.feature_names


def test_a_table_with_nothing_to_learn_from(tmp_path: Path) -> None:
    with pytest.raises(NothingToLearn, match=r"(?s)WG810 .*x: it has the same value in every row"):
        made(tmp_path / "none.csv", x=[1, 1, 1, 1], y=["no", "yes"] * 2)
    with pytest.raises(ColumnUnknown):
        experiment_for_table(EXAMPLES / "penguins.csv", "specie")


@pytest.mark.parametrize(
    ("file", "target", "metric", "least"),
    [
        ("penguins.csv", "species", "accuracy", 0.95),
        pytest.param("penguins.csv", "sex", "accuracy", 0.85, marks=pytest.mark.long),
        ("penguins.csv", "body_mass_g", "r2", 0.75),
        ("seattle-weather.csv", "temp_max", "r2", 0.75),
        pytest.param("seattle-weather.csv", "weather", "accuracy", 0.65, marks=pytest.mark.long),
    ],
)
def test_the_settings_are_sensible_on_real_tables(file: str, target: str, metric: str, least: float) -> None:
    run = go_on(untrained(experiment_for_table(EXAMPLES / file, target)))
    assert run.metrics("test")[metric] > least


def test_an_untrained_run_is_trained_by_going_on() -> None:
    path = EXAMPLES / "students.toml"
    experiment = read_experiment(path)
    start = untrained(experiment, path.parent)
    assert (len(start.history), start.position.epoch) == (0, 0)
    assert go_on(start).weights() == train(path).weights()


def test_columns_are_said_in_words() -> None:
    uses = column_uses(load_table(Data(file="penguins.csv"), EXAMPLES), "species")
    assert {use.name: (use.holds, use.missing) for use in uses} == {
        "species": ("3 words: Adelie, Chinstrap, Gentoo", 0),
        "island": ("3 words: Biscoe, Dream, Torgersen", 0),
        "bill_length_mm": ("numbers from 32.1 to 59.6", 2),
        "bill_depth_mm": ("numbers from 13.1 to 21.5", 2),
        "flipper_length_mm": ("numbers from 172 to 231", 2),
        "body_mass_g": ("numbers from 2700 to 6300", 2),
        "sex": ("2 words: female, male", 11),
        "year": ("numbers from 2007 to 2009", 0),
    }
