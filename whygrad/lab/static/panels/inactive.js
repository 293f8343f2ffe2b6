/** Units that do not learn here: shut for every training row, or saturated for every one. */

import { define, h, tell } from "../dom.js";
import { asking, scrolling } from "../table.js";

export const tag = "wg-panel-inactive";
export const isStyled = true;

const HEAD = ["layer", "activation", "inactive", "saturated"].map((text) => ({ text }));

class Inactive extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    this.words = h("p", { class: "words" });
    this.rows = h("tbody");
    this.since = h("ul", { class: "since note" });
    this.append(this.words, scrolling(HEAD, this.rows, "Inactive and saturated units by layer"), this.since);
  }

  /** @param {any} state @param {Set<string>} now */
  show({ panels, frame }, now) {
    this.row = frame?.row ?? 0;
    const found = panels.inactive;
    if (!found || !now.has("panels") || found === this.found) return;
    this.found = found;
    const { layers, words } = found.data;
    this.words.textContent = words;
    this.rows.replaceChildren(...layers.map((/** @type {any} */ each) => this.line(each)));
    const told = layers.filter((/** @type {any} */ each) => each.since);
    this.since.replaceChildren(
      ...told.map((/** @type {any} */ each) => h("li", {}, h("strong", {}, each.name), ` ${each.since}`)),
    );
  }

  /** @param {any} layer */
  line(layer) {
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, layer.name),
      h("td", {}, layer.activation),
      h("td", {}, ...this.some(layer, layer.inactive)),
      h("td", {}, ...this.some(layer, layer.saturated)),
    );
  }

  /** How many of a layer's units, a bar of their share, and the units to be asked about. @param {any} layer @param {any} found */
  some(layer, { count, share, units }) {
    const text = h("span", { class: "count" }, `${count} of ${layer.units}`);
    if (!count) return [text];
    const bar = h("meter", { min: 0, max: layer.units, value: count, "aria-label": `${share} of ${layer.name}` });
    const names = units.map((/** @type {any} */ each) =>
      asking(each.name, `Why is the out of ${each.name} what it is?`, () => this.explain(layer, each)),
    );
    const more = count > units.length ? ` and ${count - units.length} more` : "";
    return [text, bar, h("span", {}, share), h("div", { class: "units" }, ...names, more)];
  }

  /** @param {any} layer @param {any} unit */
  explain({ array }, { place }) {
    tell(this, "wg-why", `${array}[${this.row},${place}]`);
  }
}

define(tag, Inactive);
