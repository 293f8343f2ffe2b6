/** The rows as a table that is typed into; a row more at its end, cells from a spreadsheet pasted over it. */

import { assign, define, focusedNear, freshId, h, tell, write } from "../dom.js";
import { column as columnOf } from "../numbers.js";
import { text } from "./rows-plane.js";

const MOST_DECIMALS = 5;

class RowsTable extends HTMLElement {
  /** @type {any[]} the lines, each with its fields */
  lines = [];
  /** @type {any} the row that is added */
  draft = null;
  /** @type {any[]} */
  columns = [];
  /** @type {((cell: any) => string)[]} how the cells of each column are shown */
  formats = [];
  shape = "";

  connectedCallback() {
    if (this.firstChild) return;
    this.head = h("thead");
    this.body = h("tbody");
    this.foot = h("tfoot");
    const caption = h("caption", { class: "unseen" }, "The rows: type into a cell to change it");
    const table = h("table", {}, caption, this.head, this.body, this.foot);
    this.frame = h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Rows of the data" }, table);
    this.fault = h("div", { class: "fault", role: "alert", id: freshId("fault") });
    this.append(this.frame, this.fault);
    this.addEventListener("paste", (event) => this.paste(/** @type {ClipboardEvent} */ (event)));
  }

  /** Fields that are still there keep their place, and what is being typed into them. @param {any} data */
  draw(data) {
    const shape = JSON.stringify([data.columns, data.rows.length, data.first]);
    const focused = this.focused();
    if (shape !== this.shape) this.build(data);
    this.shape = shape;
    this.total = data.total;
    this.formats = data.columns.map((/** @type {any} */ _, /** @type {number} */ at) =>
      formatOf(data.rows.map((/** @type {any} */ { cells }) => cells[at])),
    );
    for (const [place, row] of data.rows.entries()) {
      const line = this.lines[place];
      line.number = row.number;
      write(line.head, String(row.number));
      write(line.part, row.part || "left out");
      assign(line.gone, "aria-label", `Delete row ${row.number}`);
      for (const [at, field] of line.fields.entries()) {
        assign(field, "aria-label", `${data.columns[at].name} of row ${row.number}`);
        field.kept = text(row.cells[at]);
        field.rest = this.formats[at](row.cells[at]);
        if (!field.isTyped) this.settle(field);
      }
    }
    if (focused) this.field(focused.row, focused.column)?.focus();
  }

  /** @param {any} data */
  build({ columns, rows }) {
    this.columns = columns;
    const heads = columns.map((/** @type {any} */ { name, kind, role }) =>
      h("th", { scope: "col", class: kind === "number" && "number" }, name, role && h("small", {}, ` ${role}`)),
    );
    this.head.replaceChildren(
      h("tr", {}, h("th", { scope: "col" }, "row"), ...heads, h("th", { scope: "col" }, "part"), h("td")),
    );
    this.lines = rows.map(() => this.line());
    this.body.replaceChildren(...this.lines.map(({ element }) => element));
    this.draft = this.newLine();
    this.foot.replaceChildren(this.draft.element);
  }

  line() {
    /** @type {any} */
    const line = { number: 0, head: h("th", { scope: "row" }), part: h("td", { class: "note" }) };
    line.gone = h(
      "button",
      { type: "button", class: "gone", onclick: () => this.edit({ do: "delete", row: line.number }) },
      "×",
    );
    line.fields = this.columns.map((/** @type {any} */ column) => this.cell(line, column));
    const cells = line.fields.map((/** @type {any} */ field) => h("td", { class: field.className }, field));
    line.element = h("tr", {}, line.head, ...cells, line.part, h("td", {}, line.gone));
    return line;
  }

  /** The row that is added: its cells are sent together. */
  newLine() {
    const add = () => this.add();
    const fields = this.columns.map((/** @type {any} */ column) =>
      input(column, {
        "aria-label": `${column.name} of a new row`,
        onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === "Enter" && add(),
      }),
    );
    const cells = fields.map((/** @type {any} */ field) => h("td", { class: field.className }, field));
    const button = h("button", { type: "button", onclick: add }, "Add");
    return {
      fields,
      element: h("tr", {}, h("th", { scope: "row" }, "new"), ...cells, h("td", { colspan: 2 }, button)),
    };
  }

