/** A derivation as elements: sections of equations, tables, paragraphs, facts, folds, code and pictures. */

import { h } from "./dom.js";
import { built, drawn } from "./mathml.js";
import { exact } from "./numbers.js";

/** Left sides with more letters stand on a line of their own where the page is narrow. */
const WIDE = 9;

/**
 * @param {any} derivation `{title, subtitle, sections}`
 * @param {number} [level] of its headings
 * @returns {Node[]}
 */
export function documentNodes({ title, subtitle, sections }, level = 2) {
  return [
    title && h(`h${level}`, { class: "title" }, title),
    subtitle && h("p", { class: "subtitle" }, subtitle),
    ...(sections ?? []).map((/** @type {any} */ each) => section(each, level + 1)),
  ].filter(Boolean);
}

/** @param {any} each @param {number} level @returns {Node} */
function section({ title, blocks, sections }, level) {
  const below = (sections ?? []).map((/** @type {any} */ each) => section(each, Math.min(6, level + 1)));
  return h("section", {}, title && h(`h${level}`, {}, title), ...(blocks ?? []).map(block), ...below);
}

/** @param {any} each @returns {Node} */
function block(each) {
  return (BLOCKS[each.kind] ?? unknown)(each);
}

/** @type {Record<string, (each: any) => Node>} */
const BLOCKS = {
  paragraph: ({ text }) => h("p", {}, text),
  equations: (each) => equations(each),
  table: (each) => table(each),
  picture: ({ tree, caption }) => h("figure", {}, drawn(tree), h("figcaption", {}, caption)),
  facts: ({ pairs }) => h("dl", { class: "facts" }, ...pairs.map(fact)),
  code: ({ text, caption }) =>
    h("figure", {}, caption && h("figcaption", {}, caption), h("pre", { tabindex: 0 }, h("code", {}, text))),
  fold: ({ summary, blocks }) => h("details", {}, h("summary", {}, summary), ...blocks.map(block)),
};

/** A kind of block that a later lab has and this page does not know. @param {any} each */
function unknown({ caption, text }) {
  return h("p", { class: "note" }, caption ?? text ?? "");
}

/** Equations below each other, aligned at their relations. @param {any} each */
function equations({ lines }) {
  const found = lines.map(equation);
  const isWide = found.some((/** @type {any} */ each) => (each.querySelector(".left")?.textContent.length ?? 0) > WIDE);
  return h("div", { class: isWide ? "equations wide" : "equations" }, ...found);
}

/** @param {any} line `{rows: [{left, right}], note}` @returns {Node} */
function equation({ rows, note }) {
  return h("div", { class: "equation" }, ...rows.flatMap(row), note && h("p", { class: "note" }, note));
}

/** What stands left of a relation and right of it; between terms a line may be broken. @param {any} each */
function row({ left, right }) {
  const terms = right.map((/** @type {any[]} */ factors) => term(factors, right.length === 1));
  return [left && h("div", { class: "left" }, built(left)), h("div", { class: "right" }, ...spaced(terms))].filter(
    Boolean,
  );
}

/** @param {any[]} factors @param {boolean} isAlone */
function term(factors, isAlone) {
  const inside = spaced(factors.map(built));
  return isAlone || factors.length === 1 ? inside : [h("span", { class: "term" }, ...inside)];
}

/** Pieces with a place to break the line between them. @param {any[]} found @returns {any[]} */
function spaced(found) {
  return found.flatMap((each, place) => (place === 0 ? each : [h("wbr"), ...[each].flat()]));
}

/** @param {any} each @returns {Node} */
function table({ caption, head, rows }) {
  const heads = head.map((/** @type {any} */ { text, numeric }) =>
    h("th", { scope: "col", class: numeric && "number" }, text),
  );
  const body = rows.map((/** @type {any[]} */ cells) =>
    h("tr", {}, ...cells.map((each, place) => cell(each, place === 0 ? "th" : "td", head[place]?.numeric))),
  );
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "group", "aria-label": caption || "table" },
    h(
      "table",
      {},
      caption && h("caption", {}, caption),
      h("thead", {}, h("tr", {}, ...heads)),
      h("tbody", {}, ...body),
    ),
  );
}

/** @param {any} value `{text, value?, ref?}` or `{math}` @param {string} tag @param {boolean} isNumeric */
function cell(value, tag, isNumeric) {
  const scope = tag === "th" ? "row" : null;
  return h(tag, { scope, class: isNumeric && "number", ...origin(value) }, inside(value));
}

/** @param {any} pair `{term, value}` */
function fact({ term: name, value }) {
  return h("div", {}, h("dt", {}, name), h("dd", origin(value), inside(value)));
}

/** @param {any} value */
function inside(value) {
  return value.math ? built(value.math) : value.text;
}

/** Where a number came from, and what it is exactly. @param {any} value */
function origin({ value, ref }) {
  return { "data-ref": ref ?? null, title: value === undefined ? null : exact(String(value)) };
}
