"""The lab in a notebook: what a cell shows, and the conversation of a widget with its kernel."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.typed import EXAMPLES
from tests.lab.comms import Line, ask, begin, connect, hear, nothing_more, say
from whygrad import Data, Loss, Network, Training, load, train
from whygrad.errors.lab_tools import WidgetsMissing
from whygrad.lab import lab
from whygrad.lab.hosts.given import opening_of
from whygrad.lab.hosts.kernel import Conversation, registry
from whygrad.lab.hosts.notebook import LabView
from whygrad.lab.opening import Opening, first_opening
from whygrad.lab.presets import preset
from whygrad.lab.session import Session

if TYPE_CHECKING:
    from whygrad.lab.hosts.widget import LabWidget

Made = Callable[[str], "LabWidget"]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    """Widgets, closed in the end."""
    pytest.importorskip("anywidget")
    connect(monkeypatch)
    widgets: list[LabWidget] = []

    def one(name: str) -> LabWidget:
        widgets.append(LabView(Opening(preset(name))).widget)
        return widgets[-1]

    yield one
    for each in widgets:
        each.close()


def waits_until(holds: Callable[[], bool]) -> bool:
    pause = Event()
    return any(holds() or pause.wait(0.05) for _ in range(200))


def test_it_opens_steps_and_gets_the_equations_after_the_frame(made: Made) -> None:
    widget = made("notes-222")
    assert ask(widget, "opened", "open")["experiment"]["title"] == preset("notes-222").title
    assert hear(widget, "frame")["moves"] == 0
    assert hear(widget, "why")["document"]["title"] == "Before the first move"
    assert ask(widget, "frame", "step")["moves"] == 1
    assert ask(widget, "frame", "set-weight", name="w1", value=1.5)["weights"]["hidden.W"][0][0] == 1.5
    say(widget, "explain", of="w99")
    assert widget.comm.sent.get(timeout=20)["is"] != "frame"


def test_what_is_no_request_is_answered_and_ends_nothing(made: Made) -> None:
    widget = made("students")
    line: Any = widget.comm
    say(widget, "step")
    assert line.sent.get(timeout=20)["code"] == "WG1008"
    ask(widget, "frame", "open")
    for bad in ("fly", "step"):
        say(widget, bad, count=-1)
        while (said := line.sent.get(timeout=20))["is"] != "said":
            pass
        assert said["code"] == "WG1003"
    assert ask(widget, "frame", "step")["moves"] == 1


def test_it_plays_by_itself_until_a_pause(made: Made) -> None:
    widget = made("xor")
    ask(widget, "frame", "open")
    say(widget, "play", unit="update", per_second=60)
    assert waits_until(lambda: hear(widget, "frame")["update"] >= 5)
    say(widget, "pause")
    while hear(widget, "frame")["playing"]:
        pass
    hear(widget, "why")
    assert nothing_more(widget)


def test_another_view_of_it_shows_the_same_session(made: Made) -> None:
    widget = made("students")
    first = begin(widget)
    ask(widget, "frame", "step", unit="update", count=3)
    again = ask(widget, "opened", "open")
    assert again["session"] == first["session"]
    assert hear(widget, "frame")["update"] == 3
    other = ask(widget, "opened", "open", preset="notes-222")
    assert other["session"] != first["session"]
    assert ask(widget, "opened", "open")["session"] == other["session"]


def test_two_widgets_do_not_meet(made: Made) -> None:
    one, other = made("students"), made("xor")
    sessions = {begin(each)["session"] for each in (one, other)}
    assert len(sessions) == 2
    say(other, "play", unit="update", per_second=60)
    assert ask(one, "frame", "step", unit="update", count=2)["update"] == 2
    one.close()
    assert waits_until(lambda: hear(other, "frame")["update"] >= 3)


def test_closing_ends_its_work(made: Made) -> None:
    widget = made("xor")
    name = begin(widget)["session"]
    line: Any = widget.comm
    assert name in registry().seats
    say(widget, "play", unit="epoch", per_second=60)
    hear(widget, "frame")
    widget.close()
    assert waits_until(lambda: name not in registry().seats)
    while not line.sent.empty():
        line.sent.get()
    assert not Event().wait(0.3)
    assert line.sent.empty()


def test_an_output_that_is_gone_ends_with_the_next_thing_it_is_told(made: Made) -> None:
    """A notebook closes the connection of a cell that runs again, and says nothing to the widget."""
    widget = made("xor")
    name = begin(widget)["session"]
    say(widget, "play", unit="epoch", per_second=60)
    hear(widget, "frame")
    widget.comm._closed = True
    assert waits_until(lambda: name not in registry().seats)


def test_an_output_that_is_gone_and_idle_ends_when_another_begins() -> None:
    told: list[Any] = []
    gone = Event()
    idle = Conversation(first_opening(), told.append, gone.is_set)
    idle.hear({"do": "open"})
    assert waits_until(lambda: bool(told))
    name = told[0]["session"]
    gone.set()
    other = Conversation(first_opening(), lambda _: None, lambda: False)
    other.hear({"do": "open"})
    assert waits_until(lambda: name not in registry().seats)
    other.end()


def test_messages_come_in_whichever_thread(made: Made) -> None:
    widget = made("students")
    ask(widget, "frame", "open")
    threads = [Thread(target=say, args=(widget, "step")) for _ in range(5)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert {hear(widget, "frame")["moves"] for _ in range(5)} == {1, 2, 3, 4}


def test_a_cell_shows_the_widget(made: Made) -> None:
    pytest.importorskip("anywidget")
    view = lab(EXAMPLES / "notes-222.toml")
    shown, _ = view._repr_mimebundle_(include=None, exclude=None)
    assert shown["application/vnd.jupyter.widget-view+json"]["model_id"] == view.widget.model_id
    assert view._display_() is view.widget
    state = view.widget.get_state()
    assert state["_esm"].endswith('export default $need("hosts/widget.js").default;\n')
    assert ".wg-lab" in state["styles"]
    view.close()
    assert isinstance(made("xor").comm, Line)


def test_without_the_extra_it_is_a_recording_and_the_widget_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("whygrad.lab.hosts.notebook.find_spec", lambda _: None)
    view = lab(EXAMPLES / "notes-222.toml")
    assert repr(view) == "<Lab of A 2-2-2 network worked by hand>"
    page = view._repr_mimebundle_()["text/html"]
    assert 'sandbox="allow-scripts allow-downloads"' in page
    assert "A 2-2-2 network worked by hand: a recorded run" in page
    assert view._display_()._repr_html_() == page  # type: ignore[attr-defined]
    with pytest.raises(WidgetsMissing):
        _ = view.widget
    view.close()


def test_what_one_may_give(tmp_path: Path) -> None:
    assert opening_of(None) == first_opening()
    file = EXAMPLES / "penguins.toml"
    for given in (file, str(file)):
        found = opening_of(given)
        assert (found.folder, found.file, found.update) == (EXAMPLES, "penguins.csv", 0)
    experiment = preset("students")
    assert opening_of(experiment) == Opening(experiment)
    short = tmp_path / "short.toml"
    short.write_text(re.sub(r"epochs = \d+", "epochs = 2", file.read_text(encoding="utf-8")), encoding="utf-8")
    shutil.copy(EXAMPLES / "penguins.csv", tmp_path)
    run = train(short)
    found = opening_of(run)
    per_epoch = Session(found.experiment, found.folder).stretch(0).line.per_epoch
    assert found.update == 2 * per_epoch > 2
    run.save(tmp_path / "run")
    assert opening_of(tmp_path / "run") == opening_of(load(tmp_path / "run"))


def test_rows_from_memory_come_along() -> None:
    rows = {"hours": [1.0, 2.0, None, 4.0], "good": [True, False, True, True], "passed": ["no", "no", "yes", "yes"]}
    training = Training(loss=Loss("binary-cross-entropy", "mean"), learning_rate=0.5, epochs=20, batch_size="all")
    run = train(
        Network("2 -> 1 sigmoid"), training, Data(target="passed", missing="median"), rows=rows, engine="interpreter"
    )
    opening = opening_of(run)
    assert opening.experiment.data.columns == {
        "hours": (1.0, 2.0, None, 4.0),
        "good": (True, False, True, True),
        "passed": ("no", "no", "yes", "yes"),
    }
    session = Session(opening.experiment)
    session.go(opening.update)
    states = session.stretch(20).line.states(20)
    assert [float(each) for each in states["output.W"].ravel()] == [float(each) for each in run["output.W"].ravel()]


def test_it_loads_nothing_before_it_is_asked_for() -> None:
    from tests.architecture.test_imports import loaded_by

    assert loaded_by("import whygrad, whygrad.lab") - {"msgspec", "numpy", "whygrad"} == set()
    assert "anywidget" not in loaded_by("from whygrad.lab import lab")
    with pytest.raises(AttributeError, match="no attribute 'laboratory'"):
        _ = __import__("whygrad.lab").lab.laboratory
