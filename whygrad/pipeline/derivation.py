"""An answer to why, in every medium: what `explain` found, with the renderers as methods."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from whygrad.explain import Chart, Links, Runner, element_called, explained, standing, worked_solution
from whygrad.notation import Numbers
from whygrad.run import evaluate, prepare

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


def explain(trace: StepTrace, of: str | None = None, *, numbers: Numbers | None = None) -> Derivation:
    """Why: the whole step as a worked solution, or one quantity by name ("w5", "dE/dw5", "net_H1", "w5_new").

    Raises UnknownName (WG105), and TooManyElements (WG401) for steps too large to be written out whole.
    """
    links = Links(Chart(trace), RUNNER)
    element = None if of is None else element_called(links.chart, of)
    document = worked_solution(links) if element is None else explained(links, element)
    return Derivation(document, numbers or Numbers(), partial(beside, links, element))


def beside(links: Links, element: Element | None) -> Picture | None:
    """The network of the step, in which what is asked for stands out."""
    from whygrad.pipeline.step_sketch import step_picture

    return step_picture(links.chart.trace, None if element is None else standing(links, element))


def prepared(nodes: Sequence[Expr]) -> Callable[[Mapping[Expr, Any]], dict[Expr, Any]]:
    """Nodes made ready to be evaluated again and again."""
    program = prepare(nodes)

    def values(leaves: Mapping[Expr, Any]) -> dict[Expr, Any]:
        memory = program.run(leaves)
        return {node: memory[program.slots[node]] for node in nodes}

    return values


RUNNER = Runner(evaluate, prepared)
