"""The short form of the layers, and the word that an error points at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whygrad.errors.spec import ShortFormError
from whygrad.spec import BatchNorm, Dense, Dropout, Layer, LayerNorm, Residual
from whygrad.spec.short_form import parse_short_form


@pytest.mark.parametrize(
    ("text", "inputs", "layers"),
    [
        ("2 -> 1", 2, (Dense(1),)),
        ("2->8 relu->1", 2, (Dense(8, "relu"), Dense(1))),
        ("in → 4 leaky-relu → out softmax", None, (Dense(4, "leaky-relu"), Dense("out", "softmax"))),
        ("3 -> dropout 0.2 -> out", 3, (Dropout(0.2), Dense("out"))),
        ("3 -> dropout 0 -> dropout 1e-3 -> 1", 3, (Dropout(0.0), Dropout(0.001), Dense(1))),
        ("3 -> layer-norm -> batch-norm -> 1", 3, (LayerNorm(), BatchNorm(), Dense(1))),
        (
            "3 -> residual(4 relu -> residual (4) -> 3) -> 1",
            3,
            (Residual((Dense(4, "relu"), Residual((Dense(4),)), Dense(3))), Dense(1)),
        ),
    ],
)
def test_a_form_is_taken_apart(text: str, inputs: int | None, layers: tuple[Layer, ...]) -> None:
    assert parse_short_form(text) == (inputs, layers)


@pytest.mark.parametrize(
    ("text", "marks", "advice"),
    [
        ("", "^", ""),
        ("x -> 1", "^", ""),
        ("0 -> 1", "^", ""),
        ("2", " ^", ""),
        ("2 1", "  ^", ""),
        ("2 ->", "    ^", ""),
        ("2 -> -1", "     ^", ""),
        ("2 -> 0", "     ^", ""),
        ("2 -> 2.5", "     ^^^", ""),
        ("2 -> 1000001", "     ^^^^^^^", ""),
        ("2 -> 8 Relu -> 1", "       ^^^^", 'did you mean "relu"?'),
        ("2 -> 8 relu relu -> 1", "            ^^^^", "an activation stands behind its units: 8 relu"),
        ("2 -> relu -> 1", "     ^^^^", "an activation stands behind its units: 8 relu"),
        ("2 -> drop 0.5 -> 1", "     ^^^^", 'did you mean "dropout"?'),
        ("2 -> dropout -> 1", "             ^^", ""),
        ("2 -> dropout 1.0 -> 1", "             ^^^", ""),
        ("2 -> layernorm -> 1", "     ^^^^^^^^^", 'did you mean "layer-norm"?'),
        ("2 -> residual 3 -> 1", "              ^", ""),
        ("2 -> residual(3 -> 1", "                    ^", ""),
        ("2 -> 3) -> 1", "      ^", ""),
        ("2 => 3", "  ^", ""),
    ],
)
def test_an_error_points_at_the_word(text: str, marks: str, advice: str) -> None:
    with pytest.raises(ShortFormError) as caught:
        parse_short_form(text)
    assert caught.value.why().split("\n")[1:] == ["    " + text, "    " + marks]
    assert caught.value.advice() == (advice or 'the form is "2 -> 8 relu -> 1" or "in -> 16 relu -> out softmax"')


def test_of_several_lines_only_the_one_with_the_slip_is_shown() -> None:
    with pytest.raises(ShortFormError) as caught:
        parse_short_form("2 ->\n  8 rellu\n  -> 1")
    assert caught.value.why().split("\n")[1:] == ["      8 rellu", "        ^^^^^"]


@given(st.text(alphabet="in out 0123456789.-> relu() dropout softmax→\n"))
def test_any_text_is_a_form_or_is_refused_at_a_word_of_it(text: str) -> None:
    slip = ShortFormError(text=text, start=0, word="", expected="")
    try:
        parse_short_form(text)
    except ShortFormError as error:
        slip = error
    assert text[slip.start :].startswith(slip.word)
    assert slip.start <= len(text)
