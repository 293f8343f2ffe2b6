/**
 * From the place of a number in the trace ("adjoint hidden.net[0,1]") to what stands for it in the picture, and back.
 *
 * A key is what is lit: "unit 1 0" (layer, unit), "target 0", "weight hidden.W 0,1", "bias hidden.b 0", "loss".
 */

const PART = /(adjoint )?([^\s[\]]+)( after| gradient)?(?:\[([\d,]*)\])?/g;

/**
 * @typedef {object} Place one number of the trace
 * @property {"" | "adjoint" | "after" | "gradient"} sort
 * @property {string} array
 * @property {number[]} index
 */

/**
 * The numbers that a `data-ref` names: one, or several where it was made of several.
 *
 * @param {string} ref
 * @returns {Place[]}
 */
export function placesOf(ref) {
  return [...ref.matchAll(PART)].map(([, adjoint, array, behind, index]) => ({
    sort: /** @type {Place["sort"]} */ (adjoint ? "adjoint" : (behind ?? "").trim()),
    array,
    index: index ? index.split(",").map(Number) : [],
  }));
}

/**
 * What is lit in the picture for a `data-ref`.
 *
 * @param {any} network as the lab opened it
 * @param {string} ref
 * @returns {string[]}
 */
export function keysOf(network, ref) {
  return placesOf(ref)
    .map((place) => keyOf(network, place))
    .filter((key) => key !== "");
}

/** @param {any} network @param {Place} place */
function keyOf(network, { array, index }) {
  if (array === "loss" || array === "objective") return "loss";
  if (array === "y" || array === "errors") return `target ${index.at(-1) ?? 0}`;
  if (network.weights.some((/** @type {any} */ each) => each.array === array))
    return `weight ${array} ${index.join(",")}`;
  const bias = network.biases.find((/** @type {any} */ each) => each.array === array);
  if (bias) return `bias ${array} ${bias.shared ? 0 : (index[0] ?? 0)}`;
  const layer = network.layers.findIndex((/** @type {any} */ each) => belongs(each, array));
  return layer < 0 ? "" : `unit ${layer} ${index.at(-1) ?? 0}`;
}

/** @param {any} layer @param {string} array */
function belongs(layer, array) {
  return array === layer.array || array.slice(0, array.lastIndexOf(".")) === layer.name;
}

/**
 * A `data-ref` as the name that one asks for it by: "dE/dhidden.net[0,1]", "hidden.W[0,1]_new".
 *
 * @param {string} ref
 */
export function questionOf(ref) {
  const [place] = placesOf(ref);
  if (!place) return "";
  const name = `${place.array}${place.index.length ? `[${place.index.join(",")}]` : ""}`;
  return { "": name, adjoint: `dE/d${name}`, after: `${name}_new`, gradient: `g_${name}` }[place.sort];
}

/**
 * An element of nested arrays; undefined where it is not there, or where they are nested deeper: a network that was
 * opened just now may be drawn once with the numbers of the one before it.
 *
 * @param {any} values
 * @param {number[]} index
 */
export function at(values, index) {
  const found = index.reduce((inner, place) => (Array.isArray(inner) ? inner[place] : inner), values);
  return Array.isArray(found) ? undefined : found;
}
