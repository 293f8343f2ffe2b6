"""Pages about drawn steps: a whole step or one of its quantities, in any number of digits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st

from tests.properties.steps import Taken, steps
from whygrad.explain import Sort, Wanted, explained, worked_solution
from whygrad.notation import Numbers
from whygrad.pipeline.derivation import Derivation

if TYPE_CHECKING:
    from whygrad.document import Document


# A whole page in every medium, or a network that is trained, takes a second or so; a single number a millisecond.
fewer = settings(max_examples=settings().max_examples // 2)


class Page:
    """A page about a step."""

    def __init__(self, derivation: Derivation, taken: Taken) -> None:
        self.derivation, self.taken = derivation, taken
        self.structure = derivation.structure()

    def __repr__(self) -> str:  # what Hypothesis shows of an example that fails
        return f"{self.derivation.document.title}, {self.derivation.numbers}, {self.taken}"


def document_of(draw: st.DrawFn, taken: Taken, numbers: Numbers) -> Document:
    """A page about a step: the whole of it, or one of its quantities."""
    chart = taken.links.chart
    full = taken.experiment.training.loss.name == "cross-entropy"
    wanted = Wanted(every_path_up_to=draw(st.sampled_from([1, 8])), jacobian=full, numbers=numbers)
    if draw(st.integers(0, 4)) == 0:
        return worked_solution(taken.links, wanted)
    arrays = [named for named in chart.named if named.has_names and chart.members(named.name.symbol, named.sort)]
    named = draw(st.sampled_from(arrays))
    element = draw(st.sampled_from(chart.members(named.name.symbol, named.sort)))
    full = full and (chart.is_parameter(element) or named.sort in (Sort.ADJOINT, Sort.GRADIENT))
    return explained(taken.links, element, replace(wanted, jacobian=full))


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """A page about a drawn step, with two to eight digits or decimals."""
    taken = draw(steps())
    numbers = Numbers(draw(st.integers(2, 8)), fixed=draw(st.integers(0, 3)) == 0)
    return Page(Derivation(document_of(draw, taken, numbers), numbers), taken)
