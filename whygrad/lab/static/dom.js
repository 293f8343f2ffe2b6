/**
 * Elements made by calls, never from markup: a page whose policy forbids markup from strings can do no other.
 *
 * @typedef {Node | string | null | undefined | false} Child
 * @typedef {Record<string, any>} Attributes attributes by name; functions listen, `false` and `null` leave out
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An HTML element with attributes, listeners (`onclick: ...`) and children.
 *
 * @param {string} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {any}
 */
export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/**
 * The same for SVG.
 *
 * @param {string} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {any}
 */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

/**
 * @param {Element} element
 * @param {Attributes} attributes
 * @param {Child[]} children
 */
function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else assign(element, name, value);
  }
  element.append(...children.filter((each) => each || each === "").map((each) => /** @type {Node | string} */ (each)));
  return element;
}

/**
 * Set an attribute, or take it away; nothing is touched that is right already.
 *
 * @param {Element} element
 * @param {string} name
 * @param {string | number | boolean | null | undefined} value
 */
export function assign(element, name, value) {
  if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else {
    const text = value === true ? "" : String(value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

/**
 * Set the text of an element, only where it differs: a selection of the reader survives.
 *
 * @param {Element} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Tell those above: an event that bubbles, with its content.
 *
 * @param {EventTarget} element
 * @param {string} name
 * @param {any} detail
 */
export function tell(element, name, detail) {
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
}

/**
 * Ask the model's host for something: a request as `message.py` has it.
 *
 * @param {EventTarget} element
 * @param {{do: string} & Record<string, any>} request
 */
export function ask(element, request) {
  tell(element, "wg-ask", request);
}

/**
 * Define a custom element once: a notebook may load these modules more than once.
 *
 * @param {string} name
 * @param {CustomElementConstructor} kind
 */
export function define(name, kind) {
  if (!customElements.get(name)) customElements.define(name, kind);
}

/**
 * What has the focus: a lab within a notebook has a tree of its own, in which the document does not see it.
 *
 * @param {Node} near anything of the same tree
 * @returns {Element | null}
 */
export function focusedNear(near) {
  return /** @type {Document | ShadowRoot} */ (near.getRootNode()).activeElement;
}

let made = 0;

/** @param {string} stem @returns {string} an id that no other element of the document has */
export function freshId(stem) {
  made += 1;
  return `wg-${stem}-${made}`;
}
