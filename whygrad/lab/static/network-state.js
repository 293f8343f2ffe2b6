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
  return Array.isArray(values) ? (values[unit] ?? undefined) : undefined;
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
  return at(frame[kind]?.[array], index) ?? undefined;
}

/**
 * @typedef {object} Use what the move that is on makes use of
 * @property {string} stage
 * @property {Set<number>} into the layers whose incoming edges are used
 * @property {"" | "forward" | "backward"} way
 * @property {(spot: {layer: number, unit: number}) => boolean} hasUnit
 * @property {(spot: {unit: number}) => boolean} hasTarget
 * @property {(edge: {to: number, index: number[], isBias: boolean}) => boolean} hasEdge
 */

/**
 * What the move that is on makes use of: units, edges, and which way it goes.
 *
 * @param {any} network
 * @param {any} frame
 * @returns {Use}
 */
export function inUse(network, frame) {
  const move = frame.steps[frame.moves - 1];
  const stage = move?.stage ?? "";
  const layer = network.layers.findIndex((/** @type {any} */ each) => each.name === move?.layer);
  const { units, targets, ...use } = ofLayer(network, stage, layer);
  const own = stage === "loss" ? network.layers.length - 1 : layer;
  const isOnly = (/** @type {number} */ unit) => move?.unit === undefined || unit === move.unit;
  return {
    ...use,
    hasUnit: (spot) => units.has(spot.layer) && (spot.layer !== own || isOnly(spot.unit)),
    hasTarget: (spot) => targets && isOnly(spot.unit),
    hasEdge: (edge) => use.into.has(edge.to) && isOnlyEdge(edge, stage, layer, move),
  };
}

/**
 * The same of a whole layer.
 *
 * @param {any} network
 * @param {string} stage
 * @param {number} layer -1 where the move is of none alone
 * @returns {{stage: string, units: Set<number>, targets: boolean, into: Set<number>, way: "" | "forward" | "backward"}}
 */
function ofLayer(network, stage, layer) {
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
      return { ...none, into: new Set(layer < 0 ? every.slice(1) : [layer]) };
    default:
      return none;
  }
}

/**
 * Whether an edge leads to the unit whose move is on, or, on the way back, from it.
 *
 * @param {{index: number[], isBias: boolean}} edge @param {string} stage @param {number} layer @param {any} move
 */
function isOnlyEdge({ index, isBias }, stage, layer, move) {
  const isShared = index.length === 0;
  if (move.unit === undefined) return stage !== "update" || layer < 0 || isShared;
  if (stage === "backward") return !isBias && index[0] === move.unit;
  return isShared ? stage === "forward" : index[index.length - 1] === move.unit;
}

/**
 * The move that is on, in words.
 *
 * @param {any} frame
 */
export function moveInWords(frame) {
  const move = frame.steps[frame.moves - 1];
  if (!move) return "Before the first move";
  const where = move.name ?? (move.layer && `layer ${move.layer}`);
  return where ? `${move.title}: ${where}` : move.title;
}
