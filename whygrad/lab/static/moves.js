/** The moves of the step that is looked at: which are made, which one is on, which are still to come. */

import { ask, assign, define, h } from "./dom.js";

class Moves extends HTMLElement {
  /** @type {any} */
  drawn;

  connectedCallback() {
    if (this.firstChild) return;
    this.list = h("ol", { "aria-label": "Moves of this update" });
    this.append(this.list);
    this.drawn = "";
  }

  /** @param {any} state */
  show({ frame, isLive }) {
    if (!frame) return;
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
  }

  /** @param {any} step @param {number} place */
  item(step, place) {
    const go = () => ask(this, { do: "go", update: this.update, moves: place });
    const name = step.layer ? `${TITLES[step.stage] ?? step.title}: ${step.layer}` : (TITLES[step.stage] ?? step.title);
    return h("li", {}, h("button", { type: "button", title: step.title, "data-stage": step.stage, onclick: go }, name));
  }
}

/** Short names for the moves, where there is little room. @type {Record<string, string>} */
const TITLES = { forward: "Forward", loss: "Loss", output: "Output gradients", backward: "Backward", update: "Update" };

define("wg-moves", Moves);
