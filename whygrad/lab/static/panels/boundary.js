/** What the network says over its one or two inputs: hover for the numbers, move the threshold to see who flips. */

import { placeOf } from "../answers.js";
import { ask, assign, define, h, tell, write } from "../dom.js";
import { savePng, saveSvg } from "../download.js";
import { read, shown } from "../numbers.js";
import { PlanePicture } from "../parts/plane-picture.js";
import { legendOf } from "../parts/plane-legend.js";
import { tableOf } from "../parts/plane-table.js";

export const tag = "wg-panel-boundary";
export const isStyled = true;

const REST = "Point at the picture for what the network says there.";
/** Places along each axis: fewer while the run goes on by itself. */
const PLACES = { resting: 81, playing: 41 };
const PATIENCE = 1000;

class Boundary extends HTMLElement {
  picture = new PlanePicture();
  /** What the lab told last, as `boundary.py` has it, and where that was found. @type {any} */
  data;
  /** @type {any} */
  found;
  /** What is under the pointer. @type {any} */
  pointed;
  /** Which of the batch's rows is looked at. */
  row = 0;
  /** Which session and inputs it is about, and what can be chosen there. */
  about = "";
  offered = "";
  /** What is asked for beyond the resolution. @type {Record<string, any>} */
  wishes = {};
  /** @type {Set<string>} parts of the data that are not drawn */
  hiddenParts = new Set();
  /** When the lab was asked last, without an answer yet. */
  asked = -Infinity;
  isPlaying = false;
  isMore = false;

