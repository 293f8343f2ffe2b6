/** The weights and biases as a table: before the update, gradient, after. Typing another value sets it. */

import { ask, assign, define, h, tell, write } from "./dom.js";
import { load } from "./loading.js";
import { sentences } from "./notes.js";
import { column, exact, read } from "./numbers.js";
import { at } from "./refs.js";
import { asking, fill, scrolling } from "./table.js";

const MOST_ROWS = 200;
const HEAD = [
  { text: "parameter" },
  { text: "from → to" },
  { text: "before", numeric: true },
  { text: "gradient", numeric: true },
  { text: "after", numeric: true },
];

class Weights extends HTMLElement {
  /** @type {any[]} */
  rows = [];
  slides = false;

  connectedCallback() {
    if (this.firstChild) return;
    this.layer = h("select", { "aria-label": "Which layer", onchange: () => this.rebuild() });
    this.body = h("tbody");
    this.more = h("p", { class: "note" });
    this.fault = h("div", { class: "fault", role: "alert" });
    this.said = h("p", { class: "said" });
    for (const kind of ["pointerover", "focusin"]) this.addEventListener(kind, () => this.letSlide(), { once: true });
    this.append(
      this.layer,
      this.said,
      scrolling(HEAD, this.body, "Weights and biases: before, gradient and after the update"),
      this.more,
      this.fault,
    );
  }

  /** @param {any} state @param {Set<string>} now */
  show(state, now) {
    if (!state.opened || !state.frame) return;
    this.state = state;
    if (now.has("opened") || this.rows.length === 0) this.choose(state.opened.network);
    this.fill();
    if (now.has("failed")) this.refuse(state.failed);
    const said = state.notes.filter((/** @type {any} */ each) => this.rows.some(({ name }) => name === each.about));
    write(this.said, said.at(-1)?.what ?? "");
    const lit = new Set(state.pointed);
    for (const { element, key } of this.rows) element.classList.toggle("pointed", lit.has(key));
  }

  /** @param {any} network */
  choose(network) {
    const names = network.layers.slice(1).map((/** @type {any} */ each) => each.name);
    const chosen = this.layer.value;
    this.layer.replaceChildren(
      h("option", { value: "" }, "all layers"),
      ...names.map((/** @type {string} */ each) => h("option", { value: each }, each)),
    );
    this.layer.value = names.includes(chosen) ? chosen : "";
    this.layer.hidden = names.length < 2;
    this.build();
  }

  rebuild() {
    this.build();
    this.fill();
  }

  build() {
    const every = parametersOf(this.state.opened.network).filter(
      (each) => !this.layer.value || each.layer === this.layer.value,
    );
    this.rows = every.slice(0, MOST_ROWS).map((each) => this.row(each));
    this.body.replaceChildren(...this.rows.map(({ element }) => element));
    this.more.textContent =
      every.length > MOST_ROWS ? `and ${every.length - MOST_ROWS} more, not listed: choose a layer` : "";
  }

