"""What notes say of themselves: their network, aliases, how numbers are written. In +++ at the top, or in a block."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from whygrad.errors import nearest
from whygrad.errors.check import HeaderNotClosed, HeaderSyntax, TwoNetworks, UnknownHeaderKey, WrongHeaderValue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

MOST_ALIASES: Final = 1_000
MOST_UNITS: Final = 20  # of a layer whose numbers notes state
OWN: Final = ("network", "aliases", "decimal_comma", "about", "activation", "loss")
ACTIVATIONS: Final = ("linear", "sigmoid", "tanh", "relu", "leaky-relu", "elu", "softplus", "gelu", "silu", "softmax")
LOSS: Final = re.compile(r"(?:sum|mean) (?:half-squared-error|squared-error|binary-cross-entropy|cross-entropy)")
SECTIONS: Final = ("data", "network", "training")
FENCE: Final = re.compile(r"\s{0,3}(`{3,}|~{3,})\s*(.*)")
WHYGRAD: Final = re.compile(r"(?:toml\s+)?\{?\.?whygrad\}?", re.IGNORECASE)
ALIASES: Final = re.compile(r"(?:toml\s+)?aliases", re.IGNORECASE)
SHAPE: Final = re.compile(r"\s*\d{1,3}(?:\s*(?:-|–|->|→)\s*\d{1,3})+\s*")
WHERE: Final = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")
YAML: Final = re.compile(r"\s*(?:[\w -]{1,40}:(?:\s|$)|-\s|#|\[|$)")


@dataclass(frozen=True)
class Header:
    """What the header of notes says.

    - `network_file`: the path of an experiment; `experiment`: the TOML of one that stands in the notes itself, on the
      same lines as there, so that an error in it names the right line; nothing where there is none.
    - `shape`: the layers of a network whose numbers the notes state themselves, "2-2-1"; `activations` and `loss`: what
      is computed in it, where the header says so.
    - `aliases`: from a person's names to the network's. `about`: words that mean ≈. `decimal_comma`: 0,5 is a half.
    - `names`: those of the experiment in the notes.
    - `lines`: the lines that are header and no notes.
    """

    network_file: str = ""
    experiment: str = ""
    shape: str = ""
    activations: tuple[str, ...] = ()
    loss: str = ""
    aliases: Mapping[str, str] = field(default_factory=dict)
    about: tuple[str, ...] = ()
    decimal_comma: bool = False
    names: tuple[str, ...] = ()
    lines: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Block:
    """Lines of TOML in the notes: `first` is the line of the first of them, `lines` counts the marks around too."""

    text: str
    first: int
    lines: range
    only_aliases: bool = False


def header_of(lines: Sequence[str], place: str) -> Header:
    """What the header of notes says. Raises WG1103 to WG1106 and WG1108, with the line."""
    tables: dict[str, Any] = {}
    experiment, first, taken = "", 0, set(yaml_lines(lines))
    for block in blocks(lines, place):
        taken.update(block.lines)
        found = read_block(block, place)
        own = {key: value for key, value in found.items() if is_own(key, value)}
        check_own(own, found, block, place)
        tables |= own | {"aliases": {**tables.get("aliases", {}), **own.get("aliases", {})}}
        if len(own) < len(found):
            if first:
                raise TwoNetworks(place, block.first, first)
            experiment, first = without_own(block, own), block.first
            tables["names"] = tuple(names_in({key: value for key, value in found.items() if key not in own}))
    network = tables.get("network", "")
    is_shape = bool(SHAPE.fullmatch(network))
    activations = tables.get("activation", ())
    return Header(
        "" if is_shape else network,
        experiment,
        network if is_shape else "",
        (activations,) if isinstance(activations, str) else tuple(activations),
        tables.get("loss", ""),
        tables.get("aliases", {}),
        tuple(tables.get("about", ())),
        tables.get("decimal_comma", False),
        tables.get("names", ()),
        frozenset(taken),
    )


def blocks(lines: Sequence[str], place: str) -> Iterator[Block]:
    """The blocks of TOML: between +++ at the top, and in fences that say whygrad or aliases."""
    first = next((number for number, line in enumerate(lines, 1) if line.strip()), 0)
    start = 1
    if first and lines[first - 1].strip() == "+++":
        end = closing(lines, first, "+++", place)
        yield Block("\n".join(lines[first : end - 1]), first + 1, range(first, end + 1))
        start = end + 1
    yield from fenced(lines, start, place)


def fenced(lines: Sequence[str], start: int, place: str) -> Iterator[Block]:
    """The fences that say whygrad or aliases, from a line on."""
    number = start
    while number <= len(lines):
        if found := FENCE.fullmatch(lines[number - 1]):
            words = found[2].strip()
            ours = WHYGRAD.fullmatch(words) or ALIASES.fullmatch(words)
            end = closing(lines, number, found[1], place if ours else "")
            if ours:
                text = "\n".join(lines[number : end - 1])
                yield Block(text, number + 1, range(number, end + 1), bool(ALIASES.fullmatch(words)))
            number = end
        number += 1


def closing(lines: Sequence[str], opening: int, mark: str, place: str) -> int:
    """The line on which a block closes, else the last, or HeaderNotClosed (WG1103) where a place is named."""
    for number in range(opening + 1, len(lines) + 1):
        line = lines[number - 1].strip()
        if line.startswith(mark) and not line.strip(mark[0]):
            return number
    if place:
        raise HeaderNotClosed(place, opening, mark)
    return len(lines)


def yaml_lines(lines: Sequence[str]) -> range:
    """The lines of a header between ---, as other programs write it: passed over."""
    if not lines or lines[0].strip() != "---":
        return range(0)
    end = next((number for number, line in enumerate(lines[1:60], 2) if line.strip() in ("---", "...")), 0)
    inside = lines[1 : end - 1] if end else []
    return range(1, end + 1) if inside and all(map(YAML.match, inside)) else range(0)


def read_block(block: Block, place: str) -> dict[str, Any]:
    """The tables of a block. Raises HeaderSyntax (WG1104)."""
    try:
        found = tomllib.loads(block.text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = WHERE.search(str(error))
        line = block.first + int(at[1]) - 1 if at and at[1] else max(block.first, block.lines[-1] - 1)
        raise HeaderSyntax(place, line, WHERE.sub("", str(error)).strip()) from None
    return {"aliases": found} if block.only_aliases and "aliases" not in found else found


def is_own(key: str, value: object) -> bool:
    """Whether a key is the notes' own, and no part of an experiment: `network` is a path here and a table there."""
    return key in OWN and not (key == "network" and isinstance(value, dict))


