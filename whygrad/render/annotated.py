"""Somebody's text, line by line as it was typed, with marks in its margin and further pages to look into below it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Final

from whygrad.document import Equations
from whygrad.notation.numeral import USUAL
from whygrad.render.page import section_html, whole
from whygrad.render.page_equation import equations_html, escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whygrad.document import Document, Equation
    from whygrad.notation import Numbers

RULES: Final = """\
main.annotated { max-width: 82rem; }
.notes { margin: 1.5rem 0 0; }
.summary { font-weight: 600; margin: 1.25rem 0 0; }
.summary + .summary { font-weight: 400; margin-top: 0.4rem; }
.passage { display: grid; grid-template-columns: 3rem minmax(0, 3fr) minmax(0, 2fr); column-gap: 1rem;
  padding: 0.2rem 0; border-left: 4px solid transparent; scroll-margin-top: 1rem; }
.passage.is-error { border-left-color: var(--wg-orange); background: var(--wg-panel); padding: 0.5rem 0; }
.passage.is-slip { border-left-color: var(--wg-ochre); padding: 0.35rem 0; }
.passage.is-right { border-left-color: var(--wg-green); }
.passage + .passage.is-error { margin-top: 0.35rem; }
.place { color: var(--wg-muted); text-align: right; font-size: 0.875rem; line-height: 1.7;
  font-variant-numeric: tabular-nums; }
.passage pre { background: none; padding: 0; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.7;
  color: var(--wg-muted); }
.passage.is-error pre, .passage.is-slip pre, .passage.is-right pre { color: var(--wg-ink); }
.passage mark { background: none; color: inherit; text-decoration: underline; text-decoration-thickness: 2px;
  text-underline-offset: 0.3em; }
mark.error { text-decoration-color: var(--wg-orange); text-decoration-style: wavy; text-decoration-thickness: 1px; }
mark.slip { text-decoration-color: var(--wg-ochre); text-decoration-style: dotted; }
.correct { margin-top: 0.5rem; padding-left: 0.75rem; border-left: 2px solid var(--wg-green); }
.correct > p { margin: 0; font-size: 0.875rem; color: var(--wg-muted); }
.correct .equations { margin: 0; row-gap: 0.4rem; font-size: 0.9375rem; }
.margin { font-size: 0.875rem; line-height: 1.5; padding-right: 0.75rem; }
.margin p { margin: 0; }
.margin p + p { margin-top: 0.15rem; }
.remark + .remark { margin-top: 0.6rem; }
.verdict { font-weight: 600; }
.verdict .points { float: right; font-weight: 500; font-variant-numeric: tabular-nums; margin-left: 0.75rem; }
.of { font: 0.8125rem ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; color: var(--wg-muted);
  overflow-wrap: anywhere; }
