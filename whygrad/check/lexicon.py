"""What people call the quantities of a step: many names for each, some of which may mean several."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from whygrad.check.judging.scene import Part, Scene, layer_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from whygrad.check.judging.quantities import Quantities, Quantity

NETS: Final = ("net", "z", "in", "s", "sum", "v")
OUTS: Final = ("out", "a", "o", "act", "activation", "output", "y", "h")
TARGETS: Final = ("target", "t", "y", "d", "desired", "ideal")
PHRASES: Final = {Part.TARGET: ("targety", "targett", "targetoutput", "targetvalue", "desiredoutput")}
ERRORS: Final = ("e", "error", "err", "l", "loss", "j", "c", "cost")
LOSSES: Final = (
    "e",
    "etotal",
    "loss",
    "l",
    "j",
    "c",
    "cost",
    "error",
    "totalerror",
    "totalloss",
    "mse",
    "eges",
    "etot",
)
PREDICTIONS: Final = ("yhat", "prediction", "pred", "p", "out", "output", "o", "y")
RATES: Final = ("learningrate", "lr", "eta", "alpha", "rate")
DERIVED: Final = (  # before what the loss is differentiated by, and how unusual that would be
    (re.compile(f"d(?:{'|'.join(LOSSES)})/d"), 0),
    (re.compile("grad"), 1),
    (re.compile("g"), 1),
)
BEFORE_NEW: Final = ("new", "updated")
BEHIND_NEW: Final = ("new", "'", "+", "updated", "after", "neu")


@dataclass(frozen=True)
class Meaning:
    """What a name may mean: a quantity, or its negative, as a delta is for some; `doubt`: how unusual that would be."""

    quantity: Quantity
    doubt: int = 0
    sign: int = 1


class Lexicon:
    """The names of a step's quantities, in plain letters and digits and without case; `own` are a person's own."""

    def __init__(self, scene: Scene, own: Iterable[tuple[str, str]] = ()) -> None:
        self.scene = scene
        self.found: dict[str, dict[Quantity, Meaning]] = defaultdict(dict)
        self.blames: dict[str, dict[Quantity, Meaning]] = defaultdict(dict)
        self.layers = list(dict.fromkeys(layer_of(each) for each in scene.of_part(Part.OUT)))
        self.sizes = Counter(layer_of(each) for each in scene.of_part(Part.OUT) if not each.row)
        for quantity in scene.quantities:
            for name, doubt in self.names(quantity):
                self.add(name, Meaning(quantity, doubt))
        spelled: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for name, meanings in self.found.items():
            for target, meaning in meanings.items():
                spelled[target.written].append((name, meaning.doubt))
        for quantity in scene.quantities:
            self.add_blames(quantity, spelled)
        self.own: dict[str, list[Meaning]] = {}
        for name, meant in own:
            if known := self.meanings(meant):
                self.own[plain(name)] = known

    def meanings(self, name: str) -> list[Meaning]:
        """What a name may mean, the likeliest first."""
        name = plain(name)
        if name in self.own:
            return self.own[name]
        found = dict(self.found.get(name, {}))
        for before, doubt in DERIVED:
            by = before.match(name)
            for meaning in self.blames.get(name[by.end() :], {}).values() if by else ():
                add(found, replace(meaning, doubt=meaning.doubt + doubt))
        return sorted(found.values(), key=lambda each: each.doubt)

    def add(self, name: str, meaning: Meaning) -> None:
        """Let a name mean something as well."""
        add(self.found[plain(name)], meaning)

    def names(self, quantity: Quantity) -> Iterator[tuple[str, int]]:
        """What a quantity is called, each with how unusual that is."""
        yield quantity.written, 0
        part = self.scene.part(quantity)
        match part:
            case Part.NET:
                yield from self.nets(quantity)
            case Part.OUT:
                yield from self.outs(quantity)
            case Part.TARGET | Part.ERROR:
                yield from self.of_output(quantity, TARGETS if part is Part.TARGET else ERRORS)
                yield from ((name, 2) for name in self.numbered(quantity, PHRASES.get(part, ())))
            case Part.LOSS:
                yield from ((name, 1) for name in LOSSES)
            case Part.INPUT:
                yield from ((name, 2) for name in self.numbered(quantity, ("x", "i", "input", "in")))
                yield from ((name, 2) for name in raised("a", str(quantity.index[-1] + 1), 0))
            case Part.BIAS:
                yield from self.biases(quantity)
            case Part.WEIGHT:
                yield from self.weights(quantity)
            case Part.NEW_WEIGHT | Part.NEW_BIAS:
                yield from self.new(quantity)
            case _ if quantity.array == "learning_rate":
                yield from ((name, 0) for name in RATES)

    def nets(self, quantity: Quantity) -> Iterator[tuple[str, int]]:
        """The net of a unit; the only one is just net."""
        yield from ((name, 1) for name in self.of_unit(quantity, NETS))
        yield from ((name, 2) for name in self.of_next_layer(quantity, NETS))
        if len(self.scene.of_part(Part.NET)) == 1:
            yield from ((name, 2) for name in NETS)

    def of_unit(self, quantity: Quantity, words: Iterable[str]) -> Iterator[str]:
        """Words for what belongs to a unit: "z_H1", "z1" where no other layer has a first one, "z1^2" of layer 2."""
        unit, place, layer = self.unit(quantity), quantity.index[-1] + 1, self.layers.index(layer_of(quantity)) + 1
        for word in words:
            yield f"{word}_{unit}"
            yield from raised(word, str(place), layer)
            yield f"{word}{layer}{place}"
            yield f"{word}{place}"
            yield f"{word}{self.through(quantity)}"

    def of_next_layer(self, quantity: Quantity, words: Iterable[str]) -> Iterator[str]:
        """The same where the inputs count as the first layer: a_1^{(2)} of the first hidden unit."""
        layer = self.layers.index(layer_of(quantity)) + 2
        return (name for word in words for name in raised(word, str(quantity.index[-1] + 1), layer))

    def through(self, quantity: Quantity) -> int:
        """The number of a unit where units are counted through all layers: z3 of the output of a 2-2-1 network."""
        before = self.layers[: self.layers.index(layer_of(quantity))]
        return quantity.index[-1] + 1 + sum(self.sizes[each] for each in before)

    def unit(self, quantity: Quantity) -> str:
        """The name of the unit that a net or an out belongs to."""
        return quantity.written.partition("_")[2].partition("(")[0]

    def outs(self, quantity: Quantity) -> Iterator[tuple[str, int]]:
        """The out of a unit: of an output also as the prediction; of a unit without an activation also as its net."""
        yield self.unit(quantity), 1
        yield from ((name, 2) for name in self.of_unit(quantity, OUTS))
        yield from ((name, 3) for name in self.of_next_layer(quantity, OUTS))
        if self.scene.twin(quantity, Part.NET) is None:
            yield from ((name, 2) for name in self.of_unit(quantity, NETS))
        if layer_of(quantity) == self.layers[-1]:
            yield from ((name, 2) for name in self.numbered(quantity, PREDICTIONS))

    def of_output(self, quantity: Quantity, words: Iterable[str]) -> Iterator[tuple[str, int]]:
        """What belongs to an output: its target, its error."""
        unit = quantity.written.partition("_")[2].partition("(")[0]
        yield from ((f"{word}_{unit}", 1) for word in words)
        yield from ((name, 2) for name in self.numbered(quantity, words))

    def numbered(self, quantity: Quantity, words: Iterable[str]) -> Iterator[str]:
        """Words with the place of a quantity among its peers; the only one needs none."""
        only = not self.scene.peers(quantity)
        for word in words:
            yield f"{word}{quantity.index[-1] + 1}"
            if only:
                yield word

    def biases(self, quantity: Quantity) -> Iterator[tuple[str, int]]:
        """A bias by the units that it belongs to; the only one is just b."""
        if len(self.scene.of_part(Part.BIAS)) == 1:
            yield "b", 1
            yield "bias", 1
        for net in self.scene.of_part(Part.NET):
            if quantity in self.scene.reads(self.scene.formula(net), Part.BIAS):
                yield f"b_{self.unit(net)}", 1
                yield f"bias_{self.unit(net)}", 1
                yield from ((name, 1) for name in self.of_layer(net, "b", str(net.index[-1] + 1)))
                if not self.scene.peers(quantity):
                    yield f"b^({self.layers.index(layer_of(net)) + 1})", 1

    def weights(self, quantity: Quantity) -> Iterator[tuple[str, int]]:
        """A weight by its layer and the places that it joins, either of them first."""
        start, end = (str(each + 1) for each in quantity.index[-2:])
        for doubt, pair in enumerate(dict.fromkeys((end + start, start + end)), 1):
            yield from ((name, doubt) for name in self.of_layer(quantity, "w", pair))

    def of_layer(self, quantity: Quantity, word: str, place: str) -> Iterator[str]:
        """A parameter by its layer, counted with the inputs or without them; the only layer needs no number."""
        layer = self.layers.index(layer_of(quantity)) + 1
        for each in (layer, layer + 1):
            yield from raised(word, place, each)
        if len(self.layers) == 1:
            yield f"{word}{place}"

    def new(self, quantity: Quantity) -> Iterator[tuple[str, int]]:
        """A parameter after the update."""
        old = self.scene.old(quantity)
        if old is not None:
            names = [old.written, *(name for name, _ in self.names(old))]
            for name in names:
                yield from ((f"{name}{behind}", 1) for behind in BEHIND_NEW)
                yield from ((f"{before}{name}", 1) for before in BEFORE_NEW)

    def add_blames(self, quantity: Quantity, spelled: Mapping[str, Sequence[tuple[str, int]]]) -> None:
        """What the loss may be differentiated by, and the deltas of the units; `spelled`: what all are called."""
        if not quantity.written.startswith("dE/d"):
            return
        by = quantity.written.removeprefix("dE/d")
        for name, doubt in spelled.get(by, ()):
            add(self.blames[name], Meaning(quantity, doubt))
        if self.scene.part(quantity) is Part.NET_BLAME or self.is_linear(quantity):
            is_only = layer_of(quantity) == self.layers[-1] and not self.scene.peers(quantity)
            for word in ("delta", "d"):
                bare = (word,) if is_only and word == "delta" else ()
                for name in (f"{word}_{by.partition('_')[2]}", f"{word}{quantity.index[-1] + 1}", *bare):
                    self.add(name, Meaning(quantity, 1 if word == "delta" else 3))
            for name in self.of_layer(quantity, "delta", str(quantity.index[-1] + 1)):
                self.add(name, Meaning(quantity, 1))

    def is_linear(self, quantity: Quantity) -> bool:
        """Whether a blame is that of an out which is its own net."""
        is_out = self.scene.part(quantity) is Part.OUT_BLAME
        return is_out and self.scene.twin(quantity, Part.NET) is None


def raised(word: str, place: str, layer: int) -> Iterator[str]:
    """A name with its layer above, before or behind its place: a_1^{(2)}, a^{(2)}_1."""
    yield f"{word}{place}^({layer})"
    yield f"{word}^({layer})_{place}"


@lru_cache(maxsize=8)
def lexicon_of(step: Quantities, own: tuple[tuple[str, str], ...] = ()) -> Lexicon:
    """The names of a step's quantities; made once for all notes about it."""
    return Lexicon(Scene(step), own)


def add(known: dict[Quantity, Meaning], meaning: Meaning) -> None:
    """Keep a meaning, unless it is known with less doubt."""
    if meaning.quantity not in known or known[meaning.quantity].doubt > meaning.doubt:
        known[meaning.quantity] = meaning


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """A name without case, underscores, brackets and blanks: what people leave out and put in as they like."""
    return "".join(each for each in name.casefold() if each not in "_{}() \\,")
