"""What every tool is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import msgspec

    from whygrad.lab.desk import Desk
    from whygrad.lab.message import Answer


@dataclass(frozen=True)
class Tool:
    """Something that is done for a page.

    - `asked`: a record of what a page may ask for.
    - `use`: the answers to it, of a desk; whatever they raise leaves the session as it was.
    """

    name: str
    asked: type[msgspec.Struct]
    use: Callable[[Desk, Any], Iterator[Answer | None]]
