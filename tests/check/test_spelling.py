"""What a written name may stand for."""

from __future__ import annotations

import pytest

from whygrad.check.reading.spelling import Role, called, spellings

FIRST = [
    ("net_H1", "net_H1"),
    ("net_{h1}", "net_h1"),
    (r"\mathrm{net}_{\mathrm{H1}}", "net_H1"),
    ("neth1", "net_h1"),
    ("net(H1)", "net_H1"),
    ("net input of H1", "net_H1"),
    ("weighted sum of H1", "net_H1"),
    ("z1", "net_1"),
    ("out_H1", "out_H1"),
    ("outh1", "out_h1"),
    ("h₁", "out_h1"),
    ("h<sub>1</sub>", "out_h1"),
    ("o1", "out_o1"),
    ("ŷ", "out"),
    (r"\hat{y}_1", "out_y1"),
    ("y_hat", "out"),
    ("a_1^{(2)}", "out_1"),
    ("dE/dw5", "dE/dw5"),
    ("∂E/∂w₅", "dE/dw5"),
    (r"\frac{\partial E}{\partial w_5}", "dE/dw5"),
    (r"\frac{\partial E_{total}}{\partial w_{5}}", "dE/dw5"),
    ("d(E)/d(w5)", "dE/dw5"),
    ("dE_dw5", "dE/dw5"),
    ("dw5", "dE/dw5"),
    ("∇w5", "dE/dw5"),
    ("gradient of w5", "dE/dw5"),
    ("dE/dnet_H1", "dE/dnet_H1"),
    ("dE_Y1/dout_Y1", "dE_Y1/dout_Y1"),
    ("dout_Y1/dnet_Y1", "dout_Y1/dnet_Y1"),
    ("δ_{Y1}", "delta_Y1"),
    ("delta_Y1", "delta_Y1"),
    ("δ", "delta"),
    ("Δw5", "Δw5"),
    (r"\Delta w_5", "Δw5"),
    ("w5", "w5"),
    ("w_{5}", "w5"),
    ("w_{11}", "w11"),
    ("w_{h1,o1}", "w_h1_o1"),
    ("w1,2", "w12"),
    ("wOut1", "wOut1"),
    ("w5_new", "w5_new"),
    ("w5'", "w5_new"),
    ("w5+", "w5_new"),
    ("w_5^+", "w5_new"),
    ("w_5^{+}", "w5_new"),
    ("w₅⁺", "w5_new"),
    (r"w_{5,\mathrm{new}}", "w5_new"),
    ("w_5^{(t+1)}", "w5_new"),
    ("new w5", "w5_new"),
    ("w5 (new)", "w5_new"),
    ("w_5^{old}", "w5"),
    ("b1", "b1"),
    ("bOut", "bOut"),
    ("x₁", "x1"),
    ("target y1", "target_y1"),
    ("t1", "target_1"),
    ("y1", "target_y1"),
    ("E", "E_total"),
    ("E_{total}", "E_total"),
    ("total error", "E_total"),
    ("loss", "E_total"),
    ("E_Y1", "E_Y1"),
    ("Eo1", "E_o1"),
    ("η", "learning_rate"),
    (r"\eta", "learning_rate"),
    ("learning rate", "learning_rate"),
    (r"\mathrm{learning\_rate}", "learning_rate"),
    ("lr", "learning_rate"),
]


@pytest.mark.parametrize(("text", "expected"), FIRST, ids=[text for text, _ in FIRST])
def test_the_likeliest_meaning(text: str, expected: str) -> None:
    assert spellings(text)[0].canonical == expected


def test_all_meanings_the_name_itself_last() -> None:
    assert [(each.role, each.canonical) for each in spellings("y1")] == [
        (Role.TARGET, "target_y1"),
        (Role.OUT, "out_y1"),
        (Role.OTHER, "y1"),
    ]
    assert [each.canonical for each in spellings("h1")] == ["out_h1", "net_h1", "h1"]
    assert [each.canonical for each in spellings("blame")] == ["blame"]


def test_the_parts_of_a_name() -> None:
    [weight, _] = spellings("w_{12}^{(3)}")
    assert (weight.role, weight.stem, weight.below, weight.layer) == (Role.WEIGHT, "w", ("12",), "3")
    [new, _] = spellings("w_{5,new}")
    assert (new.below, new.is_new) == (("5",), True)
    gradient = spellings("dE/dw5_new")[0]
    assert gradient.by is not None
    assert (gradient.by.stem, gradient.by.is_new) == ("w", True)


KNOWN = (
    *("x1", "x2", "w5", "w5_new", "net_H1", "out_H1", "out_Y1", "target_Y1", "E_Y1", "E_total", "dE/dw5"),
    *("dE/dnet_H1", "learning_rate", "b1", "delta_Y1"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("net_{h1}", ("net_H1",)),
        ("h₁", ("out_H1", "net_H1")),
        ("y1", ("target_Y1", "out_Y1")),
        ("E", ("E_total",)),
        ("∂E/∂w₅", ("dE/dw5",)),
        ("w_5^{+}", ("w5_new",)),
        ("δ_{y1}", ("delta_Y1",)),
        ("η", ("learning_rate",)),
        ("z7", ()),
    ],
)
def test_names_of_a_network_by_spelling(text: str, expected: tuple[str, ...]) -> None:
    assert called(text, KNOWN) == expected


def test_a_name_as_it_is_comes_first() -> None:
    assert called("W", ("w", "W")) == ("W", "w")
