/** The rows of the data with what the network says of each: the table twin of the picture over the inputs. */

import { h } from "../dom.js";
import { column, exact } from "../numbers.js";
import { fill, scrolling } from "../table.js";

const MOST_ROWS = 200;

/**
 * @typedef {object} Column
 * @property {string} text
 * @property {boolean} [numeric]
 * @property {(part: any, place: number) => any} of what stands in it
 */

/**
 * A table of all parts that are shown.
 *
 * @param {any} data as `boundary.py` tells it
 * @param {Set<string>} hidden
 * @returns {Node[]}
 */
export function tableOf(data, hidden) {
  const parts = data.parts.filter((/** @type {any} */ part) => !hidden.has(part.name));
  const rows = parts.flatMap((/** @type {any} */ part) =>
    part.rows.map((/** @type {number} */ _, /** @type {number} */ place) => [part, place]),
  );
  /** @type {[any, number][]} */
  const few = rows.slice(0, MOST_ROWS);
  const columns = columnsOf(data, parts.length > 1);
  const lines = few.map(([part, place]) => h("tr", {}, h("th", { scope: "row" }, String(part.rows[place]))));
  for (const each of columns) {
    const values = few.map(([part, place]) => each.of(part, place));
    const format = each.numeric ? column(values) : String;
    for (const [at, value] of values.entries()) lines[at].append(cell(each, value, format));
  }
  const more = rows.length > MOST_ROWS ? `and ${rows.length - MOST_ROWS} more rows, not listed` : "";
  const table = scrolling([{ text: "row" }, ...columns], h("tbody", {}, ...lines), "Rows and what the network says");
  return [table, h("p", { class: "note" }, more)];
}

/** @param {Column} each @param {any} value @param {(value: any) => string} format */
function cell(each, value, format) {
  const made = h("td", { class: each.numeric && "number" });
  fill(made, value, format, each.numeric ? exact : String);
  return made;
}

/** @param {any} data @param {boolean} several parts of the data @returns {Column[]} */
function columnsOf(data, several) {
  const inputs = data.inputs.map((/** @type {string} */ text, /** @type {number} */ input) => ({
    text,
    numeric: true,
    of: (/** @type {any} */ part, /** @type {number} */ place) => part.inputs[input][place],
  }));
  const part = { text: "part", of: (/** @type {any} */ each) => each.name };
  return [...(several ? [part] : []), ...inputs, ...(data.shows === "numbers" ? ofNumbers(data) : ofClasses(data))];
}

/** @param {any} data @returns {Column[]} */
function ofNumbers({ target }) {
  return [
    { text: target, numeric: true, of: (part, place) => part.truth[place] },
    { text: "network says", numeric: true, of: (part, place) => part.values[place] },
    { text: "error", numeric: true, of: (part, place) => part.errors[place] },
  ];
}

/** @param {any} data @returns {Column[]} */
function ofClasses({ target, classes, shows, threshold, own }) {
  const flips = {
    text: "flips",
    of: (/** @type {any} */ part, /** @type {number} */ place) => (part.flips[place] ? "flips" : ""),
  };
  return [
    { text: target, of: (part, place) => classes[part.truth[place]] },
    { text: shows === "score" ? "score" : "probability", numeric: true, of: (part, place) => part.values[place] },
    { text: "network says", of: (part, place) => classes[part.said[place]] },
    { text: "right or wrong", of: (part, place) => (part.right[place] ? "right" : "wrong") },
    ...(threshold === own ? [] : [flips]),
  ];
}
