"""A build hook: the mathematical font of the lab, a part of STIX Two Math with a name and a licence text of its own.

The font comes from the package `ziamath`, the text of its licence from `fonttools`, which both stand in [build-system];
the repository holds neither. The same releases of them give the same bytes.
"""

from __future__ import annotations

import os
import re
from copy import copy
from importlib.metadata import files
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fontTools.ttLib import TTFont

FOLDER: Final = "whygrad/lab/static/fonts"
FONT, LICENCE = "whygrad-math.woff2", "OFL.txt"
NAME: Final = "Whygrad Math"

# Whole blocks, so that nothing has to be added for a name that somebody gives to a column. What a browser draws in the
# place of these (the slanted letters, small letters of indices, tall brackets) comes along.
LETTERS: Final = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin with accents
    (0x02C6, 0x02DC),  # accents that stand by themselves
    (0x0300, 0x030C),  # accents that are put on letters
    (0x0338, 0x0338),  # the stroke of ≠
    (0x0391, 0x03F5),  # Greek
    (0x210A, 0x2115),  # the slanted h, which stands apart from its like; the sets of numbers, here and below
    (0x211D, 0x211D),
    (0x2124, 0x2124),
    (0x1D434, 0x1D467),  # slanted Latin
    (0x1D6A4, 0x1D6A5),  # i and j without dots
    (0x1D6E2, 0x1D71B),  # slanted Greek
)
SIGNS: Final = (
    (0x2010, 0x2027),  # dashes, quotation marks, dots
    (0x2032, 0x2037),  # primes
    (0x203E, 0x203E),  # a line above
    (0x2044, 0x2044),  # a slanted fraction
    (0x2057, 0x2064),  # four primes, and what is not seen: applied to, times
    (0x2070, 0x209C),  # raised and lowered digits and letters
    (0x2190, 0x2199),  # arrows
    (0x21A6, 0x21A6),  # ↦
    (0x21D0, 0x21D4),  # double arrows
    (0x2200, 0x2298),  # operators: ∂ ∇ ∈ ∏ ∑ − √ ∞ ∫ ≈ ≠ ≤ ⊂ ⊕ ⊗
    (0x2299, 0x22A5),  # ⊙ ⊤ ⊥
    (0x22C0, 0x22C6),  # large operators, ⋅
    (0x22EE, 0x22F1),  # dots
    (0x2308, 0x230B),  # ⌈ ⌉ ⌊ ⌋
    (0x23B4, 0x23B5),  # brackets above and below
    (0x23DC, 0x23DF),  # parentheses and braces above and below
    (0x27E6, 0x27EB),  # ⟦ ⟧ ⟨ ⟩ ⟪ ⟫
)
FEATURES: Final = ("dtls", "flac", "kern", "ssty")  # letters without dots, flat accents, pairs, letters of indices

# What is said beside the licence of the fonts (stixfonts.org), which reserves the name TM Math, and of which the
# font itself names only the first.
NOTICE: Final = """\
{copyright}
Portions copyright 1998-2003 by MicroPress, Inc., with Reserved Font Name TM Math.
Portions copyright 1990 by Elsevier, Inc.
Portions copyright 2010, 2012, 2014 Adobe Systems Incorporated.

{trademark}

{font} ({name}) is a Modified Version: a part of {original}, {version}, under another name.

{licence}
"""


class MathFont(BuildHookInterface[BuilderConfig]):
    """Makes the font before a wheel or an editable install; a source distribution has what the repository has."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (hatchling's signature)
        """Write the font and its licence."""
        if self.target_name != "wheel":
            return
        folder = Path(self.root) / FOLDER
        folder.mkdir(exist_ok=True)
        for name, data in made().items():
            put(folder / name, data)

    def clean(self, versions: list[str]) -> None:  # noqa: ARG002
        """Remove them."""
        for name in (FONT, LICENCE):
            (Path(self.root) / FOLDER / name).unlink(missing_ok=True)


def put(path: Path, data: bytes) -> None:
    """Write a file whole; one that is as it should be is left alone, as somebody may be reading it."""
    if path.is_file() and path.read_bytes() == data:
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(path)


def made() -> Mapping[str, bytes]:
    """The font and its licence by the names of their files."""
    from fontTools import subset

    options = subset.Options(
        layout_features=list(FEATURES), hinting=False, flavor="woff2", name_IDs=["*"], notdef_outline=True
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[each for first, last in (*LETTERS, *SIGNS) for each in range(first, last + 1)])
    file = BytesIO()
    with subset.load_font(str(original()), options) as font:
        notice = notice_of(font)
        subsetter.subset(font)
        spread(font)
        rename(font)
        font.flavor = "woff2"
        font.save(file)
    return {FONT: file.getvalue(), LICENCE: notice.encode()}


def original() -> Path:
    """The font as it was published. The package is only a folder here: nothing of it is run."""
    found = find_spec("ziamath")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("ziamath is missing; it stands in [build-system] of pyproject.toml")
    return Path(found.origin).parent / "fonts" / "STIXTwoMath-Regular.ttf"


def notice_of(font: TTFont) -> str:
    """Whose the font is, what was done to it, and the licence."""
    says = font["name"].getDebugName
    return NOTICE.format(
        copyright=says(0), trademark=says(7), original=says(4), version=says(5), font=FONT, name=NAME, licence=licence()
    )


def licence() -> str:
    """The SIL Open Font License as `fonttools` ships it for fonts of its own."""
    (listed,) = [each for each in files("fonttools") or () if each.name == "LICENSE.external"]
    text = listed.read_text()
    body = re.search(r"-+\nSIL OPEN FONT LICENSE Version 1\.1.*?DEALINGS IN THE\s+FONT SOFTWARE\.", text, re.DOTALL)
    if body is None:
        raise LookupError("fonttools no longer ships the text of the SIL Open Font License 1.1")
    return "This Font Software is licensed under the SIL Open Font License, Version 1.1.\n\n" + body[0]


def spread(font: TTFont) -> None:
    """Let letters of every script have the forms that the font has for mathematics alone.

    Firefox says that a formula is mathematics, Chromium that its letters are Latin or Greek.
    """
    scripts = font["GSUB"].table.ScriptList
    (mathematics,) = (each for each in scripts.ScriptRecord if each.ScriptTag == "math")
    others = copy(mathematics)
    others.ScriptTag = "DFLT"
    scripts.ScriptRecord = [others, mathematics]


def rename(font: TTFont) -> None:
    """Give the part a name of its own, and keep who made it and under which licence."""
    table = font["name"]
    about = f"A part of {table.getDebugName(4)}, for mathematics on the page of whygrad's lab."
    mine = {1: NAME, 3: f"{NAME}; {table.getDebugName(3)}", 4: NAME, 6: NAME.replace(" ", ""), 10: about}
    keep = (0, 2, 5, 7, 9, 13, 14)
    table.names = [each for each in table.names if each.nameID in keep]
    for number, words in mine.items():
        table.setName(words, number, 3, 1, 0x409)
