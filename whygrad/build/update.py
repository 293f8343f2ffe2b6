"""The second half of a step: gradients, what bounds them, and what the optimizer makes of the parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from whygrad.graph import UPDATES, constant
from whygrad.primitive.optimizer import OPTIMIZERS, decoupled_decay
from whygrad.primitive.penalty import clip_by_value, clip_factor, l1, l2, norm
from whygrad.primitive.schedule import SCHEDULES

if TYPE_CHECKING:
    from whygrad.build.assembly import Assembly
    from whygrad.build.plan import Parameter
    from whygrad.graph import Expr
    from whygrad.spec import Clip, Training


def penalty(training: Training, weights: list[Expr], assembly: Assembly) -> Expr | None:
    """What L1 and L2 add to the loss, shape (); None without either."""
    kinds = {"l1_penalty": (l1, training.l1), "l2_penalty": (l2, training.l2)}
    sums = {
        name: added([rule(weight, strength) for weight in weights])
        for name, (rule, strength) in kinds.items()
        if strength
    }
    if len(sums) == 2:
        for name, node in sums.items():
            assembly.call(node, name)
    return assembly.call(added(list(sums.values())), "penalty") if sums else None


def added(terms: list[Expr]) -> Expr:
    """The sum of some terms, from left to right."""
    return sum(terms[1:], terms[0])


def bounded(clip: Clip | None, gradients: tuple[Expr, ...], assembly: Assembly) -> tuple[Expr, ...]:
    """The gradients an update uses: clipped as the user asked; a factor that all share is named."""
    if clip is None:
        return gradients
    if clip.value is not None:
        limit = clip.value
        return tuple(clip_by_value(gradient, limit) for gradient in gradients)
    length = assembly.call(norm(gradients), "gradient_norm")
    factor = assembly.call(clip_factor(length, clip.norm or 0.0), "clip_factor")
    return tuple(factor * gradient for gradient in gradients)


def learning_rate(training: Training, base: Expr | float, updates: Expr, steps_per_epoch: int) -> Expr:
    """The learning rate of the update that follows `updates` others, shape (); `base` is what the schedule changes."""
    constants = msgspec.structs.asdict(training.schedule)
    return SCHEDULES[tag(training.schedule)](
        base, updates, steps_per_epoch=steps_per_epoch, epochs=training.epochs, **constants
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
