"""The panels that stand beside the network when somebody wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.lab.page.walk.run import plot
from tests.lab.page.walk.walking import Changes, Gone, Holds, Saves, chooses, gives, hover, keys, types

if TYPE_CHECKING:
    from tests.lab.page.walk.walking import Walk

PANELS: Final = {
    "Data": "data",
    "Curves": "curves",
    "Decision boundary": "boundary",
    "Confusion matrix": "confusion",
    "Gradient size per layer": "gradients",
    "Values per layer": "histograms",
    "Inactive units": "inactive",
}


def bar(walk: Walk) -> None:
    """Every panel shown, and put away."""
    for title, name in PANELS.items():
        walk.use(f"button {title}", sees=f"wg-panels .panel[data-panel={name}] wg-panel-{name}")
        walk.use(f"button {title}", sees=Gone(f"wg-panels .panel[data-panel={name}]"))


def shown(walk: Walk, title: str) -> None:
    walk.window.button(title).click()
    walk.part(f"wg-panel-{PANELS[title]}").wait_for()


def ran(walk: Walk, updates: int) -> None:
    walk.page.get_by_label("How many updates").fill(str(updates))
    walk.window.button("Run").click()
    walk.window.at(updates, 0)


def curves(walk: Walk) -> None:
    ran(walk, 40)
    shown(walk, "Curves")
    walk.part("wg-curves-of path.curve[d]").first.wait_for(state="attached")
    plot(walk, "wg-curves-of wg-plot ", "wg-panel-curves", "loss")
    walk.window.button("Update on").click()
    walk.use(
        "wg-curves-of button precision, training", sees="wg-curves-of button[aria-pressed=true]:has-text('precision')"
    )
    for name in ("recall", "accuracy"):
        walk.use(f"wg-curves-of button {name}, training", sees=Changes("wg-curves-of svg[role=img]"))
    walk.use("wg-curves-of button training", sees=Gone("wg-curves-of button[aria-pressed=true]:text-is('training')"))
    walk.use("wg-curves-of wg-plot button Save the accuracy curve as SVG", sees=Saves("accuracy.svg"))
    walk.use("wg-curves-of wg-plot button Save the accuracy curve as PNG", sees=Saves("accuracy.png"))
    walk.use("wg-curves-of wg-plot summary As a table", sees=Changes("wg-panel-curves details"), at=1)
    walk.regions()


def boundary(walk: Walk) -> None:
    for label, value in (("moons: rows", "30"), ("Batch size", "all")):
        walk.page.get_by_label(label).fill(value)
        walk.page.get_by_label(label).press("Enter")
        walk.part("#lab:not([data-waiting])").wait_for()
    ran(walk, 40)
    shown(walk, "Decision boundary")
    walk.part("wg-panel-boundary path[data-row]").first.wait_for()
    walk.use("select How regions are coloured", chooses("cut"), sees=Changes("wg-panel-boundary image"))
    walk.use("button Save the boundary as SVG", sees=Saves("boundary.svg"))
    walk.use("button Save the boundary as PNG", sees=Saves("boundary.png"))
    rows = [each.get_attribute("aria-label") for each in walk.part("wg-panel-boundary path[data-row]").all()]
    here = walk.part("wg-panel-boundary .rings .looked")
    here.wait_for(state="attached")
    walk.use(f"path[data-row] {str(rows[3])[:7]}*", sees=Changes("wg-controls .place"))
    walk.use(f"path[data-row] {str(rows[5])[:7]}*", keys("Enter"), sees=Changes("wg-controls .place"))
    if not walk.is_phone:
        walk.use("div drawing", hover, sees=Changes("wg-panel-boundary .readout"))
    walk.drove("div drawing")
    walk.use(
        "input:range Threshold *",
        lambda each: walk.pull(each, 40),
        sees="wg-panel-boundary button:text-is('Use it for the run'):enabled",
    )
    walk.use("button Back to the run's", sees="wg-panel-boundary output:text-is('0.50')")
    walk.use(
        "input:range Threshold *", keys("ArrowRight", "ArrowRight"), sees="wg-panel-boundary output:text-is('0.52')"
    )
    walk.use("button Use it for the run", sees="wg-notes li:has-text('Threshold (training.threshold)')")
    walk.part("wg-panel-boundary .fields input").last.fill("0.5")
    walk.use("input:text x1", types("2.5", ""), sees="wg-panel-boundary .question output:has-text('y')")
    walk.use("summary As a table", sees="wg-panel-boundary details table")
    walk.driven |= {r"^path\[data\-row\] .*$"}
    walk.regions()
    for part in walk.part("wg-panel-boundary .parts label").all_inner_texts():
        walk.use(f"input:checkbox {part.strip()}", sees=Changes("wg-panel-boundary .marks"))
    walk.driven |= {"^input:text x2$"}
    walk.window.part("wg-header select").select_option("notes-222")
    walk.part("wg-panel-boundary select[aria-label='Which output']:visible").wait_for()
    walk.use("select Which output", chooses("1"), sees=Changes("wg-panel-boundary image"))


def confusion(walk: Walk) -> None:
    shown(walk, "Confusion matrix")
    walk.part("wg-panel-confusion td").first.wait_for()
    walk.regions()


def gradients(walk: Walk) -> None:
    ran(walk, 8)
    shown(walk, "Gradient size per layer")
    walk.part("wg-panel-gradients .mark").first.wait_for(state="attached")
    walk.use("select What is measured", chooses("moved"), sees=Changes("wg-panel-gradients .words"))
    walk.use("button Save the gradient sizes as SVG", sees=Saves("gradients.svg"))
    walk.use("button Save the gradient sizes as PNG", sees=Saves("gradients.png"))
    walk.use("summary As a table", sees="wg-panel-gradients > details table")
    walk.regions()
    walk.window.answers_use = False
    walk.use("wg-remedies button Compare *", sees="wg-remedies button:text-is('Stop')")
    walk.use("wg-remedies button Stop", sees=lambda: walk.window.lab.asked[-1] == {"do": "pause"})
    walk.window.answers_use = True
    walk.page.reload()
    walk.part("wg-remedies button:enabled").first.wait_for()
    walk.use("wg-remedies button Compare *", sees="wg-remedies .legend li")
    walk.use("wg-remedies summary As a table", sees="wg-remedies details table")
    walk.regions()


def histograms(walk: Walk) -> None:
    shown(walk, "Values per layer")
    walk.part("wg-panel-histograms figure").first.wait_for()
    walk.use(
        "select Which numbers", chooses("gradients"), sees="wg-panel-histograms .note:has-text('Of the whole update')"
    )
    walk.use("select Which axis", chooses("own"), sees=Changes("wg-panel-histograms figure"))
    walk.use("summary As a table", sees="wg-panel-histograms details table")
    walk.regions()


def inactive(walk: Walk) -> None:
    ran(walk, 40)
    walk.window.button("Step on").click()
    shown(walk, "Inactive units")
    walk.part("wg-panel-inactive tbody button").first.wait_for()
    name = walk.part("wg-panel-inactive tbody button").first.inner_text()
    walk.use("button Why is the out of *", sees=f"wg-formula .title:has-text('out_{name}')")
    walk.regions()


def data(walk: Walk) -> None:
    shown(walk, "Data")
    walk.part("wg-rows-plane g[data-row]").first.wait_for()
    table(walk)
    plane(walk)
    columns(walk)
    own(walk)
    walk.regions()
    many(walk)


def table(walk: Walk) -> None:
    lines = walk.part("wg-rows-table tbody tr")
    walk.use("wg-rows-table input:text x1 of row 1", types("0.5"), sees="wg-notes li:has-text('row 1 was changed')")
    walk.use("button Undo the last edit", sees=Holds(walk.page.get_by_label("x1 of row 1"), "0"))
    for name, value in (("x1", "0.25"), ("x2", "0.75"), ("y", "1")):
        field = walk.page.get_by_label(f"{name} of a new row")
        walk.use(
            f"wg-rows-table input:text {name} of a new row",
            types(value, ""),
            sees=Holds(field, value),
        )
    walk.use("wg-rows-table button Add", sees=lambda: lines.count() == 5)
    walk.use("wg-rows-table button Delete row 4", sees=lambda: lines.count() == 4)
    pasting = """each => { const data = new DataTransfer(); data.setData('text/plain', '0.5\\t0.5\\n0.25\\t0.25');
      each.focus(); each.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true})); }"""
    walk.use(
        "wg-rows-table input:text x1 of row 0",
        lambda each: each.evaluate(pasting),
        sees=Holds(walk.page.get_by_label("x2 of row 1"), "0.25"),
    )
    walk.use("button Undo the last edit", sees=lambda: walk.page.get_by_label("x2 of row 1").input_value() != "0.25")
    walk.driven |= {r"^wg-rows-table (input:text .* of row \d+|button Delete row \d+)$"}


def plane(walk: Walk) -> None:
    points = walk.part("wg-rows-plane g[data-row]")
    walk.use("wg-rows-plane summary How to draw points", sees="wg-rows-plane details .note")
    walk.use(
        "wg-rows-plane select New points have *",
        chooses("1"),
        sees=Holds(walk.part("wg-rows-plane select"), "1"),
    )
    walk.use("wg-rows-plane svg *", sees=lambda: points.count() == 5)
    walk.part("wg-rows-plane g.chosen").wait_for()
    walk.use("wg-rows-plane button Remove point", sees=lambda: points.count() == 4)
    walk.use("wg-rows-plane svg *", keys("Enter"), sees=lambda: points.count() == 5)
    walk.use("wg-rows-plane svg *", keys("n", "Delete"), sees=lambda: points.count() == 4)
    walk.use("wg-rows-plane g[data-row]*", lambda each: walk.pull(each, 60, -40), sees=Changes("wg-rows-table tbody"))


def columns(walk: Walk) -> None:
    heads = walk.part("wg-rows-table thead th")
    walk.use("summary Columns", sees="wg-rows-columns table")
    walk.use(
        "wg-rows-columns input:text New column",
        types("z", ""),
        sees=Holds(walk.page.get_by_label("New column", exact=True), "z"),
    )
    walk.use(
        "wg-rows-columns input:text In every row",
        types("7", ""),
        sees=Holds(walk.page.get_by_label("In every row"), "7"),
    )
    walk.use(
        "wg-rows-columns select What the new column holds",
        chooses("text"),
        sees=Holds(walk.page.get_by_label("What the new column holds"), "text"),
    )
    walk.use("wg-rows-columns button Add column", sees=lambda: any("z" in each for each in heads.all_inner_texts()))
    walk.use(
        "wg-rows-columns select What the column z holds",
        chooses("number"),
        sees=lambda: (
            walk.page.get_by_label("What the column z holds").input_value() == "number"
            and walk.part("#lab[data-waiting]").count() == 0
        ),
    )
    walk.use(
        "wg-rows-columns select What the column z is used as",
        chooses(""),
        sees=Gone("wg-rows-table th:has-text('z'):has-text('input')"),
    )
    walk.use("wg-rows-columns input:text Name of the column z", types("zz"), sees="wg-rows-table th:has-text('zz')")
    walk.use("wg-rows-columns button Delete the column zz", sees=Gone("wg-rows-table th:has-text('zz')"))
    walk.driven |= {
        r"^wg-rows-columns (input:text Name of the column|select What the column|button Delete the column) .*$"
    }
    walk.driven |= {r"^wg-rows-table input:text zz? of .*$"}


def own(walk: Walk) -> None:
    walk.use("summary A table of your own (CSV)", sees="wg-rows-own textarea")
    content = b"a,b,c\n1,2,low\n2,3,high\n3,1,high\n4,4,low\n"
    walk.use("wg-rows-own input:file *", gives("own.csv", content), sees="wg-rows-own strong:has-text('own.csv')")
    text = "size\tweight\tprice\n1.5\t2\tlow\n2.5\t1\thigh\n3.5\t7\thigh\n4.5\t\tlow\n5.5\t3\tlow\n6.5\t2\thigh\n"
    walk.use("wg-rows-own textarea *", types(text, ""), sees=Holds(walk.part("wg-rows-own textarea"), text))
    walk.use("wg-rows-own button Look at what was pasted", sees="wg-rows-own strong:has-text('pasted table')")
    for label, value in (
        ("Target", "size"),
        ("Target", "price"),
        ("Missing values", "drop"),
        ("Inputs scaled", "none"),
    ):
        field = walk.part("wg-rows-own").get_by_label(label, exact=True)
        walk.use(
            f"wg-rows-own select {label}",
            chooses(value),
            sees=Holds(field, value),
        )
    walk.part("wg-rows-own").get_by_label("Target", exact=True).select_option("size")
    walk.use(
        "wg-rows-own select Predicted as",
        chooses("regression"),
        sees=Holds(walk.part("wg-rows-own").get_by_label("Predicted as"), "regression"),
    )
    for label in ("Validation part", "Test part"):
        field = walk.part("wg-rows-own").get_by_label(label)
        walk.use(f"wg-rows-own input:text {label}", types("0", ""), sees=Holds(field, "0"))
    price = walk.page.get_by_label("Learn from price")
    walk.use("wg-rows-own input:checkbox Learn from price", sees=lambda: not price.is_checked())
    walk.driven |= {"^wg-rows-own input:checkbox Learn from .*$"}
    walk.regions()
    walk.use("wg-rows-own button Take it up", sees="wg-rows-table th:has-text('size'):has-text('target')")
    walk.use("button Undo the last edit", sees=Gone("wg-rows-table th:has-text('size')"))
    walk.driven |= {r"^wg-rows-table input:text .* of a new row$", r"^wg-rows-plane input:text New points have .*$"}


def many(walk: Walk) -> None:
    """More rows than are listed at once."""
    walk.page.get_by_label("Toy data").select_option("sine")
    field = walk.page.get_by_label("sine: rows")
    field.fill("600")
    field.press("Enter")
    first = "wg-panel-data .buttons .note:has-text('rows 0 to')"
    walk.part(first).wait_for()
    walk.use("button Later rows", sees=Gone(first))
    walk.use("button Earlier rows", sees=first)
