"""The lab in a notebook: `lab(...)` in the last line of a cell shows it below."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from whygrad.errors.lab_tools import WidgetsMissing
from whygrad.lab.hosts.given import opening_of
from whygrad.render.frame import framed

if TYPE_CHECKING:
    from pathlib import Path

    from whygrad.lab.hosts.widget import LabWidget
    from whygrad.lab.opening import Opening
    from whygrad.pipeline import Run
    from whygrad.spec import Experiment

HEIGHT: Final = 900  # pixels of a recording in a notebook; its lower edge can be drawn further down


def lab(given: Experiment | Run | str | Path | None = None) -> LabView:
    """A network to be driven in a notebook, forward and back, number by number.

    - `given`: an experiment or the path of one; a run or its folder, which is trained again as far as it was.

    Raises what reading it raises.
    """
    return LabView(opening_of(given))


@dataclass(frozen=True)
class Page:
    """A page within a notebook's output."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


class LabView:
    """What a notebook shows: the lab itself with the extra `notebook`, otherwise a recording of the whole run."""

    def __init__(self, opening: Opening) -> None:
        self.opening = opening

    def __repr__(self) -> str:
        experiment = self.opening.experiment
        return f"<Lab of {experiment.title or experiment.network.layers}>"

    @cached_property
    def widget(self) -> LabWidget:
        """The lab as a widget, to be put among others. Raises WidgetsMissing (WG1015)."""
        if find_spec("anywidget") is None:
            raise WidgetsMissing
        from whygrad.lab.hosts.widget import LabWidget

        return LabWidget(self.opening)

    @cached_property
    def recorded(self) -> str:
        """The run as a page that opens without a lab. Raises what recording it does (WG1016)."""
        from whygrad.lab.hosts.recorded_run import recorded_run

        return recorded_run(self.opening)[1]

    def close(self) -> None:
        """End its work."""
        if "widget" in self.__dict__:
            self.widget.close()

    def _repr_mimebundle_(self, **asked: Any) -> Any:
        if find_spec("anywidget") is None:
            return {"text/plain": repr(self), "text/html": self._repr_html_()}
        return self.widget._repr_mimebundle_(**asked)

    def _repr_html_(self) -> str:
        return framed(self.recorded, repr(self), scripts=True, height=HEIGHT)

    def _display_(self) -> object:
        """What marimo asks for."""
        return Page(self._repr_html_()) if find_spec("anywidget") is None else self.widget
