"""What a primitive calls of its array module, found by running it on words instead of arrays.

So the code that is generated calls what the interpreter calls, and no operation is spelled a second time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whygrad.graph import Apply
    from whygrad.graph.primitive import Basic


@dataclass(frozen=True)
class Operand:
    """One of the inputs of a primitive, by its number."""

    number: int

    def __getitem__(self, index: Any) -> Call:
        return Call("[]", (self, index), {})


@dataclass(frozen=True)
class Call:
    """A function of the array module applied, or "[]" for a part taken out."""

    name: str
    arguments: tuple[Any, ...]
    settings: Mapping[str, Any]


class Listening:
    """An array module that says what was called."""

    def __getattr__(self, name: str) -> Any:
        return partial(self.called, name)

    @staticmethod
    def called(name: str, *arguments: Any, **settings: Any) -> Call:
        """A call as a record of itself."""
        return Call(name, arguments, settings)


def call_of(node: Apply) -> Call | None:
    """The call that gives a basic node its value; None for one that looks into its arrays as it goes."""
    primitive = cast("Basic", node.primitive)
    operands = [Operand(number) for number in range(len(node.arguments))]
    try:
        found = primitive.forward(Listening(), *operands, **dict(node.attributes))
    except AttributeError:
        return None
    return found if isinstance(found, Call) else None
