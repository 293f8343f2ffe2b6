/** What colours, shapes and rings of the picture over the inputs mean. */

import { h, svg } from "../dom.js";
import { exact, shown } from "../numbers.js";
import { FILLINGS, mark } from "./marks.js";

/**
 * @param {any} data as `boundary.py` tells it
 * @param {{isCut: boolean, hidden: Set<string>, row: number}} look
 * @returns {Node[]}
 */
export function legendOf(data, { isCut, hidden, row }) {
  const parts = data.parts.filter((/** @type {any} */ part) => !hidden.has(part.name));
  const classes = data.shows === "numbers" ? [] : data.classes;
  const isAny = (/** @type {string} */ key, /** @type {any} */ value) =>
    parts.some((/** @type {any} */ part) => part[key]?.includes(value));
  return [
    ...classes.map((/** @type {string} */ name, /** @type {number} */ number) =>
      entry(mark("training", number, SMALL), `${data.target} ${name}`),
    ),
    data.shows !== "classes" && !(data.shows === "numbers" && data.curves.length) && scaleOf(data, isCut),
    ...(data.parts.length > 1 ? parts : []).map((/** @type {any} */ { name, of, rows }) =>
      entry(
        mark(name, 0, SMALL),
        `${name}: ${FILLINGS[name]}${of > rows.length ? `, ${rows.length} of ${of} drawn` : ""}`,
      ),
    ),
    data.parts.length === 1 &&
      parts[0]?.of > parts[0]?.rows.length &&
      h("span", {}, `${parts[0].rows.length} of ${parts[0].of} rows are drawn`),
    isAny("batch", row) && entry(svg("circle", { class: "looked", cx: 9, cy: 9, r: 7 }), "the row that is looked at"),
    isAny("right", false) && entry(svg("circle", { class: "wrong", cx: 9, cy: 9, r: 7 }), "wrong"),
    isAny("flips", true) && entry(svg("circle", { class: "flips", cx: 9, cy: 9, r: 7.5 }), "flips"),
    data.lines.length > 0 && rule("line", data.own === null ? "boundary" : `score ${exact(data.threshold)}`),
    data.curves.length > 0 && data.shows !== "classes" && rule("line", "what the network says"),
    data.curves.length > 0 && data.own !== null && rule("line dashed", `threshold ${exact(data.threshold)}`),
  ].filter(Boolean);
}

const SMALL = { x: 9, y: 9, r: 5 };

/** @param {Node} drawn @param {string} text */
function entry(drawn, text) {
  return h("span", {}, svg("svg", { class: "key", width: 18, height: 18, "aria-hidden": "true" }, drawn), ` ${text}`);
}

/** @param {string} kind @param {string} text */
function rule(kind, text) {
  return h("span", {}, h("i", { class: kind }), ` ${text}`);
}

/** @param {any} data @param {boolean} isCut */
function scaleOf({ low, high, target, shows }, isCut) {
  if (isCut && shows === "score") return null;
  const [name, number] = shows === "score" ? ["score", exact] : [target, shown];
  const ramp = h("i", { class: `ramp ${shows}${isCut ? " cut" : ""}` });
  return h("span", { class: "scale" }, `${name} ${number(low)} `, ramp, ` ${number(high)}`);
}
