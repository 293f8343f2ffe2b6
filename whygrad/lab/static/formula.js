/** The formulas: the move that is on as on paper, or the derivation of what was asked for, with the way back. */

import { placeOf } from "./answers.js";
import { assign, define, freshId, h, tell, write } from "./dom.js";
import { documentNodes } from "./document.js";
import { load } from "./loading.js";
import { exact } from "./numbers.js";
import { keysOf, questionOf } from "./refs.js";

const PLACES_NAMED = 8;

class Formula extends HTMLElement {
  /** @type {any} */
  page;
  /** @type {any} */
  trail;

  connectedCallback() {
    if (this.firstChild) return;
    const list = freshId("names");
    this.names = h("datalist", { id: list });
    this.field = h("input", {
      type: "text",
      list,
      placeholder: "w5, net_H1, dE/dw5 …",
      "aria-label": "Why is this number what it is? Its name",
      autocomplete: "off",
    });
    this.back = h("button", { type: "button", onclick: () => this.goBack(), hidden: true }, "← Back");
    this.home = h(
      "button",
      { type: "button", onclick: () => tell(this, "wg-back", []), hidden: true },
      "The current move",
    );
    this.page = h("div", { class: "document", "aria-live": "off", role: "group", "aria-label": "Derivation" });
    this.stale = h("p", { class: "stale", role: "status" });
    this.readout = h("p", { class: "readout" });
    this.limit = h("p", { class: "note", hidden: true });
    this.through = h(
      "details",
      { class: "through", hidden: true, ontoggle: () => this.bring() },
      h("summary", {}, "Through training"),
    );
    this.append(
      h(
        "form",
        { class: "ask", onsubmit: (/** @type {Event} */ event) => this.askFor(event) },
        h("span", {}, "Why"),
        this.field,
        h("button", {}, "?"),
        this.names,
      ),
      this.limit,
      h("div", { class: "buttons" }, this.back, this.home),
      this.stale,
      this.page,
      this.readout,
      this.through,
    );
    this.page.addEventListener("click", (/** @type {Event} */ event) => this.clicked(event));
    this.page.addEventListener("pointerover", (/** @type {Event} */ event) => this.read(event));
  }

  /** @param {any} state @param {Set<string>} now */
  show(state, now) {
    this.state = state;
    this.asked = state.asked;
    if (now.has("opened")) this.showNames(state.opened);
    this.showLimit(state);
    this.back.hidden = this.home.hidden = this.asked.length === 0;
    if (now.has("move") || now.has("answer") || now.has("asked") || now.has("frame")) this.showDocument(state);
    if (now.has("pointed") || this.isFresh) this.light(state.pointed);
    this.isFresh = false;
    this.through.hidden = this.asked.length === 0 || state.connection?.state === "recorded";
    if (this.through.open && !this.through.hidden) this.trail?.show(state, now);
  }

  /** A recording has answers at some updates only. @param {any} state */
  showLimit({ connection, frame }) {
    const known = connection?.derived;
    this.limit.hidden = !known || !frame || known.includes(frame.update);
    if (this.limit.hidden) return;
    write(this.limit, `In this recording it can be asked ${known.length ? placesOf(known) : "nowhere"}.`);
  }

  /** The history of a number loads when somebody looks at it. */
  async bring() {
    if (!this.through.open) return;
    const { tag } = await load("parts", "trail");
    if (!this.trail) this.through.append((this.trail = document.createElement(tag)));
    this.trail.show(this.state, new Set());
  }

  /** What is shown is either of this place, or says that it is not. @param {any} state */
  showDocument({ move, answer, asked, frame }) {
    const shown = asked.length ? answer : move;
    if (shown && shown.document !== this.drawn) {
      this.page.replaceChildren(...documentNodes(shown.document));
      this.page.scrollTop = 0;
      this.reach();
      this.isFresh = true;
      write(this.readout, "");
    } else if (!shown) this.page.replaceChildren();
    this.drawn = shown?.document ?? null;
    const isCurrent = shown !== null && shown?.place === placeOf(frame);
    assign(this.page, "data-stale", shown && !isCurrent);
    assign(this.page, "aria-hidden", shown && !isCurrent ? "true" : null);
    write(
      this.stale,
      isCurrent || !frame
        ? ""
        : asked.length
          ? `${asked.at(-1)}: not known at this move yet, or being worked out.`
          : "Being worked out.",
    );
  }

  /** What is wider than the page can be scrolled by keys as well. */
  reach() {
    const wide = [...this.page.querySelectorAll(".left, .right, .scroll")].filter(
      (each) => each.scrollWidth > each.clientWidth,
    );
    for (const each of wide) assign(each, "tabindex", 0);
    assign(this.page, "tabindex", this.page.scrollHeight > this.page.clientHeight ? 0 : null);
  }

  /** @param {any} opened */
  showNames(opened) {
    if (!opened) return;
    const { layers, weights, biases } = opened.network;
    const units = layers
      .slice(1)
      .flatMap((/** @type {any} */ each) =>
        each.units.flatMap((/** @type {string} */ unit) => [`net_${unit}`, `out_${unit}`]),
      );
    const learned = [...weights, ...biases].flatMap((/** @type {any} */ each) => each.names);
    const names = ["loss", ...units, ...learned].slice(0, 200);
    this.names.replaceChildren(...names.map((each) => h("option", { value: each })));
  }

  /** @param {Event} event */
  askFor(event) {
    event.preventDefault();
    const of = this.field.value.trim();
    if (of) tell(this, "wg-why", of);
  }

  goBack() {
    tell(this, "wg-back", this.asked.slice(0, -1));
  }

  /** @param {any} event */
  clicked(event) {
    const ref = event.target.closest("[data-ref]")?.getAttribute("data-ref");
    const of = ref && questionOf(ref);
    if (of && !window.getSelection()?.toString()) tell(this, "wg-why", of);
  }

  /** @param {any} event */
  read(event) {
    const place = event.target.closest("[data-ref]");
    const value = place?.getAttribute("data-value") ?? place?.getAttribute("title");
    write(this.readout, place ? `${place.getAttribute("data-ref")}${value ? ` = ${exact(value)}` : ""}` : "");
  }

  /** @param {string[]} pointed */
  light(pointed) {
    const lit = new Set(pointed);
    const network = this.state.opened?.network;
    for (const each of this.page.querySelectorAll("[data-ref]")) {
      const isLit =
        lit.size > 0 && network && keysOf(network, each.getAttribute("data-ref") ?? "").some((key) => lit.has(key));
      each.classList.toggle("pointed", Boolean(isLit));
    }
  }
}

/** Updates in words; of many the first ones. @param {number[]} updates */
function placesOf(updates) {
  const [named, rest] = [updates.slice(0, PLACES_NAMED), updates.length - PLACES_NAMED];
  const more = rest > 0 ? ` and ${rest} more` : "";
  return `with ${named.join(", ")}${more} updates made, not here`;
}

define("wg-formula", Formula);
