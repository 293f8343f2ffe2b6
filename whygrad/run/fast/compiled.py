"""Generated code made runnable: as Python, or by Numba as machine code that is kept from one run to the next."""

from __future__ import annotations

import linecache
import os
import sys
from functools import cache
from hashlib import sha256
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FREEDOMS: Final = ("reassoc", "contract", "nsz", "arcp")  # of rounding alone: a NaN stays one


def functions_of(text: str) -> dict[str, Any]:
    """What a generated program defines; its lines are shown in a traceback as those of a file are."""
    name = f"<generated {named(text)}>"
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    space: dict[str, Any] = {}
    exec(compile(text, name, "exec"), space)  # noqa: S102 (our own text, made from a graph; no input of a user is in it)
    return space


@cache
def missing() -> str:
    """The package that is not there of those that compiled code needs (extra `fast`); empty where all are.

    Numba compiles; it takes the products of matrices from the BLAS that SciPy brings.
    """
    return next((name for name in ("numba", "scipy") if find_spec(name) is None), "")


def can_compile() -> bool:
    """Whether all is there that compiled code needs."""
    return not missing()


def compiled(
    text: str,
    function: str,
    inner: Iterable[str] = (),
    in_order: Iterable[str] = (),
    *,
    may_fuse: bool = False,
    any_order: bool = False,
) -> Callable[..., Any]:
    """A function of a generated program as machine code, compiled when it is first called.

    What was compiled is kept on disk beside the program, so that the same one starts at once the next time. `inner` are
    functions of the program that this one calls; with `may_fuse` a product and a sum may be rounded once, not twice,
    with `any_order` sums are taken as is fastest as well, but for those of further inner functions, `in_order`. NaN and
    infinity are what they are either way. While it runs, other threads may.
    """
    import numba

    # The order of sums stays as written, so that Python gives the same numbers, where nothing is fused to the last bit.
    freedoms: Any = {"contract"} if may_fuse else False
    settings: dict[str, Any] = {"error_model": "numpy", "fastmath": set(FREEDOMS) if any_order else freedoms}
    made: Callable[..., Any]
    try:
        space = vars(module_of(text))
        made = numba.njit(space[function], cache=True, nogil=True, **settings)
    except OSError:  # nowhere to keep it
        space = functions_of(text)
        made = numba.njit(space[function], nogil=True, **settings)
    for name in inner:
        space[name] = numba.njit(space[name], **settings)
    for name in in_order:
        space[name] = numba.njit(space[name], error_model="numpy", fastmath={"contract"})
    return made


def is_kept(text: str) -> bool:
    """Whether the machine code of a generated program is on disk, from an earlier run."""
    return any((cache_folder() / "__pycache__").glob(f"{file_of(text).stem}.*.nbc"))


def file_of(text: str) -> Path:
    """Where a generated program is kept."""
    return cache_folder() / f"program_{named(text)}.py"


def module_of(text: str) -> Any:
    """A generated program as a module with a file of its own, named by its content. Raises OSError."""
    path = file_of(text)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text("utf-8") != text:
        other = path.with_suffix(f".{os.getpid()}")
        other.write_text(text, encoding="utf-8")
        other.replace(path)
    spec = spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise OSError(f"{path} is no module")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # where what was kept on disk looks for it
    spec.loader.exec_module(module)
    return module


def cache_folder() -> Path:
    """Where generated programs are kept: WHYGRAD_CACHE, or the user's cache folder."""
    given = os.environ.get("WHYGRAD_CACHE")
    if given:
        return Path(given)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "whygrad"


def named(text: str) -> str:
    """A short name for a text, by its content."""
    return sha256(text.encode()).hexdigest()[:16]
