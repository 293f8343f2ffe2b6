"""The words and signs of notes: functions, quantities that people write out, relations, and words for signs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from whygrad.check.reading.formula import Function, Relation
from whygrad.check.reading.spelling import folded

F = Function
FUNCTIONS: Final[dict[str, Function]] = {
    **dict.fromkeys(("sigmoid", "sigm", "sig", "logistic", "σ", "expit"), F.SIGMOID),
    **dict.fromkeys(("tanh", "Tanh"), F.TANH),
    **dict.fromkeys(("relu", "ReLU", "Relu", "RELU"), F.RELU),
    **dict.fromkeys(("leaky_relu", "LeakyReLU", "leakyrelu"), F.LEAKY_RELU),
    **dict.fromkeys(("softplus", "Softplus"), F.SOFTPLUS),
    **dict.fromkeys(("gelu", "GELU"), F.GELU),
    **dict.fromkeys(("silu", "SiLU", "swish"), F.SILU),
    **dict.fromkeys(("softmax", "Softmax"), F.SOFTMAX),
    **dict.fromkeys(("exp", "Exp"), F.EXP),
    **dict.fromkeys(("ln", "log", "Ln", "Log"), F.LOG),
    **dict.fromkeys(("log10", "lg", "log_10"), F.LOG10),
    **dict.fromkeys(("log2", "log_2"), F.LOG2),
    **dict.fromkeys(("sqrt", "√"), F.SQRT),
    **dict.fromkeys(("abs", "absolute"), F.ABSOLUTE),
    **dict.fromkeys(("max", "maximum", "Max"), F.MAXIMUM),
    **dict.fromkeys(("min", "minimum", "Min"), F.MINIMUM),
    "sin": F.SIN,
    "cos": F.COS,
    "floor": F.FLOOR,
    **dict.fromkeys(("f", "g", "F", "φ", "ϕ", "act", "activation"), F.ACTIVATION),
}
# These are functions only where brackets follow at once; else they are quantities.
BRACKETED_ONLY: Final = frozenset({"σ", "f", "g", "F", "φ", "ϕ", "act", "activation", "sig"})
SLOPES: Final[dict[str, Function]] = {
    **dict.fromkeys(("sigmoid_prime", "sigmoid_derivative", "dsigmoid", "sigmoid_deriv"), F.SIGMOID),
    **dict.fromkeys(("tanh_prime", "tanh_derivative", "dtanh"), F.TANH),
    **dict.fromkeys(("relu_prime", "relu_derivative", "drelu"), F.RELU),
}
# Written out, these are quantities wherever they stand; other words only directly before a relation.
QUANTITIES: Final = frozenset(
    [
        "net",
        "out",
        "output",
        "target",
        "error",
        "loss",
        "cost",
        "activation",
        "act",
        "pred",
        "prediction",
        "bias",
        "eta",
        "alpha",
        "delta",
        "lr",
        "gradient",
        "grad",
        "etotal",
        "err",
        "preactivation",
        "pre-activation",
        "net-input",
        "learning-rate",
        "yhat",
        "logit",
    ]
)
PHRASES: Final = (
    r"learning[ -]rate",
    r"(?:total|overall|output) (?:error|loss|cost)",
    r"(?:weighted sum|(?:total )?net input)",
    r"(?:half )?(?:(?:mean|the|sum of) )?squared errors?",
    r"target (?:output|value)",
    r"predicted (?:output|value)",
)
QUALIFIES: Final = (
    r"net input|weighted sum|net|sum|output|out|activation|target|error|loss|delta|gradient|derivative|prediction"
)
SAYS_RATE: Final = frozenset({"learningrate", "learning-rate", "lr", "eta", "η", "momentum"})
SAYS_GIVEN: Final = SAYS_RATE | {"target", "bias"}
BETWEEN: Final = frozenset({"of", "is", "was", "be", "to", "at", "set", "a", "the"})
OPERATOR_WORDS: Final = {"times": "TIMES", "plus": "PLUS", "minus": "MINUS", "over": "DIVIDE", "equals": "RELATION"}
ABOUT: Final = frozenset({"approximately", "approx", "about", "roughly", "circa", "ca", "nearly", "almost"})
CHANGES_MEANING: Final = frozenset({"half", "twice", "double", "squared", "negative", "minus", "root", "over"})
DESCRIBES: Final = frozenset(
    [
        "value",
        "weight",
        "bias",
        "input",
        "error",
        "loss",
        "gradient",
        "change",
        "derivative",
        "rate",
        "name",
        "result",
        "figure",
        "unit",
        "neuron",
    ]
)

RELATIONS: Final[dict[str, Relation]] = {
    **dict.fromkeys(("=", "==", "≡"), Relation.EQUAL),
    **dict.fromkeys(("≈", "~", "~=", "~~", "≃", "≅", "\N{TILDE OPERATOR}", "≐", "=~"), Relation.ABOUT),
    **dict.fromkeys((r"\approx", r"\simeq", r"\sim", r"\cong", r"\doteq"), Relation.ABOUT),
    **dict.fromkeys(("→", "->", "-->", "⟶", "➜", "➔", r"\to", r"\rightarrow", r"\longrightarrow"), Relation.BECOMES),
    **dict.fromkeys((":=", "←", "<-", r"\leftarrow", r"\gets", "≔", r"\coloneqq", r"\equiv"), Relation.ASSIGN),
}


@dataclass(frozen=True)
class Manner:
    """How a person writes: names that are theirs, words for "about", and whether 0,5 is a half."""

    names: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    decimal_comma: bool = False

    @cached_property
    def words(self) -> frozenset[str]:
        """The names without capitals, to recognise words by."""
        return frozenset(folded(name) for name in self.names)

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """Names of several words, the longest first."""
        return tuple(sorted((name for name in self.names if " " in name.strip()), key=len, reverse=True))


PLAIN: Final = Manner()
