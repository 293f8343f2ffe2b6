/** The losses of all updates made, each before its update: axes, the place that is looked at, values on hover. */

import { linear, logarithmic, thinned } from "./chart-scale.js";
import { ask, assign, define, h, svg, write } from "./dom.js";
import { savePng, saveSvg } from "./download.js";
import { exact, shown } from "./numbers.js";

const HEIGHT = 240;
const EDGE = { left: 62, right: 14, top: 14, bottom: 40 };
const ROWS = 40;
const NONE = "No update is made yet.";
const REST = "Point at the curve for its values; click to look at that update.";

class Chart extends HTMLElement {
  x = /** @type {import("./chart-scale.js").Scale} */ (/** @type {any} */ (null));
  y = /** @type {import("./chart-scale.js").Scale} */ (/** @type {any} */ (null));

  connectedCallback() {
    if (this.firstChild) return;
    /** @type {Array<number | null>} */
    this.losses = [];
    this.isLog = h("input", { type: "checkbox", onchange: () => this.draw() });
    const save = (/** @type {Function} */ way) => () => way(this.drawing, "loss");
    this.drawing = svg("svg", {
      role: "img",
      "aria-label": "Loss by updates made; the table below holds the values",
      height: HEIGHT,
    });
    this.line = svg("path", { class: "curve" });
    this.axes = svg("g", { class: "axes" });
    this.here = svg("g", { class: "here" }, svg("line", {}), svg("circle", { r: 4 }));
    this.cursor = svg("line", { class: "cursor" });
    this.breaks = svg("g", { class: "breaks" });
    this.drawing.append(this.axes, this.line, this.breaks, this.here, this.cursor);
    this.frame = h("div", { class: "drawing" }, this.drawing);
    this.readout = h("p", { class: "readout" }, REST);
    this.rows = h("tbody");
    this.twin = h("details", { ontoggle: () => this.list() }, h("summary", {}, "As a table"), table(this.rows));
    this.append(
      h(
        "div",
        { class: "tools" },
        h("label", {}, this.isLog, " log scale"),
        button("SVG", save(saveSvg)),
        button("PNG", save(savePng)),
      ),
      this.frame,
      this.readout,
      this.twin,
    );
    this.frame.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => this.point(event));
    this.frame.addEventListener("pointerleave", () => this.unpoint());
    this.frame.addEventListener("click", (/** @type {PointerEvent} */ event) => this.go(event));
    new ResizeObserver(() => this.draw()).observe(this.frame);
  }

  /** @param {any} state @param {Set<string>} now */
  show({ losses, frame }, now) {
    this.losses = losses;
    this.update = frame?.update ?? 0;
    if (now.has("losses")) {
      this.unpoint();
      this.draw();
      this.list();
    } else this.mark();
  }

  draw() {
    const width = this.frame.clientWidth;
    if (!width) return;
    const isLog = this.isLog.checked;
    assign(this.drawing, "width", width);
    assign(this.drawing, "viewBox", `0 0 ${width} ${HEIGHT}`);
    const known = /** @type {number[]} */ (this.losses.filter((each) => each !== null && (!isLog || each > 0)));
    const [least, most] = extent(known);
    const across = /** @type {[number, number]} */ ([EDGE.left, width - EDGE.right]);
    const up = /** @type {[number, number]} */ ([HEIGHT - EDGE.bottom, EDGE.top]);
    // The next update, which has no loss yet, has its place at the end.
    this.x = linear(0, Math.max(1, this.losses.length), across, width / 90);
    this.y = isLog ? logarithmic(least || 1e-12, most, up) : linear(Math.min(0, least), most, up);
    this.paintAxes(across, up);
    this.paintCurve(isLog, across[1] - across[0]);
    this.mark();
  }

  /** @param {[number, number]} across @param {[number, number]} up */
  paintAxes(across, up) {
    const rules = this.y.ticks.map(({ place }) =>
      svg("line", { class: "rule", x1: across[0], x2: across[1], y1: place, y2: place }),
    );
    const left = this.y.ticks.map(({ value, place }) =>
      svg("text", { class: "y", x: EDGE.left - 8, y: place + 4 }, tick(value)),
    );
    const whole = this.x.ticks.filter(({ value }) => Number.isInteger(value));
    const below = whole.map(({ value, place }) => svg("text", { class: "x", x: place, y: up[0] + 18 }, String(value)));
    const axis = svg("line", { class: "axis", x1: across[0], x2: across[1], y1: up[0], y2: up[0] });
    const name = svg("text", { class: "x", x: (across[0] + across[1]) / 2, y: HEIGHT - 5 }, "updates made");
    this.axes.replaceChildren(...rules, axis, ...left, ...below, name);
  }

  /** @param {boolean} isLog @param {number} columns */
  paintCurve(isLog, columns) {
    const points = thinned(this.losses, Math.max(50, Math.round(columns)));
    let path = "";
    let isDown = false;
    const broken = [];
    for (const { place, value } of points) {
      const isThere = value !== null && (!isLog || value > 0);
      if (isThere) path += `${isDown ? "L" : "M"}${this.x.place(place).toFixed(1)} ${this.y.place(value).toFixed(1)}`;
      isDown = isThere;
      if (value === null)
        broken.push(svg("circle", { class: "broken", cx: this.x.place(place), cy: EDGE.top, r: 2.5 }));
    }
    assign(this.line, "d", path || null);
    assign(this.line, "class", this.losses.length === 1 ? "curve single" : "curve");
    this.breaks.replaceChildren(...broken.slice(0, 200));
  }

  /** The update that is looked at: its loss may not be made yet, then only the line stands there. */
  mark() {
    if (!this.x) return;
    const value = this.losses[this.update];
    const x = this.x.place(Math.min(this.update, this.losses.length));
    const [line, dot] = this.here.children;
    for (const [name, place] of Object.entries({ x1: x, x2: x, y1: EDGE.top, y2: HEIGHT - EDGE.bottom }))
      assign(line, name, place);
    const isThere = typeof value === "number" && (!this.isLog.checked || value > 0);
    assign(dot, "visibility", isThere ? null : "hidden");
    if (!isThere) return;
    assign(dot, "cx", x);
    assign(dot, "cy", this.y.place(value));
  }

  /** @param {PointerEvent} event */
  updateUnder(event) {
    const share =
      (event.clientX - this.drawing.getBoundingClientRect().left - EDGE.left) /
      (this.frame.clientWidth - EDGE.left - EDGE.right);
    return Math.max(0, Math.min(this.losses.length - 1, Math.round(share * Math.max(1, this.losses.length))));
  }

  /** @param {PointerEvent} event */
  point(event) {
    if (!this.losses.length) return;
    const update = this.updateUnder(event);
    const x = this.x.place(update);
    for (const [name, place] of Object.entries({ x1: x, x2: x, y1: EDGE.top, y2: HEIGHT - EDGE.bottom }))
      assign(this.cursor, name, place);
    assign(this.cursor, "visibility", null);
    write(this.readout, `after ${update} updates: loss ${told(this.losses[update])}`);
  }

  unpoint() {
    assign(this.cursor, "visibility", "hidden");
    write(this.readout, this.losses.length ? REST : NONE);
  }

  /** @param {PointerEvent} event */
  go(event) {
    if (this.losses.length) ask(this, { do: "go", update: this.updateUnder(event), moves: 0 });
  }

  /** The table twin: every value of a short run, evenly chosen ones of a long run. */
  list() {
    if (!this.twin.open) return;
    const every = Math.max(1, Math.ceil(this.losses.length / ROWS));
    const rows = this.losses.map((loss, update) => ({ update, loss }));
    const chosen = rows.filter(({ update }) => update % every === 0 || update === rows.length - 1);
    this.rows.replaceChildren(
      ...chosen.map(({ update, loss }) =>
        h("tr", {}, h("th", { scope: "row" }, String(update)), h("td", { class: "number" }, told(loss))),
      ),
    );
  }
}

/** @param {number | null} loss */
function told(loss) {
  return loss === null ? "not a finite number" : exact(loss);
}

/** @param {number[]} values @returns {[number, number]} */
function extent(values) {
  let [least, most] = [Infinity, -Infinity];
  for (const each of values) [least, most] = [Math.min(least, each), Math.max(most, each)];
  return values.length ? [least, most > least ? most : least + (Math.abs(least) || 1)] : [0, 1];
}

/** @param {number} value */
function tick(value) {
  return value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5) ? shown(value, 1) : exact(value);
}

/** @param {string} name @param {() => void} onclick */
function button(name, onclick) {
  return h("button", { type: "button", onclick, "aria-label": `Save the loss curve as ${name}` }, name);
}

/** @param {Node} rows */
function table(rows) {
  const head = h(
    "tr",
    {},
    h("th", { scope: "col" }, "updates made"),
    h("th", { scope: "col", class: "number" }, "loss"),
  );
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "group", "aria-label": "Losses" },
    h("table", {}, h("thead", {}, head), rows),
  );
}

define("wg-chart", Chart);