EXPECTED: Final = {
    "network": ("the path of an experiment, layers such as 2-2-1, or the table [network]", 'network = "2-2-1"'),
    "aliases": (f"names with the network's names, at most {MOST_ALIASES:,}", 'aliases = { z1 = "net_H1" }'),
    "decimal_comma": ("true or false", "decimal_comma = true"),
    "about": ("a list of words", 'about = ["rounded"]'),
    "activation": (f"{', '.join(ACTIVATIONS)}; or a list of them, one for each layer", 'activation = "sigmoid"'),
    "loss": ('"sum" or "mean" and a name, as in an experiment', 'loss = "sum half-squared-error"'),
}


def check_own(own: Mapping[str, Any], found: Mapping[str, Any], block: Block, place: str) -> None:
    """Raises WrongHeaderValue (WG1106) and UnknownHeaderKey (WG1105)."""
    fits: dict[str, Callable[[Any], bool]] = {
        "network": lambda value: isinstance(value, str) and (not SHAPE.fullmatch(value) or is_small(value)),
        "aliases": are_aliases,
        "decimal_comma": lambda value: isinstance(value, bool),
        "about": lambda value: isinstance(value, list) and all(isinstance(each, str) for each in value),
        "activation": are_activations,
        "loss": lambda value: isinstance(value, str) and bool(LOSS.fullmatch(value)),
    }
    for key, value in own.items():
        if not fits[key](value):
            raise WrongHeaderValue(place, line_of(block, key), key, *EXPECTED[key])
    others = [key for key in found if key not in own]
    if others and not any(key in SECTIONS for key in others):
        key = others[0]
        raise UnknownHeaderKey(place, line_of(block, key), key, nearest(key, (*OWN, *SECTIONS)), OWN)


def is_small(shape: str) -> bool:
    """Whether layers such as 2-2-1 have units, and no more than anybody works out on paper."""
    return all(0 < int(each) <= MOST_UNITS for each in re.findall(r"\d+", shape))


def are_activations(value: object) -> bool:
    """Whether a value is one activation, or some."""
    words = [value] if isinstance(value, str) else value
    return isinstance(words, list) and bool(words) and all(each in ACTIVATIONS for each in words)


def are_aliases(value: object) -> bool:
    """Whether a value gives names for names, and no more of them than anybody writes."""
    return (
        isinstance(value, dict) and len(value) <= MOST_ALIASES and all(isinstance(each, str) for each in value.values())
    )


def line_of(block: Block, key: str) -> int:
    """The line of a key in a block, its first line where it is not found."""
    form = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}\b")
    for number, line in enumerate(block.text.split("\n"), block.first):
        if form.match(line):
            return number
    return block.first


def without_own(block: Block, own: Mapping[str, Any]) -> str:
    """The experiment of a block, with blank lines for all else, on the lines on which it stands."""
    kept: list[str] = []
    inside, open_brackets = "", 0
    for line in block.text.split("\n"):
        if (section := re.match(r"\s*\[+\s*[\"']?(\w+)", line)) and not open_brackets:
            inside = section[1]
        key = re.match(r"\s*[\"']?(\w+)[\"']?\s*(?:\.|=)", line)
        mine = inside == "aliases" or (not inside and key is not None and key[1] in own) or bool(open_brackets)
        if mine and not inside:
            open_brackets = max(
                0, open_brackets + sum(line.count(sign) for sign in "[{") - sum(line.count(sign) for sign in "]}")
            )
        kept.append("" if mine else line)
    return "\n" * (block.first - 1) + "\n".join(kept) + "\n"


def names_in(experiment: Mapping[str, Any]) -> Iterator[str]:
    """The names that an experiment gives: of columns, units, weights. What does not fit is passed over here."""
    data, network = (experiment.get(key) for key in ("data", "network"))
    if isinstance(data, dict) and isinstance(data.get("columns"), dict):
        yield from data["columns"]
    if isinstance(network, dict):
        if isinstance(network.get("weights"), dict):
            yield from network["weights"]
        layers = network.get("layers")
        for layer in layers if isinstance(layers, list) else []:
            units = layer.get("units") if isinstance(layer, dict) else None
            yield from (unit for unit in (units if isinstance(units, list) else []) if isinstance(unit, str))
