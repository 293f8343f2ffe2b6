"""What stands beside the lab: the page of seeds, and what opens over the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.lab.page.walk.walking import Changes, Gone, Holds, Saves, chooses, types

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Locator

    from tests.lab.page.walk.walking import Walk

SEEDS = "wg-page-seeds"
CHECK = "wg-page-check"
NOTES = "net_H1 = (0.15)(0.05) + (0.20)(0.10) = 0.0275\n\nout_H1 = 0.5069\nout_H2 = 0.5969\ndE/dw5 = 0.0821670"


def seeds(walk: Walk) -> None:
    walk.page.get_by_role("link", name="Seeds").click()
    walk.part(f"{SEEDS} form").wait_for()
    fields = {"starts": "2000", "first seed": "3", "epochs at most": "100000", "solved below a loss of": "1e-300"}
    typed(walk, fields)
    walk.use("button Run", sees=f"{SEEDS} button:text-is('Stop')")
    walk.part(f"{SEEDS} .words:has-text('are at epoch')").wait_for()
    walk.use("button Stop", sees=f"{SEEDS} button:text-is('Go on')")
    walk.use("button Go on", sees=f"{SEEDS} button:text-is('Stop')")
    walk.window.button("Stop").click()
    walk.window.button("Go on").wait_for()
    typed(walk, {"starts": "12", "epochs at most": "40", "solved below a loss of": "0.01"})
    walk.use("button Run", sees=f"{SEEDS} .words:has-text('All 12 starts')")
    for name in ("log losses", "log epochs"):
        walk.use(f"input:checkbox {name}", sees=Changes(f"{SEEDS} svg.lines"))
    if not walk.is_phone:  # pointing is for those who have a pointer; the table has it all
        walk.use("path[data-seed] *", walk.point, sees=f"{SEEDS} .readout:has-text('Click to look at it')")
    walk.drove("svg Losses by epoch, *")
    for place in (0, 1):
        walk.use("summary As a table", at=place, sees=Changes(f"{SEEDS} details"))
    walk.regions()
    walk.use("path[data-seed] *", walk.touch, sees="wg-controls")
    walk.page.get_by_role("link", name="Seeds").click()
    walk.use("button Look at seed * in the lab", sees="wg-controls")


def typed(walk: Walk, fields: dict[str, str]) -> None:
    for name, value in fields.items():
        field = walk.part(SEEDS).get_by_label(name, exact=True)
        walk.use(f"input:number {name}", types(value, ""), sees=Holds(field, value))


def check(walk: Walk) -> None:
    """Notes are typed, held against something, marked, taken from files and samples, and put away in files."""
    walk.page.get_by_role("link", name="Check").click()
    field = walk.page.get_by_role("textbox", name="Your notes")
    walk.use("textarea Your notes", types(NOTES, ""), sees=f"{CHECK} .counted:has-text('error')")
    walk.page.get_by_role("heading", name="Check").click()
    walk.part(f"{CHECK} .sheet:not([data-stale])").wait_for()
    walk.use("button Line 4: *", sees=lambda: chosen(field) == "out_H2 = 0.5969")
    walk.use("button line 1", sees=lambda: chosen(field) == NOTES.splitlines()[0])
    walk.driven |= {r"^button (Line \d+: .*|line \d+|More on line \d+)$"}
    walk.use("button Why is dE/dw5 *", sees=f"{CHECK} dialog[open] .title:has-text('dE/dw5')")
    walk.driven |= {r"^button Why is .*$"}
    asked(walk)
    walk.use("button Save the notes", sees=Saves("notes.md"))
    walk.use("button Save the marks", sees=Saves("notes-marked.html"))
    walk.use("select Hold them against", chooses("nothing"), sees=f"{CHECK} .about:has-text('No network')")
    with walk.page.expect_file_chooser() as chooser:
        walk.press(walk.reached("button Open a file …"))
    chooser.value.set_files({"name": "other.md", "mimeType": "text/plain", "buffer": b"1 + 1 = 2"})
    walk.use("button Bring my notes back", sees=Holds(field, NOTES))
    walk.drove("button Open a file …")
    walk.drove("input:file*")
    for title in ("A 2-2-2 network by hand", "From one neuron to blame", "One step of a 2-2-1 network"):
        walk.use(f"button {title}", sees=Changes(f"{CHECK} .behind"))
    walk.regions()
    walk.use("button Open it in the lab", sees="wg-header h1:has-text('A 2-2-1 network')")


def asked(walk: Walk) -> None:
    """A derivation over the page, and that of a number in it."""
    walk.use("div Derivation", first_number, sees=f"{CHECK} dialog[open] button:text-is('← Back')")
    while folds := walk.part(f"{CHECK} dialog details:not([open]) > summary:visible").all():
        walk.use(f"summary {folds[0].inner_text()}", sees=Changes(f"{CHECK} dialog .document"))
    walk.use("button ← Back", sees=Gone(f"{CHECK} dialog button:text-is('← Back')"))
    walk.driven |= {r"^summary .*$", r"^\S+\[data-ref\].*$", r"^div The loss was .*$"}
    walk.regions()
    walk.use("button Close", sees=Gone(f"{CHECK} dialog"))


def first_number(page: ElementHandle) -> None:
    number = page.query_selector("[data-ref='hidden.out[0,0]']")
    assert number is not None
    number.click()


def chosen(field: Locator) -> str:
    """The part of a text that is selected."""
    return str(field.evaluate("each => each.value.slice(each.selectionStart, each.selectionEnd)"))


def dialogs(walk: Walk) -> None:
    walk.window.button("Update on").click()
    walk.window.at(1, 0)
    share(walk)
    export(walk)
    guide(walk)


def share(walk: Walk) -> None:
    walk.window.button("Share …").click()
    link = walk.part("wg-share input")
    walk.until(lambda: "#state=" in link.input_value(), "there is no link")
    walk.use(
        "wg-share input:text The link",
        sees=lambda: link.evaluate("each => each.selectionEnd - each.selectionStart") > 100,
    )
    walk.use("wg-share button Copy the link", sees="wg-share .readout:has-text('Copied.')")
    walk.use("wg-share button Save as a file", sees=Saves("session.json"))
    walk.use("wg-share button Close", sees=Gone("wg-share dialog"))


def export(walk: Walk) -> None:
    walk.window.button("Export …").click()
    files = {
        "LaTeX": ".tex",
        "Markdown": ".md",
        "HTML": ".html",
        "Python": ".py",
        "NumPy": ".py",
        "PyTorch": ".py",
        "JAX": ".py",
        "SVG": "network.svg",
        "PNG": "network.png",
        "The experiment": "experiment.toml",
        "The weights as JSON": ".json",
        "The run as one page": ".html",
    }
    for name, ending in files.items():
        target = walk.reached(f"wg-export button {name}")
        with walk.page.expect_download() as saved:
            walk.press(target)
        assert saved.value.suggested_filename.endswith(ending), name
        walk.part("wg-export .readout:has-text('is made')").wait_for()
        walk.drove(f"wg-export button {name}")
    walk.use("wg-export button Close", sees=Gone("wg-export dialog"))


def guide(walk: Walk) -> None:
    walk.part("wg-header .help summary").click()
    walk.window.button("Show me around").click()
    walk.part("wg-guide aside").wait_for()
    walk.use("wg-guide button Next", sees="wg-guide .note:has-text('2 of 6')")
    walk.use("wg-guide button Back", sees="wg-guide .note:has-text('1 of 6')")
    for place in range(2, 7):
        walk.use("wg-guide button Next", sees=f"wg-guide .note:has-text('{place} of 6')")
    walk.use("wg-guide button Done", sees=Gone("wg-guide aside"))
    walk.window.button("Show me around").click()
    walk.use("wg-guide button Put away", sees=Gone("wg-guide aside"))
