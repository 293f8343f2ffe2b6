/** The losses of all updates made, each before its update, and those of runs that were kept. */

import { thinned } from "./chart-scale.js";
import { ask, assign, define, h } from "./dom.js";
import { load } from "./loading.js";
import { tabMemory } from "./memory.js";
import { chosen, nearest, told } from "./plot.js";

const NONE = "No update is made yet.";
const REST = "Point at the curve for its values; click to look at that update.";
const MOST_KEPT = 5;
/** Where kept runs are found again after a reload. */
const KEPT = "whygrad-kept";

class Chart extends HTMLElement {
  /** @type {Array<number | null>} */
  losses = [];
  /** @type {any[]} */
  kept = [];
  plot = /** @type {import("./plot.js").Plot} */ (document.createElement("wg-plot"));

  connectedCallback() {
    if (this.firstChild) return;
    this.keep = h("button", { type: "button", class: "live-only", onclick: () => this.keepRun() }, "Keep this run");
    this.append(this.plot);
    this.plot.begin(
      {
        name: "loss",
        label: "Loss by updates made",
        across: "updates made",
        rest: () => (this.losses.length ? REST : NONE),
        pick: (at) => this.pick(at),
        head: [{ text: "updates made" }, { text: "loss", numeric: true }],
        rows: () => chosen(this.losses.length).map((update) => [String(update), told(this.losses[update])]),
        hasLog: true,
      },
      this.keep,
    );
    if (remembered()) this.list();
  }

  /** @param {any} state @param {Set<string>} now */
  show(state, now) {
    this.state = state;
    const { losses, frame, kept, isLive } = state;
    [this.losses, this.kept] = [losses, kept];
    const isFull = kept.length >= MOST_KEPT;
    assign(this.keep, "disabled", !isLive || !losses.length || isFull || state.connection?.state === "recorded");
    assign(this.keep, "title", isFull ? `${MOST_KEPT} runs are kept: put one away first` : "To compare others with it");
    this.runs?.show(state, now);
    const update = frame?.update ?? 0;
    if (now.has("losses") || now.has("kept")) this.draw();
    this.plot.mark({ place: update, value: losses[update] ?? null });
  }

  draw() {
    const { losses, kept, plot } = this;
    const now = { kind: "curve", points: thinned(losses, plot.columns) };
    const ends = kept.map((each) => each.end);
    // The next update, which has no loss yet, has its place at the end.
    plot.draw([...kept.map((each) => each.line), now], Math.max(losses.length, ...ends));
  }

  /** @param {number} at */
  pick(at) {
    if (!this.losses.length) return null;
    const update = Math.min(this.losses.length - 1, Math.round(at));
    const others = this.kept.map(({ mark, line }) => `; run ${mark}: ${near(line.points, update)}`).join("");
    return { place: update, update, text: `after ${update} updates: loss ${told(this.losses[update])}${others}` };
  }

  async keepRun() {
    await this.list();
    ask(this, { do: "use", tool: "keep", ask: { columns: this.plot.columns } });
  }

  /** The list of kept runs comes with the first of them. */
  async list() {
    const { tag } = await load("parts", "kept");
    if (this.runs) return;
    this.runs = document.createElement(tag);
    this.append(this.runs);
    if (this.state) this.runs.show(this.state, new Set());
  }
}

/** The value that is known nearest to a place. @param {import("./plot.js").Point[]} points @param {number} update */
function near(points, update) {
  const { place, value } = nearest(points, update);
  return place === update ? told(value) : `${told(value)} after ${place}`;
}

function remembered() {
  return Boolean(tabMemory()?.getItem(KEPT));
}

define("wg-chart", Chart);
