/** The rows of the run, in their own units: a table to type into, a plane to draw in, a table of one's own. */

import { ask, assign, define, h, write } from "../dom.js";
import { sentences } from "../notes.js";
import "../parts/rows-columns.js";
import "../parts/rows-own.js";
import "../parts/rows-plane.js";
import "../parts/rows-table.js";

export const tag = "wg-panel-data";
export const isStyled = true;

/** What the lab calls the rows, where it says what became of an edit. */
const ABOUT = "rows";
const MOST_KEPT = 20; // edits that can be taken back
const LONGEST = 800_000; // of an experiment's text that is sent back

class Data extends HTMLElement {
  /** It shows the same at every place of a run. */
  isOfRun = true;
  /** @type {string[]} the experiments before each edit that can be taken back */
  kept = [];
  /** @type {any[]} the plane, the table, the columns, and the table of one's own */
  parts = [];
  /** @type {any[]} the edits that were asked for and not answered yet, in their order */
  pending = [];

  connectedCallback() {
    if (this.firstChild) return;
    this.told = h("p", { class: "note" });
    this.undo = h("button", { type: "button", disabled: true, onclick: () => this.takeBack() }, "Undo the last edit");
    this.plane = h("wg-rows-plane");
    this.table = h("wg-rows-table");
    this.columns = h("wg-rows-columns");
    this.own = h("wg-rows-own");
    this.fault = h("div", { class: "fault", role: "alert" });
    this.pages = h("div", { class: "buttons" });
    this.all = h(
      "fieldset",
      { disabled: true },
      h("legend", { class: "unseen" }, "Data"),
      this.told,
      h("div", { class: "tools" }, this.undo),
      this.fault,
      h("div", { class: "both" }, this.plane, h("div", {}, this.table, this.pages)),
      h("details", {}, h("summary", {}, "Columns"), this.columns),
      h("details", {}, h("summary", {}, "A table of your own (CSV)"), this.own),
    );
    this.append(this.all);
    this.parts = [this.plane, this.table, this.columns, this.own];
    this.addEventListener("wg-edit", (event) => this.edit(/** @type {CustomEvent} */ (event).detail, event.target));
    // Whoever draws the same plane may let a point be added there.
    this.lab = this.closest(".wg-lab");
    this.lab?.addEventListener("wg-plane", this.hear);
  }

  /** @param {any} event a place in the units of the data */
  hear = ({ detail }) => {
    if (this.data?.plane && !this.all.disabled && (detail.inputs ?? 2) === 2) this.plane.add(detail);
  };

  disconnectedCallback() {
    this.lab?.removeEventListener("wg-plane", this.hear);
  }

  /** @param {any} state @param {Set<string>} now */
  show(state, now) {
    this.state = state;
    if (now.has("opened")) this.follow();
    if (now.has("failed")) this.refuse(state.failed);
    const found = state.panels.data;
    if (found && found !== this.drawn) this.draw(found.data);
    if (found) this.drawn = found;
    if (this.data) this.own.draw(this.data, state.told.table);
    assign(this.all, "disabled", !state.canChange || !this.data);
  }

  /** @param {any} data */
  draw(data) {
    this.data = data;
    const parts = Object.entries(data.parts).map(([name, count]) => `${count} ${name}`);
    const used = Object.values(data.parts).reduce((one, other) => one + other, 0);
    const gone = data.total - used;
    const rows = `${data.total} rows (${parts.join(", ")}${gone ? `, ${gone} left out` : ""})`;
    write(this.told, `${data.source}: ${rows}. Whatever is changed here, the run starts again with it.`);
    this.plane.hidden = !data.plane;
    if (data.plane) this.plane.draw(data);
    this.table.draw(data);
    this.columns.draw(data);
    this.turn(data);
  }

  /** Which rows are listed, where not all are. @param {any} data */
  turn({ first, total, rows, at_once: most }) {
    this.pages.hidden = total <= most;
    const to = (/** @type {number} */ row) => () => this.list(Math.max(row, 0));
    this.pages.replaceChildren(
      h("button", { type: "button", disabled: first === 0, onclick: to(first - most) }, "Earlier rows"),
      h("span", { class: "note" }, `rows ${first} to ${first + rows.length - 1} of ${total}`),
      h("button", { type: "button", disabled: first + rows.length >= total, onclick: to(first + most) }, "Later rows"),
    );
  }

  /** @param {number} first */
  list(first) {
    this.dispatchEvent(new CustomEvent("wg-watch", { detail: { panel: "data", settings: { first } }, bubbles: true }));
  }

  /** @param {any} edit @param {any} part where it was made, and where it is said why it cannot be */
  edit(edit, part) {
    for (const each of [this, ...this.parts]) each.fault.replaceChildren();
    this.pending.push({ edit, part, text: this.state.opened.text });
    ask(this, { do: "use", tool: "rows", ask: { edit } });
  }

  takeBack() {
    const text = this.kept.at(-1);
    if (text !== undefined) this.edit({ do: "restore", text }, null);
  }

  /** An edit was taken up; after any other change there is nothing to take back. */
  follow() {
    const { edit, text } = this.pending.shift() ?? {};
    if (!edit) this.kept = [];
    else if (edit.do === "restore") this.kept.pop();
    else if (text.length < LONGEST) this.kept = [...this.kept, text].slice(-MOST_KEPT);
    assign(this.undo, "disabled", this.kept.length === 0);
    if (edit) for (const each of this.parts.slice(1)) each.done(edit);
  }

  /** What was typed stays, and the reason stands beside it. @param {any} failed */
  refuse(failed) {
    if (failed?.said.about !== ABOUT || this.pending.length === 0) return;
    const { edit, part } = this.pending.shift();
    (part ?? this).fault.replaceChildren(...sentences(failed.said));
    part?.refuse(edit);
  }
}

define(tag, Data);
