/** The same experiment with each remedy for vanishing gradients: the sizes of the gradients, layer by layer. */

import { ask, assign, define, h, svg, write } from "../dom.js";
import { exact, shown } from "../numbers.js";
import { fill, scrolling } from "../table.js";
import { drawRows, mark } from "./log-rows.js";

class Remedies extends HTMLElement {
  /** @type {any} */
  told;

  connectedCallback() {
    if (this.firstChild) return;
    this.start = h(
      "button",
      { type: "button", onclick: () => this.compare() },
      "Compare with ReLU, normalisation, residual connections",
    );
    this.stop = h("button", { type: "button", hidden: true, onclick: () => ask(this, { do: "pause" }) }, "Stop");
    this.state = h("p", { class: "note", role: "status" });
    this.legend = h("ul", { class: "legend" });
    this.drawing = svg("svg", {
      role: "img",
      "aria-label": "Gradients by layer and remedy; the table holds the values",
    });
    this.frame = h("div", { class: "drawing", tabindex: 0, role: "group", "aria-label": "Sizes" }, this.drawing);
    this.left = h("ul", { class: "left-out note" });
    this.twin = h("div");
    this.result = h(
      "div",
      { hidden: true },
      this.legend,
      this.frame,
      h("details", {}, h("summary", {}, "As a table"), this.twin),
    );
    this.append(h("div", { class: "buttons" }, this.start, this.stop), this.state, this.result, this.left);
    new ResizeObserver(() => this.draw()).observe(this.frame);
  }

  compare() {
    this.isAsked = true;
    this.noted = this.note;
    this.opened = this.now;
    this.say();
    ask(this, { do: "use", tool: "remedies", ask: {} });
  }

  /** @param {any} state @param {Set<string>} now */
  show({ told, opened, canChange, notes }, now) {
    this.now = opened;
    this.note = notes.at(-1);
    if (this.note !== this.noted && this.note?.kind === "error") this.isAsked = false;
    if (now.has("told") && told.remedies !== this.told) {
      this.told = told.remedies;
      this.isAsked = false;
      this.opened ??= opened;
      this.draw();
      this.list();
    }
    this.say();
    assign(this.start, "disabled", !canChange || this.isRunning());
  }

  isRunning() {
    return Boolean(this.isAsked || (this.told && !this.told.is_over));
  }

  say() {
    this.stop.hidden = !this.isRunning();
    this.result.hidden = !this.told?.series.length;
    const isOld = this.told && this.opened !== this.now && !this.isRunning();
    assign(this.result, "data-stale", isOld);
    write(this.state, isOld ? "Other settings than now; compare again." : inWords(this.told, this.isAsked));
  }

  draw() {
    const width = this.frame.clientWidth;
    if (!width || !this.told?.series.length) return;
    drawRows(this.drawing, width, this.told.layers, this.told.series);
  }

  list() {
    if (!this.told) return;
    const { layers, series, left_out } = this.told;
    this.legend.replaceChildren(...series.map(entry));
    this.left.replaceChildren(
      ...left_out.map((/** @type {any} */ each) => h("li", {}, `without ${each.title}: ${each.reason}`)),
    );
    const head = series.map((/** @type {any} */ each) => ({ text: each.title, numeric: true }));
    const lines = layers.map((/** @type {string} */ name, /** @type {number} */ row) =>
      h("tr", {}, h("th", { scope: "row" }, name), ...series.map((/** @type {any} */ each) => cell(each.values[row]))),
    );
    const losses = h(
      "tr",
      {},
      h("th", { scope: "row" }, "loss"),
      ...series.map((/** @type {any} */ each) => cell(each.loss)),
    );
    const body = h("tbody", {}, ...lines, losses);
    this.twin.replaceChildren(scrolling([{ text: "layer" }, ...head], body, "Gradient sizes by layer and remedy"));
    this.draw();
  }
}

/** @param {any} told @param {boolean | undefined} isAsked */
function inWords(told, isAsked) {
  if (isAsked) return "Training the same experiment with each …";
  if (!told) return "";
  if (!told.is_over) return `Training the same experiment with each: ${told.percent} % done`;
  const early = told.asked > told.update ? ` (not at update ${told.asked}: the comparison stops there)` : "";
  return `Lengths of dE/dW at update ${told.update}${early}, each trained from the same seed.`;
}

/** @param {any} each @param {number} place */
function entry({ title, what, words }, place) {
  const sign = svg(
    "svg",
    { width: 18, height: 14, viewBox: "-9 -7 18 14", "aria-hidden": "true", class: `series series-${place}` },
    svg("path", { class: "mark", d: mark(place) }),
  );
  return h("li", { title: what }, sign, h("strong", {}, title), h("span", {}, words));
}

/** @param {import("../numbers.js").Figure} value */
function cell(value) {
  const found = h("td", { class: "number" });
  fill(found, value, (each) => shown(each, 4), exact);
  return found;
}

define("wg-remedies", Remedies);
