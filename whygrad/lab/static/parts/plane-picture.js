/** The picture over one or two inputs: regions, the boundary or the curve, and the rows of the data as marks. */

import { linear } from "../chart-scale.js";
import { assign, svg } from "../dom.js";
import { exact, shown } from "../numbers.js";
import { CLASS_COLOURS, coloursOf, FAINT, heat, REGION, STRONG } from "./heat.js";
import { mark } from "./marks.js";

const EDGE = { left: 58, right: 12, top: 10, bottom: 42 };
const MOST_SIDE = 460;
const CURVE_HEIGHT = 300;
/** Above this, marks are not stops of the tab key: the table has all rows. */
const MOST_STOPS = 40;
/** Steps of the colours of numbers where these are cut into bands. */
const BAND = 25;
/** The mark of rows that have no class. */
const PLAIN = 8;

/** @typedef {import("../chart-scale.js").Scale & {value: (share: number) => number}} Axis */

/** @typedef {(part: any, place: number) => string} Told */
/** @typedef {{width: number, isCut: boolean, hidden: Set<string>, row: number, told: Told}} Look */

export class PlanePicture {
  /** What is drawn, as `boundary.py` tells it. @type {any} */
  data;
  /** The rows that are drawn, in the order of their marks. @type {any[]} */
  rows = [];
  /** Of what the marks are. */
  drawn = "";
  /** The rim of the picture, in pixels. */
  box = { left: 0, right: 0, top: 0, bottom: 0 };
  x = /** @type {Axis} */ (/** @type {any} */ (null));
  y = /** @type {Axis} */ (/** @type {any} */ (null));

  constructor() {
    this.element = svg("svg", { role: "group", "aria-label": "What the network says; the table below has the rows" });
    this.image = svg("image", { preserveAspectRatio: "none" });
    this.axes = svg("g", { class: "axes" });
    this.line = svg("path", { class: "boundary" });
    this.curves = svg("g", { class: "curves" });
    this.level = svg("line", { class: "level" });
    this.marks = svg("g", { class: "marks" });
    this.rings = svg("g", { class: "rings" });
    this.cursor = svg("path", { class: "cursor", visibility: "hidden" });
    const { image, axes, line, curves, level, marks, rings, cursor } = this;
    this.element.append(image, axes, line, curves, level, rings, marks, cursor);
  }

  /**
   * - `isCut`: whether regions are plain; `hidden`: parts of the data that are not drawn; `row`: of the batch, which is
   *   looked at; `told`: a row in words.
   *
   * @param {any} data as `boundary.py` tells it
   * @param {Look} look
   */
  draw(data, look) {
    this.data = data;
    this.place(data, look.width);
    this.paintHeat(data, look.isCut);
    this.paintAxes(data);
    this.paintLines(data);
    this.paintMarks(data, look);
  }

  /** @param {any} data @param {number} width */
  place(data, width) {
    const isPlane = data.axes.length === 2;
    const side = Math.min(MOST_SIDE, width - EDGE.left - EDGE.right);
    const height = isPlane ? side + EDGE.top + EDGE.bottom : CURVE_HEIGHT;
    const right = isPlane ? EDGE.left + side : width - EDGE.right;
    this.box = { left: EDGE.left, right, top: EDGE.top, bottom: height - EDGE.bottom };
    const { left, top, bottom } = this.box;
    this.x = scale(around(data.axes[0]), [left, right], (right - left) / 80);
    this.y = scale(isPlane ? around(data.axes[1]) : heights(data), [bottom, top], (bottom - top) / 60);
    assign(this.element, "width", isPlane ? right + EDGE.right : width);
    assign(this.element, "height", height);
    assign(this.element, "viewBox", `0 0 ${isPlane ? right + EDGE.right : width} ${height}`);
    for (const [name, value] of Object.entries({ x: left, y: top, width: right - left, height: bottom - top }))
      assign(this.image, name, value);
  }

