/** The picture of the network: units in columns, edges between them, and what the move that is on makes use of. */

import { ask, define, h, svg, tell, write, assign } from "./dom.js";
import { savePng, saveSvg } from "./download.js";
import { load } from "./loading.js";
import { Canvas, Lines, MOST_LINES } from "./network-edges.js";
import { layoutOf, nearest } from "./network-layout.js";
import { edgeValue, figuresOf, inUse, moveInWords, questionsOf } from "./network-state.js";
import { exact, roomFor, shown } from "./numbers.js";

/** Above this, units are not stops of the tab key: the table of units has them all. */
const MOST_STOPS = 40;
const REST = "Point at a unit or a weight for its numbers; click it for its derivation.";

class Network extends HTMLElement {
  layout = /** @type {import("./network-layout.js").Layout} */ (/** @type {any} */ (null));
  /** @type {any} */
  edges;
  /** @type {any[]} */
  units = [];
  /** @type {any} */
  look;
  /** @type {any} */
  legendOf;
  /** The scales of the colours and widths. @type {[number, number, string]} */
  scales = [1, 1, "weights"];
  /** Why what is pointed at cannot be asked about, once somebody tried. */
  refused = "";
  /** The module that draws what units compute, while it is wanted. @type {any} */
  planes = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.legend = h("div", { class: "legend", "aria-hidden": "true" });
    this.caption = h("p", { class: "caption" });
    this.readout = h("p", { class: "readout" }, REST);
    this.frame = h("div", { class: "drawing" });
    this.append(h("div", { class: "above" }, this.caption, this.choice()), this.frame, this.legend, this.readout);
    new ResizeObserver(() => this.state && this.resized()).observe(this.frame);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.state && this.paint());
    for (const [event, heard] of Object.entries(this.listeners())) this.frame.addEventListener(event, heard);
  }

  choice() {
    const select = h(
      "select",
      { "aria-label": "What edges show", onchange: () => tell(this, "wg-edges", select.value) },
      ...["weights", "gradients", "updates"].map((each) => h("option", { value: each }, `edges: ${each}`)),
    );
    const choose = () => this.showPlanes(this.inUnits.value === "planes");
    this.inUnits = h(
      "select",
      { "aria-label": "What units show", hidden: true, onchange: choose },
      h("option", { value: "values" }, "units: values"),
      h("option", { value: "planes" }, "units: what they compute"),
    );
    const save = (/** @type {Function} */ way) => () => this.save(way);
    return h(
      "div",
      { class: "tools" },
      this.inUnits,
      select,
      h("button", { type: "button", onclick: save(saveSvg) }, "SVG"),
      h("button", { type: "button", onclick: save(savePng) }, "PNG"),
    );
  }

  /** A file is no canvas: there, many edges are lines as well. @param {Function} way */
  async save(way) {
    if (!this.drawing) return;
    const lines = this.edges instanceof Canvas ? new Lines(this.layout.edges, false) : null;
    lines?.draw(this.look);
    if (lines) this.drawing.prepend(lines.element);
    await way(this.drawing, "network");
    lines?.element.remove();
  }

  /** @returns {Record<string, (event: any) => void>} */
  listeners() {
    return {
      pointermove: (event) => this.point(this.under(event)),
      pointerleave: () => this.point(null),
      focusin: (event) => this.point(this.under(event)),
      focusout: () => this.point(null),
      click: (event) => this.explain(this.under(event)),
      keydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        this.explain(this.under(event));
      },
    };
  }

  /** @param {any} state @param {Set<string>} now */
  show(state, now) {
    this.state = state.opened && state.frame ? state : null;
    if (!this.state) return;
    if (now.has("opened") || !this.layout) this.begin(state.opened);
    if (now.size > 1 || !now.has("panels")) this.paint();
    this.paintPlanes();
  }

  /** @param {any} opened */
  begin({ parts }) {
    this.build();
    this.inUnits.hidden = !parts?.includes("planes");
    if (this.planes) this.showPlanes(!this.inUnits.hidden);
  }

  /** What each unit computes over the inputs, or its value alone. @param {boolean} on */
  async showPlanes(on) {
    const planes = await load("parts", "planes");
    if (!on) planes.clearPlanes(this.units);
    this.planes = on ? planes : null;
    this.inUnits.value = on ? "planes" : "values";
    this.legendOf = null;
    ask(this, { do: "watch", panel: "planes", on });
    this.paint();
  }

  paintPlanes() {
    const data = this.state.panels.planes?.data;
    if (!this.planes || !data) return;
    this.planes.drawPlanes(this.units, data);
    this.paintLegend(...this.scales);
  }

  resized() {
    if (Math.abs(this.frame.clientWidth - this.builtFor) < 2) return;
    this.build();
    this.paint();
  }

  build() {
    const { network } = this.state.opened;
    this.builtFor = this.frame.clientWidth;
    this.found = null;
    this.layout = layoutOf(network, this.builtFor);
    const { width, height, edges, spots, hasLabels } = this.layout;
    this.edges = edges.length > MOST_LINES ? new Canvas(edges, width, height) : new Lines(edges, hasLabels);
    this.units = spots.map((spot) => this.unit(spot, spots.length <= MOST_STOPS));
    const isCanvas = this.edges instanceof Canvas;
    this.drawing = svg(
      "svg",
      {
        width,
        height,
        viewBox: `0 0 ${width} ${height}`,
        role: "group",
        "aria-label": "The network; the tables below hold the same numbers",
      },
      ...this.layout.columns.map(heading),
      !isCanvas && this.edges.element,
      ...this.units.map(({ element }) => element),
      ...this.layout.more.map(({ x, y, left }) => svg("text", { class: "more", x, y }, `and ${left} more, not drawn`)),
      !isCanvas && this.edges.labels,
      svg("text", { class: "loss", x: width - 8, y: height - 8 }),
      svg("text", { class: "way", y: 29 }),
    );
    this.wayText = this.drawing.querySelector(".way");
    this.lossText = this.drawing.querySelector(".loss");
    // What has no stops of its own is one, so that it can be scrolled.
    const scrolled = spots.length > MOST_STOPS ? { tabindex: 0, role: "group", "aria-label": "Picture" } : {};
    for (const name of ["tabindex", "role", "aria-label"])
      assign(this.frame, name, /** @type {any} */ (scrolled)[name]);
    this.frame.replaceChildren(...(isCanvas ? [this.edges.element] : []), this.drawing);
  }

  /** @param {import("./network-layout.js").Spot} spot @param {boolean} isStop */
  unit(spot, isStop) {
    const { x, y, r, kind, key } = spot;
    const { isRoomy } = this.layout;
    const shape =
      kind === "bias"
        ? svg("rect", { x: x - r, y: y - r, width: 2 * r, height: 2 * r, rx: 3 })
        : svg("circle", { cx: x, cy: y, r });
    const title = kind === "target" ? (r > 22 ? "target" : "y") : spot.name;
    const name = svg("text", { class: "name", x, y: y + 4 }, isRoomy ? short(title, r) : "");
    const value = svg("text", { class: "value", x, y: y + r + 15 });
    const blame = svg("text", { class: "blame", x, y: y + r + 28 });
    const stop = isStop && kind !== "bias" ? { tabindex: 0, role: "button" } : {};
    const hidden = kind === "bias" ? { "aria-hidden": "true" } : {};
    const element = svg("g", { class: kind, "data-key": key, ...stop, ...hidden }, shape, name, " ", value, " ", blame);
    return { spot, element, shape, value, blame };
  }

  paint() {
    const { opened, frame, pointed, edges: kind } = this.state;
    const { network } = opened;
    const use = inUse(network, frame);
    const lit = new Set(pointed);
    const figures = this.units.map(({ spot }) => figuresOf(network, frame, spot));
    const room = roomFor(largest(figures.map(({ out }) => out)));
    for (const [place, each] of this.units.entries()) this.paintUnit(each, figures[place], use, lit, room);
    const values = new Map(this.layout.edges.map((edge) => [edge, edgeValue(frame, edge, kind)]));
    const most = roomFor(largest([...values.values()]), kind === "weights" ? 1 : 1e-12);
    this.look = (/** @type {any} */ edge) => {
      const value = values.get(edge);
      const share = typeof value === "number" ? Math.abs(value) / most : 0;
      const isOn = use.hasEdge(edge);
      return { value, share, isOn, isPointed: lit.has(edge.key), way: isOn ? use.way : "" };
    };
    this.edges.draw(this.look);
    this.paintWay(use);
    if (this.found) write(this.readout, this.refused || this.told(this.found));
    this.scales = [room, most, kind];
    this.paintLegend(room, most, kind);
    write(this.caption, moveInWords(frame));
    write(this.lossText, frame.loss === null ? "" : `loss ${shown(frame.loss)}`);
    assign(this.lossText, "class", `loss${use.stage === "loss" ? " on" : ""}${lit.has("loss") ? " pointed" : ""}`);
  }

  /** @param {any} unit @param {any} figures @param {any} use @param {Set<string>} lit @param {number} room */
  paintUnit({ spot, element, shape, value, blame }, figures, use, lit, room) {
    const isOn = spot.kind === "target" ? use.hasTarget(spot) : spot.kind === "unit" && use.hasUnit(spot);
    assign(element, "class", `${spot.kind}${isOn ? " on" : ""}${lit.has(spot.key) ? " pointed" : ""}`);
    if (spot.kind === "bias") return;
    shape.style.fill = colour(figures.out, room);
    if (this.layout.isRoomy) {
      write(value, shown(figures.out));
      write(blame, figures.blame === undefined ? "" : `δ ${shown(figures.blame, 3)}`);
    }
    if (element.hasAttribute("tabindex"))
      assign(element, "aria-label", label(element.textContent.trim(), spot, figures));
  }

  /** Which way it goes, in words as well: what moves along the edges stands still for some. @param {any} use */
  paintWay(use) {
    const [into] = use.stage === "output" ? [this.layout.columns.length] : use.into;
    const [right, left] = [this.layout.columns[into]?.x ?? this.layout.targetX, this.layout.columns[into - 1]?.x];
    write(this.wayText, use.way === "forward" ? "signal →" : use.way === "backward" ? "← blame" : "");
    if (!use.way) return;
    const middle = (left + right) / 2;
    assign(this.wayText, "x", middle);
    // A network that is wider than its frame is shown where something happens.
    if (this.layout.width > this.frame.clientWidth + 1) this.frame.scrollLeft = middle - this.frame.clientWidth / 2;
  }

  /** @param {number} room @param {number} most @param {string} kind */
  paintLegend(room, most, kind) {
    const planes = this.planes && this.state.panels.planes?.data;
    const key = `${room} ${most} ${kind} ${planes?.most}`;
    if (this.legendOf === key) return;
    this.legendOf = key;
    const what = kind.slice(0, -1);
    const ramp = h("span", { class: "scale" }, `−${room} `, h("i", { class: "ramp" }), ` ${room} activation`);
    this.legend.replaceChildren(
      ...(planes ? this.planes.planesLegend(planes) : [ramp]),
      h("span", {}, h("i", { class: "line positive" }), ` positive ${what}`),
      h("span", {}, h("i", { class: "line negative" }), ` negative ${what}`),
      h("span", {}, `thickest line = ${what} ${shown(most, 3)}`),
      h("span", {}, h("i", { class: "dashed" }), " target"),
    );
  }

  /** What an event is about: a unit, an edge, or nothing. @param {any} event */
  under(event) {
    if (!this.state) return null;
    const key = event.target.closest?.("[data-key]")?.getAttribute("data-key");
    const spot = this.layout.spots.find((/** @type {any} */ each) => each.key === key);
    if (spot) return { spot };
    const edge = this.layout.edges.find((/** @type {any} */ each) => each.key === key) ?? this.edgeUnder(event);
    return edge ? { edge } : null;
  }

  /** @param {any} event */
  edgeUnder(event) {
    if (!(this.edges instanceof Canvas) || event.clientX === undefined) return null;
    const box = this.drawing.getBoundingClientRect();
    return nearest(this.layout.edges, event.clientX - box.left, event.clientY - box.top);
  }

  /** @param {{spot?: any, edge?: any} | null} found */
  point(found) {
    const key = found?.spot?.key ?? found?.edge?.key ?? "";
    if (key === this.pointedKey) return;
    this.pointedKey = key;
    this.refused = "";
    this.found = found;
    this.frame.style.cursor = key && !key.startsWith("one") ? "pointer" : "";
    write(this.readout, found ? this.told(found) : REST);
    tell(this, "wg-point", key ? [key] : []);
  }

  /** @param {{spot?: any, edge?: any}} found */
  told({ spot, edge }) {
    const { opened, frame } = this.state;
    if (spot) return sentence(opened.network, spot, figuresOf(opened.network, frame, spot), exact);
    const known = /** @type {const} */ (["gradients", "updates"]).map((each) => {
      return { name: each.slice(0, -1), value: edgeValue(frame, edge, each) };
    });
    const where = edge.isBias ? `bias of ${edge.target.name}` : `${edge.source.name} → ${edge.target.name}`;
    const behind = known.flatMap(({ name, value }) => (value === undefined ? [] : `, ${name} ${exact(value)}`));
    return `${edge.name}: ${where}, ${exact(edgeValue(frame, edge, "weights"))}${behind.join("")}`;
  }

  /** @param {{spot?: any, edge?: any} | null} found */
  explain(found) {
    if (!found || !this.state) return;
    const { opened, frame } = this.state;
    const of = found.spot ? questionsOf(opened.network, frame, found.spot)[0] : nameOf(found.edge);
    if (of) return tell(this, "wg-why", of);
    const { kind, layer, name } = found.spot;
    const why = layer === 0 ? "given, not computed" : "not computed yet at this move";
    this.refused = kind === "bias" ? this.told(found) : `${name}: ${why}.`;
    write(this.readout, this.refused);
  }
}

