"""The page's style sheets as one, for a page that has no server; the font of mathematics is within it."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from typing import TYPE_CHECKING, Final

from whygrad.lab.hosts.bundle import KINDS, STATIC
from whygrad.lab.hosts.script import NotBundled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHEET: Final = re.compile(r'<link rel="stylesheet" href="static/([^"]+)">')
COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
ADDRESS: Final = re.compile(r"url\(\s*[\"']?([^\"')]*)[\"']?\s*\)")
FACE: Final = re.compile(r"@font-face\s*\{[^}]*\}")
WIDTH: Final = re.compile(r"@media (\((?:min|max)-width: [^)]+\)) ?\{")
FONTS: Final = {".woff2": "font/woff2", ".otf": "font/otf"}


@cache
def every_style(folder: Path = STATIC) -> str:
    """The style sheets of the page in their order, then those of what loads later. Raises NotBundled."""
    return "".join(sheet(each) for each in sheets(folder))


def style_within() -> str:
    """The same for a part of a page: what depends on how wide the page is depends on how wide that part is."""
    return WIDTH.sub(r"@container lab \1 {", every_style())


def sheets(folder: Path) -> Iterator[Path]:
    """The files of the style sheets."""
    for name in SHEET.findall((folder / "index.html").read_text(encoding="utf-8")):
        yield folder / name
    for kind in (*KINDS, "hosts"):
        yield from sorted((folder / kind).glob("*.css"))


def sheet(file: Path) -> str:
    """A style sheet that asks for nothing. Raises NotBundled."""
    text = COMMENT.sub("", file.read_text(encoding="utf-8"))
    if "@import" in text or "</" in text:
        raise NotBundled(f"{file.name}: @import, or what would end the page's own sheet")
    text = FACE.sub(lambda found: face(found[0], file.parent), text)
    if any(not address.startswith("data:") for address in ADDRESS.findall(text)):
        raise NotBundled(f"{file.name}: an address that is no font's")
    return re.sub(r"\n\s*\n+", "\n", text)


def face(rule: str, folder: Path) -> str:
    """A font with its bytes, nothing where whygrad runs without having been built: the system's fonts are there."""
    found = ADDRESS.search(rule)
    if found is None or not (folder / found[1]).is_file():
        return ""
    file = folder / found[1]
    if file.suffix not in FONTS:
        raise NotBundled(f"a font of the kind {file.suffix}")
    data = b64encode(file.read_bytes()).decode("ascii")
    return rule.replace(found[0], f'url("data:{FONTS[file.suffix]};base64,{data}")')
