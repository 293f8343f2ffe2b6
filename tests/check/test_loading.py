"""lark is loaded with the first line that is read, and no sooner."""

from __future__ import annotations

import subprocess
import sys


def test_the_room_is_imported_without_lark() -> None:
    script = (
        "import sys, whygrad.check.reading.notes as notes, whygrad.check.worth\n"
        "before = 'lark' in sys.modules\n"
        "notes.parse_notes('prose alone', 'n')\n"
        "prose = 'lark' in sys.modules\n"
        "notes.parse_notes('x = 3', 'n')\n"
        "print(before, prose, 'lark' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False False True\n"