/** @param {any} edge */
function nameOf({ array, index }) {
  return index.length ? `${array}[${index.join(",")}]` : array;
}

/** @param {{x: number, name: string, activation: string}} column */
function heading({ x, name, activation }) {
  return svg("text", { class: "column", x, y: 16 }, name, svg("tspan", { x, dy: 13, class: "activation" }, activation));
}

/** @param {any[]} values */
function largest(values) {
  return values.reduce((most, each) => (typeof each === "number" ? Math.max(most, Math.abs(each)) : most), 0);
}

/** A colour between that of negative and that of positive numbers; never so full that text on it is hard to read. */
function colour(/** @type {any} */ value, /** @type {number} */ room) {
  if (typeof value !== "number") return value === undefined || value === null ? "" : "var(--wg-broken)";
  const percent = Math.round(50 * Math.min(1, Math.abs(value) / room));
  return `color-mix(in oklab, var(${value < 0 ? "--wg-orange" : "--wg-blue"}) ${percent}%, var(--wg-panel))`;
}

/** @param {string} name @param {number} r */
function short(name, r) {
  const most = Math.max(2, Math.floor(r / 3.4));
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}

/** @param {any} network @param {any} spot @param {any} figures @param {(value: any) => string} [number] */
function sentence(network, spot, { out, net, blame, error }, number = shown) {
  if (spot.kind === "bias") return `1, which the biases of the next layer weigh`;
  const activation = network.layers[spot.layer].activation;
  const name = spot.kind === "target" ? `target of ${spot.name}` : spot.name;
  const parts = [
    net !== undefined && `net ${number(net)}`,
    out !== undefined && `${spot.layer && spot.kind === "unit" ? `out (${activation}) ` : ""}${number(out)}`,
  ];
  const rest = [blame !== undefined && `delta ${number(blame)}`, error !== undefined && `error ${number(error)}`];
  const known = [...parts, ...rest].filter(Boolean);
  return `${name}: ${known.length ? known.join(", ") : "not computed yet"}`;
}

/**
 * What one sees of a unit, and what else is known of it.
 * @param {string} seen
 * @param {any} spot
 * @param {any} figures
 */
function label(seen, spot, { net, error }) {
  const known = [net !== undefined && `net ${shown(net)}`, error !== undefined && `error ${shown(error)}`].filter(
    Boolean,
  );
  const name = seen.startsWith(spot.name) || spot.kind === "target" ? seen : `${spot.name} ${seen}`.trim();
  return [spot.kind === "target" ? `${name} of ${spot.name}` : name, ...known].join(", ");
}

define("wg-network", Network);
