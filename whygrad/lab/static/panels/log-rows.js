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
  const scale = scaleOf(series.flatMap(({ values }) => values), [left + 8, right - 8]);
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
    for (const { value, y } of points) found.append(svg("line", { class: "stem", x1: left, x2: x(value), y1: y, y2: y }));
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
 * The same axis upwards in each row, so that the lines can be compared.
 *
 * @param {Side} side @param {number[]} middles @param {[number, number]} across
 */
function sideLines({ values }, middles, [left, right]) {
  const { place } = scaleOf(values.flat(), [ROW / 2 - 3, -(ROW / 2 - 3)]);
  const lines = values.map((line, row) => {
    const step = (right - left) / Math.max(1, line.length - 1);
    let path = "";
    let isDown = false;
    for (const [at, value] of line.entries()) {
      if (isPlaced(value))
        path += `${isDown ? "L" : "M"}${(left + at * step).toFixed(1)} ${(middles[row] + place(value)).toFixed(1)}`;
      isDown = isPlaced(value);
    }
    return svg("path", { class: "side", d: line.length === 1 && path ? `${path}h2` : path });
  });
  return svg("g", {}, ...lines);
}
