/** Which class was taken for which, part by part: counts by true and predicted class. */

import { define, h } from "../dom.js";
import { shown } from "../numbers.js";

export const tag = "wg-panel-confusion";
export const isStyled = true;

class Confusion extends HTMLElement {
  /** @param {any} state @param {Set<string>} now */
  show({ panels }, now) {
    const found = panels.confusion;
    if (!found || !now.has("panels") || found === this.drawn) return;
    this.drawn = found;
    this.replaceChildren(...found.data.parts.map((/** @type {any} */ each) => part(found.data.classes, each)));
  }
}

/** @param {string[]} classes @param {any} found */
function part(classes, { name, counts, metrics }) {
  const figures = Object.entries(metrics).map(([key, value]) => `${key} ${shown(value)}`);
  const head = classes.map((each) => h("th", { scope: "col", class: "number" }, `says ${each}`));
  const rows = counts.map((/** @type {number[]} */ line, /** @type {number} */ truth) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, `is ${classes[truth]}`),
      ...line.map((count, said) => h("td", { class: said === truth ? "number right" : "number" }, String(count))),
    ),
  );
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "group", "aria-label": `Confusion of the ${name} rows` },
    h(
      "table",
      {},
      h("caption", {}, `${name} rows: ${figures.join(", ")}`),
      h("thead", {}, h("tr", {}, h("td", {}), ...head)),
      h("tbody", {}, ...rows),
    ),
  );
}

define(tag, Confusion);
