/** The figures of the epochs: one picture for each kind of figure, with those of kept runs in grey. */

import { assign, define, h, svg, tell } from "../dom.js";
import { chosen, nearest, told } from "../plot.js";

export const tag = "wg-panel-curves";
export const isStyled = true;

const NONE = "No epoch is over yet.";
const REST = "Point at a curve for its values; click to look at the update after that epoch.";
/** What is nicer to look at by powers of ten, where a person says so. */
const LOGS = new Set(["loss", "error", "rate"]);

class Curves extends HTMLElement {
  /** What is shown of the place is the line alone, and that is drawn here. */
  isOfRun = true;
  /** @type {Map<string, any>} the pictures, by the name of their chart */
  pictures = new Map();

  connectedCallback() {
    if (this.firstChild) return;
    this.none = h("p", { class: "note" }, NONE);
    this.append(this.none);
  }

  /** @param {any} state @param {Set<string>} now */
  show({ panels, frame, kept }, now) {
    const found = panels.curves;
    if (!found) return;
    if (found !== this.drawn || now.has("kept")) this.draw(found.data, kept ?? []);
    this.drawn = found;
    for (const picture of this.pictures.values()) picture.look(frame?.update ?? 0);
  }

  /** @param {any} data @param {any[]} kept */
  draw(data, kept) {
    const names = data.charts.map(keyOf);
    for (const [name, picture] of this.pictures) {
      if (names.includes(name)) continue;
      picture.remove();
      this.pictures.delete(name);
    }
    this.none.hidden = names.length > 0;
    for (const chart of data.charts) {
      const picture = this.pictures.get(keyOf(chart)) ?? document.createElement("wg-curves-of");
      if (!this.pictures.has(keyOf(chart))) this.append(picture);
      this.pictures.set(keyOf(chart), picture);
      picture.draw(chart, data.per_epoch, kept);
    }
    const [first] = this.pictures.values();
    if (first && !this.isSized) {
      this.isSized = true;
      const columns = Math.max(20, Math.min(2000, first.plot.columns));
      tell(this, "wg-watch", { panel: "curves", settings: { columns } });
    }
  }
}

class CurvesOf extends HTMLElement {
  /** @type {Set<string>} series that a person wants to see otherwise than at first */
  turned = new Set();
  /** @type {any} as Python tells it */
  chart;
  /** @type {any[]} the same of kept runs */
  others = [];
  perEpoch = 1;
  legend = h("div", { class: "legend", role: "group" });
  plot = /** @type {import("../plot.js").Plot} */ (document.createElement("wg-plot"));

  /** @param {any} chart @param {number} perEpoch @param {any[]} kept */
  draw(chart, perEpoch, kept) {
    [this.chart, this.perEpoch] = [chart, perEpoch];
    this.others = kept.flatMap(({ mark, curves, line }) => {
      const same = curves.charts.find((/** @type {any} */ each) => each.name === chart.name);
      return same ? [{ ...same, mark, kind: line.kind }] : [];
    });
    if (!this.firstChild) this.begin();
    this.repaint();
  }

  begin() {
    const { name, title, series } = this.chart;
    assign(this.legend, "aria-label", `Curves of ${title}`);
    this.append(h("h3", {}, title), this.legend, this.plot);
    const heads = series.map((/** @type {any} */ each) => ({ text: each.label, numeric: true }));
    this.plot.begin({
      name: name === "right" ? "accuracy" : title.toLowerCase(),
      label: `${title} by epochs made`,
      across: "epochs made",
      rest: () => `${REST}${this.ofOneEpoch()}`,
      pick: (at) => this.pick(at),
      head: [{ text: "epochs made" }, ...heads],
      rows: () => this.rows(),
      hasLog: LOGS.has(name),
    });
  }

