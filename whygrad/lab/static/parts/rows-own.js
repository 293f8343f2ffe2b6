/** A table of one's own: a file of this machine, or cells of a spreadsheet; what to learn from it is chosen here. */

import { ask, assign, define, freshId, h, tell } from "../dom.js";
import { sentences } from "../notes.js";
import { read } from "../numbers.js";
import { chooser } from "./rows-columns.js";

class OwnTable extends HTMLElement {
  /** @type {any} what the lab found in the table that was given last */
  found = null;
  content = "";
  /** @type {any} */
  validation;
  /** @type {any} */
  test;
  /** @type {{column: any, box: any, row: Node}[]} of each column whether it is learned from */
  boxes = [];

  connectedCallback() {
    if (this.firstChild) return;
    const [file, pasted] = [freshId("own"), freshId("own")];
    this.file = h("input", {
      id: file,
      type: "file",
      accept: ".csv,.tsv,.txt",
      onclick: () => (this.file.value = ""), // a file that was mended is chosen again, and read again
      onchange: () => this.take(this.file.files[0]),
    });
    this.pasted = h("textarea", { id: pasted, rows: 3, spellcheck: "false" });
    const paste = () => this.take(new File([this.pasted.value], "pasted table"));
    this.fault = h("div", { class: "fault", role: "alert" });
    this.chosen = h("div", {});
    this.append(
      h("p", { class: "note" }, "The file stays on this machine: it goes to the lab that runs here, and nowhere else."),
      h("div", { class: "given" }, h("label", { for: file }, "CSV file, with names in its first line"), this.file),
      h("div", { class: "given" }, h("label", { for: pasted }, "or paste a table, names first"), this.pasted),
      h("button", { type: "button", onclick: paste }, "Look at what was pasted"),
      this.fault,
      this.chosen,
    );
  }

  /** @param {any} data @param {any} told what was found in the table that was sent last */
  draw(data, told) {
    this.most = data.most;
    if (!told || told === this.told) return;
    this.told = told;
    this.found = told.fault ? null : told;
    this.fault.replaceChildren(...(told.fault ? sentences({ ...told.fault, advice: told.fault.try }) : []));
    this.chosen.replaceChildren(...(this.found ? this.form(this.found) : []));
  }

  /** Send a file to be looked through. @param {File | undefined} file */
  async take(file) {
    if (!file) return;
    this.fault.replaceChildren();
    this.chosen.replaceChildren();
    if (file.size > this.most.bytes) {
      const [size, most] = [Math.ceil(file.size / 1000), Math.floor(this.most.bytes / 1000)];
      const what = `${file.name} has ${size} kB, and the page takes tables up to ${most} kB.`;
      return this.fault.replaceChildren(
        h("p", {}, what),
        h("p", {}, "Take fewer rows, or train on it: whygrad train."),
      );
    }
    this.content = await encoded(file);
    ask(this, { do: "use", tool: "table", ask: { content: this.content, name: file.name || "table" } });
  }

  /** What can be chosen of a table. @param {any} found @returns {Node[]} */
  form(found) {
    const { columns, proposal, rows, name } = found;
    const names = Object.fromEntries(columns.map((/** @type {any} */ each) => [each.name, each.name]));
    this.target = chooser(names, proposal.target, "Target", () => this.follow());
    this.task = chooser(
      { classification: "classes", regression: "numbers" },
      "classification",
      "Predicted as",
      () => {},
    );
    this.missing = chooser(
      { fill: "fill in the median or commonest", drop: "leave these rows out" },
      "fill",
      "Missing values",
      () => {},
    );
    this.scale = chooser(
      { standard: "mean 0, deviation 1", "min-max": "from 0 to 1", none: "as they are" },
      "standard",
      "Inputs scaled",
      () => {},
    );
    [this.validation, this.test] = ["Validation part", "Test part"].map((label) =>
      h("input", { type: "text", inputmode: "decimal", class: "number", "aria-label": label }),
    );
    this.validation.value = String(proposal.validation);
    this.test.value = String(proposal.test);
    this.boxes = columns.map((/** @type {any} */ each) => this.box(each));
    const fields = [
      ["Target", this.target],
      ["Predicted as", this.task],
      ["Missing values", this.missing],
      ["Inputs scaled", this.scale],
      ["Validation part", this.validation],
      ["Test part", this.test],
    ].map(([label, field]) => h("label", {}, `${label} `, field));
    this.follow();
    return [
      h("p", {}, h("strong", {}, name), `: ${rows} rows, ${columns.length} columns.`),
      h("div", { class: "choices" }, ...fields),
      this.listing(),
      h(
        "p",
        { class: "note" },
        "Taking it up makes a new experiment, with a network for this target; Undo brings back what there is now.",
      ),
      h("button", { type: "button", class: "main", onclick: () => this.takeUp(found) }, "Take it up"),
    ];
  }

