"""A recording as one HTML file: it opens from a disk, asks for nothing, and its policy forbids that it could."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from itertools import chain
from typing import TYPE_CHECKING, Final

from whygrad.lab.hosts.bundle import classic_script
from whygrad.lab.hosts.packing import packed_text
from whygrad.lab.hosts.recorded_words import words_of
from whygrad.lab.hosts.recording import encoded
from whygrad.lab.hosts.styles import every_style
from whygrad.lab.panels import PANELS

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from whygrad.lab.hosts.recording import Line, Recording

ENTRY: Final = "hosts/recorded-page.js"
WITHOUT: Final = "This recording needs JavaScript: everything on this page is drawn by it. It asks for nothing."


def recorded_page(recording: Recording) -> Generator[None, None, str]:
    """The whole file, with None after each piece of work."""
    packed = yield from packed_text(lines(recording))
    script, style = classic_script(ENTRY), every_style()
    title = escape(title_of(recording))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(script, style)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n"
        f'<body class="wg-page">\n<main id="lab"></main>\n<noscript>{WITHOUT}</noscript>\n'
        f'<script type="text/plain" id="recording">{packed}</script>\n<script>{script}</script>\n</body>\n</html>\n'
    )


def lines(recording: Recording) -> Iterator[Line]:
    """What the recording says of itself, with which settings its panels are drawn, and all that it holds."""
    settings = {name: PANELS[name].settings() for name, _ in recording.panels}
    return chain([(["recorded"], encoded({"words": words_of(recording), "settings": settings}))], recording.lines())


def title_of(recording: Recording) -> str:
    """What stands on the tab of a browser."""
    title = recording.session.experiment.title
    return f"{title}: a recorded run" if title else "A recorded run"


def policy(script: str, style: str) -> str:
    """Nothing but this script and this sheet, the font in the sheet, and pictures made of what is drawn."""
    return (
        f"default-src 'none'; script-src '{digest(script)}'; style-src '{digest(style)}'; font-src data:; "
        "img-src data:; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def digest(text: str) -> str:
    """A text as a policy names it."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}"
