/** The marks of a line: sign and word, what is right, why, and ways to the line, to others, and to a derivation. */

import { documentNodes } from "../document.js";
import { h } from "../dom.js";

/** How much a mark wants to be seen. */
const ORDER = ["error", "slip", "quiet", "right"];
const LINE = /\blines? (\d+)/g;

/**
 * @typedef {object} Ways
 * @property {(line: number) => void} goTo
 * @property {(quantity: {name: string, step: number}) => void} why
 */

/**
 * Marks by the lines that they begin on, the one that wants most to be seen first.
 *
 * @param {any[]} marks
 * @returns {{line: number, until: number, kind: string, marks: any[]}[]}
 */
export function groupsOf(marks) {
  /** @type {Map<number, any>} */
  const found = new Map();
  for (const each of marks) {
    const group = found.get(each.line) ?? { line: each.line, until: each.until, marks: [] };
    group.until = Math.max(group.until, each.until);
    group.marks.push(each);
    found.set(each.line, group);
  }
  for (const each of found.values()) {
    each.marks.sort((/** @type {any} */ one, /** @type {any} */ other) => rank(one) - rank(other));
    each.kind = each.marks[0].kind;
  }
  return [...found.values()];
}

/** @param {any} mark */
function rank({ kind }) {
  return ORDER.indexOf(kind);
}

/**
 * What stands beside a line.
 *
 * @param {any} group
 * @param {boolean} isFresh whether the line is still being written: then nothing is held against it
 * @param {Ways} ways
 * @returns {Node[]}
 */
export function groupNodes(group, isFresh, ways) {
  if (isFresh) return [row(group, { sign: "…", word: "being written", kind: "quiet" }, [], ways)];
  return group.marks.map((/** @type {any} */ each) => row(group, each, content(each, group.marks.length > 1, ways), ways));
}

/** @param {any} group @param {any} mark @param {Node[]} inside @param {Ways} ways */
function row(group, { sign, word, kind }, inside, ways) {
  const label = `Line ${group.line}: ${word}`;
  const go = h(
    "button",
    { type: "button", class: "mark", "data-kind": kind, "aria-label": label, onclick: () => ways.goTo(group.line) },
    h("span", { class: "number" }, String(group.line)),
    h("span", { class: "sign" }, sign),
    word,
  );
  return h("div", { class: "row" }, go, h("div", { class: "content" }, ...inside));
}

/** @param {any} mark @param {boolean} isOneOfSeveral @param {Ways} ways @returns {Node[]} */
function content(mark, isOneOfSeveral, ways) {
  const names = mark.names.flatMap((/** @type {any} */ each, /** @type {number} */ place) => [
    place > 0 && " ",
    quantity(each, ways),
  ]);
  const isPlain = mark.said.length === 0 && !mark.right;
  const written = isOneOfSeveral && !(isPlain && names.length > 0) && h("span", { class: "written" }, mark.written, " ");
  const right = mark.right && h("span", { class: "is-right" }, ` ${mark.of_right}: `, h("strong", {}, mark.right));
  const said = mark.said.map((/** @type {string} */ each) => h("span", { class: "said" }, " ", ...linked(each, ways.goTo)));
  const correct = mark.correct && h("div", { class: "correct" }, ...documentNodes(mark.correct));
  return [written, ...names, right, ...said, correct].filter(Boolean);
}

/** @param {any} asked @param {Ways} ways */
function quantity(asked, ways) {
  const label = `Why is ${asked.name} what it is${asked.step ? " after the update" : ""}?`;
  return h("button", { type: "button", class: "name", "aria-label": label, onclick: () => ways.why(asked) }, asked.name);
}

/**
 * A sentence in which each line that it names is a way there.
 *
 * @param {string} text
 * @param {(line: number) => void} goTo
 * @returns {(Node | string)[]}
 */
export function linked(text, goTo) {
  /** @type {(Node | string)[]} */
  const found = [];
  let end = 0;
  for (const each of text.matchAll(LINE)) {
    found.push(text.slice(end, each.index));
    found.push(h("button", { type: "button", class: "name", onclick: () => goTo(Number(each[1])) }, each[0]));
    end = each.index + each[0].length;
  }
  return [...found, text.slice(end)].filter(Boolean);
}
