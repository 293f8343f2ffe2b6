"""The side table of names: from a node to its name and back."""

from __future__ import annotations

import pytest

from whygrad.errors.graph import UnknownName
from whygrad.graph import Input, Name, Names, State
from whygrad.graph.names import flat, unflat

ROWS = Input((4, 2), "rows")
W = State((2, 3), "W")
NET = ROWS @ W
NAMES = Names(
    {
        ROWS: Name("inputs", labels=("hours", "sleep")),
        W: Name("hidden.W", elements=("w1", "w2", "w3", "w4", "w5", "w6")),
        NET: Name("hidden.net", "net", ("H1", "H2", "H3")),
    }
)


@pytest.mark.parametrize(
    ("name", "node", "index"),
    [
        ("hidden.W", W, None),
        ("w1", W, (0, 0)),
        ("w6", W, (1, 2)),
        ("hidden.W[1,0]", W, (1, 0)),
        ("hidden.W[ 1 , 0 ]", W, (1, 0)),
        ("hidden.net", NET, None),
        ("net_H2", NET, (1,)),
        ("hidden.net[3,2]", NET, (3, 2)),
        ("sleep", ROWS, (1,)),
    ],
)
def test_names_are_found(name: str, node: object, index: tuple[int, ...] | None) -> None:
    assert NAMES.find(name) == (node, index)


@pytest.mark.parametrize(
    ("node", "index", "name"),
    [
        (W, (1, 1), "w5"),
        (NET, (3, 0), "net_H1"),
        (ROWS, (0, 1), "sleep"),
    ],
)
def test_elements_are_called(node: object, index: tuple[int, ...], name: str) -> None:
    entry = NAMES.of[node]  # type: ignore[index]
    assert entry.element(index, node.shape) == name  # type: ignore[attr-defined]


def test_an_element_without_a_name_of_its_own_is_called_by_its_index() -> None:
    assert Name("hidden.W").element((1, 0), (2, 3)) == "hidden.W[1,0]"
    assert Name("loss").element((), ()) == "loss"


def test_every_name_that_is_listed_is_found() -> None:
    assert NAMES.all() == [
        *("inputs", "hours", "sleep", "hidden.W", "w1", "w2", "w3", "w4", "w5", "w6"),
        *("hidden.net", "net_H1", "net_H2", "net_H3"),
    ]
    for name in NAMES.all():
        NAMES.find(name)


def test_a_node_is_found_by_its_symbol() -> None:
    assert NAMES.node("hidden.net") is NET


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("w7", "did you mean 'w6'?"),
        ("net_H9", "did you mean 'net_H3'?"),
        ("hidden.W[2,0]", "did you mean 'hidden.W'?"),
        ("hidden.W[0]", "did you mean 'hidden.W'?"),
        ("hidden.W[a,b]", "did you mean 'hidden.W'?"),
        ("sleeep", "did you mean 'sleep'?"),
        ("qqqqqqqqqqqqq", "whygrad show FILE lists the names"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(name: str, advice: str) -> None:
    with pytest.raises(UnknownName) as caught:
        NAMES.find(name)
    assert str(caught.value) == f"WG105 nothing in this network is called {name!r}\n  try: {advice}"


def test_an_unknown_symbol_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownName) as caught:
        NAMES.node("hiden.W")
    assert str(caught.value) == "WG105 nothing in this network is called 'hiden.W'\n  try: did you mean 'hidden.W'?"


@pytest.mark.parametrize("shape", [(), (1,), (3,), (2, 3), (2, 1, 3)])
def test_places_and_indices_are_inverse(shape: tuple[int, ...]) -> None:
    size = 1
    for length in shape:
        size *= length
    assert [flat(unflat(place, shape), shape) for place in range(size)] == list(range(size))
