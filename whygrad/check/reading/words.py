"""Words in a line of notes: names, functions, quantities written out, and prose."""

from __future__ import annotations

import re
from typing import Final

from whygrad.check.reading.cursor import Cursor
from whygrad.check.reading.extent import HEAD, LETTER, WORD, name_end
from whygrad.check.reading.formula import Function
from whygrad.check.reading.letters import ABOVE, BELOW
from whygrad.check.reading.piece import ENDS
from whygrad.check.reading.spelling import folded
from whygrad.check.reading.vocabulary import (
    BRACKETED_ONLY,
    FUNCTIONS,
    OPERATOR_WORDS,
    PHRASES,
    QUALIFIES,
    QUANTITIES,
    SLOPES,
)

EULER: Final = re.compile(
    r"(?:e|\u212f|\\(?:mathrm|text|operatorname)\s*\{e\})(?=\s*(?:\^|\*\*)|[⁰¹²³⁴-⁹⁺⁻⁽ˣʸᶻ]|<sup>)"
)
LIBRARY: Final = re.compile(r"(?:np|numpy|math|torch|jnp|jax\.nn|jax\.numpy|F|tf|nn)\.(?:array|tensor)?(?=[A-Za-z(])")
PHRASE: Final = re.compile(rf"(?:{'|'.join(PHRASES)})(?![{LETTER}0-9_])", re.IGNORECASE)
QUALIFIED: Final = re.compile(
    rf"(?:{QUALIFIES})(?:\s+(?:of|for|at))?(?:\s+(?:the|unit|neuron|node|hidden|output))*"
    rf"(?:\s+|\s?\((?=\s?[{LETTER}]\w{{0,4}}\s?\)))(?={WORD})",
    re.IGNORECASE,
)
RENEWED: Final = re.compile(rf"(?:new|updated)\s+(?=[{LETTER}\\])", re.IGNORECASE)
HYPHENATED: Final = re.compile(rf"[{LETTER}]+(?:-[{LETTER}]{{2,}})+(?![{LETTER}0-9_])")
SCRIPTS: Final = "".join([*BELOW, *ABOVE]).replace("·", "")
PROSE: Final = re.compile(rf"(?![{SCRIPTS}])[^\W\d_](?:(?![{SCRIPTS}])\w|['’](?=[^\W\d_]))*")
LIMITS: Final = re.compile(
    r"\s*_\s*(?:\{\s*([a-z])\s*(?:=\s*(\d{1,3})\s*)?\}|([a-z])(?![\w]))(?:\s*\^\s*(?:\{\s*(\d{1,3}|[A-Za-z])\s*\}|(\d{1,3})))?"
)
BEFORE_BRACKET: Final = re.compile(r"(?:'|′|’|\^\\prime|\^\{\\prime\})?\s*(?:\\(?:left|[bB]igg?l?)\s*)?\\?[(\[{]")
BEFORE_ATOM: Final = re.compile(rf"(?:'|′|’)?\s*(?:\\(?:left|[bB]igg?l?)\s*)?(?:\^\{{?\d|[({{\[\\\d.|√½{LETTER}])")
SLOPE_MARK: Final = re.compile(r"\s*(?:'|′|’|\^\\prime|\^\{\\prime\})(?=\s*(?:\\left\s*)?[(\[{])")
CAMEL: Final = re.compile(r"[a-z]{1,4}[A-Z][A-Za-z]{0,6}")
CONSONANTS: Final = re.compile(r"[b-df-hj-np-tv-xzB-DF-HJ-NP-TV-XZ]{2,3}")
NO_NAMES: Final = frozenset(
    "vs mm cm kg ms px th st nd rd pp ie mlp nn cnn rnn sgd mse gpu cpu pdf std".split()  # noqa: SIM905 (a list of words)
)
IN_MATHS_PROSE: Final = frozenset(
    "if and for where with so then the of or is are in on to from thus hence since".split()  # noqa: SIM905
)
ARTICLE: Final = re.compile(r".\s+[A-Za-zα-ω]{2}")
TIMES_X: Final = re.compile(rf"[xX](?=\s+[-−]?[\d.({{\[\\√½{LETTER}])")
UNIT_LIKE: Final = re.compile(r"[hHoOyYnNuUkK](?:_?\{?\d{1,3}\}?|[₀-₉]+|_[a-z])?|\d{1,2}")
DESCRIBED: Final = re.compile(r"[wWbθ]\w{0,5}")


