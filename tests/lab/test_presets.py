"""The presets are in the wheel, and so is the page."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

from whygrad.lab.presets import HOME, NAMES, listed

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])
    return ZipFile(built)


def test_an_installed_lab_has_every_preset(wheel: ZipFile) -> None:
    for name in NAMES:
        assert wheel.read(f"whygrad/lab/experiments/{name}.toml") == (HOME / f"{name}.toml").read_bytes()


def test_an_installed_lab_has_its_page(wheel: ZipFile) -> None:
    static = ROOT / "whygrad" / "lab" / "static"
    files = {
        f"whygrad/lab/static/{path.relative_to(static).as_posix()}" for path in static.rglob("*") if path.is_file()
    }
    assert "whygrad/lab/static/index.html" in files
    assert files <= set(wheel.namelist())


def test_an_installed_package_is_what_it_was(wheel: ZipFile) -> None:
    folder = ROOT / "whygrad"
    sources = {f"whygrad/{path.relative_to(folder).as_posix()}" for path in folder.rglob("*.py")}
    assert sources <= set(wheel.namelist())
    assert not [name for name in wheel.namelist() if name.startswith(("examples", "tests"))]


def test_each_preset_has_a_title() -> None:
    assert [each["name"] for each in listed()] == list(NAMES)
    assert all(each["title"] for each in listed())