  /** @param {any} line @param {any} column */
  cell(line, column) {
    const field = input(column, {
      oninput: () => (field.isTyped = true),
      onfocus: () => field.isTyped || this.settle(field),
      onblur: () => field.isTyped || this.settle(field),
      onchange: () => this.set(line, column.name, field),
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key === "Escape") this.restore(field);
        const way = /** @type {Record<string, number>} */ ({ ArrowUp: -1, ArrowDown: 1, Enter: 1 })[event.key];
        if (way) this.field(line.number + way, column.name)?.focus();
      },
    });
    return field;
  }

  /** @param {any} line @param {string} column @param {any} field */
  set(line, column, field) {
    if (field.value === field.kept) return this.restore(field);
    this.clear(field);
    field.isTyped = true;
    this.edit({ do: "set", row: line.number, cells: { [column]: field.value } });
  }

  add() {
    for (const field of this.draft.fields) this.clear(field);
    const cells = this.columns.map((/** @type {any} */ { name }, /** @type {number} */ at) => [
      name,
      this.draft.fields[at].value,
    ]);
    this.edit({ do: "add", cells: Object.fromEntries(cells) });
  }

  /** More than one cell is laid over the table from the field on. @param {ClipboardEvent} event */
  paste(event) {
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    const place = this.focused();
    if (!place || !/[\t\n]/.test(pasted.trim())) return;
    event.preventDefault();
    this.edit({ do: "paste", row: place.row ?? this.total, column: place.column, text: pasted });
  }

  /** An edit that was made: what was typed for it is now in the table. @param {any} edit */
  done(edit) {
    for (const field of this.fieldsOf(edit)) this.restore(field);
    if (edit.do === "add") for (const field of this.draft.fields) this.restore(field);
  }

  /** What was typed stays, marked. @param {any} edit */
  refuse(edit) {
    for (const field of edit.do === "add" ? this.draft.fields : this.fieldsOf(edit)) {
      assign(field, "aria-invalid", "true");
      assign(field, "aria-describedby", this.fault.id);
    }
  }

  /** @param {any} edit @returns {any[]} */
  fieldsOf({ row, cells }) {
    return row === undefined
      ? []
      : Object.keys(cells ?? {})
          .map((name) => this.field(row, name))
          .filter(Boolean);
  }

  /** @param {any} field */
  restore(field) {
    field.isTyped = false;
    this.settle(field);
    this.clear(field);
  }

  /** All digits while one types; else as many as line up. @param {any} field */
  settle(field) {
    const value = (field.matches(":focus") ? field.kept : field.rest) ?? "";
    if (field.value !== value) field.value = value;
  }

  /** @param {any} field */
  clear(field) {
    assign(field, "aria-invalid", null);
    assign(field, "aria-describedby", null);
  }

  /** @param {number | null} row @param {string} column null: of the new row */
  field(row, column) {
    const at = this.columns.findIndex((/** @type {any} */ { name }) => name === column);
    const line = row === null ? this.draft : this.lines.find(({ number }) => number === row);
    return line?.fields[at];
  }

  /** The cell that has the focus; its row is null in the new one. */
  focused() {
    const now = focusedNear(this);
    const line = [this.draft, ...this.lines].find((each) => each?.fields.includes(now));
    if (!line) return null;
    return { row: line.number ?? null, column: this.columns[line.fields.indexOf(now)].name };
  }

  /** @param {any} edit */
  edit(edit) {
    tell(this, "wg-edit", edit);
  }
}

/** How the cells of a column are shown, so that they line up. @param {any[]} cells */
function formatOf(cells) {
  const numbers = cells.filter((each) => typeof each === "number");
  const decimals = Math.max(...numbers.map((each) => (/\.(\d+)$/.exec(String(each))?.[1] ?? "").length), 0);
  const isPlain = decimals <= MOST_DECIMALS && numbers.every((each) => !String(each).includes("e"));
  const format = isPlain ? (/** @type {number} */ each) => each.toFixed(decimals).replace("-", "−") : columnOf(cells);
  return (/** @type {any} */ cell) => (typeof cell === "number" ? format(cell) : text(cell));
}

/** @param {any} column @param {any} attributes */
function input({ kind }, attributes) {
  const mode = kind === "number" ? "decimal" : null;
  const shape = kind === "number" ? "number" : "";
  return h("input", {
    type: "text",
    inputmode: mode,
    class: shape,
    spellcheck: "false",
    autocomplete: "off",
    ...attributes,
  });
}

define("wg-rows-table", RowsTable);
