/** Seeds: the experiment from many starts, how each of them went, and the way to look at one in the lab. */

import { ask, assign, define, freshId, h, tell, write } from "../dom.js";
import { exact, shown } from "../numbers.js";
import { scrolling } from "../table.js";
import { histogram, lines } from "./seeds-charts.js";

export const tag = "wg-page-seeds";
export const isStyled = true;

const HOWS = ["solved", "stuck", "diverged"];

class Seeds extends HTMLElement {
  /** @type {any} what the tool told last, and of the results the newest */
  found = null;
  /** @type {any} what was asked, and of which settings */
  asked = null;
  isRunning = false;
  /** @type {Record<string, any>} */
  fields = {};

  connectedCallback() {
    if (this.firstChild) return;
    this.fields = {
      starts: number({ min: 1, max: 2000, value: 200 }),
      first: number({ min: 0, max: 2 ** 31 }),
      epochs: number({ min: 1, max: 100_000 }),
      goal: h("input", { type: "number", min: 0, step: "any", placeholder: "as it is" }),
    };
    this.run = h("button", { class: "main" }, "Run");
    this.stop = h("button", { type: "button", hidden: true, onclick: () => this.halt() }, "Stop");
    this.more = h("button", { type: "button", hidden: true, onclick: () => this.askFor(true) }, "Go on");
    this.words = h("p", { class: "words", role: "status" });
    this.bar = h("progress", { "aria-label": "Starts that have ended", value: 0, max: 1 });
    this.stale = h(
      "p",
      { class: "fault", hidden: true },
      "These are of other settings than the lab has now: run again.",
    );
    this.isLog = h("input", { type: "checkbox", checked: true, onchange: () => this.draw() });
    this.isEarly = h("input", { type: "checkbox", checked: true, onchange: () => this.draw() });
    this.results = h("div", { class: "results", hidden: true });
    this.append(h("section", { class: "panel", "aria-label": "Seeds" }, ...this.head(), this.results));
    new ResizeObserver(() => this.draw()).observe(this);
  }

  head() {
    const labels = { starts: "starts", first: "first seed", epochs: "epochs at most", goal: "solved below a loss of" };
    const fields = Object.entries(labels).map(([name, label]) => labelled(label, this.fields[name]));
    return [
      h("h2", {}, "Seeds"),
      h(
        "p",
        { class: "note" },
        "The same experiment from many starts, each with a seed of its own: how many solve it, and how many stick? " +
          "Classes are solved when every row is right, numbers when the loss of an epoch is small enough.",
      ),
      h(
        "form",
        { onsubmit: (/** @type {Event} */ event) => this.submit(event) },
        ...fields,
        h("div", { class: "buttons" }, this.run, this.stop, this.more),
      ),
      this.bar,
      this.words,
      this.stale,
    ];
  }

  /** @param {any} state @param {Set<string>} now */
  show(state, now) {
    this.state = state;
    for (const each of [this.run, this.more, ...Object.values(this.fields)]) assign(each, "disabled", !state.isLive);
    if (now.has("opened") && state.opened) this.offer(state.opened.experiment.training);
    if (now.has("connection") && !state.isLive) this.end();
    if (now.has("notes") && this.isRunning && state.notes.at(-1)?.kind === "error") this.end();
    if (now.has("told") && state.told.seeds && state.told.seeds !== this.heard) this.hear(state.told.seeds);
    if (now.has("told") && !state.told.seeds) this.forget();
    this.stale.hidden = !this.found || this.settings() === this.asked?.settings;
  }

  /** What the experiment says stands in the fields that nobody has filled. @param {any} training */
  offer(training) {
    const said = { first: training.seed, epochs: training.epochs };
    for (const [name, value] of Object.entries(said)) {
      if (this.fields[name].value === (this.offered?.[name] ?? "")) this.fields[name].value = String(value);
    }
    this.offered = Object.fromEntries(Object.entries(said).map(([name, value]) => [name, String(value)]));
  }

  /** All settings but the seed, as the lab has them. */
  settings() {
    const experiment = this.state?.opened?.experiment;
    return JSON.stringify({ ...experiment, training: { ...experiment?.training, seed: null } });
  }

  /** @param {Event} event */
  submit(event) {
    event.preventDefault();
    const typed = Object.entries(this.fields).filter(([, field]) => field.value !== "");
    const wish = Object.fromEntries(typed.map(([name, field]) => [name, Number(field.value)]));
    this.asked = { wish, settings: this.settings() };
    this.found = null;
    this.age(true);
    write(this.words, "Being trained …");
    this.askFor(false);
  }

