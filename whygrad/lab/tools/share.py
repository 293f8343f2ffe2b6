"""A session to be handed on: in an address while that is short enough, and as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from whygrad.lab.message import Told
from whygrad.lab.state import LONGEST_ADDRESS, in_address, state_of, text_of
from whygrad.lab.tools.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.lab.desk import Desk
    from whygrad.lab.message import Answer


class Share(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of what is looked at."""


def use(desk: Desk, _: Share) -> Iterator[Answer | None]:
    """What there is to hand on.

    - `address`: what stands behind "#", "" where it would have more characters than `most`; `characters`: as many.
    - `file`: the same as the text of a file; `changes`: how many it holds.
    - `rows`: the file of this machine that its rows are read from, "" where it has them itself.
    """
    session = desk.session
    yield from session.on_the_way(session.place.update)
    state = state_of(session, desk.view.row)
    yield None
    address = in_address(state)
    yield Told(
        "share",
        {
            "address": address if len(address) <= LONGEST_ADDRESS else "",
            "characters": len(address),
            "most": LONGEST_ADDRESS,
            "file": text_of(state),
            "changes": len(state.turns),
            "rows": session.turns.started.data.file or "",
        },
    )


TOOL = Tool("share", Share, use)
