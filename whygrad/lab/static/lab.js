/**
 * The lab as one component: `render({ model, el })`, whoever the host is.
 *
 * @typedef {import("./model.js").Model} Model
 */

import "./chart.js";
import "./controls.js";
import "./dialogs.js";
import "./formula.js";
import "./header.js";
import "./moves.js";
import "./network.js";
import "./notes.js";
import "./pages.js";
import "./panels.js";
import "./settings.js";
import "./units.js";
import "./weights.js";
import { placeOf } from "./answers.js";
import { assign, h } from "./dom.js";
import { requestOf } from "./keyboard.js";
import { keysOf } from "./refs.js";

export default { render };

/**
 * Draw the lab into an element, and keep it in step with the model.
 *
 * @param {{model: Model & {retry?: () => void}, el: HTMLElement}} place
 */
export function render({ model, el }) {
  const parts = partsOf();
  el.classList.add("wg-lab");
  assign(el, "tabindex", -1);
  el.replaceChildren(...arranged(parts));
  listen(el, model, parts);
  follow(el, model, parts);
}

/** @returns {Record<string, any>} the components by name */
function partsOf() {
  const names = ["header", "notes", "pages", "network", "controls", "moves", "formula", "chart", "weights", "units"];
  names.push("settings", "panels", "dialogs");
  return Object.fromEntries(names.map((name) => [name, h(`wg-${name}`)]));
}

/** @param {Record<string, any>} parts */
function arranged(parts) {
  return [
    parts.header,
    parts.notes,
    parts.pages,
    h(
      "div",
      { class: "stage" },
      h("section", { class: "picture", "aria-label": "Network" }, parts.network, parts.controls, parts.moves),
      h("section", { class: "paper", "aria-label": "Formulas" }, parts.formula),
    ),
    parts.panels,
    h(
      "div",
      { class: "panels" },
      h("div", {}, panel("Loss", parts.chart), panel("Units", parts.units)),
      h("div", {}, panel("Weights", parts.weights), panel("Settings", parts.settings)),
    ),
    parts.dialogs,
  ];
}

/** @param {string} title @param {Node} inside */
function panel(title, inside) {
  return h("section", { class: "panel", "aria-label": title }, h("h2", {}, title), inside);
}

/**
 * What the components tell: requests to the host, what is pointed at, what is asked.
 *
 * @param {HTMLElement} el
 * @param {Model & {retry?: () => void}} model
 * @param {Record<string, any>} parts
 */
function listen(el, model, parts) {
  /** @param {string} name @param {(detail: any) => void} heard */
  const on = (name, heard) => el.addEventListener(name, (event) => heard(/** @type {CustomEvent} */ (event).detail));
  on("wg-ask", (request) => model.send(request));
  on("wg-point", (keys) => model.set("pointed", keys));
  on("wg-edges", (kind) => model.set("edges", kind));
  on("wg-why", (of) => {
    askWhy(model, [...model.get("asked").filter((/** @type {string} */ each) => each !== of), of]);
    // Whoever asks far from where the answer stands is led to it.
    parts.formula.scrollIntoView({ block: "nearest" });
  });
  on("wg-back", (asked) => askWhy(model, asked));
  on("wg-dismiss", (id) =>
    model.set(
      "notes",
      model.get("notes").filter((/** @type {any} */ each) => each.id !== id),
    ),
  );
  on("wg-kept", (kept) => model.set("kept", kept));
  on("wg-retry", () => model.retry?.());
  on("wg-open", (part) => parts.dialogs.bring(part));
  el.addEventListener("keydown", (event) => {
    const request = requestOf(event, model.get("frame"));
    if (request === null || el.dataset.page) return;
    event.preventDefault();
    // As the button does it, at the speed that is chosen.
    if (request.do === "play") parts.controls.start();
    else model.send(request);
  });
  el.addEventListener("pointerover", (event) => pointAt(model, event));
}

/**
 * A number that is pointed at lights up where it came from, wherever on the page it stands.
 *
 * @param {Model} model
 * @param {PointerEvent} event
 */
function pointAt(model, event) {
  const place = event.target instanceof Element ? event.target.closest("[data-ref]") : null;
  const opened = model.get("opened");
  if (!opened || (event.target instanceof Element && event.target.closest("wg-network"))) return;
  const keys = place ? keysOf(opened.network, place.getAttribute("data-ref") ?? "") : [];
  if (keys.join() !== model.get("pointed").join()) model.set("pointed", keys);
}

/** @param {Model} model @param {string[]} asked */
function askWhy(model, asked) {
  model.set("answer", null);
  model.set("asked", asked);
  const of = asked.at(-1);
  if (of) model.send({ do: "explain", of });
}

/**
 * Show what the model holds. Whatever changes within one frame of the screen is drawn once.
 *
 * @param {HTMLElement} el
 * @param {Model} model
 * @param {Record<string, any>} parts
 */
function follow(el, model, parts) {
  /** @type {Set<string>} */
  const changed = new Set();
  let scheduled = false;
  const keys = Object.keys(shows);
  for (const key of keys) {
    model.on(`change:${key}`, () => {
      changed.add(key);
      if (!scheduled) requestAnimationFrame(draw);
      scheduled = true;
    });
  }
  model.on("change:frame", () => askAgain(model));

  function draw() {
    scheduled = false;
    const now = new Set(changed);
    changed.clear();
    const state = /** @type {any} */ (Object.fromEntries(keys.map((key) => [key, model.get(key)])));
    state.canChange = state.connection?.state === "open";
    state.isLive = state.canChange || state.connection?.state === "recorded";
    for (const [name, part] of Object.entries(parts)) {
      if ([...now].some((key) => shows[key].includes(name))) part.show(state, now);
    }
    assign(el, "data-connection", state.connection?.state);
    assign(el, "data-waiting", state.waiting !== null);
    assign(el, "data-place", placeOf(state.frame));
    assign(el, "data-playing", Boolean(state.frame?.playing));
    assign(el, "aria-busy", state.waiting !== null ? "true" : "false");
  }

  for (const key of keys) changed.add(key);
  draw();
}

/** Which components show which key. @type {Record<string, string[]>} */
const shows = {
  connection: "notes controls settings weights header moves panels chart pages dialogs".split(" "),
  opened: "header network controls formula chart weights units settings moves panels pages dialogs".split(" "),
  frame: ["network", "controls", "moves", "formula", "chart", "weights", "units", "panels"],
  before: ["weights"],
  losses: ["chart", "panels"],
  panels: ["panels", "network"],
  told: ["panels", "chart", "controls", "formula", "pages", "dialogs"],
  saved: ["dialogs"],
  hasAddress: ["pages", "dialogs"],
  kept: ["panels", "chart"],
  move: ["formula"],
  answer: ["formula"],
  asked: ["formula", "dialogs"],
  notes: ["notes", "settings", "weights", "pages", "dialogs"],
  failed: ["header", "settings", "weights", "panels"],
  waiting: ["header", "settings", "panels"],
  pointed: ["network", "formula", "weights", "units"],
  edges: ["network"],
};

/**
 * A derivation is of one place: at another it is asked for again.
 *
 * @param {Model} model
 */
function askAgain(model) {
  const of = model.get("asked").at(-1);
  const here = placeOf(model.get("frame"));
  if (!of || model.get("answer")?.place === here || model.get("askedAt") === here) return;
  model.set("askedAt", here);
  model.send({ do: "explain", of });
}
