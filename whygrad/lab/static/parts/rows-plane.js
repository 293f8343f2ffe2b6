/**
 * The rows as points of a plane: a click adds one, dragging moves one, and the keyboard does both.
 *
 * It tells `wg-edit` what is to be done to the table. Places are rounded to the step that the lab names.
 */

import { linear } from "../chart-scale.js";
import { assign, define, freshId, h, svg, tell, write } from "../dom.js";
import { point, sign } from "./rows-shapes.js";

const SIZE = 360;
const EDGE = { left: 46, right: 12, top: 12, bottom: 34 };
const RADIUS = 6;
const STILL = 3; // pixels that a click may move
const HELP = [
  "Click to add a point, drag to move one.",
  "With keys: arrows move the cross, or the point that is chosen (with Shift by less);",
  "Enter adds a point at the cross; N and P choose the next point and the one before; Delete removes it; Escape lets it go.",
].join(" ");

class Plane extends HTMLElement {
  /** @type {any} */
  data = null;
  /** @type {any[]} */
  points = [];
  /** @type {number | null} the number of the row that is chosen */
  chosen = null;
  /** @type {{x: number, y: number} | null} where the chosen point is being moved to */
  moving = null;
  /** @type {any} */
  x;
  /** @type {any} */
  y;
  cross = { x: 0, y: 0 };
  /** Whether a point was added by a click, to be the chosen one when it is there. */
  isAdding = false;

  connectedCallback() {
    if (this.firstChild) return;
    const help = freshId("plane");
    this.kind = h("span", { class: "kind" });
    this.taker = h("button", { type: "button", onclick: () => this.takeOut() }, "Remove point");
    this.axes = svg("g", { class: "axes" });
    this.marks = svg("g", {});
    this.aim = svg("path", { class: "cross", d: "M-9 0H9M0-9V9" });
    this.drawing = svg(
      "svg",
      {
        viewBox: `0 0 ${SIZE} ${SIZE}`,
        tabindex: 0,
        role: "application",
        "aria-describedby": help,
        onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
        onkeyup: (/** @type {KeyboardEvent} */ event) => event.key.startsWith("Arrow") && this.settle(),
        onblur: () => this.settle(),
        onpointerdown: (/** @type {PointerEvent} */ event) => this.press(event),
      },
      this.axes,
      this.marks,
      this.aim,
    );
    this.readout = h("p", { class: "readout", "aria-live": "polite" });
    this.legend = h("p", { class: "note legend" });
    this.fault = h("div", { class: "fault", role: "alert" });
    this.append(
      h("div", { class: "tools" }, this.kind, this.taker),
      this.drawing,
      this.legend,
      this.readout,
      this.fault,
      h("details", {}, h("summary", {}, "How to draw points"), h("p", { class: "note", id: help }, HELP)),
    );
  }

  /** @param {any} data as the panel tells it, with a plane */
  draw(data) {
    const { plane } = data;
    const isOther = JSON.stringify(plane.target) !== JSON.stringify(this.data?.plane.target);
    if (this.data?.plane.x.name !== plane.x.name) this.cross = { x: middle(plane.x), y: middle(plane.y) };
    this.data = data;
    this.moving = null;
    this.x = linear(plane.x.low, plane.x.high, [EDGE.left, SIZE - EDGE.right]);
    this.y = linear(plane.y.low, plane.y.high, [SIZE - EDGE.bottom, EDGE.top]);
    const at = Object.fromEntries(
      data.columns.map((/** @type {any} */ each, /** @type {number} */ place) => [each.name, place]),
    );
    const [x, y, target] = [plane.x.name, plane.y.name, plane.target.name].map((name) => at[name]);
    this.points = data.rows
      .filter((/** @type {any} */ { cells }) => typeof cells[x] === "number" && typeof cells[y] === "number")
      .map((/** @type {any} */ { number, cells, part }) => ({
        number,
        part,
        x: cells[x],
        y: cells[y],
        target: cells[target],
      }));
    if (this.isAdding) this.chosen = this.points.at(-1)?.number ?? null;
    this.isAdding = false;
    if (!this.points.some(({ number }) => number === this.chosen)) this.chosen = null;
    if (isOther) this.offer(plane.target);
    assign(this.drawing, "aria-label", `${this.points.length} points over ${plane.x.name} and ${plane.y.name}`);
    this.drawAxes(plane);
    this.drawPoints();
  }

