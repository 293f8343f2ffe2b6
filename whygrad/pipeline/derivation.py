"""An answer to why, in every medium: what `explain` found, with the renderers as methods."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from whygrad.bridge import gradient_by_torch, torch_is_loaded
from whygrad.explain import (
    ByHand,
    Chart,
    Links,
    Runner,
    Wanted,
    Way,
    element_called,
    explained,
    standing,
    worked_solution,
)
from whygrad.notation import Numbers
from whygrad.run import complex_step, evaluate, prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from whygrad.document import Document, Picture
    from whygrad.explain import Element
    from whygrad.graph import Expr
    from whygrad.trace import StepTrace


@dataclass(frozen=True, eq=False, repr=False)
class Derivation:
    """A document that explains a step or one of its quantities; notebooks show it as a page.

    `numbers` says how many digits are shown; what was computed has full precision. `beside` draws the network for the
    media that show pictures; nothing is drawn before it is asked for.
    """

    document: Document
    numbers: Numbers = field(default_factory=Numbers)
    beside: Callable[[], Picture | None] = lambda: None

    def __repr__(self) -> str:
        return f"<Derivation: {self.document.title}>"

    def __str__(self) -> str:
        return self.text()

    def with_word(self, told: str) -> Derivation:
        """The same, with a further word below its title."""
        return replace(self, document=replace(self.document, subtitle=f"{self.document.subtitle}; {told}"))

    def text(self, width: int = 80) -> str:
        """As text for a terminal of so many columns."""
        from whygrad.render.terminal import terminal

        return terminal(self.document, self.numbers, width=width)

    def markdown(self) -> str:
        """As Markdown with TeX mathematics."""
        from whygrad.render.markdown import markdown

        return markdown(self.document, self.numbers)

    def latex(self, *, fragment: bool = False) -> str:
        """As a LaTeX file that compiles by itself, or as a fragment to be put into another."""
        from whygrad.render.latex import latex

        return latex(self.document, self.numbers, fragment=fragment)

    def html(self) -> str:
        """As one page that opens offline, with native MathML."""
        from whygrad.render.page import page

        return page(self.document, self.numbers, beside=self.beside())

    def structure(self) -> Any:
        """As plain dicts and lists: every number in full precision, with its place in the trace."""
        from whygrad.render.document_json import document_json

        return json.loads(document_json(self.document))

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": self.text(), "text/markdown": self.markdown(), "text/html": self._repr_html_()}

    def _repr_html_(self) -> str:
        from whygrad.render.frame import framed

        return framed(self.html(), self.document.title)


def explain(
    trace: StepTrace,
    of: str | None = None,
    *,
    numbers: Numbers | None = None,
    paths: int | None = None,
    nudges: Sequence[float] | None = None,
    by_hand: bool = False,
    jacobian: bool = False,
    torch: bool | None = None,
) -> Derivation:
    """Why: the whole step as a worked solution, or one quantity by name ("w5", "dE/dw5", "net_H1", "w5_new").

    - `numbers`: how many digits are shown; `by_hand`: round every number so before it is used again.
    - `paths`: how many of the largest paths are derived, where there are too many to derive them all.
    - `nudges`: by how much a parameter is moved to measure what the loss does.
    - `jacobian`: derive a softmax with cross-entropy in full.
    - `torch`: whether PyTorch's gradient stands beside; by default if this process has imported it.

    Raises UnknownName (WG105), TooManyElements (WG401) for steps too large to be written out whole, NoSoftmax (WG402)
    where there is no Jacobian to derive, NotPartOf (WG403) for an option that has no place in what is asked for,
    FrameworkMissing (WG901) without PyTorch.
    """
    numbers = numbers or Numbers()
    wanted = Wanted(derived=paths, nudges=nudges, jacobian=jacobian, numbers=numbers)
    runner = Runner(evaluate, prepared, ways(torch=torch_is_loaded() if torch is None else torch))
    chart = Chart(trace)
    links = Links(ByHand(chart, runner, numbers) if by_hand else chart, runner)
    element = None if of is None else element_called(links.chart, of)
    document = worked_solution(links, wanted) if element is None else explained(links, element, wanted)
    told = f"{document.subtitle}; {about(numbers, trace, by_hand=by_hand)}"
    return Derivation(replace(document, subtitle=told), numbers, partial(beside, links, element))


def beside(links: Links, element: Element | None) -> Picture | None:
    """The network of the step, in which what is asked for stands out."""
    from whygrad.pipeline.step_sketch import step_picture

    return step_picture(links.chart.trace, None if element is None else standing(links, element))


def about(numbers: Numbers, trace: StepTrace, *, by_hand: bool) -> str:
    """How numbers are shown, and what was computed with."""
    digits = "digit" if numbers.digits == 1 else "digits"
    shown = "all digits" if numbers.digits is None else f"{numbers.digits} significant {digits}"
    if numbers.fixed:
        shown = f"{numbers.digits} decimal {'place' if numbers.digits == 1 else 'places'}"
    if by_hand:
        return f"every named value is rounded to {shown}, halves up, before it is used, as by hand"
    narrow = any(np.asarray(trace.values[state]).dtype == np.float32 for state in trace.step.states.values())
    return f"numbers are shown with {shown}, computed in {'single' if narrow else 'double'} precision"


def ways(*, torch: bool) -> tuple[Way, ...]:
    """Ways to a derivative that know nothing of the records' rules."""
    found = [Way("complex step", complex_step)]
    if torch:
        found.append(Way("PyTorch", by_torch))
    return tuple(found)


def by_torch(of: Expr, by: Expr, index: tuple[int, ...], values: Mapping[Expr, Any]) -> float:
    """The derivative of `of` by one element of `by`, as PyTorch has it. Raises FrameworkMissing (WG901)."""
    (found,) = gradient_by_torch(of, [by], values)
    return float(found[index])


def prepared(nodes: Sequence[Expr]) -> Callable[[Mapping[Expr, Any]], dict[Expr, Any]]:
    """Nodes made ready to be evaluated again and again."""
    program = prepare(nodes)

    def values(leaves: Mapping[Expr, Any]) -> dict[Expr, Any]:
        memory = program.run(leaves)
        return {node: memory[program.slots[node]] for node in nodes}

    return values
