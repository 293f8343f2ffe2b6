"""The lab as an anywidget, which Jupyter and marimo show alike: the page's modules in one, and a kernel behind them.

The only file that knows anywidget.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anywidget import AnyWidget
from traitlets import Unicode

from whygrad.lab.hosts.bundle import module_script
from whygrad.lab.hosts.kernel import Conversation
from whygrad.lab.hosts.styles import style_within

if TYPE_CHECKING:
    from whygrad.lab.opening import Opening


class LabWidget(AnyWidget):
    """A network that is driven in the output of a cell; closing it ends its work."""

    _esm = module_script("hosts/widget.js")
    styles = Unicode(style_within()).tag(sync=True)

    def __init__(self, opening: Opening) -> None:
        super().__init__()
        self.conversation = Conversation(opening, self.tell, self.is_gone)
        self.on_msg(self.hear)

    def hear(self, _widget: LabWidget, content: Any, _buffers: Any) -> None:
        """Something that the page asks."""
        self.conversation.hear(content)

    def tell(self, answer: Any) -> None:
        """Something that the page is told."""
        self.send(answer)

    def is_gone(self) -> bool:
        """Whether nobody hears any more: a notebook closes the connection of a cell that runs again."""
        return self.comm is None or bool(getattr(self.comm, "_closed", False))

    def close(self) -> None:
        """End the work, and take the output away."""
        if hasattr(self, "conversation"):
            self.conversation.end()
        super().close()
