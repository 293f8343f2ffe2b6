/** How the numbers of each layer are spread: small pictures one below the other, on one axis or each on its own. */

import { define, h, svg, tell } from "../dom.js";
import { exact, shown } from "../numbers.js";
import { fill, scrolling } from "../table.js";

export const tag = "wg-panel-histograms";
export const isStyled = true;

const HIGH = 42;
const BELOW = 9;
const AXIS = 14;
const SIDES = 8;
const OF = { weights: "weights", gradients: "gradients (dE/dW)", outs: "outs of the batch" };
const AXES = { shared: "one axis for all", own: "each its own axis" };
const FIGURES = /** @type {const} */ (["least", "most", "mean", "deviation"]);
const HEAD = ["layer", "numbers", "least", "largest", "mean", "spread (standard deviation)"];

class Histograms extends HTMLElement {
  /** @type {any} */
  found;

  connectedCallback() {
    if (this.firstChild) return;
    this.of = choice("Which numbers", OF, () => this.wish());
    this.axis = choice("Which axis", AXES, () => this.wish());
    this.note = h("p", { class: "note" });
    this.list = h("div", { class: "layers", tabindex: 0, role: "group", "aria-label": "Layers" });
    this.rows = h("tbody");
    const head = HEAD.map((text, place) => ({ text, numeric: place > 0 }));
    this.append(
      h("div", { class: "tools" }, this.of, this.axis),
      this.note,
      this.list,
      h("details", {}, h("summary", {}, "As a table"), scrolling(head, this.rows, "Numbers of each layer")),
    );
    new ResizeObserver(() => this.draw()).observe(this.list);
  }

  wish() {
    tell(this, "wg-watch", { panel: "histograms", settings: { of: this.of.value, axis: this.axis.value } });
  }

  /** @param {any} state @param {Set<string>} now */
  show({ panels }, now) {
    const found = panels.histograms;
    if (!found || !now.has("panels") || found === this.found) return;
    this.found = found;
    this.of.value = found.data.of;
    this.axis.value = found.data.axis;
    this.note.textContent = about(found.data);
    this.rows.replaceChildren(...found.data.layers.map(line));
    this.draw();
  }

  draw() {
    const width = this.list.clientWidth;
    if (!width || !this.found) return;
    const { layers, axis } = this.found.data;
    const drawn = layers.map((/** @type {any} */ each, /** @type {number} */ place) =>
      picture(each, width, axis === "own" || place === layers.length - 1),
    );
    this.list.replaceChildren(...drawn);
  }
}

/** @param {string} label @param {Record<string, string>} options @param {() => void} onchange */
function choice(label, options, onchange) {
  const listed = Object.entries(options).map(([value, text]) => h("option", { value }, text));
  return h("select", { "aria-label": label, onchange }, ...listed);
}

/** @param {any} data */
function about({ of, rows }) {
  if (of === "weights") return "Before the update; biases are left out.";
  if (of === "gradients") return "Of the whole update, as it uses them; biases are left out.";
  return rows === 1
    ? "One number for each unit: the batch has one row."
    : `One for each unit and each of ${rows} rows.`;
}

/**
 * One layer: its name and figures, its columns, and below them the axis where it has one of its own.
 *
 * @param {any} layer @param {number} width @param {boolean} hasAxis
 */
function picture(layer, width, hasAxis) {
  const { name, counts, edges, count, broken, figures } = layer;
  const height = HIGH + BELOW + (hasAxis ? AXIS : 0);
  const most = Math.max(1, ...counts);
  const [first, last] = [edges[0], edges.at(-1)];
  const place = (/** @type {number} */ value) => SIDES + ((value - first) / (last - first)) * (width - 2 * SIDES);
  const bars = counts.map((/** @type {number} */ each, /** @type {number} */ column) => {
    const [left, right] = [place(edges[column]), place(edges[column + 1])];
    const high = each ? Math.max(1.5, (each / most) * (HIGH - 4)) : 0;
    return svg(
      "rect",
      { x: left + 0.5, width: Math.max(0.5, right - left - 1), y: HIGH - high, height: high },
      svg("title", {}, `${each} from ${shown(edges[column])} to ${shown(edges[column + 1])}`),
    );
  });
  const told = figures ? `mean ${shown(figures.mean, 3)} ± ${shown(figures.deviation, 3)}` : "no finite number";
  const lost = broken ? `, ${broken} not finite` : "";
  const range = figures ? `${shown(figures.least, 3)} to ${shown(figures.most, 3)}` : "";
  const drawing = svg(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${name}: ${range}, ${told}` },
    svg("line", { class: "axis", x1: SIDES, x2: width - SIDES, y1: HIGH, y2: HIGH }),
    ...(first < 0 && last > 0 ? [svg("line", { class: "zero", x1: place(0), x2: place(0), y1: 0, y2: HIGH })] : []),
    svg("g", { class: "bars" }, ...bars),
    ...(figures ? [middle(figures, place)] : []),
    ...(hasAxis ? ends(edges, width, height) : []),
  );
  return h(
    "figure",
    {},
    h("figcaption", {}, h("strong", {}, name), h("span", {}, `${count} numbers${lost}, ${range}`), h("span", {}, told)),
    drawing,
  );
}

/** The mean. @param {any} figures @param {(value: number) => number} place */
function middle({ mean }, place) {
  if (typeof mean !== "number") return "";
  const x = place(mean);
  return svg("path", { class: "mean", d: `M${x.toFixed(1)} ${HIGH}l-4 7h8z` }, svg("title", {}, "the mean"));
}

/** @param {number[]} edges @param {number} width @param {number} height */
function ends(edges, width, height) {
  const at = (/** @type {number} */ x, /** @type {string} */ name, /** @type {number} */ value) =>
    svg("text", { class: name, x, y: height - 3 }, shown(value, 3));
  return [at(SIDES, "first", edges[0]), at(width - SIDES, "last", edges[edges.length - 1])];
}

/** @param {any} layer */
function line({ name, count, broken, figures }) {
  const cells = FIGURES.map((each) => {
    const cell = h("td", { class: "number" });
    fill(cell, figures?.[each], (value) => shown(value, 4), exact);
    return cell;
  });
  const all = broken ? `${count}, ${broken} not finite` : String(count);
  return h("tr", {}, h("th", { scope: "row" }, name), h("td", { class: "number" }, all), ...cells);
}

define(tag, Histograms);
