"""The connection between a widget and its page, without a notebook: what is sent is kept, what is said is handed in."""

from __future__ import annotations

import json
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any

import comm
from comm.base_comm import BaseComm

if TYPE_CHECKING:
    import pytest

    from whygrad.lab.hosts.widget import LabWidget

PATIENCE = 20.0


class Line(BaseComm):
    """One widget's connection; what it sends is JSON, or it would not leave a kernel."""

    def __init__(self, **given: Any) -> None:
        self.sent: Queue[Any] = Queue()
        super().__init__(**given)

    def publish_msg(self, msg_type: str, data: Any = None, *_: Any, **__: Any) -> None:
        if msg_type == "comm_msg" and data and data.get("method") == "custom":
            self.sent.put(json.loads(json.dumps(data["content"], allow_nan=False)))


def connect(monkeypatch: pytest.MonkeyPatch) -> None:
    """Widgets that are made from now on have such connections."""
    monkeypatch.setattr(comm, "create_comm", Line)


def say(widget: LabWidget, do: str, **fields: Any) -> None:
    """As the page says it."""
    widget._handle_msg({"content": {"data": {"method": "custom", "content": {"do": do, **fields}}}, "buffers": []})


def hear(widget: LabWidget, kind: str) -> Any:
    """The next thing of a kind that the page is told."""
    line: Any = widget.comm
    while True:
        message = line.sent.get(timeout=PATIENCE)
        if message["is"] == kind:
            return message
        assert message.get("kind") != "error", message


def ask(widget: LabWidget, kind: str, do: str, **fields: Any) -> Any:
    say(widget, do, **fields)
    return hear(widget, kind)


def begin(widget: LabWidget) -> Any:
    """Open it as a page does; what it is told first."""
    opened = ask(widget, "opened", "open")
    hear(widget, "frame")
    return opened


def nothing_more(widget: LabWidget, seconds: float = 0.4) -> bool:
    """Whether the page is told nothing for some time."""
    line: Any = widget.comm
    try:
        line.sent.get(timeout=seconds)
    except Empty:
        return True
    return False
