"""The way back from TeX and from MathML: both become the text that Python reads, and lost brackets stay lost.

A power's base gets no brackets here that the formula does not have; a fraction's bar holds its parts together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from tests.notation.reading import parse
from whygrad.graph import topological
from whygrad.primitive import expm1, log1p

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    from whygrad.graph import Expr

NAMES = """cos cos sin sin tanh tanh softplus softplus ln log max maximum min minimum σ sigmoid ReLU relu
LeakyReLU leaky_relu ELU elu GELU gelu SiLU silu SE squared_error AE absolute_error Huber huber
BCE binary_cross_entropy BCE_σ binary_cross_entropy_with_logits ½SE half_squared_error"""
FUNCTIONS: dict[str, str] = dict(zip(*[iter(NAMES.split())] * 2, strict=True))
TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[0-9]+(?:\.[0-9]+)?|.")


def drawn_as_itself(expr: Expr) -> bool:
    """Whether no operation in it is drawn as two others, which give the same number up to rounding only."""
    return not {getattr(node, "primitive", None) for node in topological([expr])} & {log1p, expm1}


def from_tex(formula: str, leaves: Mapping[str, Expr]) -> Expr:
    """The expression that a formula in TeX means."""
    return parse(joined_powers(Reader(formula).until("")), leaves)


def from_mathml(formula: str, leaves: Mapping[str, Expr]) -> Expr:
    """The expression that a formula in MathML means."""
    return parse(joined_powers(read(ElementTree.fromstring(f"<mrow>{formula}</mrow>"))), leaves)  # noqa: S314


def joined_powers(words: str) -> str:
    """2.5×1e-7 is one number."""
    return re.sub(" *× *1e", "e", words).strip()


def name_of(base: str, below: list[str]) -> str:
    """A name from its parts; a single letter and its number are one word."""
    if base in FUNCTIONS:
        return FUNCTIONS["_".join([base, *below]).replace("_sigmoid", "_σ")]
    return "".join([base, *below]) if below and len(base) == 1 and below[0].isdecimal() else "_".join([base, *below])


class Reader:
    """Reads TeX from left to right."""

    def __init__(self, formula: str) -> None:
        self.pieces = TOKEN.findall(formula)
        self.place = 0

    def take(self) -> str:
        self.place += 1
        return str(self.pieces[self.place - 1]) if self.place <= len(self.pieces) else ""

    def peek(self, ahead: int = 0) -> str:
        return "".join(self.pieces[self.place + ahead : self.place + ahead + 1])

    def until(self, stop: str) -> str:
        words = ""
        while (piece := self.take()) != stop:
            assert piece, f"{stop} is missing"
            words += self.read(piece)
        return words

    def group(self) -> str:
        assert self.take() == "{"
        return self.until("}")

    def raised(self, base: str) -> str:
        if self.peek() != "^":
            return base
        self.take()
        above = self.group()
        if base == "10":
            return f"1e{above}"
        return f"exp({above})" if base == "e" else f"{base} ** ({above})"

    def below(self) -> list[str]:
        if self.peek() != "_":
            return []
        self.take()
        return self.group().split(",")

    def read(self, piece: str) -> str:
        words = {r"\cdot": "*", "=": "==", r"\infty": "inf", r"\times": "×", r"\ ": " ", " ": " "}
        if piece in words:
            return "" if piece == " " and self.peek() == r"\times" else words[piece]
        if piece == r"\left":
            return {"(": "(", r"\lvert": "absolute(", r"\lfloor": "floor("}[self.take()]
        if piece == r"\right":
            assert self.take() in (")", r"\rvert", r"\rfloor")
            return ")"
        if piece == "{":
            return self.raised(self.until("}"))
        if piece.startswith("\\"):
            return self.command(piece[1:])
        if piece.isalpha():
            return piece if self.peek() == "^" and piece == "E" else self.raised(name_of(piece, self.below()))
        return self.raised(piece)

    def command(self, name: str) -> str:
        if name == "frac":
            above, below = self.group(), self.group()
            return (
                f"{above}__{below}" if above.startswith("d") and below.startswith("d") else f"(({above}) / ({below}))"
            )
        if name == "partial":
            assert self.take() == " "
            return "d"
        if name == "tfrac":
            assert (self.group(), self.group(), self.take()) == ("1", "2", r"\operatorname")
            return FUNCTIONS["½" + self.group()]
        if name in ("operatorname", "mathrm", "text"):
            word = "".join(iter(self.take, "}"))[1:].replace("\\", "")
            return "nan" if word == "NaN" else name_of(word, self.below())
        if name == "sqrt":
            return f"sqrt({self.group()})"
        return self.cases() if name == "begin" else FUNCTIONS[{"sigma": "σ"}.get(name, name)]

    def cases(self) -> str:
        assert self.group() == "cases"
        then, _, condition = self.until(r"\\").partition("&")
        otherwise, _, rest = self.until(r"\end").partition("&")
        assert (rest.strip(), self.group()) == ("otherwise", "cases")
        return f"where({condition.strip().removeprefix('if ')}, {then}, {otherwise})"


def read(element: Element) -> str:
    """The text of one element."""
    children = list(element)
    match element.tag:
        case "mo":
            return operator(element)
        case "mn" | "mi" | "mtext":
            word = (element.text or "").replace("\N{NO-BREAK SPACE}", " ")
            return {"NaN": "nan", "∞": "inf"}.get(word) or FUNCTIONS.get(word, word)
        case "mfrac":
            above, below = (read(child) for child in children)
            return (
                f"{above}__{below}" if above.startswith("d") and below.startswith("d") else f"(({above}) / ({below}))"
            )
        case "msup":
            base, above = (read(child) for child in children)
            return f"1e{above}" if base == "10" else f"exp({above})" if base == "e" else f"{base} ** ({above})"
        case "msub":
            base, below = ("".join(child.itertext()) for child in children)
            return name_of(base, below.split(","))
        case "msqrt":
            return f"sqrt({''.join(map(read, children))})"
        case "mtable":
            (then, condition), (otherwise, rest) = ([read(cell) for cell in line] for line in children)
            assert rest == "otherwise"
            return f"where({condition.removeprefix('if ')}, {then}, {otherwise})"
        case "mtd" | "mrow":
            words = "".join(map(read, children))
            return FUNCTIONS["½SE"] if words == "((1) / (2))squared_error" else words
    raise ValueError(element.tag)


def operator(element: Element) -> str:
    """The text of an operator; bars and braces say by their form whether they open."""
    if element.text == "|":
        return {"prefix": "absolute(", "postfix": ")"}[element.attrib["form"]]
    words = {
        "⋅": " * ",
        "−": "-",
        "=": " == ",
        "⌊": "floor(",
        "⌋": ")",
        "{": "",
        "\N{FUNCTION APPLICATION}": "",
        "∂": "d",
    }
    return words.get(element.text or "", element.text or "")
