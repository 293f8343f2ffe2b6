/** The head of the page: what is being trained, presets, the experiment's text to open and to save, and help. */

import { ask, assign, define, h, tell, write } from "./dom.js";
import { download } from "./download.js";
import { sentences } from "./notes.js";

const HELP = [
  [
    "Step",
    "A forward pass, the loss, a backward pass, an update: the buttons make them one by one, and take them back.",
  ],
  [
    "Ask",
    "Click a unit, a weight or a number to see why it is what it is. Point at one, and what it came from lights up.",
  ],
  ["Change", "Type another weight or setting. The lab says whether the run goes on with it or starts again."],
  [
    "Keys",
    "Right and left arrow: a move on or back; with shift, an update. Space: play and pause. R: the same start again.",
  ],
];

class Header extends HTMLElement {
  parts = [opener("share", "Share …"), opener("export", "Export …")];

  connectedCallback() {
    if (this.firstChild) return;
    this.name = h("h1", {}, "whygrad lab");
    this.presets = h("select", { "aria-label": "Presets", onchange: () => this.openPreset() });
    this.help = h("details", { class: "help" }, h("summary", {}, "How this page works"), helpList());
    this.dialog = this.experimentDialog();
    this.guide = opener("guide", "Show me around");
    this.help.append(this.guide);
    this.append(
      this.name,
      h(
        "div",
        { class: "tools" },
        this.presets,
        h("button", { type: "button", onclick: () => this.openDialog() }, "Experiment …"),
        ...this.parts,
      ),
      this.help,
      this.dialog,
    );
  }

  experimentDialog() {
    this.text = h("textarea", {
      spellcheck: "false",
      rows: 18,
      oninput: () => (this.isTyped = true),
      "aria-label": "The experiment, or a session that was shared, as the text of its file",
    });
    this.fault = h("div", { class: "fault", role: "alert" });
    this.file = h("input", {
      type: "file",
      accept: ".toml,.json,text/plain",
      onclick: () => (this.file.value = ""), // the same file again is read again
      onchange: () => this.readFile(),
    });
    return h(
      "dialog",
      { class: "experiment", "aria-label": "Experiment" },
      h("h2", {}, "Experiment"),
      h("label", { class: "file" }, "From a file ", this.file),
      this.text,
      this.fault,
      h(
        "div",
        { class: "buttons" },
        h("button", { type: "button", class: "main", onclick: () => this.openText() }, "Open"),
        h("button", { type: "button", onclick: () => this.save() }, "Save as a file"),
        h("button", { type: "button", onclick: () => this.dialog.close() }, "Close"),
      ),
    );
  }

  /** @param {any} state @param {Set<string>} now */
  show({ opened, failed, waiting, isLive, connection }, now) {
    for (const each of [...this.parts, this.guide]) each.hidden = connection?.state === "recorded";
    for (const each of this.querySelectorAll(".tools > *")) assign(each, "disabled", !isLive);
    if (now.has("opened")) this.showOpened(opened);
    const isTheirs = failed?.request.experiment || failed?.request.state;
    if (now.has("failed")) this.fault.replaceChildren(...(isTheirs ? sentences(failed.said) : []));
    if (this.isOpening && waiting === null && !failed) this.dialog.close();
    if (waiting === null) this.isOpening = false;
  }

  /** @param {any} opened */
  showOpened(opened) {
    this.opened = opened;
    this.isTyped = false;
    const title = opened?.experiment.title || "whygrad lab";
    write(this.name, title);
    const presets = opened?.presets ?? [];
    this.presets.hidden = presets.length === 0;
    const groups = [...new Set(presets.map((/** @type {any} */ each) => each.group ?? ""))];
    const listed = groups.map((group) => {
      const members = presets.filter((/** @type {any} */ each) => (each.group ?? "") === group);
      const options = members.map((/** @type {any} */ each) =>
        h("option", { value: each.name }, each.title || each.name),
      );
      return h("optgroup", { label: group }, ...options);
    });
    this.presets.replaceChildren(h("option", { value: "" }, "Presets …"), ...listed);
  }

  openPreset() {
    if (this.presets.value) ask(this, { do: "open", preset: this.presets.value });
    this.presets.value = "";
  }

  openDialog() {
    if (!this.isTyped) this.text.value = this.opened?.text ?? "";
    this.dialog.showModal();
  }

  openText() {
    this.isOpening = true;
    const isState = this.text.value.trimStart().startsWith("{");
    ask(this, { do: "open", [isState ? "state" : "experiment"]: this.text.value });
  }

  async readFile() {
    const [file] = this.file.files;
    if (!file) return;
    this.text.value = await file.text();
    this.isTyped = true;
  }

  save() {
    download(new Blob([this.text.value], { type: "application/toml" }), "experiment.toml");
  }
}

/** A button for what is loaded when it is opened. @param {string} part @param {string} title */
function opener(part, title) {
  const open = () => tell(button, "wg-open", part);
  const button = h("button", { type: "button", "data-part": part, onclick: open }, title);
  return button;
}

function helpList() {
  const kind = (/** @type {string} */ term) => (term === "Change" ? "live-only" : null);
  return h(
    "dl",
    {},
    ...HELP.map(([term, text]) => h("div", { class: kind(term) }, h("dt", {}, term), h("dd", {}, text))),
  );
}

define("wg-header", Header);
