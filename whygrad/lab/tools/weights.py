"""The weights at the place that is looked at, as JSON for a program of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from whygrad.lab.frame import numbers
from whygrad.lab.message import File
from whygrad.lab.state import network_states
from whygrad.lab.tools.tool import Tool
from whygrad.pipeline.model import Model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.lab.desk import Desk
    from whygrad.lab.message import Answer


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of them, before the update that is looked at."""


def use(desk: Desk, _: Weights) -> Iterator[Answer | None]:
    """`weights` by name, `arrays` as the network has them, with every digit; and of what they are."""
    session = desk.session
    place = session.place.update
    yield from session.on_the_way(place)
    ready, states = session.stretch(place).ready, session.states()
    network, training = ready.plan, ready.experiment.training
    model = Model(network, states, ready.dataset.preparation, ready.job.engine.predictor, training.threshold)
    found = {
        "title": ready.experiment.title,
        "update": place,
        "inputs": list(network.inputs),
        "outputs": list(ready.dataset.preparation.output_names),
        "threshold": training.threshold,
        "weights": {name: numbers(value) for name, value in model.weights().items()},
        "arrays": {name: numbers(states[name]) for name in network_states(ready)},
    }
    yield File("weights.json", "application/json", pretty(found))


def pretty(found: dict[str, object]) -> str:
    """JSON with a line for each entry."""
    encode = msgspec.json.encode
    lines = [f"  {encode(key).decode()}: {inside(value)}" for key, value in found.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def inside(value: object) -> str:
    """An entry; one that is a table has a line for each of its own."""
    encode = msgspec.json.encode
    if not isinstance(value, dict) or not value:
        return encode(value).decode()
    lines = [f"    {encode(key).decode()}: {encode(each).decode()}" for key, each in value.items()]
    return "{\n" + ",\n".join(lines) + "\n  }"


TOOL = Tool("weights", Weights, use)
