"""From a plan to graphs: the whole training step, and the network that only predicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from whygrad.build.assembly import Assembly
from whygrad.build.network import forward
from whygrad.build.objective import errors, prediction, reduced
from whygrad.build.update import bounded, learning_rate, penalty, updated
from whygrad.graph import GATE, RATE, UPDATES, Forward, Names, Step, adjoints, zeros
from whygrad.primitive import largest
from whygrad.primitive.penalty import norm

if TYPE_CHECKING:
    from whygrad.build.objective import ClassWeights
    from whygrad.build.plan import NetworkPlan, Parameter
    from whygrad.graph import Expr
    from whygrad.spec import Training


@dataclass(frozen=True, eq=False)
class Judged:
    """What the network says, (rows, outputs), the loss that is learned from and the one that is reported, ()."""

    said: Expr
    learned: Expr
    reported: Expr


def build_step(
    plan: NetworkPlan,
    training: Training,
    *,
    rows: int,
    steps_per_epoch: int,
    weights: ClassWeights | None = None,
    rate_is_state: bool = False,
) -> Step:
    """The training step for batches of `rows` rows: inputs "x" (rows, features) and "y" (rows, outputs), and masks.

    Outputs: "prediction", "error" (the reported loss), "penalty" where there is one, "learning_rate", and per layer
    with parameters "gradient_norm/LAYER" and "update_norm/LAYER", for layers of shutting units "gate/LAYER". With
    `rate_is_state` the training's learning rate is a state that stays as it is, so that one graph serves many rates.
    Raises ShapeMismatch (WG101), naming the layer.
    """
    assembly = Assembly(rows, training=True)
    judged = judge(plan, training, assembly, weights)
    parameters = plan.parameters()
    states = {parameter.name: assembly.states[parameter.name] for parameter in parameters}
    outputs = {"prediction": judged.said, "error": judged.reported}
    loss = judged.learned
    penalised = penalty(training, [states[each.name] for each in parameters if each.is_weight], assembly)
    if penalised is not None:
        outputs["penalty"] = penalised
        loss = assembly.call(loss + penalised, "objective")
    found = adjoints(loss, tuple(states.values()))
    gradients = bounded(
        training.clip, tuple(found.get(state) or zeros(state.shape) for state in states.values()), assembly
    )
    base = given_rate(assembly) if rate_is_state else training.learning_rate
    rate = outputs["learning_rate"] = learning_rate(training, base, assembly.state(UPDATES, ()), steps_per_epoch)
    assembly.call(rate, "learning_rate")
    updated(training, parameters, gradients, rate, assembly)
    by_name = dict(zip(states, gradients, strict=True))
    return Step(
        inputs=assembly.inputs,
        states=assembly.states,
        next=assembly.next,
        parameters=tuple(states),
        loss=loss,
        adjoints=found,
        gradients=by_name,
        outputs=outputs | statistics(parameters, by_name, assembly),
        masks=assembly.masks,
        names=Names(assembly.names),
    )


def given_rate(assembly: Assembly) -> Expr:
    """A learning rate that no update changes."""
    rate = assembly.state(RATE, ())
    assembly.next[RATE] = rate
    return rate


def build_forward(plan: NetworkPlan, training: Training, *, rows: int, weights: ClassWeights | None = None) -> Forward:
    """The network as it predicts, for `rows` rows: no dropout, running statistics; outputs "prediction", "error"."""
    assembly = Assembly(rows, training=False)
    judged = judge(plan, training, assembly, weights)
    outputs = {"prediction": judged.said, "error": judged.reported}
    return Forward(assembly.inputs, assembly.states, outputs, Names(assembly.names))


def judge(plan: NetworkPlan, training: Training, assembly: Assembly, weights: ClassWeights | None) -> Judged:
    """The forward pass and the losses of what it says."""
    output = forward(plan, assembly)
    target = assembly.input("y", output.out.shape, "target", output.labels)
    reported = training.reported_loss or training.loss
    said = assembly.call(prediction(output, training.loss), "prediction", "p", output.labels)
    each = errors(training.loss, output, said, target)
    assembly.call(each, "errors", "E", output.labels if len(each.shape) == 2 else ())
    learned = assembly.call(reduced(training.loss, each, target, weights), "loss")
    if reported == training.loss:
        return Judged(said, learned, learned)
    other = reduced(reported, errors(reported, output, said, target), target, weights)
    return Judged(said, learned, assembly.call(other, "reported_loss"))


def statistics(parameters: tuple[Parameter, ...], gradients: dict[str, Expr], assembly: Assembly) -> dict[str, Expr]:
    """What the history keeps of a step, as nodes of the same graph: lengths of gradients and updates, open gates.

    "gate/LAYER" has shape (units,) and is above 0 where a unit was open for any row.
    """
    found: dict[str, Expr] = {}
    for layer in dict.fromkeys(layer_of(parameter) for parameter in parameters):
        names = [parameter.name for parameter in parameters if layer_of(parameter) == layer]
        found[f"gradient_norm/{layer}"] = norm([gradients[name] for name in names])
        found[f"update_norm/{layer}"] = norm([assembly.next[name] - assembly.states[name] for name in names])
    return found | {f"{GATE}{layer}": largest(gate, axes=(0,)) for layer, gate in assembly.gates.items()}


def layer_of(parameter: Parameter) -> str:
    """The layer a parameter belongs to: the part of its name before the last dot."""
    return parameter.name.rpartition(".")[0]
