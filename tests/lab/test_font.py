"""The font that the build hook makes: what mathematics needs, a licence, and the same bytes each time."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

import hatch_build

ROOT = Path(__file__).parents[2]
MOST_BYTES = 110_000
DRAWN_BY_LINES = range(0x2500, 0x2580)  # in a terminal, not on the page


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return dict(hatch_build.made())


@pytest.fixture(scope="module")
def font(made: dict[str, bytes]) -> TTFont:
    return TTFont(BytesIO(made[hatch_build.FONT]))


@pytest.mark.long
def test_the_same_bytes_come_out_again(made: dict[str, bytes]) -> None:
    assert dict(hatch_build.made()) == made


def test_what_is_made_is_what_this_checkout_has(made: dict[str, bytes]) -> None:
    for name, data in made.items():
        assert (ROOT / hatch_build.FOLDER / name).read_bytes() == data, name


def test_it_is_small(made: dict[str, bytes]) -> None:
    assert len(made[hatch_build.FONT]) < MOST_BYTES


def test_every_sign_of_the_notation_is_there(font: TTFont) -> None:
    signs = {
        each
        for room in ("notation", "primitive")
        for file in (ROOT / "whygrad" / room).glob("*.py")
        for each in file.read_text(encoding="utf-8")
        if each.isprintable() and ord(each) not in DRAWN_BY_LINES
    }
    assert len(signs) > 150
    assert sorted(signs - {chr(code) for code in font.getBestCmap()}) == []


def test_single_letters_have_their_slanted_forms(font: TTFont) -> None:
    """A browser draws <mi>x</mi> with the slanted letter, which is another character."""
    drawn = {unicodedata.normalize("NFKC", chr(code)) for code in font.getBestCmap() if 0x1D434 <= code <= 0x1D71B}
    latin = {chr(code) for first in "Aa" for code in range(ord(first), ord(first) + 26)} - {"h"}
    greek = {chr(code) for first in "\u0391α" for code in range(ord(first), ord(first) + 25)} - {"\u03a2"}
    assert latin | greek <= drawn
    assert ord("\N{PLANCK CONSTANT}") in font.getBestCmap()


def test_brackets_roots_and_sums_grow(font: TTFont) -> None:
    variants = font["MATH"].table.MathVariants
    tall = dict(zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True))
    names = font.getBestCmap()
    for sign in "(){}[]⌊⌋|√":
        assert tall[names[ord(sign)]].GlyphAssembly is not None, sign
    for sign in "∑∏∫":
        assert len(tall[names[ord(sign)]].MathGlyphVariantRecord) > 1, sign
    wide = variants.HorizGlyphCoverage.glyphs
    assert names[ord("\N{COMBINING CIRCUMFLEX ACCENT}")] in wide


@pytest.mark.parametrize("script", ["DFLT", "math"])
def test_primes_have_a_form_for_indices_whatever_the_script(font: TTFont, script: str) -> None:
    table: Any = font["GSUB"].table
    (found,) = [each.Script for each in table.ScriptList.ScriptRecord if each.ScriptTag == script]
    features = [table.FeatureList.FeatureRecord[number] for number in found.DefaultLangSys.FeatureIndex]
    (small,) = [each.Feature for each in features if each.FeatureTag == "ssty"]
    lookups = [table.LookupList.Lookup[number] for number in small.LookupListIndex]
    alternates = {name for each in lookups for part in each.SubTable for name in part.alternates}
    assert font.getBestCmap()[ord("′")] in alternates


def test_it_keeps_whose_it_is_and_uses_no_reserved_name(font: TTFont, made: dict[str, bytes]) -> None:
    says = font["name"].getDebugName
    for number in (1, 3, 4, 6, 16):
        name = says(number) or ""
        assert not name.startswith(("STIX", "TM")), number
    assert (says(1), says(4)) == ("Whygrad Math", "Whygrad Math")
    assert "The STIX Fonts Project Authors" in says(0)
    assert "SIL Open Font License, Version 1.1" in says(13)
    licence = made[hatch_build.LICENCE].decode()
    assert licence.startswith(says(0))
    assert "with Reserved Font Name TM Math" in licence
    for part in ("PREAMBLE", "DEFINITIONS", "PERMISSION & CONDITIONS", "TERMINATION", "DISCLAIMER"):
        assert f"\n{part}\n" in licence
    assert licence.endswith("OTHER DEALINGS IN THE FONT SOFTWARE.\n")


def test_a_file_that_is_as_it_should_be_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "font"
    hatch_build.put(path, b"one")
    first = path.stat().st_ino
    hatch_build.put(path, b"one")
    assert path.stat().st_ino == first
    hatch_build.put(path, b"two")
    assert (path.read_bytes(), path.stat().st_ino != first) == (b"two", True)
    assert list(tmp_path.iterdir()) == [path]
