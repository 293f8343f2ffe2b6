/** The settings of the run. What a change does the lab says; what is refused stays in its field, with the reason. */

import { ask, assign, define, freshId, h, write } from "../dom.js";
import { sentences } from "../notes.js";
import { read } from "../numbers.js";
import { sliding } from "./drag.js";
import { fieldsOf } from "./settings-fields.js";

export const tag = "wg-settings-form";
export const isStyled = true;

class SettingsForm extends HTMLElement {
  /** @type {any} */
  shape;
  /** @type {Map<string, any>} */
  fields = new Map();

  connectedCallback() {
    if (this.firstChild) return;
    this.form = h("form", { onsubmit: (/** @type {Event} */ event) => event.preventDefault() });
    this.append(this.form);
    sliding(this);
  }

  /** @param {any} state @param {Set<string>} now */
  show({ opened, failed, notes, canChange }, now) {
    if (!opened) return;
    if (now.has("opened")) this.update(fieldsOf(opened.experiment, opened.network, opened.choices));
    if (now.has("opened") || now.has("notes")) this.say(notes);
    if (now.has("failed")) this.refuse(failed);
    for (const { control } of this.fields.values()) assign(control, "disabled", !canChange);
  }

  /** Fields that are still there keep their place, and what is being typed into them. @param {any[]} fields */
  update(fields) {
    const shape = fields.map(({ id, label }) => `${id} ${label}`).join();
    if (shape !== this.shape) this.build(fields);
    this.shape = shape;
    for (const field of fields) {
      const known = this.fields.get(field.id);
      known.field = field;
      if (known.isTyped || field.kind === "action") continue;
      known.control.value = field.value;
      this.clear(known);
    }
  }

  /** @param {any[]} fields */
  build(fields) {
    const focused = [...this.fields.values()].find(({ control }) => control.matches(":focus"))?.field.id;
    this.fields = new Map(fields.map((field) => [field.id, this.made(field)]));
    const open = new Set([...this.form.querySelectorAll("details[open]")].map((each) => each.dataset.group));
    const groups = [...new Set(fields.map(({ group }) => group))];
    this.form.replaceChildren(
      ...groups.map((group) => {
        const inside = fields.filter((each) => each.group === group);
        const [plain, more] = [false, true].map((isMore) =>
          this.laid(inside.filter((each) => Boolean(each.isMore) === isMore)),
        );
        const folded = h(
          "details",
          { "data-group": group, open: open.has(group) },
          h("summary", {}, `More of ${group.toLowerCase()}`),
          h("div", { class: "fields" }, ...more),
        );
        const legend = h("legend", {}, group, h("span", { class: "said", "data-group": group }));
        return h("fieldset", {}, legend, h("div", { class: "fields" }, ...plain), more.length > 0 && folded);
      }),
    );
    this.fields.get(focused)?.control.focus();
  }

  /** What a change did stands at the head of its group, where there is room. @param {any[]} notes */
  say(notes) {
    for (const place of this.form.querySelectorAll(".said")) {
      const keys = [...this.fields.values()].map(({ field }) => field);
      const about = keys.filter(({ group }) => group === place.dataset.group).map(({ key }) => key);
      const found = notes.filter((each) => each.kind === "note" && about.includes(each.about));
      write(place, found.at(-1)?.what ?? "");
    }
  }

  /** The elements of fields, those that share a row beside each other. @param {any[]} fields @returns {Node[]} */
  laid(fields) {
    const rows = [...new Set(fields.map(({ id, row }) => row ?? id))];
    return rows.map((row) => {
      const inside = fields.filter((each) => (each.row ?? each.id) === row);
      const elements = inside.map(({ id }) => this.fields.get(id).element);
      return inside[0].row ? h("div", { class: "row" }, ...elements) : elements[0];
    });
  }