  listing() {
    const heads = ["input", "column", "holds", "missing", "first values"].map((each) =>
      h("th", { scope: "col" }, each),
    );
    const body = h("tbody", {}, ...this.boxes.map(({ row }) => row));
    const table = h(
      "table",
      {},
      h("caption", { class: "unseen" }, "Columns of the table"),
      h("thead", {}, h("tr", {}, ...heads)),
      body,
    );
    return h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Columns of the table" }, table);
  }

  /** @param {any} column */
  box(column) {
    const { name, holds, missing, reason, first } = column;
    const box = h("input", { type: "checkbox", "aria-label": `Learn from ${name}` });
    box.checked = !reason;
    const shown = first.map((/** @type {any} */ each) => (each === null ? "–" : String(each))).join(", ");
    const row = h(
      "tr",
      {},
      h("td", {}, box),
      h("th", { scope: "row" }, name),
      h("td", {}, holds, reason && h("small", {}, ` ${reason}`)),
      h("td", { class: "number" }, missing ? String(missing) : ""),
      h("td", {}, shown),
    );
    return { column, box, row };
  }

  /** What goes with the target. */
  follow() {
    const target = this.target.value;
    for (const { column, box } of this.boxes) {
      assign(box, "disabled", column.name === target);
      if (column.name === target) this.task.value = column.is_classes ? "classification" : "regression";
      const [words] = [...this.task.options];
      if (column.name === target) assign(this.task, "disabled", column.kind === "text" && words !== undefined);
    }
    const gaps = this.boxes.some(({ column }) => column.missing > 0);
    assign(this.missing, "disabled", !gaps);
  }

  /** @param {any} found */
  takeUp({ name }) {
    const [validation, test] = [this.validation, this.test].map((field) => read(field.value));
    if (validation === null || test === null)
      return this.fault.replaceChildren(h("p", {}, "The parts are shares of the rows, such as 0.2."));
    this.fault.replaceChildren();
    const target = this.target.value;
    const inputs = this.boxes
      .filter(({ box, column }) => box.checked && column.name !== target)
      .map(({ column }) => column.name);
    if (inputs.length === 0) return this.fault.replaceChildren(h("p", {}, "Choose at least one column to learn from."));
    const chosen = { target, inputs, task: this.task.value, missing: this.missing.value, scale: this.scale.value };
    tell(this, "wg-edit", { do: "take-up", content: this.content, name, ...chosen, validation, test });
  }

  /** It was taken up: there is nothing more to choose. @param {any} edit */
  done(edit) {
    if (edit.do !== "take-up") return;
    this.chosen.replaceChildren();
    this.file.value = "";
    this.pasted.value = "";
  }

  /** What was chosen stays. */
  refuse() {}
}

/** The bytes of a file as text that a message can hold. @param {File} file @returns {Promise<string>} */
function encoded(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(String(reader.result).split(",")[1] ?? ""));
    reader.addEventListener("error", () => failed(reader.error));
    reader.readAsDataURL(file);
  });
}

define("wg-rows-own", OwnTable);
