/** Handing a session on: as a link while it is short enough, as a file always. */

import { putState } from "../address.js";
import { ask, define, h, write } from "../dom.js";
import { download } from "../download.js";

export const tag = "wg-share";

class Share extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    this.words = h("p", { role: "status" });
    this.rest = h("p", { class: "readout" });
    this.rows = h("p", { class: "note", hidden: true });
    this.link = h("input", {
      type: "text",
      readonly: true,
      "aria-label": "The link",
      onfocus: () => this.link.select(),
      onclick: () => this.link.select(), // a click puts the caret there, after the focus
    });
    this.copy = h("button", { type: "button", class: "main", onclick: () => this.copyLink() }, "Copy the link");
    this.save = h("button", { type: "button", onclick: () => this.saveFile() }, "Save as a file");
    const close = h("button", { type: "button", onclick: () => this.dialog.close() }, "Close");
    this.dialog = h(
      "dialog",
      { class: "experiment", "aria-label": "Share" },
      h("h2", {}, "Share"),
      this.words,
      this.link,
      this.rows,
      h("div", { class: "buttons" }, this.copy, this.save, close),
      this.rest,
    );
    this.append(this.dialog);
  }

  /** What is shown is always of now, so it is asked for each time. */
  open() {
    this.found = null;
    this.isAsked = true;
    this.fill(null);
    this.dialog.showModal();
    ask(this, { do: "use", tool: "share", ask: {} });
  }

  /** @param {any} state @param {Set<string>} now */
  show({ told, hasAddress }, now) {
    this.hasAddress = hasAddress;
    if (!this.isAsked || !now.has("told") || !told.share) return;
    this.isAsked = false;
    this.fill(told.share);
    if (told.share.address && hasAddress) putState(told.share.address.replace("state=", ""));
  }

  /** @param {any} found */
  fill(found) {
    this.found = found;
    const fits = Boolean(found?.address);
    this.copy.disabled = !fits;
    this.save.disabled = !found;
    this.copy.hidden = this.link.hidden = Boolean(found) && !fits;
    this.save.classList.toggle("main", Boolean(found) && !fits);
    const before = this.hasAddress ? window.location.href.split("#")[0] : "";
    this.link.value = fits ? `${before}#${found.address}` : "";
    write(this.words, found ? inWords(found) : "Writing it down …");
    write(this.rest, found ? (fits ? (this.hasAddress ? OPENS : BEHIND) : KEPT) : "");
    this.rows.hidden = !found?.rows;
    write(
      this.rows,
      found?.rows ? `Its rows are in ${found.rows}: it opens in a lab that was started with that file.` : "",
    );
  }

  async copyLink() {
    this.link.select();
    if (window.navigator.clipboard) await window.navigator.clipboard.writeText(this.link.value);
    else document.execCommand("copy"); // a page without encryption may not use the other way
    write(this.rest, "Copied.");
  }

  saveFile() {
    download(new Blob([this.found.file], { type: "application/json" }), "session.json");
  }
}

const OPENS =
  "It stands in the address of this page now. Another lab opens it as well: put what begins with # behind its address.";
const BEHIND = "Put it behind the address of a lab, and it opens there.";
const KEPT = "“Experiment …” opens such a file, here and in other labs.";

/** @param {any} found */
function inWords({ address, characters, most, changes }) {
  const holds = [
    "the experiment",
    changes && counted(changes, "change"),
    "the place, and every weight with all its digits",
  ];
  const what = `${holds.filter(Boolean).slice(0, -1).join(", ")}, ${holds.at(-1)}`;
  return address
    ? `This link holds all of it: ${what}. It has ${count(characters)} of the ${count(most)} characters of a link.`
    : `A link would have ${count(characters)} characters; up to ${count(most)} work everywhere. A file holds it: ${what}.`;
}

/** @param {number} number @param {string} noun */
function counted(number, noun) {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"} made on the way`;
}

/** @param {number} number */
function count(number) {
  return number.toLocaleString("en-GB");
}

define(tag, Share);
