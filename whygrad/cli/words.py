"""The settings of a training in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import structs

from whygrad.render.numbers import count

if TYPE_CHECKING:
    import msgspec

    from whygrad.spec import Loss, Training


def batches_in_words(training: Training) -> str:
    """How many rows an update takes."""
    if training.batch_size == "per row" or training.batch_size == 1:
        return "one update per row"
    if training.batch_size == "all":
        return "one update per epoch"
    return f"{training.batch_size} rows per update"


def optimizer_in_words(training: Training) -> str:
    """The optimizer with its settings, the rate and how it changes."""
    schedule = training.schedule
    changing = "" if tag(schedule) == "constant" else f" ({with_settings(schedule)})"
    return f"{with_settings(training.optimizer)} at {training.learning_rate:g}{changing}"


def with_settings(record: msgspec.Struct) -> str:
    """A record's name with the settings that are not at their default."""
    given = {field.name: getattr(record, field.name) for field in structs.fields(record)}
    changed = [f"{name} {given[name]:g}" for name in given if given[name] != default_of(record, name)]
    return " ".join([tag(record), *changed])


def tag(record: msgspec.Struct) -> str:
    """The name that a record has in a file."""
    return str(record.__struct_config__.tag)


def default_of(record: msgspec.Struct, name: str) -> Any:
    """The default of one setting."""
    return next(field.default for field in structs.fields(record) if field.name == name)


def loss_in_words(loss: Loss) -> str:
    """A loss with its reduction."""
    delta = f" (delta {loss.delta:g})" if loss.name == "huber" else ""
    return f"{loss.reduction} {loss.name}{delta}"


def training_in_words(training: Training) -> list[tuple[str, str]]:
    """Every setting that matters, as pairs of a word and what it is."""
    reported = training.reported_loss
    pairs = [
        ("loss", loss_in_words(training.loss) + (f"; reported as {loss_in_words(reported)}" if reported else "")),
        ("optimizer", optimizer_in_words(training)),
        ("updates", f"{batches_in_words(training)}, rows {training.order}"),
        ("epochs", f"{training.epochs:,}{ending_in_words(training)}"),
        ("seed", str(training.seed)),
        ("held out", held_out_in_words(training)),
        ("penalties", penalties_in_words(training)),
        ("threshold", f"{training.threshold:g}" if training.loss.name == "binary-cross-entropy" else ""),
        ("precision", "" if training.dtype == "float64" else training.dtype),
    ]
    return [(word, text) for word, text in pairs if text]


def ending_in_words(training: Training) -> str:
    """What may end the training before its last epoch."""
    stopping = training.early_stopping
    reasons = [f"after {count(stopping.patience, 'epoch')} without a lower validation loss"] if stopping else []
    reasons += [f"once the loss is below {training.stop_below:g}"] if training.stop_below is not None else []
    return f" at most; stops {' or '.join(reasons)}" if reasons else ""


def held_out_in_words(training: Training) -> str:
    """The shares of the rows that are not trained on."""
    split = training.split
    shares = {"validation": split.validation, "test": split.test}
    return ", ".join(f"{100 * share:g}% for {name}" for name, share in shares.items() if share)


def penalties_in_words(training: Training) -> str:
    """What keeps weights and gradients small."""
    factors = {"l1": training.l1, "l2": training.l2, "weight decay": training.weight_decay}
    parts = [f"{name} {factor:g}" for name, factor in factors.items() if factor]
    if clip := training.clip:
        bound = f"{clip.norm:g} in length" if clip.norm is not None else f"{clip.value:g} in each element"
        parts.append(f"gradient at most {bound}")
    parts += ["classes weighted"] if training.class_weights != "none" else []
    return ", ".join(parts)
