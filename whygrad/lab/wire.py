"""Messages as bytes, and bytes as messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from whygrad.errors.lab import MessageTooLong, NotUnderstood
from whygrad.lab.message import Change, Request, Use, Watch

if TYPE_CHECKING:
    from whygrad.lab.message import Answer

T = TypeVar("T")
OPENS = b'{"do":"open"'  # how a message begins that may be longer, as pages write it
DEEPEST = 20  # tables within tables: no setting has as many
_read = msgspec.json.Decoder(Request)
_write = msgspec.json.Encoder()


def decoded(data: bytes, most: int, opening: int = 0) -> Request:
    """The request that a page sent; one that opens something may have `opening` bytes.

    Raises MessageTooLong (WG1004), NotUnderstood (WG1003).
    """
    most = max(most, opening) if data.startswith(OPENS) else most
    if len(data) > most:
        raise MessageTooLong(len(data), most)
    try:
        request: Request = _read.decode(data)
    except RecursionError:
        raise NotUnderstood("it is nested too deeply") from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NotUnderstood(str(error)) from None
    if is_deeper(free_part(request), DEEPEST):
        raise NotUnderstood("it is nested too deeply")
    return request


def free_part(request: Request) -> Any:
    """What of a request may be any JSON."""
    match request:
        case Change():
            return request.value
        case Watch():
            return request.settings
        case Use():
            return request.ask
        case _:
            return None


def converted(given: Any, kind: type[T]) -> T:
    """What a page asked of a panel or a tool, as a record. Raises NotUnderstood (WG1003)."""
    try:
        return msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        raise NotUnderstood(str(error)) from None


def encoded(answer: Answer) -> str:
    """An answer as JSON."""
    return _write.encode(answer).decode()


def is_deeper(value: Any, most: int) -> bool:
    """Whether tables and lists are nested deeper than so many."""
    level = [value]
    for _ in range(most):
        inner = (each.values() if isinstance(each, dict) else each for each in level if isinstance(each, dict | list))
        level = [each for values in inner for each in values]
    return bool(level)
