"""What a person sees who types the name of a run, a model or a prediction at the prompt."""

from __future__ import annotations

from tests.asked import SINE, asked
from whygrad import train


def test_a_model_is_shown_in_a_line() -> None:
    run = train(asked(epochs=1))
    assert repr(run.model) == repr(run.at(0)) == "<Model 2 -> 4 tanh -> 1 sigmoid: 17 parameters>"


def test_predictions_are_shown_in_a_line() -> None:
    run = train(asked("1 -> 1", data=SINE, loss="mean squared-error", epochs=0))
    said = run.predict([[0.5]])
    assert repr(said) == f"<Predictions for 1 row: {said.outputs[0, 0]:.6g}>"
    labels = train(asked(epochs=0)).predict([[0.0, 0.0]] * 9)
    assert repr(labels) == f"<Predictions for 9 rows: {', '.join([labels.labels[0]] * 6)}, ...>"
