/** The controls: play and pause, steps on and back, a start again, and a scrubber over all updates made. */

import { ask, assign, define, freshId, h, write } from "./dom.js";
import { shown } from "./numbers.js";

const SPEEDS = [0.5, 1, 2, 5, 10, 20, 60];
const FACTS = ["update", "epoch", "batch", "row", "loss"];
/** As the scrubber and the curve have it: an update is looked at before it is made. @type {Record<string, string>} */
const LABELS = { update: "updates made" };

class Controls extends HTMLElement {
  /** @type {any} */
  facts;
  /** @type {any} */
  rowLabel;
  /** @type {any[] | undefined} */
  offered;

  connectedCallback() {
    if (this.firstChild) return;
    this.playing = false;
    this.facts = Object.fromEntries(FACTS.map((name) => [name, h("dd", {})]));
    this.play = button("Play", "Go on by itself (space)", () => this.toggle());
    this.play.classList.add("main");
    this.speed = h("select", { onchange: () => this.playing && this.start() }, ...SPEEDS.map(speed));
    this.speed.value = "2";
    this.unit = h(
      "select",
      { onchange: () => this.playing && this.start() },
      ...["move", "update", "epoch"].map(option),
    );
    this.count = h("input", { type: "number", min: 1, max: 100_000, value: 100, "aria-label": "How many updates" });
    this.scrubber = h("input", {
      type: "range",
      min: 0,
      max: 0,
      value: 0,
      "aria-label": "Updates made",
      oninput: () => this.scrub(),
    });
    this.row = h("input", { type: "number", min: 0, value: 0, onchange: () => this.look() });
    this.jumps = h("div", { class: "buttons jumps", role: "group", "aria-label": "Jump to" });
    this.looking = h("span", { role: "status" });
    this.stop = button("Stop looking", "Stay here", () => ask(this, { do: "pause" }));
    this.append(...this.rows());
  }

  rows() {
    const scrub = freshId("scrub");
    this.scrubber.id = scrub;
    this.made = h("output", { for: scrub });
    this.rowAlone = h("span", {});
    this.rowLabel = h("label", { class: "row", hidden: true }, "row ", this.row, this.rowAlone);
    return [
      h(
        "dl",
        { class: "place" },
        ...FACTS.map((name) => h("div", {}, h("dt", {}, LABELS[name] ?? name), this.facts[name])),
      ),
      h(
        "div",
        { class: "buttons", role: "group", "aria-label": "Moves" },
        button("« Update", "Back by one update (shift, left arrow)", () => this.step("update", true), "Update back"),
        button("‹ Step", "Back by one move (left arrow)", () => this.step("move", true), "Step back"),
        this.play,
        button("Step ›", "On by one move (right arrow)", () => this.step("move", false), "Step on"),
        button("Update »", "On by one update (shift, right arrow)", () => this.step("update", false), "Update on"),
        button("Epoch »", "On by one epoch", () => this.step("epoch", false), "Epoch on"),
        button("Reset", "Back to the start, with the same weights (R)", () => ask(this, { do: "reset" })),
      ),
      h(
        "div",
        { class: "buttons", role: "group", "aria-label": "Speed and longer runs" },
        h("label", {}, "play by ", this.unit),
        h("label", {}, "at ", this.speed),
        h(
          "form",
          { class: "run", onsubmit: (/** @type {Event} */ event) => this.run(event) },
          h("button", {}, "Run"),
          this.count,
          " updates",
        ),
        this.rowLabel,
      ),
      this.jumps,
      h("div", { class: "scrub" }, h("label", { for: scrub }, "Updates made"), this.scrubber, this.made),
    ];
  }

  /** @param {any} state */
  show({ frame, isLive, opened, told, connection }) {
    this.showJumps(opened?.jumps ?? [], told?.find);
    for (const each of this.querySelectorAll("button, input, select")) assign(each, "disabled", !isLive || !frame);
    const isRecorded = connection?.state === "recorded";
    for (const each of this.jumps.querySelectorAll("button[data-not]"))
      if (each.dataset.not || isRecorded) assign(each, "disabled", true);
    if (isRecorded) assign(this.row, "disabled", true);
    write(this.rowAlone, isRecorded ? " (the one that was recorded)" : "");
    if (!frame) return;
    this.playing = frame.playing;
    write(this.play, frame.playing ? "Pause" : "Play");
    const values = { ...frame, loss: shown(frame.loss, 6) };
    for (const name of FACTS) write(this.facts[name], String(values[name] ?? ""));
    assign(this.scrubber, "max", frame.end);
    assign(this.scrubber, "aria-valuetext", `update ${frame.update} of ${frame.end}`);
    if (!this.scrubber.matches(":active")) this.scrubber.value = String(frame.update);
    write(this.made, `${frame.update} of ${frame.end}`);
    this.showRow(frame, opened);
  }

  /** What makes no sense here says why. @param {any[]} jumps @param {any} found */
  showJumps(jumps, found) {
    if (jumps !== this.offered) {
      const made = jumps.map(({ name, title, not }) => {
        const onclick = () => ask(this, { do: "use", tool: "find", ask: { what: name } });
        return h("button", { type: "button", "data-not": not, onclick }, not ? `${title}: ${not}` : title);
      });
      this.jumps.replaceChildren(h("span", {}, "jump to"), ...made, this.looking, this.stop);
    }
    this.offered = jumps;
    this.jumps.hidden = jumps.length === 0;
    this.stop.hidden = !found?.of;
    write(this.looking, found?.of ? `${found.looked} of ${found.of} looked at` : "");
  }

  /** Only a batch of several rows has one to choose. @param {any} frame @param {any} opened */
  showRow(frame, opened) {
    const one = frame.rows === 1 || (frame.rows === undefined && opened?.experiment.training.batch_size === "per row");
    this.rowLabel.hidden = one;
    if (frame.rows) assign(this.row, "max", frame.rows - 1);
    if (!this.row.matches(":focus")) this.row.value = String(frame.row);
  }

  /** @param {string} unit @param {boolean} back */
  step(unit, back) {
    ask(this, back ? { do: "step", unit, back } : { do: "step", unit });
  }

  toggle() {
    if (this.playing) ask(this, { do: "pause" });
    else this.start();
  }

  start() {
    ask(this, { do: "play", unit: this.unit.value, per_second: Number(this.speed.value) });
  }

  /** @param {Event} event */
  run(event) {
    event.preventDefault();
    ask(this, { do: "step", unit: "update", count: Number(this.count.value) });
  }

  /** While the scrubber is drawn along, one request a frame of the screen is enough. */
  scrub() {
    if (this.scheduled) return;
    this.scheduled = requestAnimationFrame(() => {
      this.scheduled = 0;
      ask(this, { do: "go", update: Number(this.scrubber.value), moves: 0 });
    });
  }

  look() {
    ask(this, { do: "look", row: Number(this.row.value) });
  }
}

/** @param {string} face @param {string} title @param {() => void} onclick @param {string} [name] */
function button(face, title, onclick, name) {
  return h("button", { type: "button", title, "aria-label": name, onclick }, face);
}

/** @param {number} each */
function speed(each) {
  return h("option", { value: each }, `${each} a second`);
}

/** @param {string} name */
function option(name) {
  return h("option", { value: name }, name);
}

define("wg-controls", Controls);
