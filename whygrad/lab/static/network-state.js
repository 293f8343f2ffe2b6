/** What the picture shows of a frame: the value of each unit and edge, and what the move that is on makes use of. */

import { at } from "./refs.js";

/**
 * The numbers of a unit that are known; what is not computed yet is undefined.
 *
 * @param {any} network
 * @param {any} frame
 * @param {{kind: string, layer: number, unit: number}} spot
 * @returns {Record<string, import("./numbers.js").Figure>}
 */
export function figuresOf(network, frame, { kind, layer, unit }) {
  if (kind === "bias") return { out: undefined };
  if (kind === "target") return { out: at(frame.values.y, [unit]), error: element(frame.values.errors, unit) };
  const { name, array } = network.layers[layer];
  return {
    out: element(frame.values[array], unit),
    net: layer === 0 ? undefined : element(frame.values[`${name}.net`], unit),
    outBlame: element(frame.adjoints[array], unit),
    blame: layer === 0 ? undefined : element(frame.adjoints[`${name}.net`], unit),
  };
}

/** @param {any} values @param {number} unit */
function element(values, unit) {
  return Array.isArray(values) ? values[unit] : undefined;
}

/**
 * The names under which the derivations of a unit's numbers are asked for, the most telling one first.
 *
 * @param {any} network
 * @param {any} frame
 * @param {{kind: string, layer: number, unit: number}} spot
 */
export function questionsOf(network, frame, spot) {
  const figures = figuresOf(network, frame, spot);
  if (spot.kind === "target") return figures.error === undefined ? [] : [`errors[${frame.row},${spot.unit}]`];
  if (spot.kind === "bias" || spot.layer === 0) return [];
  const { name, array } = network.layers[spot.layer];
  const index = `[${frame.row},${spot.unit}]`;
  const stage = frame.steps[frame.moves - 1]?.stage;
  const value = figures.out !== undefined ? [`${array}${index}`] : [];
  const blame = figures.blame !== undefined ? [`dE/d${name}.net${index}`] : [];
  return stage === "output" || stage === "backward" ? [...blame, ...value] : [...value, ...blame];
}

/**
 * The value that an edge is drawn by: the weight, or its gradient or update where that is known.
 *
 * @param {any} frame
 * @param {{array: string, index: number[]}} edge
 * @param {"weights" | "gradients" | "updates"} kind
 */
export function edgeValue(frame, { array, index }, kind) {
  return at(frame[kind]?.[array], index);
}

/**
 * What the move that is on makes use of: layers, edges into a layer, and which way it goes.
 *
 * @param {any} network
 * @param {any} frame
 * @returns {{stage: string, units: Set<number>, targets: boolean, into: Set<number>, way: "" | "forward" | "backward"}}
 */
export function inUse(network, frame) {
  const move = frame.steps[frame.moves - 1];
  const stage = move?.stage ?? "";
  const layer = network.layers.findIndex((/** @type {any} */ each) => each.name === move?.layer);
  const last = network.layers.length - 1;
  const every = network.layers.map((/** @type {any} */ _, /** @type {number} */ place) => place);
  const none = { stage, units: new Set(), targets: false, into: new Set(), way: /** @type {""} */ ("") };
  switch (stage) {
    case "forward":
      return { ...none, units: new Set([layer - 1, layer]), into: new Set([layer]), way: "forward" };
    case "loss":
      return { ...none, units: new Set([last]), targets: true };
    case "output":
      return { ...none, units: new Set([last]), targets: true, way: "backward" };
    case "backward":
      return { ...none, units: new Set([layer, layer + 1]), into: new Set([layer + 1]), way: "backward" };
    case "update":
      return { ...none, into: new Set(every.slice(1)) };
    default:
      return none;
  }
}

/**
 * The move that is on, in words.
 *
 * @param {any} frame
 */
export function moveInWords(frame) {
  const move = frame.steps[frame.moves - 1];
  if (!move) return "Before the first move";
  return move.layer ? `${move.title}: layer ${move.layer}` : move.title;
}
