"""PyTorch is asked only by name: the room loads without it, and says what to install."""

from __future__ import annotations

import subprocess
import sys

import pytest

from whygrad.bridge import gradient_by_torch, torch_is_loaded
from whygrad.errors.bridge import FrameworkMissing
from whygrad.graph import Input


def test_without_pytorch_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    assert not torch_is_loaded()
    x = Input((), "x")
    with pytest.raises(FrameworkMissing) as caught:
        gradient_by_torch(x * x, [x], {x: 3.0})
    assert str(caught.value) == (
        'WG901 a gradient by PyTorch needs the library torch\n  try: pip install "whygrad[torch]"'
    )


def test_pytorch_is_seen_once_somebody_has_imported_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", sys)
    assert torch_is_loaded()
    monkeypatch.delitem(sys.modules, "torch")
    assert not torch_is_loaded()


def test_the_room_does_not_load_pytorch() -> None:
    script = "import sys, whygrad.bridge; print(whygrad.bridge.torch_is_loaded(), 'torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"
