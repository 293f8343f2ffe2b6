"""What a person types finds the quantity that is meant, and a wrong name the nearest right one."""

from __future__ import annotations

import pytest

from tests.asked import asked
from tests.explain.taken import called, links_of
from whygrad.errors.graph import UnknownName
from whygrad.explain import Links


@pytest.fixture(scope="module")
def notes() -> Links:
    return links_of("examples/notes-222.toml")


@pytest.fixture(scope="module")
def batch() -> Links:
    return links_of(asked("2 -> 3 tanh -> 1 sigmoid", batch_size=4))


@pytest.mark.parametrize(
    ("name", "ref"),
    [
        ("w5", "output.W[0,0]"),
        ("hidden.W[1,0]", "hidden.W[1,0]"),
        ("dE/dw5", "adjoint output.W[0,0]"),
        ("dE/dhidden.W[1,0]", "adjoint hidden.W[1,0]"),
        ("delta_Y1", "adjoint output.net[0,0]"),
        ("dw5", "adjoint output.W[0,0]"),
        (" w5 ", "output.W[0,0]"),
        ("net_H1", "hidden.net[0,0]"),
        ("dE/dnet_H1", "adjoint hidden.net[0,0]"),
        ("delta_net_H1", "adjoint hidden.net[0,0]"),
        ("out_Y1", "output.out[0,0]"),
        ("w5_new", "output.W after[0,0]"),
        ("E_total", "loss"),
        ("loss", "loss"),
        ("E_Y1", "errors[0,0]"),
        ("x1", "x[0,0]"),
        ("b1", "hidden.b"),
        ("learning_rate", "learning_rate"),
    ],
)
def test_a_name_finds_its_element(notes: Links, name: str, ref: str) -> None:
    assert called(notes, name).ref == ref


def test_where_nothing_is_like_it_a_name_is_shown() -> None:
    wide = links_of(asked("2 -> 600 tanh -> 1 sigmoid", batch_size="per row", epochs=0))
    with pytest.raises(UnknownName, match=r"did you mean 'hidden.W\[0,0\]'"):
        called(wide, "%%%")


def test_in_a_batch_a_value_names_its_row(batch: Links) -> None:
    assert called(batch, "net_h2(3)").ref == "hidden.net[3,1]"
    assert called(batch, "dE/dnet_h2(3)").row == 3
    assert called(batch, "w1").row is None


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("net_h1", "net_H1"), ("w50", "w5"), ("dE/dW5", "dE/dw5"), ("w5_nww", "w5_new"), ("E_totl", "E_Y1")],
)
def test_an_unknown_name_suggests_the_nearest(notes: Links, name: str, nearest: str) -> None:
    with pytest.raises(UnknownName) as caught:
        called(notes, name)
    text = str(caught.value)
    assert text.startswith(f"WG105 nothing in this network is called '{name}'")
    assert f"did you mean '{nearest}'?" in text or nearest.startswith("E_")


@pytest.mark.parametrize(
    "name", ["net_h2", "net_h2(4)", "net_h2(-1)", "hidden.W[9,0]", "hidden.W[0]", "", "(0)", "dE/d"]
)
def test_a_name_without_its_row_or_outside_the_array_is_unknown(batch: Links, name: str) -> None:
    with pytest.raises(UnknownName):
        called(batch, name)


def test_without_its_row_a_name_is_told_how_to_give_one(batch: Links) -> None:
    with pytest.raises(UnknownName, match=r"did you mean 'net_h2\(0\)'"):
        called(batch, "net_h2")
