"""Derivations in LaTeX: a reader of TeX understands every formula, and where there is a LaTeX, it compiles them all."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from latex2mathml.converter import convert

from tests.examples.test_every import FILES, called
from tests.examples.trained import asked_for
from tests.properties.pages import Page, fewer, pages
from whygrad.explain import Chart, Sort
from whygrad.explain.moves import size_of
from whygrad.pipeline.derivation import explain
from whygrad.pipeline.starting import untrained
from whygrad.render.latex import FOOT, HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from whygrad import StepTrace
    from whygrad.pipeline.derivation import Derivation

FORMULAS = {
    "latex": re.compile(r"\\begin{align\*}.*?\\end{align\*}|(?<!\\)\$.*?(?<!\\)\$", re.DOTALL),
    "markdown": re.compile(r"\$\$\n(.*?)\n\$\$|(?<![\\$])\$[^$\n]+(?<!\\)\$", re.DOTALL),
}
LINES_AT_MOST = 400  # of a worked solution: what is longer takes LaTeX minutes
WIDER_AT_MOST = 1.0  # points by which a line may be wider than the page: what no eye sees
EXAMPLES = [pytest.param(path, id=called(path)) for path in FILES]


def formulas(derivation: Derivation, medium: str) -> list[str]:
    """The mathematics of a page, without the marks around it."""
    text = derivation.latex() if medium == "latex" else derivation.markdown()
    return [found[0].strip("$\n") for found in FORMULAS[medium].finditer(text)]


@fewer
@given(pages())
def test_every_formula_is_understood_and_the_file_needs_amsmath_alone(page: Page) -> None:
    text = page.derivation.latex()
    assert text.isascii()
    assert re.findall(r"\\usepackage.*", text) == [r"\usepackage{amsmath}"]
    for medium in FORMULAS:
        found = formulas(page.derivation, medium)
        assert found, medium
        for formula in found:
            read = convert(re.sub(r"\\parbox{.*?}{\\raggedright\\small\\itshape ", r"\\text{", formula))
            assert "\\" not in read.replace(r"\_", ""), formula


def derivations(trace: StepTrace) -> Iterator[Derivation]:
    """A few pages about a step: all of it where that is short, a gradient at either end, an output, a new value."""
    chart = Chart(trace)
    first, last = (chart.members(trace.step.parameters[place])[0] for place in (0, -1))
    after = chart.other(first, Sort.AFTER)
    assert after is not None
    if size_of(chart) < LINES_AT_MOST:
        yield explain(trace)
    for each in (first, last, after, chart.members("output.out")[0], chart.loss):
        yield explain(trace, each.written)


@pytest.mark.long
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
@pytest.mark.parametrize("path", EXAMPLES)
def test_every_example_compiles_and_no_line_leaves_the_page(path: Path, tmp_path: Path) -> None:
    experiment = asked_for(called(path))
    if experiment.data.dataset == "digits":
        pytest.importorskip("sklearn", reason="scikit-learn ships the digits")
    trace = untrained(experiment).step(0, 0)
    body = "\n\\clearpage\n".join(each.latex(fragment=True) for each in derivations(trace))
    (tmp_path / "t.tex").write_text(f"{HEAD}{body}{FOOT}", encoding="ascii")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "t.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    log = (tmp_path / "t.log").read_text(encoding="utf-8", errors="replace")
    wider = [float(points) for points in re.findall(r"Overfull \\hbox \(([\d.]+)pt too wide", log)]
    assert [each for each in wider if each > WIDER_AT_MOST] == []
