"""The short form of the layers: `2 -> 8 relu -> dropout 0.2 -> out softmax`.

form     = inputs "->" entries
inputs   = number | "in"
entries  = entry { "->" entry }
entry    = ( number | "out" ) [ activation ]
         | "dropout" rate | "layer-norm" | "batch-norm"
         | "residual" "(" entries ")"
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast, get_args

from whygrad.errors.spec import ShortFormError
from whygrad.spec.network import Activation, BatchNorm, Dense, Dropout, Layer, LayerNorm, Residual
from whygrad.spec.record import LARGEST_LAYER

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["parse_short_form"]

ACTIVATIONS: tuple[str, ...] = get_args(Activation)
LAYER_WORDS = ("out", "dropout", "layer-norm", "batch-norm", "residual")
TOKEN = re.compile(r"->|→|[()]|[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*|[0-9]+(?:\.[0-9]+)?(?:[eE]-?[0-9]+)?|\S")


@dataclass(frozen=True)
class Word:
    """One word of the form and where it starts."""

    text: str
    start: int

    def is_count(self) -> bool:
        """Whether this is a whole number that a layer can have as its size."""
        return self.text.isdecimal() and len(self.text) < 10 and 1 <= int(self.text) <= LARGEST_LAYER


class Reader:
    """Goes through the words of a form from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = [Word(found[0], found.start()) for found in TOKEN.finditer(text)]
        self.position = 0

    @property
    def word(self) -> Word:
        """The word to read next; empty at the end."""
        return self.words[self.position] if self.position < len(self.words) else Word("", len(self.text))

    def take(self) -> Word:
        """Reads one word."""
        word = self.word
        self.position += 1
        return word

    def take_if(self, *texts: str) -> bool:
        """Reads one word if it is one of these."""
        found = self.word.text in texts
        self.position += found
        return found

    def refusal(self, expected: str, choices: tuple[str, ...] = ()) -> ShortFormError:
        """What is wrong with the word to read next."""
        word = self.word.text
        hint = f"an activation stands behind its units: 8 {word}" if word in ACTIVATIONS else ""
        return ShortFormError(
            text=self.text, start=self.word.start, word=word, expected=expected, choices=choices, hint=hint
        )


def parse_short_form(text: str) -> tuple[int | None, tuple[Layer, ...]]:
    """The number of inputs (None for `in`) and the layers; WG207 points at the word that cannot stand where it is.

    >>> inputs, (dropout, dense) = parse_short_form("2 -> dropout 0.5 -> 1")
    >>> inputs, dropout.rate, dense.units
    (2, 0.5, 1)
    """
    reader = Reader(text)
    inputs = read_inputs(reader)
    if not reader.take_if("->", "→"):
        raise reader.refusal('"->" and a layer after the number of inputs', ("->",))
    layers = read_entries(reader)
    if reader.word.text:
        raise reader.refusal(*after(layers[-1]))
    return inputs, layers


def read_inputs(reader: Reader) -> int | None:
    """The number of inputs, None for as many as the data has."""
    if reader.take_if("in"):
        return None
    if not reader.word.is_count():
        raise reader.refusal('the number of inputs, or "in" for as many as the data has', ("in",))
    return int(reader.take().text)


def read_entries(reader: Reader) -> tuple[Layer, ...]:
    """Layers between arrows."""
    layers = [read_entry(reader)]
    while reader.take_if("->", "→"):
        layers.append(read_entry(reader))
    return tuple(layers)


def read_entry(reader: Reader) -> Layer:
    """One layer."""
    word = reader.word
    if word.text == "out" or word.is_count():
        reader.take()
        return Dense(units="out" if word.text == "out" else int(word.text), activation=read_activation(reader))
    if word.text not in SPECIAL:
        raise reader.refusal(
            "a number of units (1 to 1000000), out, dropout, layer-norm, batch-norm or residual", LAYER_WORDS
        )
    reader.take()
    return SPECIAL[word.text](reader)


def read_activation(reader: Reader) -> Activation:
    """The activation if there is one, else linear."""
    return cast("Activation", reader.take().text) if reader.word.text in ACTIVATIONS else "linear"


def read_dropout(reader: Reader) -> Dropout:
    """The rate after `dropout`."""
    try:
        rate = float(reader.word.text)
    except ValueError:
        rate = -1.0
    if not 0 <= rate < 1:
        raise reader.refusal("the rate of the dropout: at least 0 and below 1")
    reader.take()
    return Dropout(rate=rate)


def read_residual(reader: Reader) -> Residual:
    """The layers in brackets after `residual`."""
    if not reader.take_if("("):
        raise reader.refusal('"(" and the layers that the connection spans')
    layers = read_entries(reader)
    if not reader.take_if(")"):
        expected, choices = after(layers[-1])
        raise reader.refusal(f'{expected}, or ")"', choices)
    return Residual(layers=layers)


def after(layer: Layer) -> tuple[str, tuple[str, ...]]:
    """What can follow a layer, in words and as names."""
    if isinstance(layer, Dense) and layer.activation == "linear":
        return f'"->" or an activation ({", ".join(ACTIVATIONS)})', ACTIVATIONS
    return '"->" and the next layer', ("->",)


SPECIAL: dict[str, Callable[[Reader], Layer]] = {
    "dropout": read_dropout,
    "layer-norm": lambda _: LayerNorm(),
    "batch-norm": lambda _: BatchNorm(),
    "residual": read_residual,
}