  repaint() {
    const { chart, others } = this;
    this.legend.replaceChildren(...chart.series.map((/** @type {any} */ each) => this.toggle(each)));
    const shown = chart.series.filter((/** @type {any} */ each) => this.isShown(each));
    const behind = others.flatMap((/** @type {any} */ other) =>
      shown.flatMap((/** @type {any} */ { name, isHeldOut }) => {
        const same = other.series.find((/** @type {any} */ each) => each.name === name);
        if (!same) return [];
        const kind = `${other.kind}${isHeldOut ? " held" : ""}`;
        return [{ kind, mark: isHeldOut ? `${other.mark} val.` : other.mark, points: points(other, same) }];
      }),
    );
    const own = shown.map((/** @type {any} */ each) => ({ kind: this.kindOf(each), points: points(chart, each) }));
    const ends = [chart, ...others].map(({ epochs }) => epochs.at(-1));
    this.plot.draw([...behind, ...own], Math.max(...ends));
  }

  /** @param {any} series */
  toggle(series) {
    const onclick = () => {
      if (!this.turned.delete(series.name)) this.turned.add(series.name);
      this.repaint();
      this.legend.querySelector(`[data-series="${series.name}"]`).focus();
    };
    const line = svg("path", { class: this.kindOf(series), d: "M1 5H29" });
    const swatch = svg("svg", { class: "swatch", width: 30, height: 10, "aria-hidden": "true" }, line);
    const button = h("button", { type: "button", "data-series": series.name, onclick }, swatch, series.label);
    assign(button, "aria-pressed", String(this.isShown(series)));
    return button;
  }

  /** @param {any} series */
  isShown({ name, isShown }) {
    return isShown !== this.turned.has(name);
  }

  /** A colour for each figure, dashes for the rows that were held out. @param {any} series */
  kindOf({ name, isHeldOut }) {
    const figures = [...new Set(this.chart.series.map((/** @type {any} */ each) => figureOf(each.name)))];
    const colour = figures.length === 1 ? Number(isHeldOut) : figures.indexOf(figureOf(name));
    return `curve c${colour}${isHeldOut ? " held" : ""}`;
  }

  /** What is drawn as a dot. @returns {string} */
  ofOneEpoch() {
    const runs = [{ ...this.chart, mark: "" }, ...this.others].filter(({ epochs }) => epochs.length === 1);
    const names = runs.map(({ mark }) => (mark ? `run ${mark}` : "this run"));
    return names.length ? ` A dot: ${names.join(", ")} made one epoch, which has no line.` : "";
  }

  /** @param {number} update */
  look(update) {
    this.plot.mark({ place: update / this.perEpoch, value: null });
  }

  /** @param {number} at */
  pick(at) {
    const { epochs, updates, series } = this.chart;
    const { place } = nearest(points(this.chart, series[0]), at);
    const row = epochs.indexOf(place);
    const shown = series.filter((/** @type {any} */ each) => this.isShown(each));
    const own = shown.map((/** @type {any} */ each) => `${each.label} ${told(each.values[row])}`);
    const others = this.others.flatMap((/** @type {any} */ other) => valuesOf(other, shown, place));
    const words = [`after ${place} epochs (${updates[row]} updates): ${own.join(", ")}`, ...others];
    return { place, update: updates[row], text: words.join("; ") };
  }

  rows() {
    const { epochs, series } = this.chart;
    return chosen(epochs.length).map((row) => [
      String(epochs[row]),
      ...series.map((/** @type {any} */ each) => told(each.values[row])),
    ]);
  }
}

/** What a kept run had at a place, where it has one. @param {any} other @param {any[]} shown @param {number} place */
function valuesOf(other, shown, place) {
  const row = other.epochs.indexOf(place);
  if (row < 0) return [];
  const found = shown.flatMap(({ name, label }) => {
    const same = other.series.find((/** @type {any} */ each) => each.name === name);
    return same ? [`${label} ${told(same.values[row])}`] : [];
  });
  return [`run ${other.mark}: ${found.join(", ")}`];
}

/** Pictures of the same curves are one. @param {any} chart */
function keyOf({ name, series }) {
  return [name, ...series.map((/** @type {any} */ each) => each.name)].join();
}

/** @param {string} name */
function figureOf(name) {
  return name.replace("validation_", "");
}

/** @param {any} chart @param {any} series @returns {import("../plot.js").Point[]} */
function points({ epochs }, { values }) {
  return epochs.map((/** @type {number} */ place, /** @type {number} */ row) => ({ place, value: values[row] }));
}

define("wg-curves-of", CurvesOf);
define(tag, Curves);
