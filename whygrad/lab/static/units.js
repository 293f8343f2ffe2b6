/** The units as a table: what the picture shows, for eyes and for screen readers. */

import { assign, define, h, tell } from "./dom.js";
import { figuresOf, questionsOf } from "./network-state.js";
import { column, exact } from "./numbers.js";
import { asking, fill, scrolling } from "./table.js";

const MOST_ROWS = 300;
const COLUMNS = ["net", "out", "blame", "target", "error"];
const HEAD = [
  { text: "unit" },
  { text: "layer" },
  { text: "net", numeric: true },
  { text: "out", numeric: true },
  { text: "delta", numeric: true },
  { text: "target", numeric: true },
  { text: "error", numeric: true },
];

class Units extends HTMLElement {
  /** @type {any[]} */
  rows = [];

  connectedCallback() {
    if (this.firstChild) return;
    this.body = h("tbody");
    this.more = h("p", { class: "note" });
    this.append(
      scrolling(HEAD, this.body, "Units: net, out, delta, target and error of the row that is shown"),
      this.more,
    );
  }

  /** @param {any} state @param {Set<string>} now */
  show(state, now) {
    if (!state.opened || !state.frame) return;
    this.state = state;
    if (now.has("opened") || this.rows.length === 0) this.build(state.opened.network);
    if (now.has("frame") || now.has("opened")) this.fill(state);
    const lit = new Set(state.pointed);
    for (const { element, spot } of this.rows)
      element.classList.toggle("pointed", lit.has(`unit ${spot.layer} ${spot.unit}`));
  }

  /** @param {any} network */
  build(network) {
    const every = network.layers.flatMap((/** @type {any} */ layer, /** @type {number} */ place) =>
      layer.units.map((/** @type {string} */ name, /** @type {number} */ unit) => ({
        kind: "unit",
        layer: place,
        unit,
        name,
      })),
    );
    this.rows = every.slice(0, MOST_ROWS).map((/** @type {any} */ spot) => this.row(network, spot));
    this.body.replaceChildren(...this.rows.map(({ element }) => element));
    this.more.textContent = every.length > MOST_ROWS ? `and ${every.length - MOST_ROWS} more units, not listed` : "";
  }

  /** @param {any} network @param {any} spot */
  row(network, spot) {
    const cells = COLUMNS.map(() => h("td", { class: "number" }));
    const name = asking(spot.name, `Why is the out of ${spot.name} what it is?`, () => this.explain(spot));
    const element = h(
      "tr",
      { "data-layer": spot.layer },
      h("th", { scope: "row" }, name),
      h("td", {}, network.layers[spot.layer].name),
      ...cells,
    );
    return { spot, element, cells, name };
  }

  /** @param {any} state */
  fill({ opened: { network }, frame }) {
    const last = network.layers.length - 1;
    /** @type {Record<string, import("./numbers.js").Figure>[]} */
    const figures = this.rows.map(({ spot }) => {
      const target =
        spot.layer === last
          ? figuresOf(network, frame, { ...spot, kind: "target" })
          : { out: undefined, error: undefined };
      return { ...figuresOf(network, frame, spot), target: target.out, error: target.error };
    });
    const formats = COLUMNS.map((name) => column(figures.map((each) => each[name])));
    for (const [place, { cells, name, spot }] of this.rows.entries()) {
      for (const [each, cell] of cells.entries()) fill(cell, figures[place][COLUMNS[each]], formats[each], exact);
      const refs = refsOf(network, frame, spot);
      for (const [each, ref] of refs.entries()) assign(cells[each], "data-ref", cells[each].textContent && ref);
      assign(name, "disabled", questionsOf(network, frame, spot).length === 0);
    }
  }

  /** @param {any} spot */
  explain(spot) {
    const { opened, frame } = this.state;
    const [of] = questionsOf(opened.network, frame, spot);
    if (of) tell(this, "wg-why", of);
  }
}

/** @param {any} network @param {any} frame @param {any} spot */
function refsOf(network, frame, { layer, unit }) {
  const { name, array } = network.layers[layer];
  const index = `[${frame.row},${unit}]`;
  return [`${name}.net${index}`, `${array}${index}`, `adjoint ${name}.net${index}`, `y${index}`, `errors${index}`];
}

define("wg-units", Units);
