"""Right notes of random networks, rounded as people round, are never accused."""

from __future__ import annotations

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.check.marked import EXAMPLES as FOLDER
from tests.check.marked import charts, marked, network
from whygrad.notation import Numbers
from whygrad.pipeline.derivation import explain
from whygrad.pipeline.marking import Marking

EXAMPLES = max(8, (settings.default.max_examples if settings.default else 0) // 4)
LAYERS = ("2 -> 2 {} -> 1 {}", "2 -> 2 {} -> 2 {}", "1 -> 2 {} -> 1 {}", "2 -> 2 {} -> 2 sigmoid -> 1 {}")
SIGNS = "0123456789.=+-*/^()[]{}_\\ xwbEd'½≈→|\n,e%σ∂Σ"
LOSSES = ("sum half-squared-error", "sum squared-error")


@settings(  # to shrink takes long, and the seed says it all
    phases=(Phase.explicit, Phase.generate), max_examples=EXAMPLES
)
@given(
    layers=st.sampled_from(LAYERS),
    hidden=st.sampled_from(("sigmoid", "tanh", "relu")),
    output=st.sampled_from(("sigmoid", "tanh", "")),
    loss=st.sampled_from(LOSSES),
    seed=st.integers(0, 10_000),
    digits=st.integers(3, 6),
    by_hand=st.booleans(),
    tex=st.booleans(),
)
def test_what_whygrad_works_out_itself_has_no_errors(
    layers: str, hidden: str, output: str, loss: str, seed: int, digits: int, *, by_hand: bool, tex: bool
) -> None:
    """Its own derivations, rounded to some digits, or worked by hand with rounded numbers, as text or as TeX."""
    shape = layers.format(hidden, output).strip()
    inputs, outputs = int(shape[0]), int(shape.rpartition("-> ")[2].split()[0])
    experiment = network(shape, loss, inputs, outputs).replace("seed = 11", f"seed = {seed}")
    derivation = explain(charts(experiment)[0].trace, numbers=Numbers(digits), by_hand=by_hand)
    found = marked(derivation.markdown() if tex else derivation.text(100), experiment)
    assert [(each.text, each.verdict.value) for each in found.errors] == []
    assert sum(each.verdict.value.startswith("right") for each in found.marks) > 10


@settings(phases=(Phase.explicit, Phase.generate), max_examples=EXAMPLES * 2)
@given(st.data())
def test_whatever_is_written_is_marked(data: st.DataObject) -> None:
    """Some lines of notes with characters exchanged: no line raises, and every mark can be shown."""
    stem = data.draw(st.sampled_from(("notes-222", "live-221", "concepts")))
    lines = (FOLDER / "notes" / f"{stem}.md").read_text(encoding="utf-8").rpartition("+++")[2].splitlines()
    first = data.draw(st.integers(0, len(lines) - 1))
    text = list("\n".join(lines[first : first + 8]))
    for place, sign in data.draw(st.lists(st.tuples(st.integers(0, 200), st.sampled_from(SIGNS)), max_size=10)):
        if place < len(text):
            text[place] = sign
    found = Marking(marked("".join(text)))
    assert found.text().count("\n") >= len({each.line for each in found.marked.marks})
    assert len(found.structure()["marks"]) == len(found.marked.marks)
