/** The number that was asked for through training: its value at updates from the start to the farthest one. */

import { ask, define, h, write } from "../dom.js";
import { chosen, nearest, told } from "../plot.js";
import "../plot.js";

export const tag = "wg-trail";
const REST = "Point at the curve for its values; click to look at that update.";

class Trail extends HTMLElement {
  /** @type {import("../plot.js").Point[]} */
  points = [];
  plot = /** @type {import("../plot.js").Plot} */ (document.createElement("wg-plot"));
  asked = "";

  connectedCallback() {
    if (this.firstChild) return;
    this.words = h("p", { class: "note" });
    this.append(this.words, this.plot);
    this.plot.begin({
      name: "number",
      label: "The number through training",
      across: "updates made",
      rest: () => (this.points.length ? REST : "Being worked out."),
      pick: (at) => this.pick(at),
      head: [{ text: "updates made" }, { text: "value", numeric: true }],
      rows: () => chosen(this.points.length).map((each) => [String(this.points[each].place), told(this.points[each].value)]),
      hasLog: true,
    });
  }

  /** @param {any} state @param {Set<string>} now */
  show({ asked, frame, told: found, opened }, now) {
    const of = asked.at(-1);
    if (!of || !frame) return;
    const wanted = `${of} ${frame.end} ${frame.batch} ${opened.session}`;
    if (now.has("opened")) this.asked = "";
    if (wanted !== this.asked && !frame.playing) {
      this.asked = wanted;
      ask(this, { do: "use", tool: "trail", ask: { of } });
    }
    if (found.trail?.of === of) this.draw(found.trail);
    else this.points = [];
    const here = this.points.find(({ place }) => place === frame.update);
    this.plot.mark({ place: frame.update, value: here?.value ?? null });
  }

  /** @param {any} trail */
  draw(trail) {
    if (trail === this.drawn) return;
    this.drawn = trail;
    const { name, updates, values, batch, is_shuffled: isShuffled } = trail;
    const rows = isShuffled ? ", which has other rows each time" : "";
    write(this.words, `${name} at ${batch === null ? "the updates made" : `batch ${batch} of each epoch${rows}`}`);
    this.points = updates.map((/** @type {number} */ place, /** @type {number} */ each) => ({ place, value: values[each] }));
    this.plot.draw([{ kind: "curve", points: this.points }], updates.at(-1) ?? 0);
  }

  /** @param {number} at */
  pick(at) {
    if (!this.points.length) return null;
    const { place, value } = nearest(this.points, at);
    return { place, update: place, text: `after ${place} updates: ${told(value)}` };
  }
}

define(tag, Trail);
