/** The settings of the run. What a change does the lab says; what is refused stays in its field, with the reason. */

import { ask, assign, define, freshId, h, write } from "./dom.js";
import { sentences } from "./notes.js";
import { read } from "./numbers.js";
import { fieldsOf } from "./settings-fields.js";

class Settings extends HTMLElement {
  /** @type {any} */
  shape;
  /** @type {Map<string, any>} */
  fields = new Map();

  connectedCallback() {
    if (this.firstChild) return;
    this.form = h("form", { onsubmit: (/** @type {Event} */ event) => event.preventDefault() });
    this.append(this.form);
  }

  /** @param {any} state @param {Set<string>} now */
  show({ opened, failed, notes, canChange }, now) {
    if (!opened) return;
    if (now.has("opened")) this.update(fieldsOf(opened.experiment, opened.choices));
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
      if (known.isTyped) continue;
      known.control.value = field.value;
      this.clear(known);
    }
  }

  /** @param {any[]} fields */
  build(fields) {
    const focused = [...this.fields.values()].find(({ control }) => control.matches(":focus"))?.field.id;
    this.fields = new Map(fields.map((field) => [field.id, this.made(field)]));
    const groups = [...new Set(fields.map(({ group }) => group))];
    this.form.replaceChildren(
      ...groups.map((group) => {
        const inside = fields.filter((each) => each.group === group).map(({ id }) => this.fields.get(id).element);
        return h("fieldset", {}, h("legend", {}, group, h("span", { class: "said", "data-group": group })), ...inside);
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

  /** @param {any} field */
  made(field) {
    const [name, told] = [freshId("setting"), freshId("fault")];
    const fault = h("div", { class: "fault", id: told, role: "alert" });
    const control = controlOf(field, { id: name, "aria-describedby": told });
    const known = {
      field,
      control,
      fault,
      isTyped: false,
      element: h("div", { class: "field" }, h("label", { for: name }, field.label), control, fault),
    };
    control.addEventListener("input", () => (known.isTyped = true));
    control.addEventListener("change", () => this.change(known));
    control.addEventListener(
      "keydown",
      (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && this.restore(known),
    );
    return known;
  }

  /** @param {any} known */
  change(known) {
    const { field, control } = known;
    const value = typed(field.kind, control.value);
    known.isTyped = true;
    if (value === null)
      return this.tell(known, [
        h("p", {}, `“${control.value}” is no ${field.kind === "whole" ? "whole number" : "number"}.`),
      ]);
    if (String(control.value) === field.value) return this.restore(known);
    known.isTyped = false;
    this.asked = known;
    this.clear(known);
    ask(this, { do: "change", key: field.key, value: field.sent(value) });
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
  const mode = kind === "whole" ? "numeric" : kind === "number" ? "decimal" : null;
  return h("input", { ...attributes, type: "text", inputmode: mode, spellcheck: "false", autocomplete: "off" });
}

/** What was typed as what is meant; null where it is not that. @param {string} kind @param {string} text */
function typed(kind, text) {
  if (kind === "text" || kind === "choice") return text;
  const number = read(text);
  return kind === "whole" && !Number.isInteger(number) ? null : number;
}

define("wg-settings", Settings);
