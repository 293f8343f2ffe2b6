/** Points of classes: each class has a shape and a colour of its own, so that the colour is never the only sign. */

import { svg } from "../dom.js";

/** As the decision boundary has them. */
const COLOURS = ["orange", "blue", "green", "grey"];
/** Each around the origin, in a circle of radius 1. */
const SHAPES = [
  "M-1 0A1 1 0 1 0 1 0A1 1 0 1 0 -1 0Z",
  "M-.85-.85H.85V.85H-.85Z",
  "M0-1.1L1 .75H-1Z",
  "M0-1.2L1.1 0L0 1.2L-1.1 0Z",
  "M-.35-1H.35V-.35H1V.35H.35V1H-.35V.35H-1V-.35H-.35Z",
];

/**
 * A point that is drawn at the origin; `transform` moves it.
 *
 * @param {number} place of its class, in their order; -1 where it has none
 * @param {number} size
 * @param {boolean} isHollow
 */
export function point(place, size, isHollow) {
  const [shape, colour] =
    place < 0 ? [SHAPES[0], "ink"] : [SHAPES[place % SHAPES.length], COLOURS[place % COLOURS.length]];
  return svg("path", { d: shape, class: `point ${colour}${isHollow ? " hollow" : ""}`, transform: `scale(${size})` });
}

/** A point as a sign in a text. @param {number} place */
export function sign(place) {
  return svg(
    "svg",
    { class: "sign", viewBox: "-8 -8 16 16", width: 16, height: 16, "aria-hidden": "true" },
    point(place, 6, false),
  );
}