class Words(Cursor):
    """Reads what begins with a letter."""

    def letters(self) -> bool:
        """A word, a name or a function."""
        return (
            self.euler()
            or self.times()
            or self.library()
            or self.known_phrase()
            or self.derivative()
            or self.special()
            or self.qualified()
            or self.function()
            or self.word()
        )

    def euler(self) -> bool:
        """The e of e^x."""
        found = EULER.match(self.text, self.place)
        return bool(found) and self.add("EULER", found.end()) if found else False

    def times(self) -> bool:
        """An x between numbers or brackets that multiplies."""
        if self.text[self.place] not in "xX" or self.last() not in ENDS:
            return False
        before, after = self.text[self.place - 1 : self.place], self.text[self.place + 1 : self.place + 2]
        if before.isdigit() and self.last() == "NUMBER" and after.isdigit():
            return self.add("CROSS", self.place + 1)
        spaced = before in (" ", ")", "]", "$") and TIMES_X.match(self.text, self.place)
        return bool(spaced or (before == ")" and after == "(")) and self.add("TIMES", self.place + 1)

    def library(self) -> bool:
        """Np. and the like before a function, passed over."""
        found = LIBRARY.match(self.text, self.place)
        if found:
            self.place = found.end()
        return bool(found)

    def known_phrase(self) -> bool:
        """A name of several words, of the person's own or a usual one."""
        for phrase in self.manner.phrases:
            end = self.place + len(phrase)
            if self.text[self.place : end].casefold() == phrase.casefold() and not self.text[end : end + 1].isalnum():
                return self.add("NAME", end)
        return False

    def special(self) -> bool:
        """Signs that count as letters, and numbers with a name."""
        if self.text[self.place] == "√":
            return self.add("FUNCTION", self.place + 1, function=Function.SQRT)
        if self.text[self.place] in "Σ∑":
            return self.total(self.place + 1)
        return numeral_name(self.text, self.place) and self.number()

    def total(self, end: int) -> bool:
        """A sign of summation with its range."""
        found = LIMITS.match(self.text, end)
        if not found:
            return self.add("SUM", end)
        first, last = found[2], found[4] or found[5]
        limits = (found[1] or found[3], int(first) if first else None, int(last) if last and last.isdecimal() else None)
        return self.add("SUM", found.end(), limits=limits)

    def qualified(self) -> bool:
        """A word that says which quantity of a unit is meant, with the unit: "target y1", "new w5", "net of H1"."""
        if found := RENEWED.match(self.text, self.place):
            end = name_end(self.text, found.end())
            return end > found.end() and is_marked(self.text[found.end() : end]) and self.add("NAME", end)
        if found := QUALIFIED.match(self.text, self.place):
            end = name_end(self.text, found.end())
            if qualifies(found[0].split()[0], self.text[found.end() : end]):
                closed = re.compile(r"\s?\)").match(self.text, end) if "(" in found[0] else None
                return self.add("NAME", closed.end() if closed else end)
        found = PHRASE.match(self.text, self.place)
        return bool(found) and self.add("QUANTITY", found.end()) if found else False

    def function(self) -> bool:
        """A function that something follows."""
        found = HEAD.match(self.text, self.place)
        return self.applied(found[0], found.end()) if found else False

    def applied(self, word: str, end: int) -> bool:
        """A function by its name, if it is one and something follows."""
        function, slope = FUNCTIONS.get(word), False
        if function is None and (function := SLOPES.get(word)):
            slope = True
        if function is None or (word in self.manner.names and function is Function.ACTIVATION):
            return False
        if not (BEFORE_BRACKET if word in BRACKETED_ONLY else BEFORE_ATOM).match(self.text, end):
            return False
        if mark := SLOPE_MARK.match(self.text, end):
            end, slope = mark.end(), True
        return self.add("SLOPE" if slope else "FUNCTION", end, function=function)

    def word(self) -> bool:
        """A name, or a word that is none."""
        hyphened = HYPHENATED.match(self.text, self.place)
        if hyphened and not all(is_quantity(part) or len(part) == 1 for part in hyphened[0].split("-")):
            return self.add("QUANTITY" if is_quantity(hyphened[0]) else "WORD", hyphened.end())
        end = name_end(self.text, self.place)
        if end == self.place:
            found = PROSE.match(self.text, self.place)
            return self.add("WORD", found.end() if found else self.place + 1)
        word = self.text[self.place : end]
        if word.isalpha() and (found := PROSE.match(self.text, self.place)) and found.end() > end:
            return self.add("WORD", found.end())  # "isn't", and words in other alphabets
        return self.add(self.kind_of(word, is_maths=self.maths), end)

    def kind_of(self, word: str, *, is_maths: bool) -> str:
        """What a word is, scripts included."""
        if folded(word) in self.manner.words or not word.isalpha():
            return "NAME"
        if len(word) == 1:
            return "WORD" if word in "aAI" and ARTICLE.match(self.text, self.place) else "NAME"
        if word.casefold() in OPERATOR_WORDS or (not is_maths and word.casefold() in NO_NAMES):
            return "WORD"
        if is_quantity(word):
            return "QUANTITY"
        if is_maths:
            return "WORD" if word.casefold() in IN_MATHS_PROSE else "NAME"
        return "NAME" if CAMEL.fullmatch(word) or CONSONANTS.fullmatch(word) else "WORD"


def numeral_name(text: str, place: int) -> bool:
    """Whether π, ∞ or the like stands here by itself."""
    return text[place] in "π∞" or bool(re.compile(r"(?:inf|nan|NaN|infinity)(?!\w)").match(text, place))


def is_quantity(word: str) -> bool:
    """Whether a written-out word is a quantity of a network."""
    return word.casefold() in QUANTITIES


def is_marked(name: str) -> bool:
    """Whether a name is one by its looks: one letter, or with digits or scripts."""
    return len(name) == 1 or not name.isalpha()


def qualifies(word: str, name: str) -> bool:
    """Whether a word and a name behind it are one name, as "target y1" and "gradient w5" are."""
    if word.casefold() in ("gradient", "derivative"):
        return bool(DESCRIBED.fullmatch(name))
    return bool(UNIT_LIKE.fullmatch(name))
