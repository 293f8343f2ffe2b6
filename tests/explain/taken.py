"""Steps that the tests of explaining look at, and whoever runs graphs for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from tests.examples.trained import asked_for
from whygrad import train
from whygrad.explain import Chart, Links, Runner, element_called
from whygrad.notation import text
from whygrad.pipeline.derivation import prepared
from whygrad.run import evaluate

if TYPE_CHECKING:
    from whygrad import Experiment, StepTrace
    from whygrad.explain import Element


RUNNER = Runner(evaluate, prepared)


def links_of(experiment: Experiment | str, epoch: int = 0, batch: int = 0) -> Links:
    """The links of one step of an experiment; of an example, which is trained no farther."""
    if isinstance(experiment, str):
        asked = asked_for(experiment.removeprefix("examples/").removesuffix(".toml"))
        epochs = min(asked.training.epochs, epoch + 1)
        experiment = structs.replace(asked, training=structs.replace(asked.training, epochs=epochs))
    return links_in(train(experiment).step(epoch, batch))


def links_in(trace: StepTrace) -> Links:
    """The links of a step."""
    return Links(Chart(trace), RUNNER)


def called(links: Links, name: str) -> Element:
    """The element of this name."""
    return element_called(links.chart, name)


def made(links: Links, name: str) -> str:
    """What an element is made of, as text."""
    return text(links.chart.definition(called(links, name)), depth=None)
