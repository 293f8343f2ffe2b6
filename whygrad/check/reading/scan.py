"""A line of notes cut into pieces: numbers, names, signs and words, each with its place."""

from __future__ import annotations

import re
from typing import Final

from whygrad.check.reading import signs
from whygrad.check.reading.extent import HEAD, WORD, name_end
from whygrad.check.reading.formula import Function, Number, Span
from whygrad.check.reading.letters import raised_digits
from whygrad.check.reading.numerals import numeral
from whygrad.check.reading.piece import ENDS, Piece
from whygrad.check.reading.spelling import folded
from whygrad.check.reading.vocabulary import PLAIN, RELATIONS, Manner
from whygrad.check.reading.words import EULER, PHRASE, Words, is_quantity

TEXT: Final = re.compile(
    r"\\(?:text|mathrm|textbf|textit|mbox|textrm|operatorname\*?|mathbf|emph|textsf|mathit|bf)\s*\{([^{}]*)\}"
)
MATRICES: Final = re.compile(r".*matrix|array|cases")


WHY: Final = {"@": signs.MATRIX}


class Scanner(Words):
    """Goes along one line to its end."""

    def scan(self) -> list[Piece]:
        """Every piece of the line."""
        while self.place < len(self.text):
            if self.place in self.marks or self.place in self.dropped:
                self.place += 1
            elif not self.silent():
                self.one_piece()
        return self.pieces

    def silent(self) -> bool:
        """Passes over what leaves no ink in a formula."""
        if found := signs.SILENT.match(self.text, self.place):
            self.gap += 4 if "\t" in found[0] else len(found[0])
        elif found := signs.WIDE.match(self.text, self.place):
            self.gap += 4
        elif found := signs.MATHS.match(self.text, self.place):
            self.flip(found[0])
        elif found := signs.ADDRESS.match(self.text, self.place):
            self.gap += 1
        else:
            return False
        self.place = found.end()
        return True

    def flip(self, sign: str) -> None:
        """Into mathematics or out of it; two formulas side by side are two."""
        opens = not self.maths if sign.startswith("$") else sign in (r"\(", r"\[")
        if sign in ("$$", r"\[", r"\]"):
            self.display = opens
            self.add("STOP", self.place, text="\n")
        if opens and self.pieces and self.text[: self.place].rstrip().endswith(("$", r"\)", r"\]")):
            self.add("STOP", self.place, text="$")
        self.maths = opens
        self.gap += 1

    def one_piece(self) -> None:
        """Reads on by one piece."""
        first = self.text[self.place]
        if first == "\\":
            found = self.number() or self.derivative() or self.command()
        elif first.isnumeric() or first == ".":
            found = self.number() or self.raised() or self.sign()
        elif first.isalpha() or first in "∂∇√∑∞":
            found = self.raised() or self.letters()
        else:
            found = self.raised() or self.sign()
        if not found:
            self.add("ODD", self.place + 1, why=signs.UNKNOWN)

    def raised(self) -> bool:
        """An exponent in small characters, or between tags."""
        if tag := signs.RAISED_TAG.match(self.text, self.place):
            self.add("CLOSE", tag.end(), text="}") if tag[1] else self.exponent_opens(tag.end())
            return True
        found = signs.SUPERSCRIPTED.match(self.text, self.place)
        if not found or found[0] == "·":
            return False
        digits = re.fullmatch(r"([-+]?)\(?(\d+(?:\.\d+)?|[a-zT])\)?", raised_digits(found[0]))
        if not digits:
            return self.add("ODD", found.end(), why=signs.UNKNOWN)
        self.small_exponent(digits[1], digits[2], found.end())
        return True

    def exponent_opens(self, end: int) -> None:
        """A power whose exponent stands between tags."""
        self.add("POWER", self.place)
        self.add("OPEN", end, text="{")

    def small_exponent(self, sign: str, digits: str, end: int) -> None:
        """The pieces of an exponent in small characters, all in its place."""
        self.add("POWER", self.place)
        self.add("OPEN", self.place, text="{")
        if sign == "-":
            self.add("MINUS", self.place)
        if digits.isalpha():
            self.add("NAME", end, text=digits)
        else:
            found = numeral(digits, 0, decimal_comma=False, grouped=False, scientific=False)
            value, half = (found.value, found.half_unit) if found else (0.0, 0.0)
            number = Number(digits, value, half, Span(self.line, self.place, end))
            self.add("NUMBER", end, number=number, text=digits)
        self.add("CLOSE", end, text="}")

    def sign(self) -> bool:
        """A sign in plain characters."""
        if found := signs.RULE.match(self.text, self.place):
            blank = found[0][0] == "_"
            return self.add("ODD", found.end(), why=signs.BLANK) if blank else self.add("STOP", found.end())
        found = signs.SIGN.match(self.text, self.place)
        return self.known_sign(found[0], found.end()) if found else False

    def known_sign(self, sign: str, end: int) -> bool:
        """A sign, by what it is."""
        kind = signs.SIGNS[sign]
        around = self.text[self.place - 1 : self.place], self.text[end : end + 1]
        if sign == "<-" and " " not in around:
            return self.add("STOP", end)  # x<-0.5 compares
        if sign == "." and self.last() == "NUMBER" and around == (" ", " ") and re.match(r" [\d.]", self.text[end:]):
            return self.add("TIMES", end)
        if sign == "." and self.last() in ("NAME", "CLOSE") and around[0].isalnum() and around[1].isalpha():
            return self.add("ODD", end, why=signs.UNKNOWN)  # W.x, x.T
        if kind == "FLOOR":
            self.add("FUNCTION", self.place, function=Function.FLOOR)
            return self.add("OPEN", end, text="(")
        if kind == "BAR":
            kind = "BAR_CLOSE" if self.last() in ENDS else "BAR_OPEN"
        return self.add(kind, end, relation=RELATIONS.get(sign), why=WHY.get(sign, signs.DOTS) if kind == "ODD" else "")

    def command(self) -> bool:
        """What begins with a backslash."""
        if found := signs.ROW.match(self.text, self.place):
            return self.add("STOP", found.end(), text="\n")
        if found := signs.ENVIRONMENT.match(self.text, self.place):
            odd = MATRICES.fullmatch(found[2].strip("*"))
            if not odd:  # those stand within a formula, which goes on behind them
                self.display = self.maths = found[1] == "begin"
            return self.add("ODD", found.end(), why=signs.MATRIX) if odd else self.add("STOP", found.end(), text="\n")
        if found := signs.DIGIT_FRACTION.match(self.text, self.place):
            return self.small_fraction(found[1], found[2], found.end())
        if found := EULER.match(self.text, self.place):
            return self.add("EULER", found.end())
        if (found := TEXT.match(self.text, self.place)) and self.worded(found[1].strip(), found.end()):
            return True
        return self.greek() or self.named_command()

    def small_fraction(self, above: str, below: str, end: int) -> bool:
        r"""The fraction \frac12."""
        self.add("FRAC", self.place)
        for digit, stop in ((above, self.place), (below, end)):
            self.add("OPEN", self.place, text="{")
            self.add(
                "NUMBER", stop, number=Number(digit, float(digit), 0.5, Span(self.line, self.place, stop)), text=digit
            )
            self.add("CLOSE", self.place, text="}")
        return True

    def worded(self, words: str, end: int) -> bool:
        """Words set upright in TeX: a name with its scripts, a function, or prose."""
        full = name_end(self.text, self.place)
        if full > end:
            return self.add("NAME", full)
        if self.applied(words, end):
            return True
        if PHRASE.fullmatch(words) or is_quantity(words):
            return self.add("QUANTITY", end)
        if not re.fullmatch(WORD, words):
            return self.add("NAME" if folded(words) in self.manner.words else "WORD", end)
        is_text = self.text.startswith((r"\text", r"\emph", r"\mbox"), self.place)
        return self.add(self.kind_of(words, is_maths=self.maths and not is_text), end)

    def greek(self) -> bool:
        """A Greek letter, or one with an accent: a name, if it is no function."""
        found = HEAD.match(self.text, self.place)
        if not found:
            return False
        if found[0] in (r"\Sigma", r"\partial", r"\nabla"):
            return self.total(found.end()) if found[0] == r"\Sigma" else self.add("ODD", found.end(), why=signs.UNKNOWN)
        letter = {r"\sigma": "σ", r"\phi": "φ", r"\varphi": "φ"}.get(found[0], "")
        return self.applied(letter, found.end()) or self.add("NAME", name_end(self.text, self.place))

    def named_command(self) -> bool:
        """A command of TeX by its name."""
        found = signs.COMMAND.match(self.text, self.place)
        if not found:
            return False
        word, end = found[0], found.end()
        if word in (r"\frac", r"\dfrac", r"\tfrac", r"\cfrac"):
            return self.add("FRAC", end)
        if word == r"\sum":
            return self.total(end)
        if framed := signs.FRAMED.match(self.text, self.place):
            return self.unframe(framed.end())
        if word in signs.SIGNS:
            return self.known_sign(word, end)
        if self.applied(word[1:], end):
            return True
        return self.add("ODD", end, why=signs.UNKNOWN)

    def unframe(self, opening: int) -> bool:
        """A box or a line around a formula, passed over with its braces and with the words below it."""
        closing = closing_brace(self.text, opening)
        if closing < 0:
            return False
        self.dropped |= {opening, closing}
        if found := re.compile(r"\s*[_^]\s*\{[^{}]*\}").match(self.text, closing + 1):
            self.dropped |= set(range(closing + 1, found.end()))
        self.place = opening
        return True


def closing_brace(text: str, opening: int) -> int:
    """Where the brace closes that opens there, -1 where it does not."""
    depth = 0
    for place in range(opening, len(text)):
        depth += (text[place] == "{") - (text[place] == "}")
        if not depth:
            return place
    return -1


def scanned(text: str, line: int = 1, manner: Manner = PLAIN, *, maths: bool = False) -> list[Piece]:
    """The pieces of one line."""
    return Scanner(text, line, manner, maths=maths).scan()
