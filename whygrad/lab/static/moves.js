/** The moves of the step that is looked at: which are made, which one is on, which are still to come. */

import { ask, assign, define, h } from "./dom.js";

class Moves extends HTMLElement {
  /** @type {any} */
  drawn;

  connectedCallback() {
    if (this.firstChild) return;
    this.list = h("ol", { "aria-label": "Moves of this update" });
    const options = Object.entries(KINDS).map(([by, text]) => h("option", { value: by }, text));
    this.by = h("select", { onchange: () => ask(this, { do: "divide", by: this.by.value }) }, ...options);
    this.kind = h("label", { class: "kind" }, "moves ", this.by);
    this.append(this.kind, this.list);
    this.drawn = "";
  }

  /** @param {any} state */
  show({ frame, isLive, connection }) {
    if (!frame) return;
    this.kind.hidden = connection?.state === "recorded";
    this.by.value = frame.by ?? "layer";
    assign(this.by, "disabled", !isLive);
    const steps = [{ title: "Start", layer: "", stage: "start" }, ...frame.steps];
    const drawn = JSON.stringify(steps);
    if (drawn !== this.drawn) this.list.replaceChildren(...steps.map((each, place) => this.item(each, place)));
    this.drawn = drawn;
    this.update = frame.update;
    for (const [place, item] of [...this.list.children].entries()) {
      assign(item.firstElementChild, "aria-current", place === frame.moves ? "step" : null);
      assign(item.firstElementChild, "disabled", !isLive);
      assign(item, "class", place < frame.moves ? "made" : place === frame.moves ? "on" : "to-come");
    }
    this.reveal(this.list.children[frame.moves]);
  }

  /** A long list is scrolled so that the move that is on is seen; the page is not. @param {HTMLElement | undefined} item */
  reveal(item) {
    if (!item || this.list.scrollHeight <= this.list.clientHeight) return;
    const top = item.offsetTop;
    const isSeen =
      top >= this.list.scrollTop && top + item.offsetHeight <= this.list.scrollTop + this.list.clientHeight;
    if (!isSeen) this.list.scrollTop = top - item.offsetHeight;
  }

  /** @param {any} step @param {number} place */
  item(step, place) {
    const go = () => ask(this, { do: "go", update: this.update, moves: place });
    const short = TITLES[step.stage] ?? step.title;
    const of = step.name ?? step.layer;
    const name = of ? `${short}: ${of}` : short;
    return h("li", {}, h("button", { type: "button", title: step.title, "data-stage": step.stage, onclick: go }, name));
  }
}

const KINDS = { layer: "layer by layer", unit: "unit by unit" };

/** Short names for the moves, where there is little room. @type {Record<string, string>} */
const TITLES = { forward: "Forward", loss: "Loss", output: "Output gradients", backward: "Backward", update: "Update" };

define("wg-moves", Moves);
