"""The presets are in the wheel, and so is the page with its font, also where the wheel is made of an sdist."""

from __future__ import annotations

import tarfile
from pathlib import Path
from time import monotonic
from zipfile import ZipFile

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

import hatch_build
from tests.lab.asking import frame
from whygrad.lab import samples
from whygrad.lab.desk import Desk
from whygrad.lab.message import Open, Said, Step
from whygrad.lab.opening import first_opening, wanted
from whygrad.lab.presets import HOME, NAMES, PRESETS, listed, preset_called

ROOT = Path(__file__).parents[2]
FONTS = [f"{hatch_build.FOLDER}/{name}" for name in (hatch_build.FONT, hatch_build.LICENCE)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    return built_of(ROOT, tmp_path_factory.mktemp("wheel"))


def built_of(root: Path, folder: Path) -> ZipFile:
    (built,) = WheelBuilder(str(root)).build(directory=str(folder), versions=["standard"])
    return ZipFile(built)


def test_an_installed_lab_has_every_preset(wheel: ZipFile) -> None:
    for each in PRESETS:
        assert wheel.read(f"whygrad/lab/experiments/{each.file}") == (HOME / each.file).read_bytes()


def test_an_installed_lab_has_its_sample_notes(wheel: ZipFile) -> None:
    for name in samples.NAMES:
        assert wheel.read(f"whygrad/lab/experiments/notes/{name}.md") == (HOME / "notes" / f"{name}.md").read_bytes()


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


TITLES = {
    "students": "Pass or fail, from the hours studied",
    "students-sleep": "Pass or fail, from study and sleep",
    "students-squared": "Pass or fail, learned from the squared error",
    "live-221": "A 2-2-1 network, one example, step by step",
    "notes-222": "A 2-2-2 network worked by hand",
    "chain-depth": "How far a weight is from the loss",
    "xor": "XOR",
    "xor-40": "XOR at epoch 40",
    "xor-3000": "XOR at epoch 3000",
    "xor-linear": "XOR without the activation: never solved",
    "deep-sigmoid": "Vanishing gradients",
    "deep-relu": "Vanishing gradients, cured by ReLU",
    "deep-norm": "Vanishing gradients, cured by normalisation",
    "deep-residual": "Vanishing gradients, cured by residual connections",
    "circles": "Circles",
    "moons": "Moons",
    "spiral": "Spiral",
    "gaussians": "Three clouds",
    "sine": "A sine from its points",
    "overfit": "Learning by heart",
    "overfit-cured": "Learning by heart, cured",
}


def test_each_preset_has_a_title_and_stands_with_those_of_its_group() -> None:
    assert {each["name"]: each["title"] for each in listed()} == TITLES
    groups = [each["group"] for each in listed()]
    assert all(groups)
    assert groups == sorted(groups, key=groups.index)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "xor-3000"])
def test_each_preset_opens_within_the_limits_and_where_it_says(name: str) -> None:
    desk = Desk(wanted(Open(preset=name), first_opening()), monotonic)
    said = [each for each in desk.opened() if each is not None]
    assert not [each for each in said if isinstance(each, Said)]
    assert frame(said).update == preset_called(name).update


@pytest.mark.parametrize(("name", "epoch"), [("xor-40", 40), ("xor-3000", 3000)])
def test_a_preset_that_is_trained_opens_at_the_start_of_its_epoch(name: str, epoch: int) -> None:
    desk = Desk(wanted(Open(preset=name), first_opening()), monotonic)
    seen = frame([each for each in desk.opened() if each is not None])
    assert (seen.epoch, seen.batch, seen.moves) == (epoch, 0, 0)
    losses = {40: "0.0763", 3000: "0.0000"}  # what the tutorial prints: the sum over the four rows
    rest = list(desk.answers(Step("epoch")))
    assert rest
    assert f"{sum(desk.session.losses(seen.update)):.4f}" == losses[epoch]
