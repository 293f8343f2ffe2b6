"""The five moves of a step on arrays: forward pass, loss, output gradients, backward pass; the update is apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.code.script import BACKWARD, FORWARD, LOSS, OUTPUT, Move, Quantity, moves, needed
from whygrad.graph import State, topological

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from whygrad.code.arrays import ArrayScript
    from whygrad.graph import Expr, Name, Step

JUDGED = ("errors", "loss", "objective", "prediction", "reported_loss")


def step_moves(script: ArrayScript, step: Step, further: list[Expr]) -> list[Move]:
    """Everything that a step computes before its update, `further` nodes included, move by move."""
    error = script.merge(step.outputs["error"])
    gradients = {name: script.merge(step.gradients[name]) for name in step.parameters}
    roots = [error, *gradients.values(), *further]
    adjoints = needed(adjoint_quantities(script, step), roots)
    script.name([*needed(script.values(), roots), *adjoints], roots)
    output = [each.node for each in output_adjoints(script, step) if each.node in script.names]
    hindmost_first = [gradients[name] for name in layers_backwards(step.parameters)]
    forward = [script.merge(step.outputs["prediction"])]
    parts = [(FORWARD, forward), (LOSS, [error]), (OUTPUT, output), (BACKWARD, [*hindmost_first, *further])]
    return moves(parts, script.names, late_ones(adjoints, script.values(), script.names))


def forward_moves(script: ArrayScript, step: Step, further: list[Expr]) -> list[Move]:
    """What a step computes up to its losses, the one that is learned from and the one that is reported."""
    losses = [script.merge(step.outputs["error"]), script.merge(step.loss)]
    script.name(needed(script.values(), [*losses, *further]), [*losses, *further])
    forward = [script.merge(step.outputs["prediction"]), *further]
    below = set(topological([*losses, *further]))
    return moves([(FORWARD, [node for node in forward if node in below]), (LOSS, losses)], script.names, ())


def late_ones(adjoints: Iterable[Quantity], values: Iterable[Quantity], names: Mapping[Expr, str]) -> set[Expr]:
    """The adjoints that have a name as such, and not as a value of the forward pass."""
    known = {each.node for each in values}
    return {each.node for each in adjoints if each.node in names and each.node not in known}


def adjoint_quantities(script: ArrayScript, step: Step) -> list[Quantity]:
    """The adjoint of every named array, and the gradients that were bounded before their use."""
    found = [
        Quantity(f"dE_d{name.symbol}", script.merge(step.adjoints[node]))
        for node, name in values_first(step)
        if node in step.adjoints
    ]
    bounded = [name for name in step.parameters if step.gradients[name] is not step.adjoints.get(step.states[name])]
    return [*found, *(Quantity(f"g_{name}", script.merge(step.gradients[name])) for name in bounded)]


def values_first(step: Step) -> list[tuple[Expr, Name]]:
    """The named nodes, parameters at the end: a bias has the adjoint of its unit's net, which is called after that."""
    return sorted(step.names.of.items(), key=lambda pair: isinstance(pair[0], State))


def output_adjoints(script: ArrayScript, step: Step) -> list[Quantity]:
    """The adjoints of the loss's parts and of the layer that answers."""
    layer = output_layer(step)
    wanted = (*JUDGED, f"{layer}.net", f"{layer}.out")
    return [
        Quantity(name.symbol, script.merge(step.adjoints[node]))
        for node, name in step.names.of.items()
        if node in step.adjoints and name.symbol in wanted
    ]


def output_layer(step: Step) -> str:
    """The name of the layer that answers, which is the last that learns."""
    return layer_of(step.parameters[-1])


def layer_of(parameter: str) -> str:
    """The layer that a parameter belongs to."""
    return parameter.rpartition(".")[0]


def layers_backwards(parameters: tuple[str, ...]) -> list[str]:
    """Parameters layer by layer from the last, as blame reaches them, each layer's own in their order."""
    layers = list(dict.fromkeys(map(layer_of, reversed(parameters))))
    return [name for layer in layers for name in parameters if layer_of(name) == layer]
