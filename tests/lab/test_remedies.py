"""Remedies for vanishing gradients: the experiments that they make are those of the examples."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest

from tests.asked import asked
from tests.lab.asking import desk, frame, only, told
from whygrad.lab.desk import Desk
from whygrad.lab.limits import Limits
from whygrad.lab.message import Change, Said, Step, Told, Use
from whygrad.lab.presets import preset
from whygrad.lab.reach import sizes_of
from whygrad.lab.remedies import variants
from whygrad.lab.session import Session
from whygrad.spec import Dense, Glorot, He, LayerNorm, Residual
from whygrad.spec.layers import declared

if TYPE_CHECKING:
    from whygrad.spec import Experiment, Layer

SAME = {
    "as-it-is": "deep-sigmoid",
    "relu": "deep-relu",
    "normalisation": "deep-norm",
    "residual": "deep-residual",
}


def compared(desk: Desk) -> Any:
    last = [each for each in told(desk, Use("remedies")) if isinstance(each, Told)][-1]
    assert last.data["is_over"]
    return last.data


def layers_of(experiment: Experiment, name: str) -> tuple[Layer, ...] | None:
    found = next(each for each in variants(experiment, 2) if each.name == name)
    return declared(found.experiment.network)[1] if found.experiment else None


def test_each_remedy_gives_what_its_example_gives() -> None:
    found = desk(preset("deep-sigmoid"))
    told(found, Step("update", 7))
    data = compared(found)
    assert (data["update"], data["asked"], data["left_out"]) == (7, 7, [])
    assert [each["name"] for each in data["series"]] == list(SAME)
    for series in data["series"]:
        session = Session(preset(SAME[series["name"]]))
        session.go(7)
        sizes = sizes_of(session.trace(7), session.stretch(7).ready.plan)
        assert series["values"] == [each.gradient for each in sizes], series["name"]
        assert series["loss"] == session.trace(7).loss
    seen = frame(told(found, Step("move")))
    assert (seen.update, seen.moves, seen.end) == (7, 1, 7)


def test_how_far_it_is_is_told_on_the_way_and_at_the_first_update_at_once() -> None:
    now = iter(range(10**6))
    found = Desk(desk(preset("deep-sigmoid")).opening, lambda: next(now), Limits())
    told(found, Step("update", 5))
    said = [each.data for each in told(found, Use("remedies")) if isinstance(each, Told)]
    percents = [each["percent"] for each in said]
    assert percents == sorted(percents)
    assert {5, 50, 100} <= set(percents)
    assert [each["is_over"] for each in said] == [False] * (len(said) - 1) + [True]


def test_a_stop_ends_it_with_what_is_there() -> None:
    found = desk(preset("deep-sigmoid"))
    told(found, Step("update", 50))
    answers = found.answers(Use("remedies"))
    first = list(islice(answers, 75))
    found.stop = "asked"
    data = [each.data for each in (*first, *answers) if isinstance(each, Told)][-1]
    assert [each["name"] for each in data["series"]] == ["as-it-is"]
    assert data["left_out"][0]["title"] == "ReLU"
    assert data["left_out"][0]["reason"].startswith("was stopped at update 2")
    assert [each["reason"] for each in data["left_out"][1:]] == ["was stopped at update 0"] * 2


def test_more_time_than_anybody_has_is_not_taken() -> None:
    found = desk(preset("xor"))
    told(found, Step("update"))
    found.stop = "time"
    assert compared(found)["series"] == []
    assert compared(found)["series"] != []


def test_no_more_updates_are_made_than_are_needed_to_see_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whygrad.lab.tools.remedies.UPDATES", 10)
    found = desk(asked("2 -> 3 sigmoid -> 1 sigmoid"))
    told(found, Step("update", 12))
    data = compared(found)
    assert (data["update"], data["asked"]) == (10, 12)
    assert data["series"][0]["loss"] == found.session.trace(10).loss


def test_it_is_the_experiment_as_its_settings_are_now() -> None:
    found = desk(asked("2 -> 3 sigmoid -> 1 sigmoid"))
    old = compared(found)["series"][0]["values"]
    told(found, Change("training.seed", 5))
    new = compared(found)["series"][0]["values"]
    assert new == compared(desk(found.session.experiment))["series"][0]["values"]
    assert new != old


def test_a_network_without_hidden_layers_is_refused() -> None:
    assert only(told(desk(preset("students")), Use("remedies")), Said).code == "WG1020"


def test_what_changes_nothing_and_what_runs_away_is_left_out_with_its_reason() -> None:
    data = compared(desk(preset("xor")))
    assert {each["name"] for each in data["left_out"]} == {"relu", "residual"}
    assert all(each["reason"].startswith("changes nothing here") for each in data["left_out"])
    wild = desk(asked("2 -> 8 tanh -> 8 tanh -> 8 tanh -> 1", loss="sum squared-error"))
    told(wild, Step("update", 12))
    (left_out,) = compared(wild)["left_out"]
    assert left_out["name"] == "normalisation"
    assert left_out["reason"].endswith("E_o1 became inf")


def test_relu_comes_with_its_initialiser_unless_another_was_chosen() -> None:
    (first, second, last) = layers_of(asked("2 -> 3 sigmoid -> 3 tanh -> 1 sigmoid"), "relu") or ()
    assert first == second == Dense(3, "relu")
    assert last == Dense(1, "sigmoid")
    chosen = asked("2 -> 3 sigmoid -> 1 sigmoid", network={"initialiser": "orthogonal"})
    kept = [each.experiment for each in variants(chosen, 2) if each.name == "relu"]
    assert [each and each.network.initialiser for each in kept] == [chosen.network.initialiser]
    own = asked((Dense(3, "sigmoid", initialiser=Glorot()), Dense(1, "sigmoid")))
    changed = layers_of(own, "relu") or ()
    assert changed[0] == Dense(3, "relu", initialiser=He())


@pytest.mark.parametrize(
    ("layers", "name", "expected"),
    [
        ("2 -> 2 tanh -> 3 tanh -> 1", "normalisation", (Dense(2, "tanh"), Dense(3, "tanh"), LayerNorm(), Dense(1))),
        ("2 -> 3 tanh -> batch-norm -> 1", "normalisation", None),
        ("2 -> 3 tanh -> dropout 0.1 -> 1", "residual", None),
        ("2 -> 2 tanh -> 3 tanh -> 1", "residual", (Residual((Dense(2, "tanh"),)), Dense(3, "tanh"), Dense(1))),
        (
            "2 -> 3 tanh -> layer-norm -> 3 tanh -> 1",
            "residual",
            (Dense(3, "tanh"), LayerNorm(), Residual((Dense(3, "tanh"),)), Dense(1)),
        ),
        ("2 -> residual(2 tanh) -> 1", "relu", (Residual((Dense(2, "relu"),)), Dense(1))),
    ],
)
def test_layers_are_rewritten_where_their_widths_allow(
    layers: str, name: str, expected: tuple[Layer, ...] | None
) -> None:
    assert layers_of(asked(layers, loss="mean squared-error"), name) == expected
