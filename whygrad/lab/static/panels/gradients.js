/** How large the gradients of the update are, layer by layer, and the same with remedies for those that vanish. */

import { define, h, svg, write } from "../dom.js";
import { savePng, saveSvg } from "../download.js";
import { exact, shown } from "../numbers.js";
import { fill, scrolling } from "../table.js";
import { drawRows } from "./log-rows.js";
import "./remedies.js";

export const tag = "wg-panel-gradients";
export const isStyled = true;

const SHORT = /** @type {Record<string, string>} */ ({
  gradient: "gradient",
  blame: "blame",
  moved: "update / weight",
});

class Gradients extends HTMLElement {
  /** @type {any} */
  found;

  connectedCallback() {
    if (this.firstChild) return;
    this.choice = h("select", { "aria-label": "What is measured", onchange: () => this.draw() });
    this.words = h("p", { class: "words", "aria-live": "polite" });
    this.drawing = svg("svg", { role: "img", "aria-label": "Sizes by layer; the table below holds the values" });
    this.frame = h("div", { class: "drawing", tabindex: 0, role: "group", "aria-label": "Sizes" }, this.drawing);
    this.below = h("p", { class: "note" });
    this.rows = h("tbody");
    this.remedies = h("wg-remedies");
    this.append(
      h(
        "div",
        { class: "tools" },
        this.choice,
        save("SVG", () => saveSvg(this.drawing, "gradients")),
        save("PNG", () => savePng(this.drawing, "gradients")),
      ),
      this.words,
      this.frame,
      this.below,
      h("details", {}, h("summary", {}, "As a table"), scrolling(HEAD, this.rows, "Gradient sizes by layer")),
      this.remedies,
    );
    new ResizeObserver(() => this.draw()).observe(this.frame);
  }

  /** @param {any} state @param {Set<string>} now */
  show(state, now) {
    const found = state.panels.gradients;
    this.remedies.show(state, now);
    if (!found || !now.has("panels") || found === this.found) return;
    this.found = found;
    this.offer(found.data.measures);
    this.draw();
    this.list();
  }

  /** @param {any[]} measures */
  offer(measures) {
    if (this.choice.children.length) return;
    this.choice.append(...measures.map(({ name, title }) => h("option", { value: name }, title)));
  }

  draw() {
    const width = this.frame.clientWidth;
    if (!width || !this.found) return;
    const { layers, measures, history, rows } = this.found.data;
    const measure = measures.find((/** @type {any} */ each) => each.name === this.choice.value) ?? measures[0];
    const hasSide = measure.name === "gradient" && history.epochs.length > 0 && width > 360;
    drawRows(this.drawing, width, layers, [measure], hasSide ? history : null);
    write(this.words, measure.words);
    const [update] = this.found.place.split("/");
    const all = rows === 1 ? "its row" : `all its ${rows} rows`;
    const side = hasSide ? ` The small lines: the same, epochs ${history.epochs[0]} to ${history.epochs.at(-1)}.` : "";
    const made = update === "1" ? "1 update" : `${update} updates`;
    write(this.below, `After ${made}, the next one with ${all}; lengths, on a logarithmic axis.${side}`);
  }

  list() {
    const { layers, measures } = this.found.data;
    const lines = layers.map((/** @type {string} */ name, /** @type {number} */ row) => {
      const cells = measures.map((/** @type {any} */ each) => {
        const cell = h("td", { class: "number" });
        fill(cell, each.values[row], (value) => shown(value, 4), exact);
        return cell;
      });
      return h("tr", {}, h("th", { scope: "row" }, name), ...cells);
    });
    this.rows.replaceChildren(...lines);
  }
}

const HEAD = [{ text: "layer" }, ...Object.values(SHORT).map((text) => ({ text, numeric: true }))];

/** @param {string} name @param {() => void} onclick */
function save(name, onclick) {
  return h("button", { type: "button", onclick, "aria-label": `Save the gradient sizes as ${name}` }, name);
}

define(tag, Gradients);
