/** A table whose rows stay and whose numbers change: nothing jumps, and what is being typed is not written over. */

import { assign, h, write } from "./dom.js";

/**
 * @param {{text: string, numeric?: boolean}[]} head
 * @param {Node} body
 * @param {string} label
 */
export function scrolling(head, body, label) {
  const cells = head.map(({ text, numeric }) => h("th", { scope: "col", class: numeric && "number" }, text));
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "group", "aria-label": label },
    h("table", {}, h("caption", { class: "unseen" }, label), h("thead", {}, h("tr", {}, ...cells)), body),
  );
}

/**
 * A button in a table: a name that one can ask about.
 *
 * @param {string} name
 * @param {string} label
 * @param {() => void} onclick
 */
export function asking(name, label, onclick) {
  return h("button", { type: "button", class: "name", "aria-label": label, onclick }, name);
}

/**
 * A number in a cell, with all its digits on hover.
 *
 * @param {Element} element
 * @param {any} value
 * @param {(value: any) => string} format
 * @param {(value: any) => string} exact
 */
export function fill(element, value, format, exact) {
  write(element, value === undefined || value === null ? "" : format(value));
  assign(element, "title", value === undefined || value === null ? null : exact(value));
}
