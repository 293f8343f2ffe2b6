"""The characters of notes: Greek in TeX, what stands below and above a line, letters that only look different."""

from __future__ import annotations

import unicodedata
from typing import Final

GREEK_NAMES: Final = dict(
    zip(
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "rho",
            "sigma",
            "tau",
            "phi",
            "chi",
            "psi",
            "omega",
            "Gamma",
            "Delta",
            "Theta",
            "Lambda",
            "Sigma",
            "Phi",
            "Psi",
            "Omega",
            "pi",
            "Pi",
            "nabla",
            "partial",
        ],
        "αβγδεζηθκλμνξρστφχψωΓΔΘΛΣΦΨΩπΠ∇∂",
        strict=True,
    )
)
BELOW: Final = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789+-aehijklmnoprstuvx", strict=True))
ABOVE: Final = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁱⁿˣʸᶻᵗᵀ·", "0123456789+-()inxyztT.", strict=True))
HAT: Final = "\N{COMBINING CIRCUMFLEX ACCENT}"

# Mathematical alphabets and wide forms look like plain letters and mean them; each is one character for one.
LOOKALIKE: Final = (range(0x1D400, 0x1D800), range(0xFF01, 0xFF5F), range(0x2100, 0x2150), (0x387, 0x37E, 0x2126, 0xB5))


def _plainer() -> dict[int, str]:
    """The plain character for each that only looks different."""
    found = {}
    for block in LOOKALIKE:
        for code in block:
            same = unicodedata.normalize("NFKC", chr(code))
            if len(same) == 1 and same != chr(code):
                found[code] = same
    return found | {0x3F5: "ε", 0x3D5: "φ", 0x2202: "∂"}


PLAINER: Final = _plainer()


def plainer(text: str) -> str:
    """The text with plain letters, character for character, so that columns stay what they are."""
    return text.translate(PLAINER)


def lowered_digits(text: str) -> str:
    """What is written below the line, on the line."""
    return "".join(BELOW.get(character, character) for character in text)


def raised_digits(text: str) -> str:
    """What is written above the line, on the line."""
    return "".join(ABOVE.get(character, character) for character in text)
