/**
 * Native mathematics and drawings from trees: `["mrow", {"data-ref": "x[0,0]"}, [children]]`, children trees or text.
 *
 * @typedef {string | [string, Record<string, string>, any[]]} Tree
 */

const MATHML = "http://www.w3.org/1998/Math/MathML";
const SVG = "http://www.w3.org/2000/svg";

/** Everything else is drawn as a row: a tree can say nothing that is not mathematics. */
const ELEMENTS = new Set(
  (
    "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup mover munder munderover mtable mtr mtd " +
    "mpadded mphantom mstyle mmultiscripts mprescripts"
  ).split(" "),
);
const SHAPES = new Set(
  "svg g path line rect circle ellipse polyline polygon text tspan title desc defs clipPath linearGradient stop".split(
    " ",
  ),
);
/** No listeners, no addresses, and no styles, which the page's policy forbids. */
const NEVER = /^(on|style$|href$|src$|xlink:|xmlns)/i;

/**
 * Mathematics as elements.
 *
 * @param {Tree} tree
 * @returns {Node}
 */
export function built(tree) {
  return made(tree, MATHML, ELEMENTS, "mrow");
}

/**
 * A drawing as elements.
 *
 * @param {Tree} tree
 * @returns {Node}
 */
export function drawn(tree) {
  return made(tree, SVG, SHAPES, "g");
}

/**
 * @param {Tree} tree
 * @param {string} space
 * @param {Set<string>} known
 * @param {string} otherwise what an element is that is not known
 * @returns {Node}
 */
function made(tree, space, known, otherwise) {
  if (typeof tree === "string") return document.createTextNode(tree);
  const [name, attributes, children] = tree;
  const element = document.createElementNS(space, known.has(name) ? name : otherwise);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (!NEVER.test(key)) element.setAttribute(key, String(value));
  }
  element.append(...(children ?? []).map((/** @type {Tree} */ each) => made(each, space, known, otherwise)));
  return element;
}
