r"""Where a name ends: w_{11}^{(1)}, h₁, \\hat{y}, out_{h1}, w5' and dE/dw5 are one name each."""

from __future__ import annotations

import re
from typing import Final

from whygrad.check.reading.letters import ABOVE, BELOW, GREEK_NAMES
from whygrad.check.reading.spelling import GROUP, NEW

LETTER: Final = r"A-Za-zÀ-ÖØ-öø-ɏ\u0300-\u03ff\u1e00-\u1eff\u2113"
WORD: Final = rf"[{LETTER}][{LETTER}0-9]*(?:(?:_+|\\_)[{LETTER}0-9]+)*"
WRAPPERS: Final = r"mathrm|mathbf|mathit|mathcal|textit|textbf|textrm|text|operatorname|boldsymbol|bm|mbox"
ACCENTS: Final = r"(?:wide)?(?:hat|bar|tilde|vec|overline)"
GREEK: Final = rf"\\(?:var)?(?:{'|'.join(GREEK_NAMES)})(?![A-Za-z])"
HEAD: Final = re.compile(
    rf"{WORD}|{GREEK}|\\(?:{WRAPPERS})\s*\{{\s*{WORD}\s*\}}"
    rf"|\\{ACCENTS}\s*(?:\{{\s*(?:{WORD}|{GREEK})(?:_{GROUP}|_\w+)?\s*\}}|(?<![{LETTER}])\s?[{LETTER}](?![{LETTER}]))"
)
SUPERSCRIPT: Final = "".join(ABOVE).replace("·", "")
BELOW_IT: Final = re.compile(
    rf"_\s*{GROUP}|_\s*\\(?:{WRAPPERS})\s*{GROUP}|_\s*\\[A-Za-z]+|_[{LETTER}0-9]+"
    rf"|[{''.join(BELOW)}]+[{LETTER}0-9]*|<sub>[^<>]{{0,40}}</sub>",
    re.IGNORECASE,
)
LAYER: Final = re.compile(
    r"\^\s*\{\s*(?:\([^{}()]{1,8}\)|\[[^{}\[\]]{1,8}\])\s*\}|\^\[[^\[\]]{1,8}\]|⁽[⁰¹²³⁴-⁹ⁱⁿ⁺ᵗ]+⁾|<sup>[(\[][^<>]{1,8}[)\]]</sup>"
)
ROUND_LAYER: Final = re.compile(r"\^\((?:\d|l|t|t\+1|new|old)\)")
LAYERED: Final = re.compile(r"(?:[azbhwWδθ]|net|out|sum|act|activation|delta)(?![A-Za-z])|(?:in|[svoy])\d")
RAISED_WORD: Final = re.compile(
    rf"\^\s*(?:({GROUP})|\\(?:{WRAPPERS})\s*({GROUP})|(new|neu|old|T(?![{LETTER}])|\\top(?![a-z])))"
)
PLUS_ABOVE: Final = re.compile(
    r"\^[+*](?=[\s&$]*(?:=|:=|≈|\\approx|←|$))|⁺(?![⁰¹²³⁴-⁹])|\+(?=[\s&$`*]*(?:=|:=|≈|\\approx|←))|<sup>(?:new|\+)</sup>"
)
PRIMES: Final = re.compile(r"(?:'|′|’|\\prime|\^\\prime|\^\{\\prime\})+(?![A-Za-z])")
SECOND: Final = re.compile(r",\d(?![\d.,])")  # w1,2 in plain text
INDEX: Final = re.compile(r"\[\d{1,4}(?:,\s?\d{1,4}){0,3}\]")
BEHIND: Final = re.compile(r"\s*\((?:new|updated|after)\)|\s+new(?![\w-])|_\{?new\}?", re.IGNORECASE)
OLD_BEHIND: Final = re.compile(r"\s*\((?:old|before|initial|current)\)|\^\{?\(?(?:old|t)\)?\}?(?=\W)", re.IGNORECASE)
DOTTED: Final = re.compile(rf"{WORD}\.[A-Za-z]\w*(?=\[)")
KEPT_ABOVE: Final = NEW | {"old", "t", "l", "top", "ast", "prime", "star", "l-1", "l+1"}

