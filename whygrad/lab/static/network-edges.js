/** The edges of the picture: lines of SVG as long as they are few, a canvas under the units when they are many. */

import { assign, svg, write } from "./dom.js";
import { shown } from "./numbers.js";
import { ends } from "./network-layout.js";

/** Above this, lines of SVG cost more than a frame of the screen. */
export const MOST_LINES = 150;
const MOST_LABELS = 9;

/**
 * @typedef {import("./network-layout.js").Edge} Edge
 * @typedef {object} Drawn how an edge looks now
 * @property {number | string | null | undefined} value
 * @property {number} share of the largest size on the scale, 0 to 1
 * @property {boolean} isOn
 * @property {boolean} isPointed
 * @property {string} way
 */

/** Edges as lines of SVG, each with a wider one to be pointed at, a flow along it, and a label. */
export class Lines {
  /** @param {Edge[]} edges @param {boolean} hasLabels */
  constructor(edges, hasLabels) {
    this.element = svg("g", { class: "edges" });
    this.labels = svg("g", { class: "labels", "aria-hidden": "true" });
    this.lines = edges.map((edge) => this.line(edge, hasLabels && labelled(edge, edges)));
  }

  /** @param {Edge} edge @param {boolean} isLabelled */
  line(edge, isLabelled) {
    const place = ends(edge);
    const line = svg("line", { class: "edge", ...place });
    const flow = svg("line", { class: "flow", ...place });
    const reach = svg("line", { class: "reach", ...place, "data-key": edge.key });
    const part = edge.isBias ? 0.4 : 0.3;
    const [x, y] = [place.x1 + part * (place.x2 - place.x1), place.y1 + part * (place.y2 - place.y1) - 5];
    const label = svg("text", { class: "weight", x, y });
    this.element.append(line, flow, reach);
    this.labels.append(label);
    return { edge, line, flow, label, isLabelled };
  }

  /** @param {(edge: Edge) => Drawn} look */
  draw(look) {
    for (const { edge, line, flow, label, isLabelled } of this.lines) {
      const drawn = look(edge);
      assign(line, "class", `edge ${sign(drawn.value)}${drawn.isOn ? " on" : ""}${drawn.isPointed ? " pointed" : ""}`);
      assign(line, "stroke-width", thickness(drawn).toFixed(2));
      assign(flow, "class", `flow ${drawn.way}`);
      const isShown = isLabelled || drawn.isPointed;
      assign(label, "class", `weight${drawn.isPointed ? " pointed" : ""}`);
      write(label, isShown ? `${edge.name} ${shown(drawn.value, 3)}`.trim() : "");
    }
  }
}

/** Edges on a canvas. */
export class Canvas {
  /** @param {Edge[]} edges @param {number} width @param {number} height */
  constructor(edges, width, height) {
    this.edges = edges.map((edge) => ({ edge, ...ends(edge) }));
    this.element = document.createElement("canvas");
    this.strength = 1;
    this.scale = Math.min(2, window.devicePixelRatio || 1);
    this.element.width = Math.round(width * this.scale);
    this.element.height = Math.round(height * this.scale);
    this.element.style.width = `${width}px`;
    this.element.style.height = `${height}px`;
    this.element.setAttribute("aria-hidden", "true");
  }

  /** @param {(edge: Edge) => Drawn} look */
  draw(look) {
    const brush = this.element.getContext("2d");
    if (!brush) return;
    const colours = coloursOf(this.element);
    // Thousands of lines on top of each other would be one blot.
    this.strength = Math.min(1, 14 / Math.sqrt(this.edges.length));
    brush.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    brush.clearRect(0, 0, this.element.width, this.element.height);
    const drawn = this.edges.map((each) => ({ ...each, look: look(each.edge) }));
    for (const each of drawn.filter(({ look: { isPointed } }) => !isPointed)) this.stroke(brush, each, colours);
    for (const each of drawn.filter(({ look: { isPointed } }) => isPointed)) this.stroke(brush, each, colours);
  }

  /** @param {CanvasRenderingContext2D} brush @param {any} each @param {Record<string, string>} colours */
  stroke(brush, { x1, y1, x2, y2, look }, colours) {
    const kind = sign(look.value);
    brush.globalAlpha = look.isPointed ? 1 : 0.06 + this.strength * (look.isOn ? 0.75 : 0.35);
    brush.strokeStyle = colours[kind] ?? colours.none;
    brush.lineWidth = look.isPointed ? 3 : 0.6 * thickness(look);
    brush.setLineDash(kind === "negative" ? [5, 3] : []);
    brush.beginPath();
    brush.moveTo(x1, y1);
    brush.lineTo(x2, y2);
    brush.stroke();
  }
}

/** @param {Element} element */
function coloursOf(element) {
  const style = getComputedStyle(element);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(`--wg-${name}`).trim();
  return { positive: colour("blue"), negative: colour("orange"), none: colour("grey") };
}

/**
 * Only edges that do not crowd each other have their numbers beside them; a bias by itself, among weights without
 * theirs, would look like one of these.
 *
 * @param {Edge} edge
 * @param {Edge[]} edges
 */
function labelled(edge, edges) {
  const beside = edges.filter((each) => each.array === edge.array);
  const weights = edges.filter((each) => each.to === edge.to && !each.isBias);
  return Math.max(beside.length, weights.length) <= MOST_LABELS && (!edge.isBias || edge === beside[beside.length - 1]);
}

/** @param {number | string | null | undefined} value */
function sign(value) {
  if (typeof value !== "number") return value === undefined || value === null ? "unknown" : "broken";
  return value < 0 ? "negative" : value > 0 ? "positive" : "zero";
}

/** @param {Drawn} drawn */
function thickness({ share }) {
  return 0.8 + 4.2 * Math.min(1, share);
}