  /** Which class or number a new point has. @param {any} target */
  offer({ name, classes, low }) {
    const before = this.value?.value;
    this.value = classes
      ? h("select", {}, ...classes.map((/** @type {string} */ each) => h("option", { value: each }, each)))
      : h("input", { type: "text", inputmode: "decimal", class: "number", value: String(low) });
    if (before && (!classes || classes.includes(before))) this.value.value = before;
    this.kind.replaceChildren(h("label", {}, `New points have ${name} `, this.value));
    this.legend.replaceChildren(
      ...(classes ?? []).flatMap((/** @type {string} */ each, /** @type {number} */ place) => [
        h("span", {}, sign(place), ` ${each}`),
      ]),
      h("span", {}, `${classes ? "" : "The larger the point, the larger the number. "}Hollow: held out of training.`),
    );
  }

  /** @param {any} plane */
  drawAxes({ x, y }) {
    const [right, bottom] = [SIZE - EDGE.right, SIZE - EDGE.bottom];
    const marks = [
      ...this.x.ticks.flatMap((/** @type {any} */ { value, place }) => [
        svg("line", { x1: place, x2: place, y1: EDGE.top, y2: bottom }),
        svg("text", { x: place, y: bottom + 14 }, String(value).replace("-", "−")),
      ]),
      ...this.y.ticks.flatMap((/** @type {any} */ { value, place }) => [
        svg("line", { x1: EDGE.left, x2: right, y1: place, y2: place }),
        svg("text", { x: EDGE.left - 5, y: place + 4, class: "end" }, String(value).replace("-", "−")),
      ]),
      svg("text", { x: right, y: SIZE - 4, class: "name end" }, x.name),
      svg("text", { x: 2, y: EDGE.top, class: "name start" }, y.name),
    ];
    this.axes.replaceChildren(...marks);
  }

  /** A point that cannot be where it was moved to stays where it was. */
  refuse() {
    this.moving = null;
    this.isAdding = false;
    this.drawPoints();
  }

  drawPoints() {
    const { classes, low, high } = this.data.plane.target;
    this.marks.replaceChildren(
      ...this.points.map((each) => {
        const { x, y } = each.number === this.chosen && this.moving ? this.moving : each;
        const size = classes ? RADIUS : 3 + 5 * (high > low ? (each.target - low) / (high - low) : 0.5);
        const place = classes ? classes.indexOf(text(each.target)) : -1;
        return svg(
          "g",
          {
            transform: `translate(${this.x.place(x)} ${this.y.place(y)})`,
            class: each.number === this.chosen ? "chosen" : "",
            "data-row": each.number,
          },
          each.number === this.chosen && svg("circle", { r: 12, class: "ring" }),
          point(place, size, each.part !== "training"),
        );
      }),
    );
    assign(this.aim, "transform", `translate(${this.x.place(this.cross.x)} ${this.y.place(this.cross.y)})`);
    assign(this.aim, "hidden", this.chosen !== null);
    assign(this.taker, "disabled", this.chosen === null);
    this.tellPlace();
  }