  /** @param {any} parameter */
  row(parameter) {
    const { name, array, index, where } = parameter;
    const place = index.length ? `${array}[${index.join(",")}]` : array;
    const field = h("input", {
      type: "text",
      inputmode: "decimal",
      class: "number",
      "aria-label": `${name} before the update`,
      "data-ref": place,
      "data-slides": "plain",
      "onwg-slide": (/** @type {CustomEvent} */ event) => this.slide(row, event.detail),
      "onwg-slid": () => !row.field.matches(":focus") && this.leave(row),
      onfocus: () => this.open(row),
      onblur: () => this.leave(row),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event, row),
    });
    const [gradient, after] = [`adjoint ${place}`, afterRef(array, index)].map((ref) =>
      h("td", { class: "number", "data-ref": ref }),
    );
    const asked = asking(name, `Why is the gradient of ${name} what it is?`, () => tell(this, "wg-why", place));
    /** @type {any} */
    const element = h(
      "tr",
      {},
      h("th", { scope: "row" }, asked),
      h("td", {}, where),
      h("td", { class: "number" }, field, h("span", { class: "grip", title: "Drag to change" })),
      gradient,
      after,
    );
    const row = { ...parameter, element, field, gradient, after };
    return row;
  }

  fill() {
    const { frame, before, canChange } = this.state;
    const figures = this.rows.map(({ array, index }) => {
      const gradient = at(frame.gradients[array], index) ?? undefined;
      // What has no gradient yet is not updated yet.
      const after = gradient === undefined ? undefined : at(frame.weights[array], index);
      return { before: at(before?.[array], index), gradient, after };
    });
    const weight = column(figures.flatMap((each) => [each.before, each.after]));
    const gradient = column(figures.map((each) => each.gradient));
    for (const [place, row] of this.rows.entries()) {
      const { before: value, ...rest } = figures[place];
      row.value = value;
      assign(row.field, "disabled", !canChange || value === undefined);
      if (!row.isOpen) row.field.value = value === undefined ? "" : weight(value);
      assign(row.field, "title", value === undefined ? null : exact(value));
      fill(row.gradient, rest.gradient, gradient, exact);
      fill(row.after, rest.after, weight, exact);
    }
  }

  /** All digits while one types, chosen so that typing replaces them. @param {any} row */
  open(row) {
    if (row.isOpen) return;
    row.isOpen = true;
    row.field.value = row.value === undefined ? "" : exact(row.value);
    row.field.select();
  }

  /** @param {any} row */
  leave(row) {
    if (this.refused === row.name) return;
    row.isOpen = false;
    this.fill();
  }

  /** @param {KeyboardEvent} event @param {any} row */
  key(event, row) {
    if (event.key === "Enter") this.set(row);
    if (event.key !== "Escape") return;
    this.clear(row);
    row.isOpen = false;
    row.field.blur();
  }

  /** @param {any} row */
  set(row) {
    const value = read(row.field.value);
    if (value === null) return this.tellFault(row, [h("p", {}, `“${row.field.value}” is no number.`)]);
    this.clear(row);
    row.isOpen = false;
    ask(this, { do: "set-weight", name: row.name, value });
  }

  /** What drags numbers loads when one comes near. */
  letSlide() {
    if (!this.slides) load("parts", "drag").then(({ sliding }) => sliding(this));
    this.slides = true;
  }

  /** What is dragged stays in its field until it is let go. @param {any} row @param {number} value */
  slide(row, value) {
    row.isOpen = true;
    this.clear(row);
    row.field.value = exact(value);
    ask(this, { do: "set-weight", name: row.name, value });
  }

  /** What was typed stays where it is. @param {any} failed */
  refuse(failed) {
    const row = failed?.request.do === "set-weight" && this.rows.find(({ name }) => name === failed.said.about);
    if (!row) return;
    row.isOpen = true;
    row.field.value = exact(failed.request.value);
    this.tellFault(row, sentences(failed.said));
  }

  /** @param {any} row @param {Node[]} words */
  tellFault(row, words) {
    this.refused = row.name;
    assign(row.field, "aria-invalid", "true");
    this.fault.replaceChildren(...words);
  }

  /** @param {any} row */
  clear(row) {
    this.refused = "";
    assign(row.field, "aria-invalid", null);
    this.fault.replaceChildren();
  }
}

/** @param {string} array @param {number[]} index */
function afterRef(array, index) {
  return `${array} after${index.length ? `[${index.join(",")}]` : ""}`;
}

/** Every weight and bias with its place, layer by layer. @param {any} network */
function parametersOf({ layers, weights, biases }) {
  const edges = weights.flatMap((/** @type {any} */ group) =>
    group.places.map((/** @type {number[]} */ index, /** @type {number} */ place) => ({
      name: group.names[place],
      array: group.array,
      index,
      key: `weight ${group.array} ${index.join(",")}`,
      to: group.to,
      where: `${layers[group.from].units[index[0]]} → ${layers[group.to].units[index[1]]}`,
    })),
  );
  const ones = biases.flatMap((/** @type {any} */ group) =>
    group.names.map((/** @type {string} */ name, /** @type {number} */ place) => ({
      name,
      array: group.array,
      index: group.shared ? [] : [place],
      key: `bias ${group.array} ${place}`,
      to: group.layer,
      where: group.shared ? `1 → layer ${layers[group.layer].name}` : `1 → ${layers[group.layer].units[place]}`,
    })),
  );
  const every = [...edges, ...ones].map((each) => ({ ...each, layer: layers[each.to].name }));
  return every.sort((one, other) => one.to - other.to || order(one, other));
}

/** Weights by the unit that they lead to, as they are numbered; then biases. @param {any} one @param {any} other */
function order(one, other) {
  const isBias = Number(one.key.startsWith("bias")) - Number(other.key.startsWith("bias"));
  return isBias || (one.index.at(-1) ?? 0) - (other.index.at(-1) ?? 0) || (one.index[0] ?? 0) - (other.index[0] ?? 0);
}

define("wg-weights", Weights);
