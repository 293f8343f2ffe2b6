"""An answer to why in every medium: the same numbers, the trace's own."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from tests.asked import asked
from tests.render.parsed import Parsed
from whygrad import Data, Run, train
from whygrad.errors.graph import UnknownName
from whygrad.notation import Numbers
from whygrad.pipeline.derivation import Derivation, explain
from whygrad.render.frame import BASE
from whygrad.spec import Toy


@pytest.fixture(scope="module")
def notes() -> Run:
    return train("examples/notes-222.toml")


@pytest.fixture(scope="module")
def why(notes: Run) -> Derivation:
    return notes.explain("w5")


def test_the_text_shows_symbols_numbers_and_value(why: Derivation) -> None:
    lines = why.text().splitlines()
    assert lines[0] == "Why dE/dw5 is 0.0815341"
    at = lines.index("  dE/dw5 = out_H1 * dE/dnet_Y1")
    assert lines[at + 1 : at + 3] == [
        "         = 0.593270 * 0.137432",
        "         = 0.0815341   (dE/dnet_Y1 is the same delta as for w7, b2)",
    ]
    assert all(len(line) <= 80 for line in lines)
    assert str(why) == why.text()


def test_each_medium_has_the_value(why: Derivation) -> None:
    for written in (why.text(), why.markdown(), why.latex(), why.latex(fragment=True), why.html()):
        assert "0.0815341" in written
    assert why.latex().startswith("\\documentclass")
    assert "\\documentclass" not in why.latex(fragment=True)
    assert repr(why) == "<Derivation: Why dE/dw5 is 0.0815341>"


def test_the_page_has_native_mathematics_that_is_well_formed(why: Derivation) -> None:
    found = re.findall(r"<math.*?</math>", why.html(), re.DOTALL)
    assert found
    for each in found:
        ElementTree.fromstring(each)  # noqa: S314 (our own page)


def test_the_structure_has_full_precision_and_places_in_the_trace(notes: Run, why: Derivation) -> None:
    text = json.dumps(why.structure())
    exact = float(notes.step(0).change("w5").gradient)
    assert repr(exact) in text
    assert "hidden.out[0,0]" in text


def test_notebooks_get_text_and_mathematics(why: Derivation) -> None:
    bundle = why._repr_mimebundle_()
    assert bundle == {"text/plain": why.text(), "text/markdown": why.markdown(), "text/html": why._repr_html_()}


def test_notebooks_show_the_page_by_itself(why: Derivation) -> None:
    ((_, frame),) = [each for each in Parsed(why._repr_html_()).elements if each[0] == "iframe"]
    inside = frame["srcdoc"]
    assert inside is not None
    assert inside.replace(BASE, "") == why.html()
    assert {"out", "net"} <= {word for each in re.findall("<math.*?</math>", inside) for word in mathematics(each)}
    assert (frame["title"], frame["sandbox"]) == ("Why dE/dw5 is 0.0815341", "")


def mathematics(element: str) -> list[str]:
    """The words of a formula; it is well-formed."""
    return list(ElementTree.fromstring(element).itertext())  # noqa: S314 (our own page)


def test_only_media_with_pictures_have_the_network(why: Derivation) -> None:
    assert "The network with its weights" in why.html()
    for written in (why.text(), why.markdown(), why.latex(), json.dumps(why.structure())):
        assert "network" not in written.lower()
        assert "picture" not in written.lower()


def test_digits_are_shown_and_nothing_else_changes(notes: Run) -> None:
    exact = float(notes.step(0).change("w5").gradient)
    assert f"= {exact:.9g}\n" in explain(notes.step(0), "w5", numbers=Numbers(9)).text()


def test_the_whole_step_is_a_worked_solution(notes: Run) -> None:
    text = notes.explain().text()
    for line in ("  w5_new = w5 - learning_rate * dE/dw5", "         = 0.4 - 0.5 * 0.0815341", "         = 0.359233"):
        assert line in text
    after = notes.step(1).loss
    assert f"The loss was 0.303642 and is {after:.6g} after the update, on the same rows." in text


def test_an_unknown_name_is_refused(notes: Run) -> None:
    with pytest.raises(UnknownName, match="nothing in this network is called 'w99'"):
        notes.explain("w99")


def test_what_stands_below_the_title_says_how_numbers_are_shown(notes: Run) -> None:
    place = "update 1: epoch 0, batch 0, row 0 of the data; "

    def told(numbers: Numbers, *, by_hand: bool = False) -> str:
        return notes.explain("w5", numbers=numbers, by_hand=by_hand).document.subtitle.removeprefix(place)

    assert told(Numbers(6)) == "numbers are shown with 6 significant digits, computed in double precision"
    assert told(Numbers(1, fixed=True)) == "numbers are shown with 1 decimal place, computed in double precision"
    assert told(Numbers(None)) == "numbers are shown with all digits, computed in double precision"
    assert told(Numbers(4), by_hand=True) == (
        "every named value is rounded to 4 significant digits, halves up, before it is used, as by hand"
    )


def test_a_run_in_single_precision_says_so() -> None:
    run = train(asked("2 -> 2 tanh -> 1 sigmoid", dtype="float32"))
    assert run.explain("w1").document.subtitle.endswith("computed in single precision")


def test_other_ways_stand_beside(notes: Run) -> None:
    text = notes.explain("w5", torch=False).text()
    assert "central difference" in text
    assert "complex step         0.08153409                0" in text
    assert "PyTorch" not in text


def test_pytorch_stands_beside_where_asked_for(notes: Run) -> None:
    pytest.importorskip("torch", reason="PyTorch is what stands beside")
    assert "PyTorch              0.08153409" in notes.explain("w5", torch=True).text()


def test_nudges_are_as_large_as_asked(notes: Run) -> None:
    assert notes.explain("w5", nudges=(0.25,)).text().splitlines()[-1].split()[0] == "0.25"


def test_exact_numbers_have_every_digit(notes: Run) -> None:
    exact = float(notes.step(0).change("w5").gradient)
    assert f"= {exact!r}" in notes.explain("w5", numbers=Numbers(None)).text()


def test_inputs_that_were_scaled_are_said_to_be() -> None:
    scaled = train(
        asked("2 -> 1 sigmoid", data=Data(toy=Toy("moons", rows=24), scale="standard"), batch_size="per row")
    )
    assert scaled.explain("w1").document.subtitle.endswith("; inputs are as the network reads them, scaled")
    assert "scaled" not in train(asked("2 -> 1 sigmoid", batch_size="per row")).explain("w1").document.subtitle
