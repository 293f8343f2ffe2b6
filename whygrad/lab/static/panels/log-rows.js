/**
 * Numbers of several layers on one logarithmic axis: a row for each layer, a mark for each number.
 *
 * One series has its numbers beside the marks; several are told apart by the shape of their marks, and joined by lines.
 * A logarithmic axis has no zero, so a bar would be as long as its end is chosen: the line to a mark only leads the eye.
 *
 * @typedef {import("../numbers.js").Figure} Figure
 * @typedef {object} Series
 * @property {string} title
 * @property {Figure[]} values one for each row
 * @typedef {object} Side a small line in each row: the same number through the epochs
 * @property {Figure[][]} values of each row
 */

import { logarithmic } from "../chart-scale.js";
import { assign, svg } from "../dom.js";
import { shown } from "../numbers.js";

const ROW = 25;
const BELOW = 26;
const LETTER = 6.6;
const NUMBER = 74;
const SIDE = 92;
const MARKS = 5;

/**
 * @param {SVGSVGElement} drawing
 * @param {number} width
 * @param {string[]} rows
 * @param {Series[]} series
 * @param {Side | null} [side]
 */
export function drawRows(drawing, width, rows, series, side = null) {
  const height = rows.length * ROW + BELOW;
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` }))
    assign(drawing, name, value);
  const left = Math.min(width / 3, 12 + LETTER * Math.max(...rows.map((each) => each.length)));
  const right = width - (series.length === 1 ? NUMBER : 12) - (side ? SIDE : 0);
  const scale = scaleOf(
    series.flatMap(({ values }) => values),
    [left + 8, right - 8],
  );
  const middles = rows.map((_, place) => place * ROW + ROW / 2);
  drawing.replaceChildren(
    svg("g", { class: "axes" }, ...axis(scale.ticks, [left, right], rows.length * ROW)),
    svg("g", {}, ...rows.map((name, row) => svg("text", { class: "row", x: 0, y: middles[row] + 4 }, name))),
    ...series.map((each, place) => drawSeries(each, place, series.length === 1, scale, middles, [left, right])),
    ...(side ? [sideLines(side, middles, [width - SIDE + 8, width - 6])] : []),
  );
}

/** @param {Figure} value @returns {value is number} whether it has a place on the axis */
function isPlaced(value) {
  return typeof value === "number" && value > 0;
}

/** @param {Figure[]} values @param {[number, number]} pixels */
function scaleOf(values, pixels) {
  const placed = values.filter(isPlaced);
  return logarithmic(placed.length ? Math.min(...placed) : 0.1, placed.length ? Math.max(...placed) : 1, pixels);
}

/** @param {{value: number, place: number}[]} ticks @param {[number, number]} across @param {number} bottom */
function axis(ticks, [left, right], bottom) {
  const every = Math.ceil((ticks.length * 46) / (right - left));
  const kept = ticks.filter((_, place) => place % every === 0);
  return [
    ...kept.map(({ place }) => svg("line", { class: "rule", x1: place, x2: place, y1: 0, y2: bottom })),
    svg("line", { class: "axis", x1: left, x2: right, y1: bottom, y2: bottom }),
    ...kept.map(({ value, place }) => svg("text", { x: place, y: bottom + 17 }, shown(value, 1))),
  ];
}

/**
 * @param {Series} each
 * @param {number} place
 * @param {boolean} isAlone
 * @param {import("../chart-scale.js").Scale} scale
 * @param {number[]} middles
 * @param {[number, number]} across
 */
function drawSeries({ values }, place, isAlone, scale, middles, [left, right]) {
  const found = svg("g", { class: `series series-${place % MARKS}` });
  const points = values.map((value, row) => ({ value, y: middles[row] })).filter(({ value }) => isPlaced(value));
  const x = (/** @type {any} */ value) => scale.place(value).toFixed(1);
  if (isAlone)
    for (const { value, y } of points)
      found.append(svg("line", { class: "stem", x1: left, x2: x(value), y1: y, y2: y }));
  else if (points.length > 1)
    found.append(svg("path", { class: "joined", d: `M${points.map(({ value, y }) => `${x(value)} ${y}`).join("L")}` }));
  for (const { value, y } of points)
    found.append(svg("path", { class: "mark", d: mark(place), transform: `translate(${x(value)} ${y})` }));
  if (isAlone)
    for (const [row, value] of values.entries())
      found.append(svg("text", { class: "figure", x: right + NUMBER - 6, y: middles[row] + 4 }, shown(value, 3)));
  return found;
}

/** The shape of a mark around 0, 0. @param {number} place */
export function mark(place) {
  const shapes = [
    "M-5 0A5 5 0 1 1 5 0A5 5 0 1 1 -5 0Z",
    "M-4.5 -4.5H4.5V4.5H-4.5Z",
    "M0 -5.5L5.5 4.5H-5.5Z",
    "M0 -6L6 0L0 6L-6 0Z",
    "M-5 -5L5 5M5 -5L-5 5",
  ];
  return shapes[place % MARKS];
}

/**
 * A line in each row, upwards by its logarithm: as high a step is as large a factor in every row.
 *
 * @param {Side} side @param {number[]} middles @param {[number, number]} across
 */
function sideLines({ values }, middles, [left, right]) {
  const powers = values.map((line) => line.map((value) => (isPlaced(value) ? Math.log10(value) : null)));
  const ranges = powers.map(rangeOf);
  const widest = Math.max(1, ...ranges.map(([low, high]) => high - low));
  const lines = powers.map((line, row) => {
    const middle = (ranges[row][0] + ranges[row][1]) / 2;
    const up = (/** @type {number} */ power) => middles[row] - ((power - middle) / widest) * (ROW - 6);
    return svg("path", { class: "side", d: pathOf(line, left, (right - left) / Math.max(1, line.length - 1), up) });
  });
  return svg("g", {}, ...lines);
}

/** @param {(number | null)[]} line @returns {[number, number]} */
function rangeOf(line) {
  const placed = /** @type {number[]} */ (line.filter((each) => each !== null));
  return placed.length ? [Math.min(...placed), Math.max(...placed)] : [0, 0];
}

/** @param {(number | null)[]} line @param {number} left @param {number} step @param {(power: number) => number} up */
function pathOf(line, left, step, up) {
  let path = "";
  let isDown = false;
  for (const [place, power] of line.entries()) {
    if (power !== null)
      path += `${isDown ? "L" : "M"}${(left + place * step).toFixed(1)} ${up(power).toFixed(1)}${isDown ? "" : "h1"}`;
    isDown = power !== null;
  }
  return path;
}