  /** @param {any} data @param {boolean} isCut */
  paintHeat(data, isCut) {
    const colours = coloursOf(this.element, CLASS_COLOURS);
    const ofNumber = (/** @type {number} */ shade) => {
      const step = isCut ? BAND * Math.round(shade / BAND) : shade;
      return { colour: colours[step < 0 ? "orange" : "blue"], alpha: (STRONG * Math.abs(step)) / 100 };
    };
    const ofClass = (/** @type {number} */ shade, /** @type {number} */ said) => ({
      colour: colours[CLASS_COLOURS[said % CLASS_COLOURS.length]],
      alpha: isCut ? REGION : FAINT + ((STRONG - FAINT) * shade) / 100,
    });
    const at = (/** @type {number} */ place) => {
      const shade = data.shades[place];
      if (shade === null) return null;
      return data.shows === "numbers" ? ofNumber(shade) : ofClass(shade, data.said[place]);
    };
    // Over a single input, numbers are told by the height of the curve alone.
    const isHeat = data.shows !== "numbers" || data.axes.length === 2;
    assign(this.image, "visibility", isHeat ? null : "hidden");
    if (isHeat) assign(this.image, "href", heat(data.axes[0].length, data.axes[1]?.length ?? 1, at));
    assign(this.image, "image-rendering", isCut ? "pixelated" : "auto");
  }

  /** @param {any} data */
  paintAxes(data) {
    const { left, right, top, bottom } = this.box;
    const across = this.x.ticks.map(({ value, place }) =>
      svg("text", { class: "x", x: place, y: bottom + 17 }, number(value)),
    );
    const up = this.y.ticks.map(({ value, place }) =>
      svg("text", { class: "y", x: left - 7, y: place + 4 }, number(value)),
    );
    const middle = (top + bottom) / 2;
    const vertical = data.axes.length === 2 ? data.inputs[1] : data.shows === "classes" ? "probability" : data.target;
    this.axes.replaceChildren(
      svg("rect", { class: "frame", x: left, y: top, width: right - left, height: bottom - top }),
      ...across,
      ...up,
      svg("text", { class: "name", x: (left + right) / 2, y: bottom + 36 }, data.inputs[0]),
      svg("text", { class: "name", x: 0, y: 0, transform: `translate(12 ${middle}) rotate(-90)` }, vertical),
    );
  }

  /** @param {any} data */
  paintLines(data) {
    const at = (/** @type {number} */ x, /** @type {number} */ y) =>
      `${this.x.place(x).toFixed(1)} ${this.y.place(y).toFixed(1)}`;
    const pieces = data.lines.map((/** @type {number[]} */ [x1, y1, x2, y2]) => `M${at(x1, y1)}L${at(x2, y2)}`);
    assign(this.line, "d", pieces.join("") || null);
    this.curves.replaceChildren(
      ...data.curves.map((/** @type {any} */ curve, /** @type {number} */ number) => {
        const colour = data.shows === "classes" ? CLASS_COLOURS[number % CLASS_COLOURS.length] : "ink";
        return svg("path", { class: `curve ${colour}`, d: path(curve.values, data.axes[0], at) });
      }),
    );
    const hasLevel = data.axes.length === 1 && data.threshold !== null;
    assign(this.level, "visibility", hasLevel ? null : "hidden");
    if (!hasLevel) return;
    const level = this.y.place(data.threshold);
    for (const [name, value] of Object.entries({ x1: this.box.left, x2: this.box.right, y1: level, y2: level }))
      assign(this.level, name, value);
  }

