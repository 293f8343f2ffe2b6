"""Text for LaTeX: every character either has a way of writing in plain LaTeX, or is named by its number."""

from __future__ import annotations

import unicodedata
from typing import Final

from whygrad.notation.name import visible

ASCII: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': "''",
    "`": r"\`{}",
    **{character: f"\\{character}" for character in "_%&#$"},
}
ACCENTS: Final = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0304": "=",
    "\u0306": "u",
    "\u0307": ".",
    "\u0308": '"',
    "\u030a": "r",
    "\u030b": "H",
    "\u030c": "v",
    "\u0327": "c",
}
LETTERS: Final = {
    "ß": r"\ss{}",
    "æ": r"\ae{}",
    "Æ": r"\AE{}",
    "œ": r"\oe{}",
    "Œ": r"\OE{}",
    "ø": r"\o{}",
    "Ø": r"\O{}",
    "å": r"\aa{}",
    "Å": r"\AA{}",
    "ł": r"\l{}",
    "Ł": r"\L{}",
    "–": "--",
    "—": "---",
    "‘": "`",
    "’": "'",
    "“": "``",
    "”": "''",
    "…": r"\dots{}",
    "\N{NO-BREAK SPACE}": "~",
    "§": r"\S{}",
    "©": r"\copyright{}",
    "£": r"\pounds{}",
}
# Signs of mathematics and the command for each.
COMMANDS: Final = """
α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta κ kappa λ lambda μ mu ν nu ξ xi π pi ρ rho
σ sigma τ tau φ phi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Φ Phi Ψ Psi
Ω Omega µ mu ∂ partial ∇ nabla ∞ infty · cdot ⋅ cdot × times ≈ approx ≤ leq ≥ geq ≠ neq → to ← gets ± pm √ surd
∑ sum ∏ prod ∈ in ′ prime
"""
SIGNS: Final = {
    **{sign: rf"\{name}" for sign, name in zip(*[iter(COMMANDS.split())] * 2, strict=True)},
    "−": "-",
    "²": "^{2}",
    "³": "^{3}",
    "°": r"^{\circ}",
    "½": r"\frac{1}{2}",
}


def escaped(text: str) -> str:
    """Text as LaTeX, in ASCII; a character that plain LaTeX lacks becomes [U+4E2D]."""
    return "".join(map(character, visible(text)))


def character(one: str) -> str:
    """One character of a text."""
    if one in ASCII or one.isascii():
        return ASCII.get(one, one)
    if one in LETTERS:
        return LETTERS[one]
    if one in SIGNS:
        return rf"\ensuremath{{{SIGNS[one]}}}"
    base, marks = (apart := unicodedata.normalize("NFD", one))[0], apart[1:]
    if base.isascii() and marks in ACCENTS:
        return rf"\{ACCENTS[marks]}{{{base}}}"
    return f"[U+{ord(one):04X}]"


def letter(one: str) -> str:
    """One character of a formula."""
    return SIGNS.get(one) or rf"\text{{{character(one)}}}"
