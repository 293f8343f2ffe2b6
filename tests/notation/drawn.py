"""The way back from TeX and from MathML: both become the text that Python reads, and lost brackets stay lost.

A power's base gets no brackets here that the formula does not have; a fraction's bar holds its parts together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from tests.notation.reading import parse
from whygrad.graph import topological
from whygrad.notation.name import derivative_parts, name_parts
from whygrad.primitive import expm1, log1p

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    from whygrad.graph import Expr

NAMES = """cos cos sin sin tanh tanh softplus softplus ln log max maximum min minimum σ sigmoid ReLU relu
LeakyReLU leaky_relu ELU elu GELU gelu SiLU silu SE squared_error AE absolute_error Huber huber
BCE binary_cross_entropy BCE_σ binary_cross_entropy_with_logits ½SE half_squared_error"""
FUNCTIONS: dict[str, str] = dict(zip(*[iter(NAMES.split())] * 2, strict=True))
CHANGE = "∂"
TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[0-9]+(?:\.[0-9]+)?|.")


def drawn_as_itself(expr: Expr) -> bool:
    """Whether no operation in it is drawn as two others, which give the same number up to rounding only."""
    return not {getattr(node, "primitive", None) for node in topological([expr])} & {log1p, expm1}


def from_tex(formula: str, leaves: Mapping[str, Expr]) -> Expr:
    """The expression that a formula in TeX means."""
    return parse(python_of_tex(formula), leaves)


def from_mathml(formula: str, leaves: Mapping[str, Expr]) -> Expr:
    """The expression that a formula in MathML means."""
    return parse(python_of_mathml(ElementTree.fromstring(f"<mrow>{formula}</mrow>")), leaves)  # noqa: S314


def python_of_tex(formula: str) -> str:
    """A formula in TeX as Python would have it."""
    return joined_powers(Reader(formula).until(""))


def python_of_mathml(element: Element) -> str:
    """A formula in MathML as Python would have it."""
    return joined_powers(read(element))


def identifier(name: str) -> str:
    """A name as it comes back from a drawing: as one word that Python can read."""
    if of_and_by := derivative_parts(name):
        return "__".join(f"d{identifier(each)}" for each in of_and_by)
    parts = name_parts(name)
    below = [word for words in parts.below for word in words.split(",")]
    return name_of(parts.base, below, hat=parts.hat, primes=parts.primes)


def one_word(text: str) -> str:
    """A text in which every character that no word has is written as its number."""
    return re.sub(r"\W", lambda found: f"_{ord(found[0]):x}_", text)


def joined_powers(words: str) -> str:
    """2.5×1e-7 is one number."""
    return re.sub(" *× *1e", "e", words).strip()


def name_of(base: str, below: list[str], *, hat: bool = False, primes: int = 0) -> str:
    """A name from its parts; a single letter and its number are one word."""
    if base in FUNCTIONS:
        return FUNCTIONS["_".join([base, *below]).replace("_sigmoid", "_σ")]
    stem = f"{base}{'_hat' * hat}{'′' * primes}"
    numbered = len(stem) == 1 and below and below[0].isdecimal()
    return one_word("_".join([stem + below[0], *below[1:]] if numbered else [stem, *below]))


def fraction(above: str, below: str) -> str:
    """What stands above a bar over what stands below it; two small changes are a derivative, which is a name."""
    if above.startswith(CHANGE) and below.startswith(CHANGE):
        return "__".join(each.replace(CHANGE, "d", 1) for each in (above, below))
    return f"(({above}) / ({below}))"


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
        words = {r"\cdot": "*", "=": "==", r"\infty": "inf", r"\times": "×", r"\ ": " ", " ": " ", r"\\": " "}
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
            return piece if self.peek() == "^" and piece == "E" else self.raised(self.named(piece))
        return self.raised(piece)

    def named(self, base: str, *, hat: bool = False) -> str:
        primes = 0
        while self.peek() == "'":
            self.take()
            primes += 1
        return name_of(base, self.below(), hat=hat, primes=primes)

    def command(self, name: str) -> str:
        if name == "frac":
            return fraction(self.group(), self.group())
        if name == "partial":
            assert self.take() == " "
            return CHANGE
        if name == "hat":
            return self.named(self.group(), hat=True)
        if name == "tfrac":
            assert (self.group(), self.group(), self.take()) == ("1", "2", r"\operatorname")
            return FUNCTIONS["½" + self.group()]
        if name in ("operatorname", "mathrm", "text"):
            word = "".join(iter(self.take, "}"))[1:].replace("\\", "")
            return {"NaN": "nan", "if ": word, "otherwise": word}.get(word) or self.named(word)
        if name == "sqrt":
            return f"sqrt({self.group()})"
        return self.environment() if name == "begin" else FUNCTIONS[{"sigma": "σ"}.get(name, name)]

    def environment(self) -> str:
        if (kind := self.group()) == "aligned":  # one formula in several lines
            words = self.until(r"\end").replace("&", " ")
            assert self.group() == "aligned"
            return words
        assert kind == "cases"
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
            known = {"NaN": "nan", "∞": "inf"}.get(word) or FUNCTIONS.get(word)
            return known or (one_word(word) if element.tag == "mi" else word)
        case "mfrac":
            return fraction(*map(read, children))
        case "msup" | "msub" | "msubsup" | "mover":
            return scripted(element)
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


def scripted(element: Element) -> str:
    """A power, or a name with what stands around it: a hat, primes, indices."""
    base, *around = element
    words = "".join((base[0] if base.tag == "mover" else base).itertext())
    primes = sum((each.text or "").count("′") for each in around)
    if element.tag == "msup" and not primes:
        power, exponent = read(base), read(around[0])
        return {"10": f"1e{exponent}", "e": f"exp({exponent})"}.get(power, f"{power} ** ({exponent})")
    below = "".join(around[0].itertext()).split(",") if element.tag in ("msub", "msubsup") else []
    return name_of(words, below, hat="mover" in (base.tag, element.tag), primes=primes)


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
        "∂": CHANGE,
    }
    return words.get(element.text or "", element.text or "")