D: Final = (
    r"(?:\\partial(?![A-Za-z])\s*|\\mathrm\s*\{d\}\s*|∂\s*|δ(?=[A-Za-z(])|\\delta(?![A-Za-z])\s*(?=[A-Za-z\\])|d\s?)"
)
DELTA: Final = re.compile(rf"(?:Δ\s*|\\Delta(?![A-Za-z])\s*|∇_?|\\nabla(?![A-Za-z])\s*_?)(?=[{LETTER}\\{{(])")
SMALL: Final = re.compile(D)
SLASH: Final = re.compile(r"\s*[/÷]\s*")
FRACTION: Final = re.compile(r"\\[dt]?frac\s*\{\s*")
MIDDLE: Final = re.compile(r"\s*\}\s*\{\s*")
NO_DERIVATIVE: Final = re.compile(r"d(?:elta|ata|x\b(?!\s*/)|istance|epth|im)|\d")


def name_end(text: str, start: int) -> int:
    """Where a name ends that starts here, all its scripts included; `start` itself where none does."""
    found = DOTTED.match(text, start) or HEAD.match(text, start)
    if not found:
        return start
    end = scripted(text, found.end(), found[0])
    if end - start > 1 and text[start:end].isalpha():
        return end
    behind = BEHIND.match(text, end) or OLD_BEHIND.match(text, end)
    return behind.end() if behind else end


def scripted(text: str, place: int, head: str) -> int:
    """Where the subscripts, layers, primes and marks of a name end."""
    for _ in range(8):
        further = one_script(text, place, head)
        if further == place:
            break
        place = further
    return place


def one_script(text: str, place: int, head: str) -> int:
    """Where the next thing ends that is written around a name."""
    for form in (BELOW_IT, LAYER, PRIMES, PLUS_ABOVE, INDEX):
        if found := form.match(text, place):
            return found.end()
    if re.fullmatch(r"[wWθ]\d", head) and (found := SECOND.match(text, place)):
        return found.end()
    if LAYERED.match(head) and (found := ROUND_LAYER.match(text, place)):
        return found.end()
    found = RAISED_WORD.match(text, place)
    if found and is_mark(found[1] or found[2] or found[3]):
        return found.end()
    return place


def is_mark(above: str) -> bool:
    """Whether what stands above a name is a part of it, and no exponent."""
    word = re.sub(r"\\(?:text|mathrm)|[\\{}()\s]", "", above).casefold()
    return word in KEPT_ABOVE or above == "T"


def derivative_end(text: str, start: int) -> int:
    """Where a derivative ends that starts here, written with a slash or as a fraction; `start` where none does."""
    if found := FRACTION.match(text, start):
        middle = MIDDLE.match(text, changed_end(text, found.end()))
        end = changed_end(text, middle.end()) if middle else 0
        closing = re.compile(r"\s*\}").match(text, end) if end and middle and end > middle.end() else None
        return closing.end() if closing else start
    above = changed_end(text, start)
    slash = SLASH.match(text, above) if above > start else None
    below = changed_end(text, slash.end()) if slash else 0
    return below if slash and below > slash.end() else start


def changed_end(text: str, start: int) -> int:
    """Where dE, ∂E, d(E) or d out_H1 ends; `start` where there is none."""
    found = SMALL.match(text, start)
    if not found or NO_DERIVATIVE.match(text, start) or NO_DERIVATIVE.match(text[found.end() : found.end() + 1]):
        return start
    place = found.end()
    if text[place : place + 1] in ("(", "{") and place < len(text):
        end = name_end(text, place + 1)
        return end + 1 if end > place + 1 and text[end : end + 1] in (")", "}") else start
    place += text[place : place + 1] == "_"
    end = name_end(text, place)
    return end if end > place else start


def change_end(text: str, start: int) -> int:
    """Where Δw5 or ∇w5 ends; `start` where there is none."""
    found = DELTA.match(text, start)
    end = name_end(text, found.end()) if found else start
    return end if found and end > found.end() else start
