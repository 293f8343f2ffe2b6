/** Check: worked notes, typed, pasted or dropped, marked line by line while one types. */

import { ask, assign, define, freshId, h, tell, write } from "../dom.js";
import { download } from "../download.js";
import { tabMemory } from "../memory.js";
import { Derivations } from "./check-why.js";
import { Sheet } from "./check-sheet.js";
import { linked } from "./check-marks.js";

export const tag = "wg-page-check";
export const isStyled = true;

/** Milliseconds without a key before notes are marked, and before it is said that this takes a moment. */
const PAUSE = 300;
const SLOW = 500;
const KEPT = "whygrad-notes";
const FILES = ".md,.markdown,.txt,text/markdown,text/plain";
/** Bytes of a file that is no text, by which the lab says what it is. */
const START = 300;

class Check extends HTMLElement {
  /** Each text that is sent has a number: only the answer to the last of them is shown as current. */
  number = 0;
  isWaiting = false;
  isDue = false;
  /** @type {any} what the lab said last of these notes */
  found = null;
  /** @type {any} why they are not marked, where they are not */
  refused = null;
  place = "notes.md";
  most = Infinity;
  /** @type {{text: string, place: string, against: string} | null} what a sample or a file took the place of */
  replaced = null;

  sheet = new Sheet({
    typed: () => this.typed(),
    settled: () => this.settle(),
    why: ({ name, step }) => this.derivations.ask(name, step),
  });
  derivations = new Derivations((of, step) => this.request({ want: "why", of, step }));
  /** The session and the network that the notes were marked with. */
  session = "";
  network = "";

  connectedCallback() {
    if (this.firstChild) return;
    this.append(
      h("section", { class: "panel", "aria-label": "Check" }, ...this.head(), this.summary(), this.sheet.root),
      this.derivations.dialog,
    );
    this.addEventListener("dragover", (event) => this.over(event));
    this.addEventListener("drop", (event) => this.dropped(event));
    this.sheet.field.addEventListener("paste", (/** @type {ClipboardEvent} */ event) => this.pasted(event));
    new ResizeObserver(() => this.isDue && this.isSeen && this.mark()).observe(this);
    this.recall();
  }

  head() {
    const against = freshId("against");
    this.against = h(
      "select",
      { id: against, onchange: () => this.typed() },
      h("option", { value: "lab" }, "the network in the lab"),
      h("option", { value: "nothing" }, "nothing: mark the arithmetic alone"),
    );
    this.file = h("input", { type: "file", accept: FILES, hidden: true, onchange: () => this.take(this.file.files) });
    this.saveMarks = h("button", { type: "button", onclick: () => this.keepMarks() }, "Save the marks");
    this.back = h("button", { type: "button", hidden: true, onclick: () => this.goBack() }, "Bring my notes back");
    this.samples = h("div", { class: "tools samples", role: "group", "aria-label": "Notes to begin with" });
    return [
      h("h2", {}, "Check"),
      h(
        "p",
        { class: "note" },
        "Type, paste or drop worked notes. Every line that claims a number is marked; prose is passed over. " +
          "Notes may give their own network, in a block that begins with ",
        h("code", {}, "```whygrad"),
        ".",
      ),
      h(
        "div",
        { class: "tools" },
        h("label", { for: against }, "Hold them against"),
        this.against,
        h("button", { type: "button", onclick: () => this.file.click() }, "Open a file …"),
        this.file,
        h("button", { type: "button", onclick: () => this.keepNotes() }, "Save the notes"),
        this.saveMarks,
        this.back,
      ),
      this.samples,
    ];
  }

  summary() {
    this.counted = h("p", { class: "counted" }, EMPTY);
    this.about = h("p", { class: "about" });
    this.opens = h("button", { type: "button", hidden: true, onclick: () => this.openNetwork() }, "Open it in the lab");
    this.progress = h("p", { class: "progress", hidden: true }, "Being marked …");
    this.fault = h("div", { class: "fault", hidden: true });
    this.status = h("p", { class: "unseen", role: "status" });
    this.words = h("div", { class: "words" }, this.counted, this.about, this.opens);
    return h("div", { class: "summary" }, this.words, this.fault, this.progress, this.status);
  }

