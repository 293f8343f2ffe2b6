"""What is taken along works by itself: the program prints the losses of the run, the weights predict what it says."""

from __future__ import annotations

import json
from math import exp
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from tests.asked import asked
from tests.code.printed import expected, ran, trained
from tests.lab.asking import desk, only, told
from tests.pipeline.variants import VARIANTS
from whygrad.lab.desk import Desk
from whygrad.lab.message import Change, File, Go, Said, SetWeight, Use
from whygrad.lab.presets import preset
from whygrad.pipeline.program import Written
from whygrad.spec import Experiment


def short(name: str, epochs: int = 30) -> Experiment:
    known = preset(name)
    return replace(known, training=replace(known.training, epochs=epochs))


def files(found: Desk, to: str) -> dict[str, File]:
    return {each.name: each for each in told(found, Use("code", {"to": to})) if isinstance(each, File)}


@pytest.mark.parametrize("to", ["python", "numpy"])
@pytest.mark.parametrize("name", ["xor", "students", "notes-222"])
def test_the_program_prints_the_losses_of_the_training(name: str, to: str) -> None:
    (program,) = files(desk(short(name)), to).values()
    assert program.name == "program.py"
    assert ran(Written(program.text)) == expected(trained(short(name)))


@pytest.mark.parametrize("name", ["held out", "adam, cosine", "dropout"])
def test_the_training_is_that_of_the_command(name: str) -> None:
    """Early stopping, validation and every draw: the program that the command would print."""
    run = trained(VARIANTS[name])
    (program,) = files(desk(VARIANTS[name]), "numpy").values()
    assert ran(Written(program.text)) == expected(run)


def test_frameworks_are_written_for_as_well() -> None:
    for to, word in (("pytorch", "import torch"), ("jax", "import jax")):
        assert word in files(desk(short("xor")), to)["program.py"].text


def test_many_rows_stand_in_a_file_beside_the_program() -> None:
    data = replace(asked().data, toy=replace(asked().data.toy, rows=300))  # type: ignore[type-var]
    experiment = replace(asked(epochs=2), data=data)
    found = files(desk(experiment), "numpy")
    assert set(found) == {"program.py", "program_rows.csv"}
    assert found["program_rows.csv"].text.count("\n") == 301
    written = Written(found["program.py"].text, "program_rows.csv", found["program_rows.csv"].text)
    assert ran(written) == expected(trained(experiment))


def test_what_was_changed_on_the_way_is_said_not_to_be_in_it() -> None:
    found = desk(short("xor"))
    told(found, Go(3))
    assert not [each for each in told(found, Use("code", {"to": "python"})) if isinstance(each, Said)]
    told(found, SetWeight("w1", 1.0))
    said = only(told(found, Use("code", {"to": "python"})), Said)
    assert said.what == (
        "the program trains these settings from seed 7 on; a change on the way to what you see is not in it"
    )
    told(found, Change("training.learning_rate", 0.2))
    heard = told(found, Use("code", {"to": "python"}))
    assert "2 changes on the way to what you see are not in it" in only(heard, Said).what
    assert ran(Written(only(heard, File).text)) == expected(trained(found.session.experiment))


def test_a_training_that_takes_too_long_has_the_epochs_that_were_made() -> None:
    found = desk(short("xor", epochs=500))
    answers = found.answers(Use("code", {"to": "python"}))
    for _ in range(90):
        next(answers)
    stop(found)
    heard = [each for each in answers if each is not None]
    assert not found.stop
    assert "22 epochs" in only(heard, Said).what
    rows = ran(Written(only(heard, File).text))
    assert rows[-1][0] == "21"
    assert rows[0][1] == expected(trained(short("xor")))[0][1]


def stop(found: Desk) -> None:
    found.stop = "time"


def test_a_training_that_runs_away_is_written_up_to_there() -> None:
    known = short("xor")
    wild = replace(known, training=replace(known.training, learning_rate=1e3))
    heard = told(desk(wild), Use("code", {"to": "numpy"}))
    run = trained(wild)
    assert run.fault is not None
    rows = ran(Written(only(heard, File).text)) if run.position.epoch else []
    assert rows == expected(run)


def weights(found: Desk) -> dict[str, Any]:
    file = only(told(found, Use("weights")), File)
    assert (file.name, file.type) == ("weights.json", "application/json")
    loaded = json.loads(file.text)
    assert isinstance(loaded, dict)
    return loaded


def test_the_weights_predict_in_a_program_of_ones_own() -> None:
    """As tutorial A has its reader do: one weight, one bias, a sigmoid."""
    found = desk(preset("students"))
    told(found, Go(400))
    saved = weights(found)
    assert saved["update"] == 400
    w, b = saved["weights"]["w"], saved["weights"]["b"]
    sight = found.sight()
    for hours, said in zip(
        sight.dataset.training.inputs.ravel(), sight.predict(sight.dataset.training.inputs).ravel(), strict=True
    ):
        assert 1 / (1 + exp(-(w * hours + b))) == pytest.approx(said, rel=1e-12)


def test_the_weights_are_those_of_the_place_with_every_digit() -> None:
    found = desk(preset("xor"))
    told(found, Go(20))
    told(found, Go(7, 2))
    saved = weights(found)
    states = found.session.stretch(7).line.states(7)
    assert saved["arrays"].keys() == {"hidden.W", "hidden.b", "output.W", "output.b"}
    for name, values in saved["arrays"].items():
        assert np.array_equal(np.array(values), states[name])
    assert saved["weights"]["w3"] == found.view.frame().weights["hidden.W"][0][1]


def test_a_weight_that_is_no_number_is_a_word() -> None:
    found = desk(preset("students"))
    told(found, SetWeight("w", float("nan")))
    assert weights(found)["weights"]["w"] == "NaN"
