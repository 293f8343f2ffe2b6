"""Importing whygrad stays as cheap as importing NumPy, and asking for help is cheaper."""

from __future__ import annotations

import json
import subprocess
import sys

LIGHT = {"msgspec", "numpy", "whygrad"}
# What the two scripts below ask of a fresh interpreter: the third-party packages that it has loaded.
LOADED = """
import json, sys
names = {name.partition(".")[0] for name, module in sys.modules.items()
         if any(folder in (getattr(module, "__file__", None) or "") for folder in ("site-packages", "dist-packages"))}
print(json.dumps(sorted(names - set(before))), file=sys.stderr)
"""


def loaded_by(statement: str) -> set[str]:
    """The third-party packages that a fresh interpreter loads for the statement."""
    script = f"import sys\nbefore = [name.partition('.')[0] for name in sys.modules]\n{statement}\n{LOADED}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.splitlines()[-1]))


def test_importing_whygrad_loads_nothing_heavier_than_numpy() -> None:
    assert loaded_by("import whygrad") - LIGHT == set()


def test_numpy_is_seen_by_this_test() -> None:
    assert "numpy" in loaded_by("import numpy")


def test_help_loads_no_numbers_and_no_tables() -> None:
    ask = (
        "sys.argv = ['whygrad', '--help']\nfrom whygrad.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass"
    )
    heavy = {
        "matplotlib",
        "numpy",
        "pandas",
        "polars",
        "safetensors",
        "sklearn",
        "scipy",
        "starlette",
        "torch",
        "uvicorn",
    }
    assert loaded_by(ask) & heavy == set()
