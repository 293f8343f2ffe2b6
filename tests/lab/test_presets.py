"""The presets are in the wheel, and so is the page with its font, also where the wheel is made of an sdist."""

from __future__ import annotations

import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

import hatch_build
from whygrad.lab.presets import HOME, NAMES, listed

ROOT = Path(__file__).parents[2]
FONTS = [f"{hatch_build.FOLDER}/{name}" for name in (hatch_build.FONT, hatch_build.LICENCE)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    return built_of(ROOT, tmp_path_factory.mktemp("wheel"))


def built_of(root: Path, folder: Path) -> ZipFile:
    (built,) = WheelBuilder(str(root)).build(directory=str(folder), versions=["standard"])
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


def test_an_installed_lab_has_its_font_and_the_licence_of_it(wheel: ZipFile) -> None:
    for name in FONTS:
        assert wheel.read(name) == (ROOT / name).read_bytes()


def test_a_source_distribution_makes_the_font_itself(tmp_path: Path, wheel: ZipFile) -> None:
    (built,) = SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with tarfile.open(built) as packed:
        packed.extractall(tmp_path, filter="data")
        (root,) = {name.partition("/")[0] for name in packed.getnames()}
    assert not (tmp_path / root / hatch_build.FOLDER).exists()
    made = built_of(tmp_path / root, tmp_path)
    assert [made.read(name) for name in FONTS] == [wheel.read(name) for name in FONTS]


def test_an_installed_package_is_what_it_was(wheel: ZipFile) -> None:
    folder = ROOT / "whygrad"
    sources = {f"whygrad/{path.relative_to(folder).as_posix()}" for path in folder.rglob("*.py")}
    assert sources <= set(wheel.namelist())
    assert not [name for name in wheel.namelist() if name.startswith(("examples", "tests"))]


def test_each_preset_has_a_title() -> None:
    assert [each["name"] for each in listed()] == list(NAMES)
    assert all(each["title"] for each in listed())
