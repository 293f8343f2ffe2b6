"""The figures of the epochs in the lab: those of a training, bit for bit; of long runs the points that stand out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec import structs

from tests.asked import asked
from tests.lab.asking import desk, only, told
from whygrad import Split, train
from whygrad.lab.beside import Beside
from whygrad.lab.desk import Desk
from whygrad.lab.limits import Limits
from whygrad.lab.message import Change, Drawn, Go, Reset, SetWeight, Step, Told, Use, Watch, Why
from whygrad.lab.opening import Opening
from whygrad.lab.panels.curves import charts
from whygrad.lab.thinning import seen
from whygrad.spec import Constant, Cosine, read_experiment

EXAMPLES = Path(__file__).parents[2] / "examples"


def example(name: str, epochs: int, **training: object) -> Desk:
    experiment = read_experiment(EXAMPLES / f"{name}.toml")
    settings = structs.replace(experiment.training, epochs=epochs, **training)
    return Desk(Opening(structs.replace(experiment, training=settings), EXAMPLES), float, Limits())


def drawn(made: Desk, columns: int = 300) -> dict[str, Any]:
    session = made.session
    return charts(session.stretches[-1].ready, session.rows(), columns)


@pytest.mark.parametrize(("name", "epochs"), [("xor", 30), ("moons", 12), ("penguins", 5)])
def test_the_figures_are_those_of_a_training_bit_for_bit(
    name: str, epochs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES)
    made = example(name, epochs, split=Split() if name == "xor" else Split(validation=0.25))
    told(made, Step("epoch", epochs))
    history = train(made.session.experiment, engine="interpreter").history
    assert [{k: v for k, v in row.items() if k != "update"} for row in made.session.rows()] == list(history.rows)
    found = drawn(made)
    assert found["charts"][0]["title"] == "Loss"
    for each in found["charts"]:
        assert each["epochs"] == list(range(1, epochs + 1))
        assert each["updates"] == [epoch * found["per_epoch"] for epoch in each["epochs"]]
        for series in each["series"]:
            assert series["values"] == history.column(series["name"])
    names = {series["name"] for each in found["charts"] for series in each["series"]}
    right = {"r2"} if name == "xor" else {"accuracy", "validation_loss", "validation_accuracy", "validation_recall"}
    assert right <= names


def test_a_rate_is_drawn_where_it_changes() -> None:
    for schedule, count in ((Constant(), 0), (Cosine(), 1)):
        made = desk(asked(epochs=4, schedule=schedule))
        told(made, Step("epoch", 4))
        rates = [each for each in drawn(made)["charts"] if each["name"] == "rate"]
        assert len(rates) == count
    assert [each["label"] for each in rates[0]["series"]] == ["learning rate"]


def test_what_is_not_finite_is_a_word_and_stays_in_a_thinned_run() -> None:
    made = desk(asked(epochs=4))
    told(made, Step("epoch", 2))
    rows: Any = [{**made.session.rows()[0], "epoch": each, "update": 3 * each + 3, "loss": 1.0} for each in range(9000)]
    rows[4321]["loss"], rows[5000]["accuracy"], rows[777]["loss"] = float("nan"), 0.0, 50.0
    loss, right = charts(made.session.stretches[-1].ready, rows, 100)["charts"]
    assert len(loss["epochs"]) <= 3 * 100 + 2
    assert loss["series"][0]["values"][loss["epochs"].index(4322)] == "NaN"
    assert loss["series"][0]["values"][loss["epochs"].index(778)] == 50.0
    assert right["series"][0]["values"][right["epochs"].index(5001)] == 0.0
    assert (loss["epochs"][0], loss["epochs"][-1], loss["updates"][-1]) == (1, 9000, 27000)


@pytest.mark.parametrize("length", [1, 39, 40, 41, 997, 10_000])
def test_no_column_of_a_picture_loses_what_stands_out_in_it(length: int) -> None:
    values = np.random.default_rng(length).normal(size=(3, length))
    kept = seen(values, 20)
    assert (kept[0], kept[-1]) == (0, length - 1)
    assert len(set(kept.tolist())) == len(kept) <= max(40, 3 * 2 * 20 + 2)
    for series in values:
        assert {series.argmin(), series.argmax()} <= set(kept.tolist())
        size = -(-length // 20)
        for first in range(0, length, size):
            block = series[first : first + size]
            inside = series[kept[(kept >= first) & (kept < first + size)]]
            assert (inside.min(), inside.max()) == (block.min(), block.max())


def test_it_is_drawn_again_when_there_are_other_epochs_and_not_at_every_place() -> None:
    made = desk(asked(epochs=9))
    told(made, Watch("curves"))
    assert panels(made.beside) == ["curves"]
    told(made, Step())
    assert panels(made.beside) == []
    told(made, Go(6))
    assert panels(made.beside) == ["curves"]
    told(made, Go(4))
    told(made, SetWeight("w1", 3.0))
    told(made, Go(6))
    assert panels(made.beside) == ["curves"]
    told(made, Reset())
    assert panels(made.beside) == ["curves"]


def panels(beside: Beside) -> list[str]:
    """What is drawn until there is nothing more to draw."""
    found = []
    while (answer := beside.next()) is not None:
        if not isinstance(answer, Why):
            assert isinstance(answer, Drawn)
            found.append(answer.panel)
    return found


def test_what_is_kept_of_a_run_is_what_it_was() -> None:
    made = desk(asked(epochs=9))
    told(made, Step("epoch", 3))
    data = only(told(made, Use("keep", {"columns": 50})), Told).data
    assert data["losses"] == {"updates": list(range(9)), "values": made.session.losses()}
    assert (data["end"], data["changed"], data["curves"]) == (9, [], drawn(made, 50))
    assert data["text"] == next(iter(opened(made))).text
    told(made, Change("training.learning_rate", 0.5))
    told(made, Step("epoch"))
    assert only(told(made, Use("keep")), Told).data["changed"] == [9]


def opened(made: Desk) -> Any:
    return (each for each in made.opened() if each is not None)


def test_runs_that_begin_the_same_have_the_same_marks() -> None:
    made = desk(asked(epochs=9))
    first = made.view.frame().origin
    told(made, Step("epoch", 2))
    told(made, Change("training.learning_rate", 0.5))
    assert made.view.frame().origin == first
    told(made, Change("training.batch_size", 4))
    assert made.view.frame().origin == first
    told(made, SetWeight("w1", 0.25))
    by_hand = made.view.frame().origin
    assert (by_hand["data"] == first["data"], by_hand["weights"] == first["weights"]) == (True, False)
    told(made, Change("training.seed", 4))
    seeded = made.view.frame().origin
    assert seeded["weights"] not in (first["weights"], by_hand["weights"])
    told(made, Change("data.toy.noise", 0.3))
    assert made.view.frame().origin["data"] != first["data"]
