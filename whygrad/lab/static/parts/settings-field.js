/**
 * One setting that the page offers.
 *
 * @typedef {object} Field
 * @property {string} id
 * @property {string} group
 * @property {boolean} [isMore] whether it is folded away with what is seldom changed
 * @property {string} [row] those of one row stand beside each other
 * @property {string} label
 * @property {"number" | "share" | "plain" | "whole" | "text" | "choice" | "action"} kind
 * @property {boolean} [isOptional] whether nothing may stand there
 * @property {string[]} [choices]
 * @property {string} value as it is shown
 * @property {string} key the section and key that is sent
 * @property {(value: any) => any} sent the value of that key, from what was typed
 */

/**
 * @param {string} key
 * @param {string} label
 * @param {Field["kind"]} kind
 * @param {any} value
 * @param {string} [id]
 * @returns {Field}
 */
export function plain(key, label, kind, value, id = key) {
  return { id, key, label, kind, value: String(value), group: "", sent: (typed) => typed };
}

/**
 * @param {string} key
 * @param {string} label
 * @param {string[]} choices
 * @param {string} value
 * @param {(chosen: string) => any} [sent]
 * @returns {Field}
 */
export function choice(key, label, choices, value, sent = (chosen) => chosen) {
  return { id: key, key, label, kind: "choice", choices, value, group: "", sent };
}
