"""What notes say of activations and loss: in words, in the header, or by the functions that they compute."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from whygrad.check.reading.formula import Call, Function, every

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whygrad.check.reading.notes import Notes

ACTIVATIONS: Final = {
    "sigmoid": "sigmoid",
    "logistic": "sigmoid",
    "tanh": "tanh",
    "hyperbolic tangent": "tanh",
    "relu": "relu",
    "rectified linear": "relu",
    "leaky relu": "leaky-relu",
    "softplus": "softplus",
    "gelu": "gelu",
    "swish": "silu",
    "silu": "silu",
    "softmax": "softmax",
    "linear": "linear",
    "identity": "linear",
}
WORD: Final = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(ACTIVATIONS, key=len, reverse=True))})(?!\w)(?! regression)", re.IGNORECASE
)
HIDDEN: Final = re.compile(r"\bhidden\b", re.IGNORECASE)
OUTPUT: Final = re.compile(r"\b(?:output|last|final)\b", re.IGNORECASE)
USUAL: Final = ("sigmoid", "tanh", "relu", "linear")
CALLED: Final = {
    Function.SIGMOID: "sigmoid",
    Function.TANH: "tanh",
    Function.RELU: "relu",
    Function.SOFTMAX: "softmax",
    Function.LEAKY_RELU: "leaky-relu",
    Function.SOFTPLUS: "softplus",
}
BY_EXPONENTIAL: Final = re.compile(
    r"1\s*\+\s*(?:np\.|math\.)?(?:e(?:xp)?\s*(?:\^|\*\*)?\s*[({]?\s*[-−]|e⁻|\\exp|e\^\{?\s*-)", re.IGNORECASE
)
BY_MAXIMUM: Final = re.compile(r"max\s*\(\s*0\s*,", re.IGNORECASE)
CROSS_ENTROPY: Final = re.compile(
    r"\bcross[- ]?entropy\b|\blog[- ]?loss\b|\bBCE\b|\bnegative log[- ]likelihood\b", re.IGNORECASE
)
MEAN: Final = re.compile(r"\bmean[- ]squared\b|\bMSE\b", re.IGNORECASE)
SQUARED: Final = re.compile(r"\bsquared?\b|\bMSE\b|\bSSE\b|\bquadratic\b", re.IGNORECASE)
HALF: Final = re.compile(r"\bhalf\b|½|1\s*/\s*2\b|0\.5\s*[*·×(]|\\frac\s*\{?1\}?\s*\{?2\}?", re.IGNORECASE)
LOGARITHM: Final = re.compile(r"(?<![A-Za-z])(?:ln|log)\s*[({0-9]|\\(?:ln|log)\b")
NOT_SMOOTH: Final = re.compile(
    r"\bstep function\b|\bthreshold function\b|\bheaviside\b|\bsign function\b|\bsgn\b", re.IGNORECASE
)
MOST: Final = 6


def said_activations(lines: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """The activations that prose names, in their order, and those that it gives to the hidden or output layers."""
    found: dict[str, None] = {}
    of: dict[str, str] = {}
    for sentence in re.split(r"(?<=[.;!?])\s|\n\s*\n", "\n".join(lines)):
        for part in re.split(r",|\band\b|\bwhile\b|\bwith\b|\n", sentence):
            words = [ACTIVATIONS[each.casefold()] for each in WORD.findall(part)]
            found |= dict.fromkeys(words)
            for where, form in (("hidden", HIDDEN), ("output", OUTPUT)):
                if len(words) == 1 and form.search(part) and not (where == "output" and HIDDEN.search(part)):
                    of.setdefault(where, words[0])
    return list(found), of


def called_activations(notes: Notes) -> list[str]:
    """The activations that formulas call."""
    calls = [each for claim in notes.claims for side in claim.chain.sides for each in every(side)]
    found = [CALLED[each.function] for each in calls if isinstance(each, Call) and each.function in CALLED]
    text = "\n".join(notes.lines)
    found += ["sigmoid"] * bool(BY_EXPONENTIAL.search(text)) + ["relu"] * bool(BY_MAXIMUM.search(text))
    return list(dict.fromkeys(found))


def activations(notes: Notes, layers: int) -> list[tuple[str, ...]]:
    """What each layer may do, the likeliest first; nothing where no gradient goes through."""
    lines = [line for number, line in enumerate(notes.lines, 1) if number not in notes.header.lines]
    if any(NOT_SMOOTH.search(each) for each in lines):
        return []
    if notes.header.activations:
        return [of_layers(notes.header.activations, layers)]
    said, of = said_activations(lines)
    every_one = list(dict.fromkeys([*said, *called_activations(notes)]))
    last = [of["output"]] if "output" in of else ["softmax"] if "softmax" in every_one else every_one or list(USUAL)
    others = [each for each in every_one if each != "softmax"]
    between = [of["hidden"]] if "hidden" in of else others or list(USUAL)
    if not every_one or (layers > 1 and not others and "hidden" not in of):
        same = [(each,) * layers for each in USUAL]
        return same if not every_one else [(*each[1:], "softmax") for each in same]
    if layers == 1:
        return [(each,) for each in last]
    pairs = [(one, other) for one in between for other in last]
    several = len(every_one) > 1 and not of
    pairs = sorted(pairs, key=lambda pair: (several and pair[0] == pair[1], every_one.index(pair[0]) if several else 0))
    linear = [(one, "linear") for one in between] if len(every_one) == 1 and every_one[0] in ("relu", "tanh") else []
    return [(one,) * (layers - 1) + (other,) for one, other in dict.fromkeys([*pairs, *linear])][:MOST]


def of_layers(words: Sequence[str], layers: int) -> tuple[str, ...]:
    """The activation of each layer, where one stands for all, or two for hidden layers and the last."""
    if len(words) == layers:
        return tuple(words)
    return (words[0],) * (layers - 1) + (words[-1],)


def loss_of(notes: Notes, last: str) -> str:
    """The loss that is said, or usual behind such an output; conventions change it where numbers say otherwise."""
    text = "\n".join(notes.lines)
    if notes.header.loss:
        return notes.header.loss
    if last == "softmax":
        return "sum squared-error" if SQUARED.search(text) and not CROSS_ENTROPY.search(text) else "sum cross-entropy"
    if last == "sigmoid" and (CROSS_ENTROPY.search(text) or (LOGARITHM.search(text) and not SQUARED.search(text))):
        return "sum binary-cross-entropy"
    half = "half-" * bool(HALF.search(text) or not SQUARED.search(text))
    return f"{'mean' if MEAN.search(text) else 'sum'} {half}squared-error"
