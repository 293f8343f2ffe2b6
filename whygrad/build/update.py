"""The second half of a step: gradients, what bounds them, and what the optimizer makes of the parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from whygrad.graph import UPDATES, constant
from whygrad.primitive.optimizer import OPTIMIZERS, decoupled_decay
from whygrad.primitive.penalty import clip_by_norm, clip_by_value, l1, l2
from whygrad.primitive.schedule import SCHEDULES

if TYPE_CHECKING:
    from whygrad.build.assembly import Assembly
    from whygrad.build.plan import Parameter
    from whygrad.graph import Expr
    from whygrad.spec import Clip, Training


def penalty(training: Training, weights: list[Expr]) -> Expr | None:
    """What L1 and L2 add to the loss, shape (); None without either."""
    terms = [l1(weight, training.l1) for weight in weights if training.l1]
    terms += [l2(weight, training.l2) for weight in weights if training.l2]
    return sum(terms[1:], terms[0]) if terms else None


def bounded(clip: Clip | None, gradients: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The gradients an update uses: clipped as the user asked."""
    if clip is None:
        return gradients
    if clip.value is not None:
        limit = clip.value
        return tuple(clip_by_value(gradient, limit) for gradient in gradients)
    return clip_by_norm(gradients, clip.norm or 0.0)


def learning_rate(training: Training, updates: Expr, steps_per_epoch: int) -> Expr:
    """The learning rate of the update that follows `updates` others, shape ()."""
    constants = msgspec.structs.asdict(training.schedule)
    return SCHEDULES[tag(training.schedule)](
        training.learning_rate, updates, steps_per_epoch=steps_per_epoch, epochs=training.epochs, **constants
    )


def updated(
    training: Training, parameters: tuple[Parameter, ...], gradients: tuple[Expr, ...], rate: Expr, assembly: Assembly
) -> None:
    """Enter into the assembly what each parameter and the optimizer's memory of it become."""
    rule = OPTIMIZERS[tag(training.optimizer)]
    constants = msgspec.structs.asdict(training.optimizer)
    count = assembly.states[UPDATES] + constant(1.0)
    assembly.next[UPDATES] = count
    for parameter, gradient in zip(parameters, gradients, strict=True):
        value: Expr = assembly.states[parameter.name]
        memory = tuple(assembly.memory(parameter, what) for what in rule.memory)
        if training.weight_decay and parameter.is_weight:
            value = decoupled_decay(value, rate, training.weight_decay)
        after = rule.update(value, gradient, rate, count, memory, **constants)
        assembly.next[parameter.name] = after.parameter
        assembly.next |= {state.name: node for state, node in zip(memory, after.memory, strict=True)}


def tag(record: msgspec.Struct) -> str:
    """The name of a choice in the experiment file: "adam", "one-cycle"."""
    return str(record.__struct_config__.tag)
