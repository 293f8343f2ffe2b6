"""Values as TOML writes them."""

from __future__ import annotations

import json
import re
from typing import Any

__all__ = ["pair", "toml"]

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def pair(key: str, value: Any) -> str:
    """One key and its value."""
    return f"{key if BARE_KEY.fullmatch(key) else quoted(key)} = {toml(value)}"


def toml(value: Any) -> str:
    """A value as TOML writes it; None, which TOML lacks, is nan."""
    match value:
        case None:
            return "nan"
        case bool():
            return "true" if value else "false"
        case str():
            return quoted(value)
        case list():
            return f"[{', '.join(toml(item) for item in value)}]"
        case dict():
            return f"{{ {', '.join(pair(key, inner) for key, inner in value.items())} }}" if value else "{}"
    return repr(value)


def quoted(text: str) -> str:
    """Text in quotes: JSON's escapes are TOML's too, but JSON leaves the delete character as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
