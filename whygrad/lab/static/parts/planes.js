/** What each unit computes over the inputs, drawn on the unit: a small plane, or over a single input a small curve. */

import { assign, h, svg } from "../dom.js";
import { shown } from "../numbers.js";
import { coloursOf, heat } from "./heat.js";

/** As full as the colours become. */
const FULL = 0.8;

/**
 * Draw on every unit what `planes.py` tells of it.
 *
 * @param {{spot: any, element: any}[]} units
 * @param {any} data
 */
export function drawPlanes(units, data) {
  const colours = units.length ? coloursOf(units[0].element, ["orange", "blue"]) : {};
  for (const { spot, element } of units) {
    const unit = spot.kind === "unit" ? data.layers[spot.layer]?.[spot.unit] : null;
    if (!unit) continue;
    const drawn = element.querySelector(".plane") ?? added(element, spot, data.inputs.length === 2);
    if (data.inputs.length === 2)
      assign(drawn.querySelector("image"), "href", plane(unit.shades, data.places, colours));
    else assign(drawn.querySelector("path"), "d", curve(unit.shades, spot));
    drawn.lastChild.textContent = `${spot.name}: ${shown(unit.low)} to ${shown(unit.high)} over ${where(data)}`;
  }
}

/** @param {{spot: any, element: any}[]} units */
export function clearPlanes(units) {
  for (const { spot, element } of units) {
    element.querySelector(".plane")?.remove();
    assign(element.querySelector(".name"), "y", spot.y + 4);
  }
}

/** What the colours of the planes mean. @param {any} data @returns {Node[]} */
export function planesLegend({ inputs, most }) {
  const scale =
    inputs.length === 2
      ? [`${shown(-most)} `, h("i", { class: "ramp full" }), ` ${shown(most)}: what a unit gives`]
      : [`${shown(-most)} (bottom) to ${shown(most)} (top): what a unit gives`];
  return [
    h("span", { class: "scale" }, ...scale),
    h("span", {}, `over ${where({ inputs })}`),
    h("span", {}, inputs.length === 2 ? "each input in colours of its own size" : "the input on a scale of its own"),
  ];
}

/** @param {any} data */
function where({ inputs }) {
  const ways = inputs.length === 2 ? [" (across)", " (up)"] : [""];
  return inputs
    .map(
      (/** @type {any} */ { name, ends }, /** @type {number} */ at) =>
        `${name} ${shown(ends[0], 2)} to ${shown(ends[1], 2)}${ways[at]}`,
    )
    .join(", ");
}

/** @param {any} element @param {any} spot @param {boolean} isPlane */
function added(element, { x, y, r }, isPlane) {
  const box = { x: x - r, y: y - r, width: 2 * r, height: 2 * r };
  const inside = isPlane
    ? [svg("image", { ...box, preserveAspectRatio: "none" })]
    : [svg("line", { x1: x - r, x2: x + r, y1: y, y2: y }), svg("path", {})];
  const drawn = svg(
    "g",
    { class: "plane" },
    svg("rect", { ...box, class: "back" }),
    ...inside,
    svg("rect", box),
    svg("title"),
  );
  const name = element.querySelector(".name");
  assign(name, "y", y - r + 10);
  element.insertBefore(drawn, name);
  return drawn;
}

/** @param {Array<number | null>} shades @param {number} places @param {Record<string, any>} colours */
function plane(shades, places, colours) {
  return heat(places, places, (place) => {
    const shade = shades[place];
    return shade === null
      ? null
      : { colour: colours[shade < 0 ? "orange" : "blue"], alpha: (FULL * Math.abs(shade)) / 100 };
  });
}

/** @param {Array<number | null>} shades @param {any} spot */
function curve(shades, { x, y, r }) {
  let [found, isDown] = ["", false];
  for (const [place, shade] of shades.entries()) {
    const [across, up] = [x - r + (2 * r * place) / (shades.length - 1), y - (0.9 * r * (shade ?? 0)) / 100];
    if (shade !== null) found += `${isDown ? "L" : "M"}${across.toFixed(1)} ${up.toFixed(1)}`;
    isDown = shade !== null;
  }
  return found;
}
