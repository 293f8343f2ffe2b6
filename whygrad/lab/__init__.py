"""The lab: a network that is driven in the browser.

`lab` shows it in a notebook; it loads when it is asked for, since the lab's other parts need none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whygrad.lab.hosts.notebook import lab

__all__ = ["lab"]


def __getattr__(name: str) -> Any:
    if name != "lab":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from whygrad.lab.hosts.notebook import lab

    return lab