  /** What is of an earlier run is not shown as this one's. @param {boolean} isOld */
  age(isOld) {
    assign(this.results, "data-stale", isOld);
    assign(this.results, "aria-hidden", isOld ? "true" : null);
  }

  /** @param {boolean} goOn */
  askFor(goOn) {
    this.isRunning = true;
    this.isHalted = false;
    this.arrange();
    ask(this, { do: "use", tool: "seeds", ask: { ...this.asked.wish, go_on: goOn } });
  }

  /** A pause ends the work at hand. */
  halt() {
    this.isHalted = true;
    ask(this, { do: "pause" });
  }

  end() {
    this.isRunning = false;
    this.arrange();
  }

  forget() {
    this.found = this.heard = null;
    this.results.hidden = true;
    write(this.words, "");
    this.bar.value = 0;
    this.end();
  }

  /** @param {any} told */
  hear(told) {
    this.heard = told;
    this.found = { ...this.found, ...told };
    this.bar.value = told.ended;
    this.bar.max = told.asked.starts;
    this.fields.goal.placeholder = exact(told.asked.goal);
    write(this.words, inWords(told));
    if (told.stands === "asks on" && this.isRunning && !this.isHalted) this.askFor(true);
    else if (told.stands !== "running") this.end();
    if (told.lines) this.build();
    else if (this.found.lines) this.count(told);
  }

  arrange() {
    const isUnfinished = this.found !== null && this.found.stands !== "over" && this.asked !== null;
    this.run.disabled = this.isRunning || !this.state?.isLive;
    this.stop.hidden = !this.isRunning;
    this.more.hidden = this.isRunning || !isUnfinished;
  }

  build() {
    this.age(false);
    this.results.hidden = this.found.ended === 0;
    this.counts = h("tbody", {});
    this.curves = h("div", { class: "drawing" });
    this.bins = h("div", { class: "drawing" });
    this.readout = h("p", { class: "readout" }, POINT);
    this.results.replaceChildren(
      h(
        "div",
        {},
        h("h3", {}, "How they ended"),
        countTable(this.counts),
        h("h3", {}, "Final losses"),
        this.bins,
        binTable(this.found),
      ),
      h(
        "div",
        {},
        h("h3", {}, "Loss by epoch"),
        h(
          "div",
          { class: "tools" },
          h("label", {}, this.isLog, " log losses"),
          h("label", {}, this.isEarly, " log epochs"),
          ...legend(),
        ),
        this.curves,
        this.readout,
        this.lineTable(),
      ),
      this.ranked("The best", BEST, this.found.best),
      this.ranked("The worst", WORST, this.found.worst),
    );
    this.count(this.found);
    this.draw();
  }

  /** @param {string} title @param {string} words @param {any[]} rows */
  ranked(title, words, rows) {
    return h("div", {}, h("h3", {}, title), h("p", { class: "note" }, words), this.list(rows, title));
  }

  /** @param {any} told */
  count({ counts, shares }) {
    this.counts.replaceChildren(...HOWS.map((how) => countRow(how, counts[how], shares[how])));
  }

  draw() {
    if (!this.found?.lines || !this.curves?.clientWidth) return;
    const drawn = lines(this.found.lines, this.curves.clientWidth, this.isLog.checked, this.isEarly.checked);
    drawn.addEventListener("pointerover", (/** @type {PointerEvent} */ event) => this.point(event));
    drawn.addEventListener(
      "click",
      (/** @type {any} */ event) => event.target.dataset?.seed && this.look(Number(event.target.dataset.seed)),
    );
    this.curves.replaceChildren(drawn);
    this.bins.replaceChildren(histogram(this.found, this.bins.clientWidth));
  }

  /** @param {any} event */
  point(event) {
    const line = this.found?.lines?.find((/** @type {any} */ each) => String(each.seed) === event.target.dataset?.seed);
    write(this.readout, line ? `Seed ${line.seed}: ${ended(line)}. Click to look at it in the lab.` : POINT);
  }

  lineTable() {
    const rows = this.found.lines.map((/** @type {any} */ each) => ({
      seed: each.seed,
      how: each.how,
      epochs: each.epochs.at(-1) + 1,
      loss: each.losses.at(-1),
    }));
    const twin = h("details", {}, h("summary", {}, "As a table"));
    twin.addEventListener(
      "toggle",
      () => twin.open && twin.childElementCount === 1 && twin.append(this.list(rows, "Every start that is drawn")),
    );
    return twin;
  }

