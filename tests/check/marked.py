"""Networks and notes for the tests of marks."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whygrad.check.convention import Before
from whygrad.check.judging.scene import Scene
from whygrad.check.marking import mark
from whygrad.check.naming import Naming
from whygrad.check.reading.notes import parse_notes
from whygrad.explain import Chart
from whygrad.pipeline.marking import Marking, check
from whygrad.pipeline.papers import Remembering, on_paper
from whygrad.pipeline.setting_up import set_up
from whygrad.run import Timeline
from whygrad.spec import parse_experiment

if TYPE_CHECKING:
    from whygrad.check.judging.quantities import Quantities
    from whygrad.check.marking import Mark, Marked

EXAMPLES = Path(__file__).parents[2] / "examples"
NOTES_222 = (EXAMPLES / "notes-222.toml").read_text(encoding="utf-8")


@cache
def charts(experiment: str) -> tuple[Chart, Chart]:
    """The first step of an experiment and the one after it."""
    ready = set_up(parse_experiment(experiment, "test"), Path())
    timeline = Timeline(ready.job, ready.start().states)
    first = timeline.trace(0)
    timeline.go_on()
    return Chart(first), Chart(timeline.trace(1))


@cache
def papers(experiment: str) -> tuple[Quantities, Quantities]:
    """The same as people write them."""
    step, after = charts(experiment)
    return on_paper(step), on_paper(after)


@cache
def hand_worked() -> Marking:
    """The marks of the hand-worked example."""
    return check(EXAMPLES / "notes" / "notes-222.md")


def scene(experiment: str) -> Scene:
    return Scene(papers(experiment)[0])


def scene_after(experiment: str) -> Scene:
    """The forward pass after the update, which knows what the weights were before."""
    step, after = charts(experiment)
    found = Naming.of(step, after, {}).under(step, after, Before(step, after, Remembering())).after
    assert found is not None
    return found


def marked(text: str, experiment: str = NOTES_222) -> Marked:
    """Notes marked against an experiment."""
    step, after = papers(experiment)
    names = [each.written for each in step.every()]
    return mark(parse_notes(text, "notes.md", names), step, Remembering(), after)


def one(text: str, experiment: str = NOTES_222) -> Mark:
    """The mark of the last claim."""
    return marked(text, experiment).marks[-1]


def cause(mark_: Mark) -> list[Any]:
    """The names of what is told as the cause."""
    finding = mark_.finding
    if finding is None:
        return []
    causes = finding.causes if finding.together else finding.causes[:1]
    return [each.misconception.name for each in causes]


def network(layers: str, loss: str, inputs: int, outputs: int, optimizer: str = "") -> str:
    """A small experiment of one row, with weights that are drawn."""
    columns = "\n".join(f"x{n + 1} = [{value}]" for n, value in enumerate((0.5, -0.3, 0.8)[:inputs]))
    targets = "\n".join(f"t{n + 1} = [{value}]" for n, value in enumerate((0.9, 0.2, 0.4)[:outputs]))
    names = ", ".join(f'"t{n + 1}"' for n in range(outputs))
    return f"""
[data]
target = [{names}]
scale = "none"
[data.columns]
{columns}
{targets}
[network]
layers = "{layers}"
bias_initialiser = {{ name = "uniform", low = -0.5, high = 0.5 }}
[training]
loss = "{loss}"
learning_rate = 0.25
seed = 11
batch_size = "per row"
epochs = 1
{optimizer}
"""
