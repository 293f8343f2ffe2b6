/** The columns of the table: what each is called and holds, and what it is used as; one more, or one less. */

import { define, freshId, h, tell } from "../dom.js";

const ROLES = { input: "input", target: "target", "": "left out" };

class RowsColumns extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    this.body = h("tbody");
    const heads = ["column", "holds", "used as", ""].map((each) => h("th", { scope: "col" }, each));
    const caption = h("caption", { class: "unseen" }, "The columns: names, kinds and roles");
    const table = h("table", {}, caption, h("thead", {}, h("tr", {}, ...heads.slice(0, 3), h("td"))), this.body);
    this.append(
      h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Columns" }, table),
      this.adding(),
    );
    this.fault = h("div", { class: "fault", role: "alert" });
    this.append(this.fault);
  }

  /** @param {any} data */
  draw({ columns }) {
    if (JSON.stringify(columns) === this.shape) return;
    this.shape = JSON.stringify(columns);
    this.columns = columns;
    this.body.replaceChildren(...columns.map((/** @type {any} */ each) => this.row(each)));
  }

  /** @param {any} column */
  row({ name, kind, role }) {
    const called = h("input", {
      type: "text",
      value: name,
      "aria-label": `Name of the column ${name}`,
      onchange: () => called.value !== name && this.edit({ do: "rename-column", name, to: called.value }),
    });
    /** @type {Record<string, string>} */
    const kinds =
      kind === "boolean" ? { boolean: "true and false", text: "words" } : { number: "numbers", text: "words" };
    const holds = chooser(kinds, kind, `What the column ${name} holds`, (chosen) =>
      this.edit({ do: "read-column", name, kind: chosen }),
    );
    const used = chooser(ROLES, role, `What the column ${name} is used as`, (chosen) => this.use(name, chosen));
    const label = `Delete the column ${name}`;
    const gone = h(
      "button",
      { type: "button", class: "gone", "aria-label": label, onclick: () => this.edit({ do: "delete-column", name }) },
      "×",
    );
    return h("tr", {}, h("td", {}, called), h("td", {}, holds), h("td", {}, used), h("td", {}, gone));
  }

  /**
   * One target at a time: another one takes its place, and it becomes an input.
   *
   * @param {string} name
   * @param {string} role
   */
  use(name, role) {
    /** @type {string[][]} */
    const roles = this.columns.map((/** @type {any} */ each) => {
      if (each.name === name) return [name, role];
      return [each.name, role === "target" && each.role === "target" ? "input" : each.role];
    });
    const inputs = roles.filter(([, each]) => each === "input").map(([each]) => each);
    const target = roles.find(([, each]) => each === "target")?.[0] ?? "";
    if (target) this.edit({ do: "roles", inputs, target });
    else this.put("Something is to be predicted: choose another target, and this column becomes an input.");
  }

  /** What was chosen cannot be. @param {string} words */
  put(words) {
    this.fault.replaceChildren(h("p", {}, words));
    this.refuse();
  }

  adding() {
    const [name, value] = ["New column", "In every row"].map((label) => {
      const id = freshId("column");
      return {
        label: h("label", { for: id }, label),
        field: h("input", { id, type: "text", value: label === "New column" ? "" : "0" }),
      };
    });
    const kind = chooser({ number: "numbers", text: "words" }, "number", "What the new column holds", () => {});
    const add = () =>
      this.edit({ do: "add-column", name: name.field.value, text: value.field.value, kind: kind.value });
    this.name = name.field;
    return h(
      "div",
      { class: "adding" },
      name.label,
      name.field,
      value.label,
      value.field,
      kind,
      h("button", { type: "button", onclick: add }, "Add column"),
    );
  }

  /** What the columns are is shown again, not what was wished for. */
  refuse() {
    this.body.replaceChildren(...this.columns.map((/** @type {any} */ each) => this.row(each)));
  }

  /** @param {any} edit */
  done(edit) {
    if (edit.do === "add-column") this.name.value = "";
  }

  /** @param {any} edit */
  edit(edit) {
    tell(this, "wg-edit", edit);
  }
}

/**
 * @param {Record<string, string>} options
 * @param {string} value
 * @param {string} label
 * @param {(chosen: string) => void} chosen
 */
export function chooser(options, value, label, chosen) {
  const each = Object.entries(options).map(([key, words]) => h("option", { value: key }, words));
  const field = h("select", { "aria-label": label, onchange: () => chosen(field.value) }, ...each);
  field.value = value;
  return field;
}

define("wg-rows-columns", RowsColumns);