  /** @param {any[]} rows @param {string} label */
  list(rows, label) {
    const head = [
      { text: "seed", numeric: true },
      { text: "ended" },
      { text: "epochs", numeric: true },
      { text: "loss", numeric: true },
    ];
    const body = rows.map(({ seed, how, epochs, loss }) =>
      h(
        "tr",
        {},
        h("th", { scope: "row", class: "number" }, this.seedButton(seed)),
        h("td", {}, how),
        h("td", { class: "number" }, String(epochs)),
        h("td", { class: "number", title: exact(loss) }, loss === null ? "NaN" : shown(loss)),
      ),
    );
    return scrolling(head, h("tbody", {}, ...body), label);
  }

  /** @param {number} seed */
  seedButton(seed) {
    const look = () => this.look(seed);
    return h(
      "button",
      { type: "button", class: "name", "aria-label": `Look at seed ${seed} in the lab`, onclick: look },
      String(seed),
    );
  }

  /** @param {number} seed */
  look(seed) {
    ask(this, { do: "change", key: "training.seed", value: seed, called: "Seed" });
    tell(this, "wg-page", "");
  }
}

const BEST = "Those that needed the fewest epochs to be solved; then those that stuck, at the smallest losses.";
const WORST = "Those that diverged; then those that stuck, at the largest losses; then those that were solved last.";
const POINT = "Point at a line for its seed; click it to look at it in the lab.";

/** @param {any} told */
function inWords({ stands, ended: over, running, epoch, asked, left, alike, classes }) {
  const goal = classes ? "every row right" : `loss of an epoch below ${exact(asked.goal)}`;
  const far = `${over} of ${asked.starts} starts have ended (solved: ${goal}).`;
  const same = alike ? " All of them are the same: the experiment gives every weight, so a seed draws nothing." : "";
  if (stands === "over") return `All ${asked.starts} starts have ended (solved: ${goal}).${same}`;
  if (stands === "stopped") return `Stopped: ${far}${same}`;
  return `${far} ${running} are at epoch ${epoch} of ${asked.epochs}${left === null ? "" : `; ${time(left)}`}.${same}`;
}

/** @param {number} seconds */
function time(seconds) {
  if (seconds < 1.5) return "a moment is left at most";
  return seconds < 90
    ? `about ${Math.ceil(seconds)} seconds are left at most`
    : `about ${Math.ceil(seconds / 60)} minutes are left at most`;
}

/** @param {any} line */
function ended({ how, epochs, losses }) {
  const loss = losses.at(-1);
  return `${how} after ${epochs.at(-1) + 1} epochs, loss ${loss === null ? "not a finite number" : shown(loss)}`;
}

function legend() {
  return HOWS.map((how) => h("span", { class: `key ${how}` }, h("i", {}), ` ${how}`));
}

/** @param {Node} body */
function countTable(body) {
  const head = [
    { text: "ended" },
    { text: "starts", numeric: true },
    { text: "share", numeric: true },
    { text: "95 % interval", numeric: true },
  ];
  return scrolling(head, body, "How many starts ended in which way");
}

/** @param {string} how @param {number} count @param {any} share */
function countRow(how, count, share) {
  const cells = [
    String(count),
    share && percent(share.share),
    share && `${share.low.toFixed(1)} to ${percent(share.high)}`,
  ];
  return h(
    "tr",
    { "data-how": how },
    h("th", { scope: "row" }, h("span", { class: `key ${how}` }, h("i", {}), ` ${how}`)),
    ...cells.map((each) => h("td", { class: "number" }, each || "")),
  );
}

/** @param {any} found */
function binTable({ bins }) {
  const head = [
    { text: "loss from", numeric: true },
    { text: "to", numeric: true },
    { text: "solved", numeric: true },
    { text: "stuck", numeric: true },
  ];
  const rows = bins.map((/** @type {any} */ each) =>
    h(
      "tr",
      {},
      ...[shown(each.from), shown(each.to), each.solved, each.stuck].map((text) =>
        h("td", { class: "number" }, String(text)),
      ),
    ),
  );
  return h(
    "details",
    {},
    h("summary", {}, "As a table"),
    scrolling(head, h("tbody", {}, ...rows), "Final losses, counted"),
  );
}

/** @param {number} value */
function percent(value) {
  return `${value.toFixed(1)} %`;
}

/** @param {any} attributes */
function number(attributes) {
  return h("input", { type: "number", ...attributes });
}

/** @param {string} text @param {any} field */
function labelled(text, field) {
  field.id = freshId("seeds");
  return h("div", { class: "field" }, h("label", { for: field.id }, text), field);
}

define(tag, Seeds);