  /** @param {any} field */
  made(field) {
    if (field.kind === "action") return this.button(field);
    const [name, told] = [freshId("setting"), freshId("fault")];
    const fault = h("div", { class: "fault", id: told, role: "alert" });
    const slides = field.kind === "text" || field.kind === "choice" ? null : field.kind;
    const control = controlOf(field, { id: name, "aria-describedby": told, "data-slides": slides });
    const place = h(
      "div",
      { class: "place" },
      control,
      slides && h("span", { class: "grip", title: "Drag to change" }),
    );
    const isWide = field.id === "network.layers";
    const element = h(
      "div",
      { class: isWide ? "field wide" : "field" },
      h("label", { for: name }, field.label),
      place,
      fault,
    );
    const known = { field, control, fault, isTyped: false, element };
    control.addEventListener("input", () => (known.isTyped = true));
    control.addEventListener("change", () => this.change(known));
    control.addEventListener("wg-slide", (/** @type {CustomEvent} */ event) => this.slide(known, event.detail));
    control.addEventListener("wg-slid", () => this.slid(known));
    control.addEventListener(
      "keydown",
      (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && this.restore(known),
    );
    return known;
  }

  /** A setting that is pressed; what is refused is said beside it. @param {any} field */
  button(field) {
    const fault = h("div", { class: "fault", role: "alert" });
    const control = h("button", { type: "button", onclick: () => this.send(known, null) }, field.label);
    const known = { field, control, fault, isTyped: false, element: h("div", { class: "field act" }, control, fault) };
    return known;
  }

  /** @param {any} known */
  change(known) {
    const { field, control } = known;
    const value = typed(field, control.value);
    known.isTyped = true;
    if (value === undefined)
      return this.tell(known, [
        h("p", {}, `“${control.value}” is no ${field.kind === "whole" ? "whole number" : "number"}.`),
      ]);
    if (String(control.value) === field.value) return this.restore(known);
    known.isTyped = false;
    this.send(known, value);
  }

  /** @param {any} known @param {any} value */
  send(known, value) {
    this.asked = known;
    this.clear(known);
    const { key, label, sent } = known.field;
    ask(this, { do: "change", key, value: sent(value), called: label });
  }

  /**
   * What is dragged stays in its field, whatever the lab has answered to what it was before.
   *
   * @param {any} known
   * @param {number} value
   */
  slide(known, value) {
    known.isTyped = true;
    known.control.value = String(value);
    this.send(known, value);
  }

  /** @param {any} known */
  slid(known) {
    if (known.control.getAttribute("aria-invalid") !== "true") known.isTyped = false;
  }

  /** What was typed stays, and beside it why it cannot be. @param {any} failed */
  refuse(failed) {
    const known = this.asked;
    if (!known || known.field.key !== failed?.said.about) return;
    known.isTyped = true;
    this.tell(known, sentences(failed.said));
  }

  /** @param {any} known @param {Node[]} words */
  tell({ control, fault }, words) {
    assign(control, "aria-invalid", "true");
    fault.replaceChildren(...words);
  }

  /** @param {any} known */
  clear({ control, fault }) {
    assign(control, "aria-invalid", null);
    fault.replaceChildren();
  }

  /** @param {any} known */
  restore(known) {
    known.isTyped = false;
    known.control.value = known.field.value;
    this.clear(known);
  }
}

/** @param {any} field @param {any} attributes */
function controlOf({ kind, choices }, attributes) {
  if (kind === "choice")
    return h("select", attributes, ...choices.map((/** @type {string} */ each) => h("option", { value: each }, each)));
  const mode = kind === "whole" ? "numeric" : kind === "text" ? null : "decimal";
  return h("input", { ...attributes, type: "text", inputmode: mode, spellcheck: "false", autocomplete: "off" });
}

/**
 * What was typed as what is meant, null for nothing; undefined where it is not that.
 *
 * @param {any} field
 * @param {string} text
 */
function typed({ kind, isOptional }, text) {
  if (kind === "text" || kind === "choice") return text;
  if (isOptional && text.trim() === "") return null;
  const number = read(text);
  return number === null || (kind === "whole" && !Number.isInteger(number)) ? undefined : number;
}

define(tag, SettingsForm);
