/** Marks of rows: each class has a shape and a colour, each part of the data its own way of being filled. */

import { svg } from "../dom.js";
import { CLASS_COLOURS } from "./heat.js";

/** @param {[number, number][]} corners */
function polygon(corners) {
  return `M${corners.map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`).join("L")}Z`;
}

/** @param {number} corners @param {number[]} radii @param {number} turn */
function star(corners, radii, turn) {
  return polygon(
    Array.from({ length: corners * radii.length }, (_, each) => {
      const angle = turn + (2 * Math.PI * each) / (corners * radii.length);
      const radius = radii[each % radii.length];
      return [radius * Math.sin(angle), -radius * Math.cos(angle)];
    }),
  );
}

const CIRCLE = "M-1 0A1 1 0 1 1 1 0A1 1 0 1 1-1 0Z";
const PLUS = "M-0.4-1.1H0.4V-0.4H1.1V0.4H0.4V1.1H-0.4V0.4H-1.1V-0.4H-0.4Z";
const SHAPES = [
  CIRCLE,
  "M-0.9-0.9H0.9V0.9H-0.9Z",
  star(3, [1.25], 0),
  star(4, [1.25], 0),
  star(3, [1.25], Math.PI),
  PLUS,
  star(4, [1.3, 0.6], Math.PI / 4),
  star(5, [1.35, 0.6], 0),
];
const DOT = "M-0.1 0H0.1";

/** Ways of being filled, in words. @type {Record<string, string>} */
export const FILLINGS = { training: "filled", validation: "hollow", test: "hollow, with a dot" };

/**
 * A mark of a row.
 *
 * @param {string} part of the data
 * @param {number} shape number of the class
 * @param {{x: number, y: number, r: number}} place
 * @param {Record<string, any>} [more] attributes
 * @returns {any}
 */
export function mark(part, shape, { x, y, r }, more = {}) {
  return svg("path", {
    class: `mark ${part} ${CLASS_COLOURS[shape % CLASS_COLOURS.length]}`,
    d: SHAPES[shape % SHAPES.length] + (part === "test" ? DOT : ""),
    transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${r})`,
    "vector-effect": "non-scaling-stroke",
    ...more,
  });
}
