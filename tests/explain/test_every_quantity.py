"""Whatever has a name can be asked for, in any kind of network, and is written in every medium."""

from __future__ import annotations

import pytest

from tests.asked import asked
from tests.examples.trained import retrained
from tests.pipeline.variants import VARIANTS
from whygrad import Experiment, StepTrace, train
from whygrad.explain import Chart
from whygrad.pipeline.derivation import explain


def every_first(trace: StepTrace) -> list[str]:
    """The name of one element of every named array."""
    chart = Chart(trace)
    members = [chart.members(named.name.symbol, named.sort) for named in chart.named if named.has_names]
    return list(dict.fromkeys(found[-1].written for found in members if found))


# With everything at once there are many quantities, and each is one of the kinds that the others have.
KINDS = [
    pytest.param(experiment, id=name, marks=pytest.mark.long if name == "everything" else ())
    for name, experiment in VARIANTS.items()
]


@pytest.mark.parametrize("experiment", KINDS)
def test_every_kind_of_quantity_is_explained(experiment: Experiment) -> None:
    trace = train(experiment).step(1)
    for name in every_first(trace):
        why = explain(trace, name, torch=False)
        assert why.document.title.startswith("Why ")
        assert why.text()


@pytest.mark.parametrize("name", ["everything", "batch norm, a last batch of its own size"])
def test_every_medium_writes_it(name: str) -> None:
    trace = train(VARIANTS[name]).step(1)
    for quantity in ("w1", "w1_new", "loss"):
        why = explain(trace, quantity, torch=False)
        for words in (why.text(60), why.markdown(), why.latex(), why.html()):
            assert len(words) > 300
        assert why.structure()["sections"]


@pytest.mark.filterwarnings("ignore")
def test_a_step_that_blew_up_is_explained_too() -> None:
    run = train(asked("2 -> 3 relu -> 1", loss="mean squared-error", learning_rate=1e200, epochs=3, batch_size=4))
    assert run.fault is not None
    for batch in (0, 1, 2):
        for quantity in (None, "w1", "w1_new", "E_total"):
            assert "One step" in explain(run.step(0, batch), quantity).text() or quantity


def test_a_gradient_of_nothing_is_explained() -> None:
    text = explain(retrained("xor", epochs=1).step(0), "w1").text()
    assert "Why dE/dw1 is 0" in text
    assert "nan" not in text.lower()
