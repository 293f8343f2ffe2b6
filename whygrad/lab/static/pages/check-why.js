/** The derivation of a quantity that the notes are about, over the page, and of every number that it was made of. */

import { documentNodes } from "../document.js";
import { assign, h, write } from "../dom.js";
import { questionOf } from "../refs.js";

export class Derivations {
  /** @type {{of: string, step: number}[]} */
  asked = [];
  number = -1;

  /** @param {(of: string, step: number) => number} request asks for one, and says by which number it is answered */
  constructor(request) {
    this.request = request;
    this.words = h("p", { class: "readout", role: "status" });
    this.page = h("div", { class: "document", tabindex: 0, role: "group", "aria-label": "Derivation" });
    this.back = h("button", { type: "button", onclick: () => this.goBack() }, "← Back");
    const close = h("button", { type: "button", onclick: () => this.dialog.close() }, "Close");
    this.dialog = h(
      "dialog",
      { class: "experiment why", "aria-label": "Derivation" },
      this.page,
      this.words,
      h("div", { class: "buttons" }, close, this.back),
    );
    this.page.addEventListener("click", (/** @type {any} */ event) => this.clicked(event));
  }

  /** @param {string} of @param {number} step */
  ask(of, step) {
    this.asked = this.dialog.open ? [...this.asked, { of, step }] : [{ of, step }];
    this.send();
  }

  send() {
    const { of, step } = this.asked[this.asked.length - 1];
    this.back.hidden = this.asked.length < 2;
    assign(this.page, "data-stale", true);
    write(this.words, "Being worked out …");
    if (!this.dialog.open) {
      this.page.replaceChildren();
      this.dialog.showModal();
    }
    this.number = this.request(of, step);
    this.isWaiting = true;
  }

  goBack() {
    this.asked.pop();
    this.send();
  }

  /** @param {any} answer */
  hear({ number, of, document, fault }) {
    const last = this.asked[this.asked.length - 1];
    if (!this.isWaiting || number !== this.number || (of !== undefined && of !== last?.of)) return;
    this.isWaiting = false;
    assign(this.page, "data-stale", null);
    this.page.replaceChildren(...(document ? documentNodes(document) : []));
    this.page.scrollTop = 0;
    const after = last?.step ? "In the forward pass after the update." : "";
    write(this.words, fault ? [fault.what, fault.why, fault.try].filter(Boolean).join("; ") : after);
  }

  /** @param {any} event */
  clicked(event) {
    const ref = event.target.closest("[data-ref]")?.getAttribute("data-ref");
    const of = ref && questionOf(ref);
    if (of && !window.getSelection()?.toString()) this.ask(of, this.asked[this.asked.length - 1].step);
  }
}
