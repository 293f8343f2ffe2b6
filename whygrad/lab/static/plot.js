/**
 * Curves on two axes: what is pointed at is read out, a click goes there, and there is a table and a file of it.
 *
 * @typedef {object} Point
 * @property {number} place across
 * @property {number | string | null} value a word or nothing where it is no finite number
 *
 * @typedef {object} Line
 * @property {string} kind classes of its style
 * @property {Point[]} points in their order
 * @property {string} [mark] a word on it
 *
 * @typedef {object} About
 * @property {string} name of a file with the picture
 * @property {string} label what it shows, for those who hear it
 * @property {string} across what the places are
 * @property {() => string} rest what is said while nothing is pointed at
 * @property {(at: number) => {place: number, text: string, update: number} | null} pick what is nearest to a place
 * @property {{text: string, numeric?: boolean}[]} head of the table
 * @property {() => string[][]} rows of the table
 * @property {boolean} [hasLog]
 */

import { linear, linearToTicks, logarithmic } from "./chart-scale.js";
import { ask, assign, define, h, svg, write } from "./dom.js";
import { savePng, saveSvg } from "./download.js";
import { exact, shown } from "./numbers.js";
import { scrolling } from "./table.js";

const HEIGHT = 240;
const WORD = 40;
const EDGE = { left: 62, right: 14, top: 14, bottom: 40 };

export class Plot extends HTMLElement {
  about = /** @type {About} */ (/** @type {any} */ (null));
  x = /** @type {import("./chart-scale.js").Scale} */ (/** @type {any} */ (null));
  y = /** @type {import("./chart-scale.js").Scale} */ (/** @type {any} */ (null));
  /** @type {Line[]} */
  lines = [];
  end = 1;
  /** @type {Point} */
  here = { place: 0, value: null };

