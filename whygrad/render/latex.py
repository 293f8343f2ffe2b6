"""A document as LaTeX that compiles as it is, with amsmath and nothing else; or as a fragment to be put into one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from whygrad.document import Block, Cell, Code, Equation, Equations, Facts, Fold, Paragraph, Picture, Section, Table
from whygrad.notation import LATEX
from whygrad.notation.latex import escaped
from whygrad.notation.numeral import USUAL
from whygrad.render.equation import broken, length, lines, words
from whygrad.render.markdown import RELATIONS
from whygrad.render.numbers import figure
from whygrad.render.table import Column, columns

if TYPE_CHECKING:
    from whygrad.document import Document
    from whygrad.notation import Numbers

HEAD: Final = r"""\documentclass[11pt]{article}
\usepackage{amsmath}
\addtolength{\oddsidemargin}{-2cm}
\addtolength{\textwidth}{4cm}
\addtolength{\topmargin}{-1.5cm}
\addtolength{\textheight}{3cm}
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt plus 2pt}
\allowdisplaybreaks
\begin{document}
"""
FOOT: Final = "\\end{document}\n"
WIDEST: Final = 75
LONG_CELL: Final = 22
LETTER: Final = 0.0105  # of a small letter and of the gap between columns, in widths of the text
GAP: Final = 0.026
HEADINGS: Final = ("section*", "subsection*", "subsubsection*", "paragraph")


def latex(document: Document, numbers: Numbers = USUAL, *, fragment: bool = False) -> str:
    """A document as LaTeX in ASCII; a fragment has neither preamble nor end, and needs amsmath."""
    parts = [rf"\section*{{{escaped(document.title)}}}"]
    parts += [rf"\emph{{{escaped(document.subtitle)}}}"] if document.subtitle else []
    for section in document.sections:
        parts += section_parts(section, 1, numbers)
    body = "\n\n".join(parts) + "\n"
    return body if fragment else f"{HEAD}{body}{FOOT}"


def section_parts(section: Section, level: int, numbers: Numbers) -> list[str]:
    """A heading, its blocks and the sections below it."""
    parts = [rf"\{HEADINGS[min(level, 3)]}{{{escaped(section.title)}}}"]
    parts += [part for block in section.blocks for part in block_parts(block, numbers)]
    return parts + [part for below in section.sections for part in section_parts(below, level + 1, numbers)]


def block_parts(block: Block, numbers: Numbers) -> list[str]:
    """One block of any kind."""
    match block:
        case Paragraph(text):
            return [escaped(text)]
        case Equations():
            return [mathematics(block, numbers)] if block.lines else []
        case Table():
            return [tabular(block, numbers)]
        case Picture(_, caption):
            return [rf"\emph{{Picture: {escaped(caption)}}}"]
        case Facts(pairs):
            return [r" \\ ".join(f"{escaped(term)}: {cell(value, numbers)}" for term, value in pairs)]
        case Code(text, caption):
            return [*([rf"\emph{{{escaped(caption)}}}"] if caption else []), typed(text)]
        case Fold(summary, blocks):
            parts = [part for inner in blocks for part in block_parts(inner, numbers)]
            return [rf"\textbf{{{escaped(summary)}}}", *parts]
        case other:
            assert_never(other)


def mathematics(block: Equations, numbers: Numbers) -> str:
    """Equations aligned at their relations."""
    rows = [row for equation in block.lines for row in rows_latex(equation, numbers)]
    return "\\begin{align*}\n" + " \\\\\n".join(rows) + "\n\\end{align*}"


def rows_latex(equation: Equation, numbers: Numbers) -> list[str]:
    """The lines of one equation, its remark below them."""
    rows = []
    for line in lines(equation, numbers):
        left = words(line.left, LATEX, numbers) if line.left else ""
        relation = RELATIONS[line.relation] if line.relation else ""
        first, *rest = broken(words(line.side, LATEX, numbers), WIDEST)
        rows += [f"{left} &{relation} {first}", *(rf" &\qquad {part}" for part in rest)]
    note = rf" &\quad \parbox{{0.6\textwidth}}{{\raggedright\small\itshape {escaped(equation.note)}}}"
    return [*rows, note] if equation.note else rows


def tabular(table: Table, numbers: Numbers) -> str:
    """A table below its caption; long text is broken within its column."""
    shown = columns(table, numbers, lambda side: f"${words(side, LATEX, numbers)}$", escaped)
    wide = [column for column in shown if is_wide(column)]
    taken = sum(
        max(map(length, (name, *column.cells)))
        for name, column in zip(table.head, shown, strict=True)
        if column not in wide
    )
    share = max((0.9 - LETTER * taken - GAP * len(shown)) / max(len(wide), 1), 0.12)
    kinds = "".join(
        "r" if column.numeric else rf"p{{{share:.2f}\textwidth}}" if is_wide(column) else "l" for column in shown
    )
    head = " & ".join(escaped(name) for name in table.head)
    rows = zip(*(column.cells for column in shown), strict=True)
    inside = "".join(f"{' & '.join(row)} \\\\\n" for row in rows)
    return (
        f"{{\\small\\emph{{{escaped(table.caption)}}}\\par\\smallskip\n"
        f"\\begin{{tabular}}{{@{{}}{kinds}@{{}}}}\n{head} \\\\ \\hline\n{inside}\\end{{tabular}}\\par}}"
    )


def is_wide(column: Column) -> bool:
    """Whether a column of text is too wide to stand on one line beside others."""
    return not column.numeric and any(len(text) > LONG_CELL and not text.startswith("$") for text in column.cells)


def cell(value: Cell, numbers: Numbers) -> str:
    """One value of a list of facts."""
    if isinstance(value, str):
        return escaped(value)
    return (
        escaped(figure(value))
        if value is None or isinstance(value, int | float)
        else f"${words(value, LATEX, numbers)}$"
    )


def typed(text: str) -> str:
    """Code, every blank kept."""
    rows = (escaped(row.expandtabs(4)).replace("''", r"\char34{}").replace(" ", "~") for row in text.split("\n"))
    return "{\\ttfamily\\raggedright\n" + " \\\\\n".join(row or "~" for row in rows) + "\\par}"