  /**
   * Marks stay as long as the data does: they can be pointed at while the network learns.
   *
   * @param {any} data
   * @param {any} look
   */
  paintMarks(data, { width, hidden, row, told }) {
    this.rows = this.rowsOf(data, hidden);
    const isFew = this.rows.length <= MOST_STOPS;
    const drawn = JSON.stringify([width, this.rows.map(({ part, place, ...rest }) => [part.name, rest])]);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      const stop = isFew ? { tabindex: 0, role: "button" } : {};
      this.marks.replaceChildren(
        ...this.rows.map((each, number) => mark(each.part.name, each.shape, each, { ...stop, "data-row": number })),
      );
    }
    for (const [number, { part, place, tint }] of this.rows.entries()) {
      const element = this.marks.children[number];
      element.classList.toggle("number", tint !== null);
      if (isFew) assign(element, "aria-label", told(part, place));
      if (tint !== null) element.style.setProperty("--wg-mark", tinted(tint));
    }
    this.rings.replaceChildren(...this.rows.flatMap((each) => ringsOf(each, row)));
  }

  /** @param {any} data @param {Set<string>} hidden */
  rowsOf(data, hidden) {
    const parts = data.parts.filter((/** @type {any} */ part) => !hidden.has(part.name));
    const count = parts.reduce((/** @type {number} */ sum, /** @type {any} */ part) => sum + part.rows.length, 0);
    const r = count > 300 ? 3 : count > 60 ? 4 : 6;
    return parts.flatMap((/** @type {any} */ part) =>
      part.rows.map((/** @type {number} */ _, /** @type {number} */ place) => ({
        part,
        place,
        shape: data.shows === "numbers" ? PLAIN : part.truth[place],
        tint: data.shows === "numbers" && data.axes.length === 2 ? part.shades[place] : null,
        x: this.x.place(part.inputs[0][place]),
        y: this.y.place(data.axes.length === 2 ? part.inputs[1][place] : part.heights[place]),
        r,
      })),
    );
  }

  /**
   * What is under a point of the screen: a row, a place that was asked at, or nothing.
   *
   * @param {any} event
   */
  under(event) {
    const number = event.target.closest?.("[data-row]")?.getAttribute("data-row");
    if (number) return { row: this.rows[Number(number)] };
    if (!this.data || event.clientX === undefined) return null;
    const corner = this.element.getBoundingClientRect();
    const { left, right, top, bottom } = this.box;
    const across = (event.clientX - corner.left - left) / (right - left);
    const up = (bottom - (event.clientY - corner.top)) / (bottom - top);
    if (across < 0 || across > 1 || up < 0 || up > 1) return null;
    const [xs, ys] = this.data.axes;
    const column = Math.min(xs.length - 1, Math.floor(across * xs.length));
    const line = ys ? Math.min(ys.length - 1, Math.floor(up * ys.length)) : 0;
    return { column, line, place: line * xs.length + column, x: this.x.value(across), y: this.y.value(up) };
  }

  /** Show where was asked. @param {any} found */
  point(found) {
    assign(this.cursor, "visibility", found && !found.row ? null : "hidden");
    if (!found || found.row) return;
    const { left, right, top, bottom } = this.box;
    const [xs, ys] = this.data.axes;
    const x = this.x.place(xs[found.column]).toFixed(1);
    const y = ys ? this.y.place(ys[found.line]).toFixed(1) : null;
    assign(this.cursor, "d", `M${x} ${top}V${bottom}${y === null ? "" : `M${left} ${y}H${right}`}`);
  }
}

/** @param {any} drawn @param {number} row of the batch, which is looked at */
function ringsOf({ part, place, x, y, r }, row) {
  const rings = [
    part.batch[place] === row && ["looked", r + 6],
    part.right?.[place] === false && ["wrong", r + 4],
    part.flips?.[place] && ["flips", r + 7],
  ];
  const [cx, cy] = [x.toFixed(1), y.toFixed(1)];
  return rings.filter(Boolean).map(([kind, radius]) => svg("circle", { class: kind, cx, cy, r: radius }));
}

/** Half a place beyond the ends: each place is the middle of what it paints. @param {number[]} places */
function around(places) {
  const [first, last] = [places[0], places[places.length - 1]];
  const half = (last - first) / (places.length - 1) / 2;
  return /** @type {[number, number]} */ ([first - half, last + half]);
}

/** What is up and down over a single input. @param {any} data @returns {[number, number]} */
function heights(data) {
  const every = [data.low, data.high, ...data.curves.flatMap((/** @type {any} */ each) => each.values)];
  const known = every.filter((each) => typeof each === "number");
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const room = 0.06 * (most - least || 1);
  return [least - room, most + room];
}

/** @param {[number, number]} ends @param {[number, number]} pixels @param {number} wanted */
function scale(ends, pixels, wanted) {
  return {
    ...linear(...ends, pixels, wanted),
    value: (/** @type {number} */ share) => ends[0] + share * (ends[1] - ends[0]),
  };
}

/** @param {any[]} values @param {number[]} places @param {(x: number, y: number) => string} at */
function path(values, places, at) {
  let found = "";
  let isDown = false;
  for (const [number, value] of values.entries()) {
    const isThere = typeof value === "number";
    if (isThere) found += `${isDown ? "L" : "M"}${at(places[number], value)}`;
    isDown = isThere;
  }
  return found;
}

/** @param {number} shade */
function tinted(shade) {
  return `color-mix(in oklab, var(${shade < 0 ? "--wg-orange" : "--wg-blue"}) ${Math.abs(shade)}%, var(--wg-panel))`;
}

/** @param {number} value */
function number(value) {
  return value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5) ? shown(value, 2) : exact(value);
}