  connectedCallback() {
    if (this.firstChild) return;
    this.frame = h("div", { class: "drawing" }, this.picture.element);
    this.caption = h("p", { class: "caption" });
    this.readout = h("p", { class: "readout" }, REST);
    this.legend = h("div", { class: "legend" });
    this.flips = h("p", { class: "flips", role: "status" });
    this.rows = h("tbody");
    this.twin = h("details", { ontoggle: () => this.list() }, h("summary", {}, "As a table"));
    this.append(this.tools(), this.caption, this.frame, this.readout, this.legend, this.threshold());
    this.append(this.question(), this.twin);
    for (const [event, heard] of Object.entries(this.listeners())) this.frame.addEventListener(event, heard);
    new ResizeObserver(() => this.draw()).observe(this.frame);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  tools() {
    const redraw = () => this.draw();
    this.cut = h(
      "select",
      { "aria-label": "How regions are coloured", onchange: redraw },
      h("option", { value: "soft" }, "colours: soft"),
      h("option", { value: "cut" }, "colours: discretised"),
    );
    const another = () => this.wish({ output: Number(this.output.value) });
    this.output = h("select", { "aria-label": "Which output", hidden: true, onchange: another });
    this.parts = h("span", { class: "parts" });
    const save = (/** @type {Function} */ way) => () => this.data && way(this.picture.element, "boundary");
    const button = (/** @type {string} */ name, /** @type {Function} */ way) =>
      h("button", { type: "button", onclick: save(way), "aria-label": `Save the boundary as ${name}` }, name);
    return h(
      "div",
      { class: "tools" },
      this.cut,
      this.output,
      this.parts,
      button("SVG", saveSvg),
      button("PNG", savePng),
    );
  }

  threshold() {
    const moved = () => this.wish({ threshold: Number(this.slider.value) });
    this.slider = h("input", { type: "range", min: 0, max: 1, step: 0.01, oninput: moved });
    this.number = h("output", {});
    const take = () => {
      delete this.wishes.threshold;
      const value = Number(this.slider.value);
      ask(this, { do: "change", key: "training.threshold", value, called: "Threshold" });
    };
    const back = () => {
      delete this.wishes.threshold;
      this.watch();
    };
    this.take = h("button", { type: "button", onclick: take }, "Use it for the run");
    this.back = h("button", { type: "button", onclick: back }, "Back to the run's");
    const label = h("label", {}, "Threshold ", this.slider, " ", this.number);
    this.limit = h(
      "div",
      { class: "threshold" },
      label,
      h("div", { class: "buttons" }, this.take, this.back),
      this.flips,
    );
    return this.limit;
  }

  /** A place that is typed in is asked at exactly. */
  question() {
    this.fields = h("span", { class: "fields" });
    this.answer = h("output", {});
    return h("div", { class: "question" }, "Ask at ", this.fields, " ", this.answer);
  }

  /** @returns {Record<string, (event: any) => void>} */
  listeners() {
    return {
      pointermove: (event) => this.point(this.picture.under(event)),
      pointerleave: () => this.point(null),
      focusin: (event) => this.point(this.picture.under(event)),
      focusout: () => this.point(null),
      click: (event) => this.choose(this.picture.under(event)),
      keydown: (event) => {
        const found = event.key === "Enter" || event.key === " " ? this.picture.under(event) : null;
        if (!found?.row) return;
        event.preventDefault();
        event.stopPropagation();
        this.choose(found);
      },
    };
  }

  /** @param {any} state @param {Set<string>} now */
  show(state, now) {
    this.state = state;
    if (now.has("opened")) this.begin(state.opened);
    const isPlaying = Boolean(state.frame?.playing);
    if (isPlaying !== this.isPlaying) {
      this.isPlaying = isPlaying;
      this.watch();
    }
    const found = state.panels.boundary;
    if (found && found !== this.found) this.receive(found);
    assign(this.frame, "data-stale", Boolean(found) && !isPlaying && found.place !== placeOf(state.frame));
    for (const each of [this.take, this.back, this.slider])
      assign(each, "disabled", !state.isLive || this.isSettled(each));
  }

  /** Another session, or other inputs, have another threshold and other places. @param {any} opened */
  begin({ session, network }) {
    const about = JSON.stringify([session, network.layers[0].units]);
    this.asked = -Infinity;
    if (about === this.about) return;
    const isFirst = this.about === "";
    this.about = about;
    this.wishes = {};
    if (!isFirst) this.watch();
  }

  /** Nothing to take over or to go back to where the threshold is the run's. @param {any} control */
  isSettled(control) {
    return control !== this.slider && (!this.data || this.data.threshold === this.data.own);
  }

  /** @param {Record<string, any>} wishes */
  wish(wishes) {
    Object.assign(this.wishes, wishes);
    if (wishes.threshold !== undefined) write(this.number, wishes.threshold.toFixed(2));
    this.watch();
  }

  /** One question at a time; what is wished meanwhile is asked afterwards. */
  watch() {
    this.isMore = performance.now() - this.asked < PATIENCE;
    if (this.isMore) return;
    this.asked = performance.now();
    const places = this.isPlaying ? PLACES.playing : PLACES.resting;
    tell(this, "wg-watch", { panel: "boundary", settings: { places, ...this.wishes } });
  }

  /** @param {any} found */
  receive(found) {
    [this.found, this.data, this.asked] = [found, found.data, -Infinity];
    if (this.isMore) this.watch();
    const { data } = this;
    const [update, , row] = found.place.split("/");
    this.row = Number(row);
    write(this.caption, `With ${update} updates made`);
    this.offer(data);
    this.limit.hidden = data.own === null;
    this.take.hidden = !data.settable;
    if (data.own !== null && this.wishes.threshold === undefined) {
      this.slider.value = String(data.threshold);
      write(this.number, data.threshold.toFixed(2));
    }
    write(this.flips, data.flips);
    write(this.answer, data.asked ? `${data.target} ${shown(data.asked.value)}${comma(data.asked.words)}` : "");
    this.draw();
    this.list();
  }

  /** What can be chosen: outputs, parts of the data, a place to ask at. @param {any} data */
  offer(data) {
    const names = data.parts.map((/** @type {any} */ each) => each.name);
    const offered = JSON.stringify([data.inputs, data.outputs, data.shows, names]);
    if (offered === this.offered) return;
    this.offered = offered;
    this.output.hidden = data.shows !== "numbers" || data.outputs.length < 2;
    const options = data.outputs.map((/** @type {string} */ each, /** @type {number} */ value) =>
      h("option", { value }, each),
    );
    this.output.replaceChildren(...options);
    this.output.value = String(data.output);
    this.parts.replaceChildren(
      ...(names.length > 1 ? names : []).map((/** @type {string} */ each) => this.check(each)),
    );
    this.fields.replaceChildren(...data.inputs.flatMap((/** @type {string} */ each) => [this.field(each), " "]));
  }

  /** @param {string} part */
  check(part) {
    const onchange = () => {
      if (box.checked) this.hiddenParts.delete(part);
      else this.hiddenParts.add(part);
      this.draw();
      this.list();
    };
    const box = h("input", { type: "checkbox", checked: !this.hiddenParts.has(part), onchange });
    return h("label", {}, box, ` ${part}`);
  }

  /** @param {string} name */
  field(name) {
    const oninput = () => {
      const at = [...this.fields.querySelectorAll("input")].map((/** @type {any} */ each) => read(each.value));
      const isWhole = at.every((each) => each !== null);
      if (isWhole) this.wish({ at });
      else if (this.wishes.at) this.wish({ at: [] });
    };
    return h("label", {}, `${name} `, h("input", { class: "number", inputmode: "decimal", size: 6, oninput }));
  }

  draw() {
    const width = this.frame.clientWidth;
    if (!width || !this.data) return;
    const told = (/** @type {any} */ part, /** @type {number} */ place) => ofRow(this.data, part, place);
    const look = { width, isCut: this.cut.value === "cut", hidden: this.hiddenParts, row: this.row, told };
    this.picture.draw(this.data, look);
    this.legend.replaceChildren(...legendOf(this.data, look));
    if (this.pointed) this.point(this.pointed);
  }

  list() {
    if (!this.twin.open || !this.data) return;
    this.twin.replaceChildren(this.twin.firstChild, ...tableOf(this.data, this.hiddenParts));
  }

  /** @param {any} found */
  point(found) {
    this.pointed = found;
    this.picture.point(found);
    this.frame.style.cursor = found?.row && found.row.part.batch[found.row.place] !== null ? "pointer" : "crosshair";
    if (!found) write(this.readout, REST);
    else write(this.readout, found.row ? ofRow(this.data, found.row.part, found.row.place) : ofPlace(this.data, found));
  }

  /** A row of the batch is looked at; an empty place is for those who draw points. @param {any} found */
  choose(found) {
    if (!found) return;
    if (!found.row) tell(this, "wg-plane", { x: found.x, y: found.y, inputs: this.data.axes.length });
    else {
      const row = found.row.part.batch[found.row.place];
      if (row !== null) ask(this, { do: "look", row });
    }
  }
}

/** @param {any} data @param {any} part @param {number} place */
function ofRow(data, part, place) {
  const inputs = data.inputs.map(
    (/** @type {string} */ name, /** @type {number} */ at) => `${name} ${shown(part.inputs[at][place])}`,
  );
  const begin = `Row ${part.rows[place]} (${part.name}), ${inputs.join(", ")}: `;
  const value = shown(part.values[place]);
  const isNumber = data.shows === "numbers";
  const truth = isNumber ? shown(part.truth[place]) : data.classes[part.truth[place]];
  const known = `${begin}${data.target} ${truth}, the network says`;
  if (isNumber) return `${known} ${value}, error ${shown(part.errors[place])}`;
  const judged = `${part.right[place] ? "right" : "wrong"}${part.flips[place] ? "; flips" : ""}`;
  return `${known} ${data.classes[part.said[place]]} (${value}), ${judged}`;
}

/** @param {any} data @param {any} found */
function ofPlace(data, { column, line, place }) {
  const at = [data.axes[0][column], ...(data.axes[1] ? [data.axes[1][line]] : [])];
  const inputs = data.inputs.map(
    (/** @type {string} */ name, /** @type {number} */ each) => `${name} ${shown(at[each])}`,
  );
  const value = shown(data.values[place]);
  if (data.shows === "numbers") return `${inputs.join(", ")}: ${data.target} ${value}`;
  return `${inputs.join(", ")}: the network says ${data.target} ${data.classes[data.said[place]]} (${value})`;
}

/** @param {string} words */
function comma(words) {
  return words ? `, ${words}` : "";
}

define(tag, Boundary);
