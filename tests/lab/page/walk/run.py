"""The rooms in which a run is driven and looked at: the head, the picture, the controls, the formulas, the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.lab.page.walk.walking import Changes, Gone, Holds, Saves, chooses, gives, hover, keys, types

if TYPE_CHECKING:
    from tests.lab.page.walk.walking import Walk


def head(walk: Walk) -> None:
    walk.use("summary How this page works", sees=".help dl")
    walk.use("button Show me around", sees="wg-guide aside")
    walk.page.keyboard.press("Escape")
    walk.use("summary How this page works", sees=Gone(".help dl"))
    walk.use("select Presets", chooses("xor"), sees="h1:has-text('XOR')")
    walk.use("a Seeds", sees="wg-page-seeds form")
    walk.use("a Lab", sees="wg-controls")
    walk.use("a Check", sees="wg-page-check textarea")
    walk.use("a Lab", sees="wg-controls")
    walk.use("button Experiment …", sees="dialog[open] textarea")
    text = walk.part("dialog textarea")
    walk.use("input:file *", gives("other.toml", b"title = 3"), sees=Holds(text, "title = 3"))
    walk.use("button Open", sees="dialog .fault code")
    walk.use("button Save as a file", sees=Saves("experiment.toml"))
    walk.use("button Close", sees=Gone("dialog[open]"))
    walk.window.part("wg-header select").select_option("notes-222")
    walk.window.part("h1:not(:has-text('XOR'))").wait_for()
    walk.use("button Experiment …", sees="dialog[open] textarea")
    other = text.input_value().replace("learning_rate = 0.5", "learning_rate = 0.25")
    walk.use("textarea *", types(other, ""), sees=Holds(text, other))
    walk.use("button Open", sees=Gone("dialog[open]"))
    assert walk.page.get_by_label("Learning rate").input_value() == "0.25"
    for part in ("share", "export"):
        walk.use(f"button {part.capitalize()} …", sees=f"wg-{part} dialog[open]")
        walk.page.keyboard.press("Escape")


def picture(walk: Walk) -> None:
    walk.window.button("Update on").click()
    walk.window.at(1, 0)
    walk.window.button("Update back").click()
    walk.window.at(0, 0)
    walk.use(
        "select What edges show", chooses("gradients"), sees="wg-network .legend:has-text('thickest line = gradient')"
    )
    walk.use("select What edges show", chooses("weights"), sees="wg-network .legend:has-text('thickest line = weight')")
    walk.use("select What units show", chooses("planes"), sees="wg-network .plane")
    walk.use("select What units show", chooses("values"), sees=Gone("wg-network .plane"))
    walk.use("button SVG", sees=Saves("network.svg"))
    walk.use("button PNG", sees=Saves("network.png"))
    walk.use("line[data-key] reach", walk.touch, sees="wg-formula .title:has-text('Why')")
    walk.window.button("Step on").click()
    walk.use("g[data-key] H1 *", sees="wg-formula .title:has-text('out_H1')")
    walk.use("g[data-key] H2 *", keys("Enter"), sees="wg-formula .title:has-text('out_H2')")
    walk.use("g[data-key] x1*", sees="wg-network .readout:has-text('given, not computed')")
    walk.use("g[data-key] Y1*", sees="wg-network .readout:has-text('not computed yet')")
    walk.use("g[data-key] bias", sees="wg-network .readout:has-text('1, which the biases')")
    walk.use("g[data-key] target * of Y1", sees="wg-network .readout:has-text('not computed yet')")
    walk.driven |= {"^g\\[data\\-key\\] (x|H|Y|target ).*$"}  # more of the same


def controls(walk: Walk) -> None:
    at, place = walk.window.at, "wg-controls .place"
    walk.use("button Step on", sees="wg-moves [aria-current=step]:has-text('Forward')")
    walk.use("button Step back", sees="wg-moves [aria-current=step]:has-text('Start')")
    walk.use("button Update on", sees="wg-controls output:text-is('1 of 1')")
    walk.use("button Update back", sees="wg-controls output:text-is('0 of 1')")
    walk.use("button Epoch on", sees="wg-controls output:text-is('4 of 4')")
    walk.use(
        "input:number How many updates",
        types("3", ""),
        sees=Holds(walk.part("wg-controls form input"), "3"),
    )
    walk.use("button Run", sees="wg-controls output:text-is('7 of 7')")
    walk.use("input:range Updates made", keys("ArrowLeft"), sees="wg-controls output:text-is('6 of 7')")
    walk.use(
        "input:range Updates made", lambda each: walk.pull(each, -400), sees="wg-controls output:text-is('0 of 7')"
    )
    walk.use(
        "select play by *",
        chooses("update"),
        sees=Holds(walk.part("wg-controls select").first, "update"),
    )
    walk.use("select at *", chooses("60"), sees=Holds(walk.part("wg-controls select").nth(1), "60"))
    walk.use("button Play", sees="wg-controls button:text-is('Pause')")
    walk.window.asks({"do": "play", "unit": "update", "per_second": 60})
    walk.use("button Pause", sees=Gone("wg-controls button:text-is('Pause')"))
    walk.use("button Reset", sees="wg-controls output:text-is('0 of 0')")
    walk.use("button the first NaN", sees="wg-notes li")
    walk.use("button where a unit died", sees=Changes("wg-notes"))
    walk.use("button all rows right", sees=Changes("wg-notes"))
    walk.window.part("wg-header select").select_option("gaussians")
    walk.window.part("wg-controls .row").wait_for()
    at(0, 0)
    walk.reached("button where a unit died: *")
    assert walk.window.part("wg-controls .jumps button:disabled").inner_text() == "where a unit died: no layer is relu"
    walk.drove("button where a unit died: *")  # what makes no sense here says why
    walk.use("input:number row", types("2"), sees=Changes(place))
    walk.window.say({"is": "told", "tool": "find", "data": {"what": "all-right", "looked": 12, "of": 100}})
    walk.use("button Stop looking", sees=lambda: walk.window.lab.asked[-1] == {"do": "pause"})
    walk.window.say({"is": "told", "tool": "find", "data": {"what": "all-right"}})
    walk.part("wg-controls .jumps button:has-text('Stop looking'):visible").wait_for(state="detached")


def moves(walk: Walk) -> None:
    for name in ("Forward: hidden", "Loss", "Output gradients: output", "Backward: hidden", "Update", "Start"):
        walk.use(f"button {name}", sees=f"wg-moves [aria-current=step]:text-is('{name}')")
    walk.use("select moves *", chooses("unit"), sees="wg-moves button:text-is('Forward: H2')")
    for name in ("Forward: H1", "Forward: Y2", "Backward: H1"):
        walk.use(f"button {name}", sees=f"wg-moves [aria-current=step]:text-is('{name}')")
    walk.driven |= {"^button (Forward|Backward|Loss|Output gradients|Update).*$"}  # the same of other units


def page(walk: Walk) -> None:
    """The keys of the lab."""

    def strike(key: str, sees: Any) -> None:
        walk.page.keyboard.press(key)
        walk.part(sees).wait_for()
        walk.survey()

    walk.part("#lab").focus()
    strike("ArrowRight", "#lab[data-place='0/1/0']")
    strike("Shift+ArrowRight", "#lab[data-place='1/0/0']")
    strike("ArrowLeft", "#lab[data-place='0/5/0']")
    strike("Shift+ArrowLeft", "#lab[data-place='0/0/0']")
    strike("Space", "#lab[data-playing]")
    strike("Space", "#lab:not([data-playing])")
    strike("Shift+ArrowRight", "#lab[data-place='1/0/0']")
    strike("r", "#lab[data-place='0/0/0']")
    walk.drove("main wg-lab")


def paper(walk: Walk) -> None:
    walk.window.button("Step on").click()
    walk.part("wg-formula .title:has-text('Forward')").wait_for()
    walk.use("mn[data-ref]*", sees="wg-formula .title:has-text('Why')")
    walk.use("button The current move", sees="wg-formula .title:has-text('Forward')")
    walk.use("input:text Why *", types("dE/dw5"), sees="wg-formula .title:has-text('w5')")
    walk.part("wg-formula .ask input").fill("dE/dw1")
    walk.use("button ?", sees="wg-formula .title:has-text('w1')")
    unfolded(walk)
    walk.use("button ← Back", sees="wg-formula .title:has-text('w5')")
    unfolded(walk)
    walk.use("summary Through training", sees="wg-trail wg-plot")
    walk.window.button("Epoch on").click()
    walk.window.at(1, 0)
    walk.part("wg-trail path.curve[d*=L]").wait_for()
    plot(walk, "wg-trail wg-plot ", "wg-trail", "number")
    walk.driven |= {r"^(.* )?\S+\[data\-ref\].*$", "^div The loss was .*$"}  # more numbers
    walk.regions()


def unfolded(walk: Walk) -> None:
    """All of a derivation."""
    folded = walk.part("wg-formula .document details:not([open]) > summary:visible")
    while folded.count():
        walk.use(f"summary {folded.first.inner_text()}", sees=Changes("wg-formula .document"))
    walk.regions()


def plot(walk: Walk, key: str, of: str, file: str, *, at: int = 0, goes: bool = True) -> None:
    """A picture of curves: its scale, its files, its table, and places that are pointed at and gone to."""
    walk.use(f"{key}input:checkbox log scale", sees=Changes(f"{of} .drawing path"), at=at)
    walk.use(f"{key}input:checkbox log scale", sees=Changes(f"{of} .drawing path"), at=at)
    walk.use(f"{key}button Save the {file} curve as SVG", sees=Saves(f"{file}.svg"))
    walk.use(f"{key}button Save the {file} curve as PNG", sees=Saves(f"{file}.png"))
    walk.use(f"{key}summary As a table", sees=Changes(f"{of} details"), at=at)
    if not walk.is_phone:
        walk.use(f"{key}div drawing", hover, sees=Changes(f"{of} .readout"), at=at)
    if goes:
        walk.use(f"{key}div drawing", sees=Changes("wg-controls .place"), at=at)


def losses(walk: Walk) -> None:
    walk.window.button("Run").click()
    walk.window.at(100, 0)
    plot(walk, "wg-plot ", "wg-chart", "loss")
    walk.use("wg-plot button Keep this run", sees="wg-kept li")
    walk.window.button("Reset").click()
    walk.window.at(0, 0)
    walk.page.get_by_label("Learning rate").fill("0.2")
    walk.page.keyboard.press("Enter")
    walk.part("wg-notes li").wait_for()
    walk.part("#lab:not([data-waiting])").wait_for()
    walk.use("wg-kept button Start again with run 1", sees="wg-kept li:has-text('the same settings')")
    walk.use("wg-kept button Put run 1 away", sees=Gone("wg-kept li"))
    walk.regions()


def weights(walk: Walk) -> None:
    field = walk.part("wg-weights tbody input").first
    walk.use("select Which layer", chooses("output"), sees=Gone("wg-weights tr:has-text('w1')"))
    walk.use("select Which layer", chooses(""), sees="wg-weights tr:has-text('w1')")
    walk.use("button Why is the gradient of w1 *", sees="wg-formula .title:has-text('w1')")
    walk.use("button Why is the gradient of b1 *", sees="wg-formula .title:has-text('b1')")
    walk.use("input:text w1 before *", types("0,5"), sees="wg-weights .said:has-text('w1 is 0.5')")
    walk.use("input:text b1 before *", keys("ArrowUp"), sees="wg-weights .said:has-text('b1 is')")
    walk.use("span grip", lambda each: walk.pull(each, 60), sees=lambda: float(field.input_value()) > 0.5)
    walk.driven |= {r"^button Why is the gradient of .*$", r"^input:text .* before the update$"}
    walk.regions()


def units(walk: Walk) -> None:
    walk.window.button("Step on").click()
    walk.window.at(0, 1)
    walk.use("button Why is the out of H1 *", sees="wg-formula .title:has-text('out_H1')")
    walk.use("button Why is the out of H2 *", keys("Enter"), sees="wg-formula .title:has-text('out_H2')")
    walk.driven |= {r"^button Why is the out of .*$"}
    walk.regions()


def notes(walk: Walk) -> None:
    walk.page.get_by_label("Learning rate").fill("0.2")
    walk.page.keyboard.press("Enter")
    walk.part("wg-notes li").wait_for()
    walk.use("button Put away", sees=Gone("wg-notes li"))
    walk.window.answering = False
    walk.window.sockets[-1].close()
    walk.part("wg-notes .gone:has-text('is gone')").wait_for()
    walk.window.answering = True
    walk.use("button Try now", sees=Gone("wg-notes .gone"))
