"""Figures as files: the right kind, the same bytes twice, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib.figure import Figure

from tests.render.parsed import SVG, svg
from whygrad.errors.render import SuffixUnknown
from whygrad.render.loss import loss_figure
from whygrad.render.save import save_figure
from whygrad.trace import History

HISTORY = History(({"epoch": 0, "loss": 1.0}, {"epoch": 1, "loss": 0.5}))


def test_a_png_is_a_png(tmp_path: Path) -> None:
    written = save_figure(loss_figure(HISTORY), tmp_path / "loss.PNG")
    assert written.read_bytes().startswith(b"\x89PNG\r\n")
    assert [path.name for path in tmp_path.iterdir()] == ["loss.PNG"]


def test_an_svg_is_the_same_every_time_and_keeps_its_text(tmp_path: Path) -> None:
    first, second = (save_figure(loss_figure(HISTORY), str(tmp_path / name)) for name in ("a.svg", "b.svg"))
    assert first.read_bytes() == second.read_bytes()
    assert "epoch" in [text.text for text in svg(first.read_text(encoding="utf-8")).iter(f"{SVG}text")]


@pytest.mark.parametrize(("name", "found"), [("loss.pdf", "'.pdf'"), ("loss", "missing")])
def test_another_suffix_is_refused(tmp_path: Path, name: str, found: str) -> None:
    with pytest.raises(SuffixUnknown) as refused:
        save_figure(loss_figure(HISTORY), tmp_path / name)
    assert str(refused.value).splitlines() == [
        f"WG701 no figure can be written to {tmp_path / name}",
        f"  why: the suffix says the kind of picture: .png, .svg; here it is {found}",
        "  try: end the name in .png or .svg",
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "loss.svg"
    path.write_text("before", encoding="utf-8")

    def fail(_: Figure, part: Path, **__: object) -> None:
        part.write_text("half", encoding="utf-8")
        raise OSError("disk full")

    monkeypatch.setattr(Figure, "savefig", fail)
    with pytest.raises(OSError, match="disk full"):
        save_figure(loss_figure(HISTORY), path)
    assert {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()} == {"loss.svg": "before"}
