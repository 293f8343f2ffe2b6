/** A short way round the page for who is new: over it, never in its way, put away for good. */

import { GUIDE } from "../dialogs.js";
import { define, focusedNear, h, write } from "../dom.js";

export const tag = "wg-guide";
export const isStyled = true;

/**
 * What one sees, where it is, and the words that the tutorials use.
 *
 * @type {{title: string, at: string, text: string[]}[]}
 */
const STOPS = [
  {
    title: "A network that shows its work",
    at: "wg-network",
    text: [
      "Numbers flow in on the left, each unit weighs and adds them, and the network says something on the " +
        "right. The dashed unit is the target: what it should have said.",
      "Click a unit or a line to see why its number is what it is.",
    ],
  },
  {
    title: "One move at a time",
    at: "wg-controls",
    text: [
      "Step makes the next move of training: the signal goes forward, the loss is taken, the blame comes " +
        "back, the weights are updated. Step back takes any of it back, to the last digit.",
      "An update is all moves for one batch of rows: each weight is changed once.",
    ],
  },
  {
    title: "The formulas, with these numbers",
    at: "wg-formula",
    text: [
      "Each move stands here as on paper, in symbols and in numbers. Point at a number, and what it came " +
        "from lights up in the picture.",
      "Backpropagation is this way back: the chain rule, from the loss to every weight.",
    ],
  },
  {
    title: "How wrong it is",
    at: "wg-chart",
    text: [
      "The loss is one number for how wrong the network is: training makes it small. The curve has it for " +
        "every update; click it to go there.",
    ],
  },
  {
    title: "What changes",
    at: "wg-weights",
    text: [
      "The gradient of a weight says how the loss changes when that weight grows a little; an update takes " +
        "the weight the other way.",
      "Type another value, and the run goes on with it.",
    ],
  },
  {
    title: "And how fast",
    at: "wg-settings",
    text: [
      "The learning rate says how far one update goes: too big, and the loss bounces; too small, and it " +
        "creeps. This and all else can be changed, and the lab says what a change does.",
    ],
  },
];

class Guide extends HTMLElement {
  place = 0;

  connectedCallback() {
    if (this.firstChild) return;
    this.heading = h("h2", { tabindex: -1 });
    this.text = h("div", {});
    this.count = h("span", { class: "note" });
    this.back = h("button", { type: "button", onclick: () => this.go(this.place - 1) }, "Back");
    this.next = h("button", { type: "button", class: "main", onclick: () => this.go(this.place + 1) }, "Next");
    const away = h("button", { type: "button", onclick: () => this.close() }, "Put away");
    this.card = h(
      "aside",
      { class: "guide", "aria-label": "A way round this page", hidden: true },
      this.heading,
      this.text,
      h("div", { class: "buttons" }, this.back, this.next, away, this.count),
    );
    this.card.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      event.stopPropagation();
      if (event.key === "Escape") this.close();
    });
    this.append(this.card);
  }

  show() {}

  open() {
    const isAsked = Boolean(focusedNear(this)?.closest(".help"));
    this.card.hidden = false;
    this.go(0);
    if (isAsked) this.heading.focus();
  }

  /** @param {number} place */
  go(place) {
    if (place >= STOPS.length) return this.close();
    const { title, text, at } = STOPS[place];
    const isMoved = place !== this.place;
    this.place = place;
    write(this.heading, title);
    this.text.replaceChildren(...text.map((each) => h("p", {}, each)));
    write(this.count, `${place + 1} of ${STOPS.length}`);
    write(this.next, place === STOPS.length - 1 ? "Done" : "Next");
    this.back.disabled = place === 0;
    this.mark(at);
    this.card.classList.toggle("beyond", this.isOnTheLeft());
    if (isMoved) this.marked?.scrollIntoView({ block: "nearest" });
  }

  /** What it speaks of is not behind it. */
  isOnTheLeft() {
    const box = this.marked?.getBoundingClientRect() ?? { left: 0, width: 0 };
    return box.left + box.width / 2 < window.innerWidth / 2;
  }

  /** @param {string} at what stands out; nothing where it is empty */
  mark(at) {
    this.marked?.classList.remove("guided");
    const found = at ? this.closest(".wg-lab")?.querySelector(at) : null;
    this.marked = found?.closest(".panel") ?? found;
    this.marked?.classList.add("guided");
  }

  close() {
    this.card.hidden = true;
    this.mark("");
    try {
      window.localStorage.setItem(GUIDE, "away");
    } catch {
      // It comes again with the next page.
    }
    /** @type {HTMLElement | null} */ (this.closest(".wg-lab"))?.focus({ preventScroll: true });
  }
}

define(tag, Guide);
