"""Words of a command line that are taken as they were typed, because nothing can be wrong with them.

Typer checks every word with Pydantic, which takes half as long to load as NumPy. What is no plain case is left to it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args, get_origin


class Plain:
    """The value of one parameter; `descriptor` is typer's record of what it may be."""

    def __init__(self, descriptor: Any) -> None:
        self.descriptor = descriptor

    def coerce(self, value: Any, *, param: Any, ctx: Any) -> Any:
        """The value as the command is given it. Raises what typer raises."""
        kind = self.descriptor.annotation
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if isinstance(kind, type) and isinstance(value, kind):
            return value
        if kind is Path and isinstance(value, str):
            return Path(value)
        if get_origin(kind) is Literal and value in get_args(kind):
            return value
        from typer._coercion import build_runtime_param

        return build_runtime_param(self.descriptor).coerce(value, param=param, ctx=ctx)


def plain(params: list[Any]) -> list[Any]:
    """Parameters whose plain words load nothing; as they are where another release of typer has no place for that."""
    for param in params:
        if hasattr(param, "_runtime_param"):
            param._runtime_param = Plain(param.type_descriptor)
    return params
