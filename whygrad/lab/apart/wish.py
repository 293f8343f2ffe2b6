"""What a page wants of its notes, and what came of it: records that go from process to process."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Kind = Literal["marks", "page", "why"]


class Wish(msgspec.Struct, frozen=True):
    """Notes to be marked ("marks"), as a file ("page"), or a quantity of their network to be derived ("why").

    - `number`: by which the page knows which of its texts this is; `place`: what messages call the notes.
    - `start`: how a file begins that is no text, in base 64.
    - `experiment`: the network of the lab as text, "" to mark arithmetic alone; `called`: what it is called.
    - `folder`, `file`: where its paths start, and the one file that it may read.
    - `of`, `step`: the quantity, and in which step it is: 0 the first, 1 the one after it.
    - `most`: how many characters may be marked; `seconds`: how long that may take.
    """

    kind: Kind
    number: int
    text: str
    place: str = "notes"
    start: str = ""
    experiment: str = ""
    called: str = ""
    folder: str = ""
    of: str = ""
    step: int = 0
    most: int = 100_000
    seconds: float = 10.0


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was found (`told`), or the text of a file (`page`), or an error in its parts (`fault`)."""

    told: dict[str, Any] = {}
    page: str = ""
    fault: dict[str, Any] = {}