  /** @param {any} state @param {Set<string>} now */
  show(state, now) {
    this.state = state;
    for (const each of [this.saveMarks, ...this.samples.children]) assign(each, "disabled", !state.isLive);
    if (now.has("opened") && state.opened) this.follow(state.opened);
    if (now.has("connection")) this.reconnect();
    if (now.has("notes") && this.isWaiting && state.notes.at(-1)?.kind === "error") this.wait(false);
    if (now.has("told")) this.listen(state.told);
  }

  /** Another network in the lab, or another session, which knows nothing of these notes. @param {any} opened */
  follow({ session, text }) {
    if (session !== this.session) ask(this, { do: "use", tool: "sample", ask: {} });
    if (session !== this.session || text !== this.network) this.mark();
    [this.session, this.network] = [session, text];
  }

  reconnect() {
    const wasLive = this.isLive;
    this.isLive = this.state.isLive;
    if (!this.isLive) {
      this.wait(false);
      this.sheet.age(true);
    } else if (wasLive === false) this.mark();
  }

  /** @param {any} told */
  listen({ check, derivation, sample }) {
    if (check && check !== this.heard) this.hear((this.heard = check));
    if (sample && sample !== this.offered) this.offer((this.offered = sample));
    if (derivation) this.derivations.hear(derivation);
  }

  // The notes

  get text() {
    return this.sheet.field.value;
  }

  get isSeen() {
    return this.getClientRects().length > 0;
  }