  /** Once, before anything is drawn. @param {About} about @param {...Node} tools beside its own */
  begin(about, ...tools) {
    this.about = about;
    this.isLog = h("input", { type: "checkbox", onchange: () => this.paint() });
    this.drawing = svg("svg", { role: "img", "aria-label": `${about.label}; the table below holds the values` });
    assign(this.drawing, "height", HEIGHT);
    this.axes = svg("g", { class: "axes" });
    this.curves = svg("g", {});
    this.looked = svg("g", { class: "here" }, svg("line", {}), svg("circle", { r: 4 }));
    this.cursor = svg("line", { class: "cursor", visibility: "hidden" });
    this.drawing.append(this.axes, this.curves, this.looked, this.cursor);
    this.frame = h("div", { class: "drawing" }, this.drawing);
    this.readout = h("p", { class: "readout" }, about.rest());
    this.body = h("tbody");
    this.twin = h("details", { ontoggle: () => this.list() }, h("summary", {}, "As a table"));
    this.twin.append(scrolling(about.head, this.body, about.label));
    const save = (/** @type {string} */ name, /** @type {Function} */ way) => {
      const onclick = () => way(this.drawing, about.name);
      return h("button", { type: "button", onclick, "aria-label": `Save the ${about.name} curve as ${name}` }, name);
    };
    const log = about.hasLog && h("label", {}, this.isLog, " log scale");
    this.append(h("div", { class: "tools" }, log, ...tools, save("SVG", saveSvg), save("PNG", savePng)));
    this.append(this.frame, this.readout, this.twin);
    this.frame.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => this.point(event));
    this.frame.addEventListener("pointerleave", () => this.unpoint());
    this.frame.addEventListener("click", (/** @type {PointerEvent} */ event) => this.go(event));
    new ResizeObserver(() => this.paint()).observe(this.frame);
  }

  /** How many columns there is room for. */
  get columns() {
    return Math.max(50, Math.round(this.frame.clientWidth - EDGE.left - EDGE.right));
  }

  /** @param {Line[]} lines those behind first @param {number} end the last place */
  draw(lines, end) {
    [this.lines, this.end] = [lines, end];
    this.unpoint();
    this.paint();
    this.list();
  }

  /** The place that is looked at: what stands there may not be known, then only the line is. @param {Point} here */
  mark(here) {
    this.here = here;
    if (!this.x) return;
    const x = this.x.place(Math.min(here.place, this.end));
    this.upright(this.looked.firstChild, x);
    const isThere = this.isShown(here.value);
    assign(this.looked.lastChild, "visibility", isThere ? null : "hidden");
    if (!isThere) return;
    assign(this.looked.lastChild, "cx", x);
    assign(this.looked.lastChild, "cy", this.y.place(Number(here.value)));
  }

  paint() {
    const width = this.frame.clientWidth;
    if (!width) return;
    assign(this.drawing, "width", width);
    assign(this.drawing, "viewBox", `0 0 ${width} ${HEIGHT}`);
    const across = /** @type {[number, number]} */ ([EDGE.left, width - EDGE.right]);
    const up = /** @type {[number, number]} */ ([HEIGHT - EDGE.bottom, EDGE.top]);
    const [least, most] = this.extent();
    this.x = linear(0, Math.max(1, this.end), across, width / 90);
    this.y = this.isLog.checked ? logarithmic(least, most, up) : linearToTicks(least, most, up);
    this.paintAxes(across, up);
    this.curves.replaceChildren(...this.lines.flatMap((each) => this.curve(each)));
    this.mark(this.here);
  }

  /** @returns {[number, number]} */
  extent() {
    let [least, most] = this.isLog.checked ? [Infinity, 0] : [0, -Infinity];
    for (const { points } of this.lines) {
      for (const { value } of points) {
        if (!this.isShown(value)) continue;
        [least, most] = [Math.min(least, Number(value)), Math.max(most, Number(value))];
      }
    }
    if (this.isLog.checked) return most > 0 ? [least, most] : [0.1, 1];
    return [least, most > least ? most : least + 1];
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
    const name = svg("text", { class: "x", x: (across[0] + across[1]) / 2, y: HEIGHT - 5 }, this.about.across);
    this.axes.replaceChildren(...rules, axis, ...left, ...below, name);
  }

  /** @param {Line} line @returns {Node[]} */
  curve({ kind, points, mark }) {
    let [path, isDown] = ["", false];
    const [broken, dots] = [/** @type {Node[]} */ ([]), /** @type {Node[]} */ ([])];
    for (const { place, value } of points) {
      const isThere = this.isShown(value);
      const x = this.x.place(place).toFixed(1);
      // A point by itself is a line of no length.
      const y = isThere && this.y.place(Number(value)).toFixed(1);
      if (isThere) path += `${isDown ? "L" : "M"}${x} ${y}${isDown ? "" : "h0"}`;
      // A run of one epoch: dashes would hide a line of no length.
      if (isThere && points.length === 1) dots.push(svg("circle", { class: `${kind} dot`, cx: x, cy: y, r: 3 }));
      isDown = isThere;
      if (typeof value !== "number") broken.push(svg("circle", { class: "broken", cx: x, cy: EDGE.top, r: 2.5 }));
    }
    const word = mark && this.word(points, mark);
    return [svg("path", { class: kind, d: path || null }), ...dots, ...broken.slice(0, 200), ...(word ? [word] : [])];
  }

  /** Each word has columns of its own, so that no two meet. @param {Point[]} points @param {string} mark */
  word(points, mark) {
    const known = points.filter(({ value }) => this.isShown(value));
    if (!known.length) return null;
    const words = this.lines.flatMap((each) => each.mark ?? []);
    const [all, own] = [WORD * words.length, WORD * words.indexOf(mark) + WORD];
    const end = this.x.place(known[known.length - 1].place) - EDGE.left;
    const at = EDGE.left + Math.floor((end - own) / all) * all + own;
    const { place, value } = known.filter((each) => this.x.place(each.place) <= at).at(-1) ?? known[0];
    const up = Math.max(this.y.place(Number(value)) - 5, EDGE.top);
    return svg("text", { class: "mark", x: Math.max(this.x.place(place), EDGE.left + WORD), y: up }, mark);
  }

  /** @param {number | string | null | undefined} value */
  isShown(value) {
    return typeof value === "number" && (!this.isLog.checked || value > 0);
  }

  /** @param {Element} line @param {number} x */
  upright(line, x) {
    const places = { x1: x, x2: x, y1: EDGE.top, y2: HEIGHT - EDGE.bottom };
    for (const [name, place] of Object.entries(places)) assign(line, name, place);
  }

  /** @param {PointerEvent} event */
  under(event) {
    const left = event.clientX - this.drawing.getBoundingClientRect().left - EDGE.left;
    const share = left / (this.frame.clientWidth - EDGE.left - EDGE.right);
    return this.about.pick(Math.max(0, Math.min(1, share)) * Math.max(1, this.end));
  }

  /** @param {PointerEvent} event */
  point(event) {
    const found = this.under(event);
    if (!found) return;
    this.upright(this.cursor, this.x.place(found.place));
    assign(this.cursor, "visibility", null);
    write(this.readout, found.text);
  }

  unpoint() {
    assign(this.cursor, "visibility", "hidden");
    write(this.readout, this.about.rest());
  }

  /** @param {PointerEvent} event */
  go(event) {
    const found = this.under(event);
    if (found) ask(this, { do: "go", update: found.update, moves: 0 });
  }

  /** The table twin, made when somebody looks at it. */
  list() {
    if (!this.twin.open) return;
    const cell = (/** @type {string} */ text, /** @type {number} */ place) =>
      place ? h("td", { class: "number" }, text) : h("th", { scope: "row" }, text);
    this.body.replaceChildren(...this.about.rows().map((row) => h("tr", {}, ...row.map(cell))));
  }
}

/**
 * Of so many rows those that a table has: evenly chosen, the last among them, as many as one reads.
 *
 * @param {number} count
 * @returns {number[]}
 */
export function chosen(count) {
  const every = Math.max(1, Math.ceil(count / 40));
  return Array.from({ length: count }, (_, row) => row).filter((row) => row % every === 0 || row === count - 1);
}

/** Of points in their order the one nearest to a place. @param {Point[]} points @param {number} at */
export function nearest(points, at) {
  const off = (/** @type {Point} */ { place }) => Math.abs(place - at);
  return points.reduce((best, each) => (off(each) <= off(best) ? each : best), points[0]);
}

/** @param {number | string | null | undefined} value */
export function told(value) {
  return typeof value === "number" ? exact(value) : "not a finite number";
}

/** @param {number} value */
function tick(value) {
  return value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5) ? shown(value, 1) : exact(value);
}

define("wg-plot", Plot);
