"""The five moves of a step on arrays: forward pass, loss, output gradients, backward pass; the update is apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.code.script import BACKWARD, FORWARD, LOSS, OUTPUT, Move, Quantity, moves, needed

if TYPE_CHECKING:
    from whygrad.code.arrays import ArrayScript
    from whygrad.graph import Expr, Step

JUDGED = ("errors", "loss", "objective", "prediction", "reported_loss")


def step_moves(script: ArrayScript, step: Step, further: list[Expr]) -> list[Move]:
    """Everything that a step computes before its update, `further` nodes included, move by move."""
    error = script.merge(step.outputs["error"])
    gradients = {name: script.merge(step.gradients[name]) for name in step.parameters}
    roots = [error, *gradients.values(), *further]
    quantities = needed([*script.values(), *adjoint_quantities(script, step)], roots)
    script.name(quantities, roots)
    output = [each.node for each in output_adjoints(script, step) if each.node in script.names]
    hindmost_first = [gradients[name] for name in layers_backwards(step.parameters)]
    forward = [script.merge(step.outputs["prediction"])]
    return moves(
        [(FORWARD, forward), (LOSS, [error]), (OUTPUT, output), (BACKWARD, [*hindmost_first, *further])], script.names
    )


def adjoint_quantities(script: ArrayScript, step: Step) -> list[Quantity]:
    """The adjoint of every named array, and the gradients that were bounded before their use."""
    found = [
        Quantity(f"dE_d{name.symbol}", script.merge(step.adjoints[node]))
        for node, name in step.names.of.items()
        if node in step.adjoints
    ]
    for name in step.parameters:
        if step.gradients[name] is not step.adjoints.get(step.states[name]):
            found.append(Quantity(f"g_{name}", script.merge(step.gradients[name])))
    return found


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