  /** What is there is of an earlier text from the first key on. */
  typed() {
    this.sheet.follow();
    this.sheet.age(true);
    assign(this.words, "data-stale", true);
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.mark(), PAUSE);
  }

  /** Ask for marks; where nobody sees them, later. */
  mark() {
    clearTimeout(this.timer);
    this.remember();
    this.number += 1;
    this.isDue = !this.isSeen;
    if (this.isDue) return;
    if (!this.text.trim()) return this.clear();
    if (this.text.length > this.most) return this.refuse(tooLong(this.text.length, this.most));
    this.sheet.age(true);
    this.wait(true);
    this.request({ want: "marks" });
  }

  /** @param {any} wanted */
  request(wanted) {
    const { text, number, place } = this;
    const against = this.against.value;
    ask(this, { do: "use", tool: "check", ask: { text, number, against, place: place.slice(0, 200), ...wanted } });
    return number;
  }

  /** It is only said where it takes a moment. @param {boolean} isWaiting */
  wait(isWaiting) {
    this.isWaiting = isWaiting;
    clearTimeout(this.slow);
    if (isWaiting) this.slow = window.setTimeout(() => (this.progress.hidden = false), SLOW);
    else this.progress.hidden = true;
  }

  clear() {
    this.wait(false);
    this.found = null;
    this.sheet.marks([], "");
    this.tell(EMPTY, "", null);
  }

  /** @param {any} answer */
  hear(answer) {
    if (answer.number !== this.number) return;
    this.wait(false);
    if (answer.fault) return this.refuse(answer.fault);
    this.found = answer;
    this.sheet.marks(answer.marks, this.text);
    this.tell(answer.counted, answer.about, answer.opens);
  }

  /** @param {string} counted @param {string} about @param {any} opens */
  tell(counted, about, opens) {
    write(this.counted, counted);
    write(this.about, opens ? `${about} The notes say so.` : about);
    this.opens.hidden = !opens;
    this.refused = null;
    if (!this.sheet.isFresh) this.settle();
    else if (!this.sheet.hasFresh) this.stand();
  }

  /** Nothing is typed any more: how it stands is shown, and who listens hears it. */
  settle() {
    if (this.isWaiting) return;
    this.stand();
    write(this.status, this.refused ? `Not marked: ${this.refused.what}` : (this.counted.textContent ?? ""));
  }

  /** What is there is of the notes as they are. */
  stand() {
    assign(this.words, "data-stale", null);
    this.words.hidden = Boolean(this.refused);
    this.fault.hidden = !this.refused;
    if (this.refused) this.fault.replaceChildren(...this.whyNot(this.refused));
  }

  /** Why they are not marked. The marks before it stay, as those of an earlier text. @param {any} fault */
  refuse(fault) {
    this.wait(false);
    this.sheet.age(true);
    this.refused = fault;
    if (!this.sheet.isFresh) this.settle();
  }

  /** @param {any} fault @returns {Node[]} */
  whyNot({ code, what, why, try: advice }) {
    const first = h("p", {}, h("code", {}, code), " ", ...linked(what, (line) => this.sheet.goTo(line)));
    return [first, why && h("p", {}, why), advice && h("p", {}, advice)].filter(Boolean);
  }

  // Samples, files, what is kept

  /** @param {any} sample */
  offer({ samples, most, notes }) {
    this.most = most;
    const buttons = samples.map((/** @type {any} */ { name, title }) =>
      h("button", { type: "button", onclick: () => ask(this, { do: "use", tool: "sample", ask: { name } }) }, title),
    );
    if (!this.samples.firstChild) this.samples.append(h("span", {}, "Begin with"), ...buttons);
    if (notes) this.replace(notes.text, `${notes.name}.md`, notes.against);
  }

  /** Other notes; the way back to what was typed stays open. @param {string} text @param {string} place @param {string} against */
  replace(text, place, against) {
    const isOwn = this.text.trim() !== "" && this.text !== this.given;
    if (isOwn) this.replaced = { text: this.text, place: this.place, against: this.against.value };
    this.given = text;
    this.put({ text, place, against });
  }

  /** @param {{text: string, place: string, against: string}} notes */
  put({ text, place, against }) {
    [this.sheet.field.value, this.place, this.against.value] = [text, place, against];
    this.back.hidden = this.replaced === null;
    this.sheet.follow();
    this.mark();
  }

  goBack() {
    const { replaced } = this;
    this.replaced = null;
    if (replaced) this.put(replaced);
    this.sheet.field.focus();
  }

  /** @param {DragEvent} event */
  over(event) {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  }

  /** @param {DragEvent} event */
  dropped(event) {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    this.take(event.dataTransfer.files);
  }

  /** A picture on the clipboard is no text, and is called what it is. @param {ClipboardEvent} event */
  pasted(event) {
    const files = event.clipboardData?.files;
    if (!files?.length || event.clipboardData?.types.includes("text/plain")) return;
    event.preventDefault();
    this.take(files);
  }

  /** @param {FileList} files */
  async take([file]) {
    this.file.value = "";
    if (!file) return;
    const bytes = new Uint8Array(await file.slice(0, 4 * this.most + 4).arrayBuffer());
    const text = textOf(bytes);
    if (text !== null) return this.replace(text, file.name, this.against.value);
    this.number += 1;
    this.wait(true);
    const start = window.btoa(String.fromCharCode(...bytes.slice(0, START)));
    this.request({ want: "marks", text: "", start, place: file.name.slice(0, 200) });
  }

  keepNotes() {
    download(new Blob([this.text], { type: "text/markdown" }), this.place);
  }

  keepMarks() {
    this.request({ want: "page" });
  }

  /** The network that the notes give or name. */
  openNetwork() {
    ask(this, { do: "open", ...this.found.opens });
    tell(this, "wg-page", "");
  }

  remember() {
    const kept = { text: this.text, place: this.place, against: this.against.value };
    try {
      tabMemory()?.setItem(KEPT, JSON.stringify(kept));
    } catch {
      // More than a browser keeps: the notes are on the page, and can be saved.
    }
  }

  recall() {
    const kept = JSON.parse(tabMemory()?.getItem(KEPT) ?? "null");
    if (kept?.text) this.put(kept);
  }
}

const EMPTY = "Nothing to mark yet.";

/** The text of a file, `null` where it is none. @param {Uint8Array} bytes @returns {string | null} */
function textOf(bytes) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

/** @param {number} found @param {number} most */
function tooLong(found, most) {
  const [has, goes] = [found, most].map((each) => each.toLocaleString("en-GB"));
  return {
    code: "WG1031",
    what: `the notes have ${has} characters`,
    why: `the page marks up to ${goes}, so that marks come while one types`,
    try: "check the parts one by one, or the whole with `whygrad check NOTES.md`",
  };
}

define(tag, Check);