.derived { margin-bottom: 0.4rem; }
.derived section { margin-top: 1.25rem; }
.derived > .back { font-size: 0.875rem; margin: 0 0 0.5rem; }
@media (max-width: 48rem) {
  .passage { grid-template-columns: 2rem minmax(0, 1fr); column-gap: 0.6rem; }
  .margin { grid-column: 2; }
  .correct { padding-left: 0.5rem; }
  .correct .equations { font-size: 0.875rem; }
  .is-error > .margin, .is-slip > .margin { margin-top: 0.4rem; }
}
@media print { .passage { break-inside: avoid; } }
"""


@dataclass(frozen=True)
class Remark:
    """What stands in the margin.

    - `kind`: "error", "slip" or "right", how it looks; `sign` and `word` say the same.
    - `of`: what of the passage it is about, where there are several; `points`: what it earned.
    - `why`: the number of the page below that derives the quantity, and what it is called.
    """

    kind: str
    sign: str
    word: str
    of: str = ""
    points: str = ""
    right: str = ""
    said: tuple[str, ...] = ()
    why: tuple[int, str] | None = None


@dataclass(frozen=True)
class Passage:
    """Lines of the text that are remarked on together, or one without a remark.

    - `number`: of its first line; `marked`: from where to where something is remarked on, and the kind of remark.
    - `correct`: the lines that are right.
    """

    number: int
    text: str
    marked: tuple[tuple[int, int, str], ...] = ()
    remarks: tuple[Remark, ...] = ()
    correct: tuple[Equation, ...] = ()

    @property
    def kind(self) -> str:
        """The worst of its remarks."""
        kinds = [each.kind for each in self.remarks]
        return next((each for each in ("error", "slip", "right") if each in kinds), "")


@dataclass(frozen=True)
class Derived:
    """A page that is looked into where somebody asks why, and the line that asks first."""

    document: Document
    asked_in: int


def annotated_page(
    document: Document,
    passages: Sequence[Passage],
    summary: Sequence[str],
    derived: Sequence[Derived],
    left_out: str = "",
    numbers: Numbers = USUAL,
) -> str:
    """One HTML file: a text with marks in its margin, the sections of a document, and derivations to look into."""
    names = (f"picture{number}" for number in count(1))
    told = "".join(f'<p class="summary">{escape(each)}</p>\n' for each in summary)
    text = "".join(passage_html(each, numbers) for each in passages)
    sections = "".join(section_html(each, numbers, names) for each in document.sections)
    pages = "".join(derived_html(each, number, numbers, names) for number, each in enumerate(derived, 1))
    more = f"<p>{escape(left_out)}</p>\n" if left_out else ""
    why = f"<section>\n<h2>Why</h2>\n{pages}{more}</section>\n" if pages or more else ""
    body = f'{told}<div class="notes">\n{text}</div>\n{sections}{why}'
    return whole(document, body, "annotated", rules=RULES)


def passage_html(passage: Passage, numbers: Numbers) -> str:
    """A passage: the number of its line, what was typed, what stands in the margin."""
    kind = f" is-{passage.kind}" if passage.kind else ""
    correct = correct_html(passage, numbers) if passage.correct else ""
    margin = "".join(map(remark_html, passage.remarks))
    return (
        f'<div class="passage{kind}" id="line{passage.number}"><div class="place">{passage.number}</div>'
        f'<div class="written"><pre>{"".join(pieces(passage))}</pre>{correct}</div>'
        f'<div class="margin">{margin}</div></div>\n'
    )


def pieces(passage: Passage) -> Iterator[str]:
    """The text of a passage, what is remarked on underlined; marks that overlap are one."""
    done = 0
    for start, end, kind in sorted(passage.marked):
        if start >= done and end > start:
            yield typed(passage.text[done:start])
            yield "\n".join(underlined(each, kind) for each in passage.text[start:end].split("\n"))
            done = end
    yield typed(passage.text[done:])


def underlined(text: str, kind: str) -> str:
    """What is remarked on in one line; the blanks before it are no part of it."""
    said = text.strip()
    if not said:
        return typed(text)
    before, _, behind = text.partition(said)
    return f'{typed(before)}<mark class="{kind}">{typed(said)}</mark>{typed(behind)}'


def typed(text: str) -> str:
    """Text as it was typed, every blank and line kept."""
    return "\n".join(escape(each.expandtabs(4)) for each in text.split("\n"))


def correct_html(passage: Passage, numbers: Numbers) -> str:
    """The lines that are right."""
    shown = equations_html(Equations(tuple(replace(each, note="") for each in passage.correct)), numbers)
    return f'<div class="correct"><p>right:</p>{shown}</div>'


def remark_html(remark: Remark) -> str:
    """What stands in the margin."""
    points = f'<span class="points">{escape(remark.points)}</span>' if remark.points else ""
    of = f'<p class="of">{escape(remark.of)}</p>' if remark.of else ""
    right = f"<p>right: {escape(remark.right)}</p>" if remark.right else ""
    said = "".join(f"<p>{escape(each)}</p>" for each in remark.said)
    why = f'<p><a href="#why{remark.why[0]}">{escape(remark.why[1])}</a></p>' if remark.why else ""
    verdict = f'<p class="verdict">{points}{escape(remark.sign)} {escape(remark.word)}</p>'
    return f'<div class="remark">{verdict}{of}{right}{said}{why}</div>'


def derived_html(derived: Derived, number: int, numbers: Numbers, names: Iterator[str]) -> str:
    """A derivation, closed until somebody asks; a link to what is inside opens it."""
    document = derived.document
    inside = "".join(section_html(each, numbers, names, 3) for each in document.sections)
    back = f'<p class="back" id="why{number}"><a href="#line{derived.asked_in}">back to line {derived.asked_in}</a></p>'
    return f'<details class="derived"><summary>{escape(document.title)}</summary>\n{back}\n{inside}</details>\n'
