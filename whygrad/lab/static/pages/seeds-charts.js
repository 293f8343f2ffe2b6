/**
 * The pictures of many starts: their losses by epoch, and how many ended at which loss.
 *
 * @typedef {{value: number, place: number}} Tick
 */

import { linear, linearToTicks, logarithmic } from "../chart-scale.js";
import { svg } from "../dom.js";
import { exact, shown } from "../numbers.js";

const HEIGHT = 300;
const EDGE = { left: 62, right: 24, top: 12, bottom: 40 };
/** Those of which there are few are drawn last, above the others. */
const ORDER = ["solved", "stuck", "diverged"];

/**
 * One line for each start; how it ended is its colour and its dashes.
 *
 * @param {any[]} starts
 * @param {number} width
 * @param {boolean} isLog
 * @param {boolean} isEarly whether the first epochs have as much room as all that follow
 */
export function lines(starts, width, isLog, isEarly) {
  const known = starts.flatMap(({ losses }) => losses).filter((each) => each !== null && (!isLog || each > 0));
  const [least, most] = extent(known);
  const last = starts.reduce((far, { epochs }) => Math.max(far, epochs.at(-1)), 1);
  const across = /** @type {[number, number]} */ ([EDGE.left, width - EDGE.right]);
  const up = /** @type {[number, number]} */ ([HEIGHT - EDGE.bottom, EDGE.top]);
  const x = isEarly ? logarithmic(1, last + 1, across) : linear(1, last + 1, across, width / 90);
  const y = isLog ? logarithmic(least, most, up) : linearToTicks(Math.min(0, least), most, up);
  const inOrder = [...starts].sort((one, other) => ORDER.indexOf(one.how) - ORDER.indexOf(other.how));
  return svg(
    "svg",
    { class: "lines", role: "img", width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, "aria-label": LINES },
    axes(x, y, across, up, "epochs made"),
    ...inOrder.map((each) => line(each, x, y, isLog)),
  );
}

/** @param {any} start @param {any} x @param {any} y @param {boolean} isLog */
function line({ seed, how, epochs, losses }, x, y, isLog) {
  let path = "";
  let isDown = false;
  for (const [place, loss] of losses.entries()) {
    const isThere = loss !== null && (!isLog || loss > 0);
    if (isThere) path += `${isDown ? "L" : "M"}${x.place(epochs[place] + 1).toFixed(1)} ${y.place(loss).toFixed(1)}`;
    isDown = isThere;
  }
  return svg("path", { class: how, "data-seed": seed, d: path || null });
}

/**
 * How many starts ended at which loss.
 *
 * @param {{bins: any[], is_log: boolean}} found
 * @param {number} width
 */
export function histogram({ bins, is_log: isLog }, width) {
  const height = 180;
  const across = /** @type {[number, number]} */ ([EDGE.left, width - EDGE.right]);
  const up = /** @type {[number, number]} */ ([height - EDGE.bottom, EDGE.top]);
  const [from, to] = bins.length ? [bins[0].from, bins[bins.length - 1].to] : [0, 1];
  const most = bins.reduce((far, { solved, stuck }) => Math.max(far, solved + stuck), 1);
  const y = linearToTicks(0, most, up, 4);
  // The bins are of one width, whether they are at equal distances or at equal ratios.
  const x = linear(0, bins.length || 1, across);
  const names = isLog ? [] : linear(from, to, across, width / 110).ticks;
  const ends = isLog ? [from, bins[bins.length >> 1].from, to] : [];
  const places = isLog ? [across[0], x.place(bins.length >> 1), across[1]] : [];
  const ticks = isLog ? ends.map((value, each) => ({ value, place: places[each] })) : names;
  const whole = { ...y, ticks: y.ticks.filter(({ value }) => Number.isInteger(value)) };
  const bars = bins.flatMap((each, place) => [
    bar("solved", x, y, place, 0, each.solved),
    bar("stuck", x, y, place, each.solved, each.solved + each.stuck),
  ]);
  return svg(
    "svg",
    { class: "bins", role: "img", width, height, viewBox: `0 0 ${width} ${height}`, "aria-label": BINS },
    axes({ ticks }, whole, across, up, "final loss"),
    ...bars.filter(Boolean),
  );
}

/** @param {string} how @param {any} x @param {any} y @param {number} place @param {number} low @param {number} high */
function bar(how, x, y, place, low, high) {
  if (high === low) return null;
  const [left, right] = [x.place(place) + 1, x.place(place + 1) - 1];
  return svg("rect", {
    class: how,
    x: left,
    width: Math.max(1, right - left),
    y: y.place(high),
    height: y.place(low) - y.place(high),
  });
}

/**
 * @param {any} x
 * @param {any} y
 * @param {[number, number]} across
 * @param {[number, number]} up
 * @param {string} name
 */
function axes(x, y, across, up, name) {
  const rules = y.ticks.map((/** @type {Tick} */ { place }) =>
    svg("line", { class: "rule", x1: across[0], x2: across[1], y1: place, y2: place }),
  );
  const left = y.ticks.map((/** @type {Tick} */ { value, place }) =>
    svg("text", { class: "y", x: EDGE.left - 8, y: place + 4 }, tick(value)),
  );
  const below = x.ticks.map((/** @type {Tick} */ { value, place }) =>
    svg("text", { class: "x", x: place, y: up[0] + 17 }, tick(value)),
  );
  const axis = svg("line", { class: "axis", x1: across[0], x2: across[1], y1: up[0], y2: up[0] });
  const title = svg("text", { class: "x", x: (across[0] + across[1]) / 2, y: up[0] + 35 }, name);
  return svg("g", { class: "axes" }, ...rules, axis, ...left, ...below, title);
}

/** @param {number} value */
function tick(value) {
  const text = exact(value);
  return text.length > 6 ? shown(value, 2) : text;
}

/** @param {number[]} values @returns {[number, number]} */
function extent(values) {
  const [least, most] = values.reduce(
    ([low, high], each) => [Math.min(low, each), Math.max(high, each)],
    [Infinity, 0],
  );
  return values.length ? [least, most > least ? most : least * 10 || 1] : [0.1, 1];
}

const LINES = "Losses by epoch, a line for each start; the table below holds how each ended";
const BINS = "How many starts ended at which loss; the table below holds the counts";
