"""What a program must import: found by reading which names it uses and does not define."""

from __future__ import annotations

import ast
from typing import Final

MATH: Final = ("cos", "exp", "expm1", "floor", "log", "log1p", "sin", "sqrt", "tanh")
IMPORTS: Final[dict[str, str]] = {
    "csv": "import csv",
    **dict.fromkeys(MATH, "math"),
    "deepcopy": "copy",
    "Path": "pathlib",
    "seed": "random",
    "uniform": "random",
    "crc32": "zlib",
    "np": "import numpy as np",
    "torch": "import torch",
    "F": "import torch.nn.functional as F",
    "jax": "import jax",
    "jnp": "import jax.numpy as jnp",
}
STANDARD: Final = ("import csv", "copy", "math", "pathlib", "random", "zlib")


def imports(program: str) -> list[str]:
    """The lines that import what a program uses, the standard library's first, an empty line before the others."""
    used = {node.id for node in ast.walk(ast.parse(program)) if isinstance(node, ast.Name)}
    wanted: dict[str, list[str]] = {}
    for name, source in IMPORTS.items():
        if name in used:
            wanted.setdefault(source, []).append(name)
    standard = [line(source, names) for source, names in wanted.items() if source in STANDARD]
    others = [line(source, names) for source, names in wanted.items() if source not in STANDARD]
    return [*standard, *([""] if standard and others else []), *sorted(others)]


def line(source: str, names: list[str]) -> str:
    """One line that imports."""
    return source if source.startswith("import ") else f"from {source} import {', '.join(names)}"