  tellPlace() {
    const { plane } = this.data;
    const row = this.points.find(({ number }) => number === this.chosen);
    const { x, y } = this.moving ?? row ?? this.cross;
    const place = `${plane.x.name} ${x}, ${plane.y.name} ${y}`;
    const what = row
      ? `row ${row.number}: ${place}, ${plane.target.name} ${text(row.target)}, ${row.part || "left out"}`
      : `the cross: ${place}`;
    write(this.readout, `${what}. ${roundings(plane)}`);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.isOff) return;
    const ways = /** @type {Record<string, number[]>} */ ({
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, 1],
      ArrowDown: [0, -1],
    });
    const way = ways[event.key];
    if (way) this.nudge(way, event.shiftKey);
    else if (event.key === "Enter") this.add(this.cross);
    else if (event.key === "Delete" || event.key === "Backspace") this.takeOut();
    else if (event.key === "n" || event.key === "N") this.choose(this.next(1));
    else if (event.key === "p" || event.key === "P") this.choose(this.next(-1));
    else if (event.key === "Escape") this.choose(null);
    else return;
    event.preventDefault();
    // The keys of the lab would move the run.
    event.stopPropagation();
  }

  /** @param {number} way @returns {number | null} */
  next(way) {
    const numbers = this.points.map(({ number }) => number);
    if (numbers.length === 0) return null;
    const here = this.chosen === null ? (way > 0 ? -1 : 0) : numbers.indexOf(this.chosen);
    return numbers[(here + way + numbers.length) % numbers.length];
  }

  /** @param {number | null} number */
  choose(number) {
    this.settle();
    this.chosen = number;
    this.drawPoints();
  }

  /** @param {number[]} way @param {boolean} isFine */
  nudge([right, up], isFine) {
    const { x, y } = this.data.plane;
    const from = this.moving ?? this.points.find(({ number }) => number === this.chosen) ?? this.cross;
    const to = {
      x: rounded(from.x + right * (isFine ? x.step : x.nudge), x),
      y: rounded(from.y + up * (isFine ? y.step : y.nudge), y),
    };
    if (this.chosen === null) this.cross = to;
    else this.moving = to;
    this.drawPoints();
  }

  /** What was moved is sent once it stands still. */
  settle() {
    const moved = this.moving;
    if (moved === null || this.chosen === null) return;
    const { x, y } = this.data.plane;
    tell(this, "wg-edit", {
      do: "set",
      row: this.chosen,
      cells: { [x.name]: String(moved.x), [y.name]: String(moved.y) },
    });
  }

  /** @param {{x: number, y: number}} place in the units of the data */
  add(place) {
    const { x, y, target } = this.data.plane;
    const cells = { [x.name]: rounded(place.x, x), [y.name]: rounded(place.y, y), [target.name]: this.value.value };
    tell(this, "wg-edit", {
      do: "add",
      cells: Object.fromEntries(Object.entries(cells).map(([name, each]) => [name, String(each)])),
    });
  }

  takeOut() {
    if (this.chosen !== null) tell(this, "wg-edit", { do: "delete", row: this.chosen });
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button !== 0 || this.isOff) return;
    const mark = /** @type {Element} */ (event.target).closest("[data-row]");
    const [left, top] = [event.clientX, event.clientY];
    this.choose(mark ? Number(mark.getAttribute("data-row")) : null);
    this.drawing.setPointerCapture(event.pointerId);
    const isStill = (/** @type {PointerEvent} */ at) => Math.hypot(at.clientX - left, at.clientY - top) < STILL;
    const move = (/** @type {any} */ at) => {
      if (!mark || (this.moving === null && isStill(at))) return;
      this.moving = this.placeOf(at);
      this.drawPoints();
    };
    const end = (/** @type {any} */ at) => {
      this.drawing.removeEventListener("pointermove", move);
      if (mark) this.settle();
      else if (isStill(at)) {
        this.isAdding = true;
        this.add(this.placeOf(at));
      }
    };
    this.drawing.addEventListener("pointermove", move);
    this.drawing.addEventListener("pointerup", end, { once: true });
  }

  /** A place of the screen in the units of the data, within the plane. @param {PointerEvent} event */
  placeOf({ clientX, clientY }) {
    const { left, top, width, height } = this.drawing.getBoundingClientRect();
    const { x, y } = this.data.plane;
    const across = ((clientX - left) / width) * SIZE - EDGE.left;
    const down = ((clientY - top) / height) * SIZE - EDGE.top;
    return {
      x: rounded(x.low + between(across / (SIZE - EDGE.left - EDGE.right)) * (x.high - x.low), x),
      y: rounded(y.high - between(down / (SIZE - EDGE.top - EDGE.bottom)) * (y.high - y.low), y),
    };
  }

  /** Whether the table cannot be changed at the moment. */
  get isOff() {
    return this.closest("fieldset")?.disabled;
  }
}

/** Which axis is rounded to what. @param {any} plane */
function roundings({ x, y }) {
  const [one, other] = [x, y].map(({ name, step }) => ({ name, step }));
  if (one.step === other.step) return `${one.name} and ${other.name} are rounded to ${one.step}.`;
  return `${one.name} is rounded to ${one.step}, ${other.name} to ${other.step}.`;
}

/** @param {number} share */
function between(share) {
  return Math.min(Math.max(share, 0), 1);
}

/** @param {number} value @param {any} axis */
function rounded(value, { step, decimals }) {
  return Number((Math.round(value / step) * step).toFixed(decimals));
}

/** @param {any} axis */
function middle(axis) {
  return rounded((axis.low + axis.high) / 2, axis);
}

/** A cell as it is typed. @param {any} cell @returns {string} */
export function text(cell) {
  return cell === null ? "" : String(cell);
}

define("wg-rows-plane", Plane);
