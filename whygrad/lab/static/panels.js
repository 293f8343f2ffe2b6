/** The panels beside the network: which there are, which are shown, and what each shows. */

import { placeOf } from "./answers.js";
import { assign, define, h, tell, write } from "./dom.js";
import { load } from "./loading.js";

const KEPT = "whygrad-panels";

class Panels extends HTMLElement {
  /** @type {Map<string, any>} the sections that are shown, by name */
  open = new Map();

  connectedCallback() {
    if (this.firstChild) return;
    this.bar = h("div", { class: "buttons", role: "group", "aria-label": "Panels" });
    this.cards = h("div", { class: "cards" });
    this.append(h("p", { class: "note" }, "Show as well:"), this.bar, this.cards);
    this.addEventListener("wg-watch", (event) => this.watch(/** @type {CustomEvent} */ (event).detail));
  }

  /** @param {any} state @param {Set<string>} now */
  show(state, now) {
    this.state = state;
    if (!state.opened) return;
    if (now.has("opened")) this.offer(state.opened.panels ?? []);
    for (const [name, { card, content }] of this.open) {
      content?.show(state, now);
      // What was drawn of another place, or before a change, is not shown as that of this one.
      const drawn = state.panels[name];
      const isStale = content?.isOfRun ? !drawn : drawn?.place !== placeOf(state.frame);
      assign(card, "data-stale", isStale);
      const other = state.connection?.state === "recorded" && isStale && drawn ? drawn.place.split("/")[0] : "";
      write(card.querySelector(".of"), other && ` of update ${other}`);
    }
  }

  /** The host draws what it was asked to draw since it opened, so it is asked again. @param {any[]} panels */
  offer(panels) {
    this.hidden = panels.length === 0;
    this.bar.replaceChildren(...panels.map((each) => this.toggle(each)));
    const offered = new Map(panels.map((each) => [each.name, each.title]));
    for (const name of this.open.keys()) if (!offered.has(name)) this.put(name);
    const wanted = kept() ?? [];
    for (const { name, title } of panels) {
      if (this.open.has(name)) this.ask(name);
      else if (wanted.includes(name)) this.bring(name, title);
    }
    this.press();
  }

  /** @param {any} panel */
  toggle({ name, title }) {
    const click = () => {
      if (this.open.has(name)) this.put(name);
      else this.bring(name, title);
      this.press();
      keep([...this.open.keys()]);
    };
    return h("button", { type: "button", "data-panel": name, onclick: click }, title);
  }

  press() {
    for (const each of this.bar.children) assign(each, "aria-pressed", String(this.open.has(each.dataset.panel)));
  }

  /** @param {string} name @param {string} title */
  async bring(name, title) {
    const card = h("section", { class: "panel", "aria-label": title, "data-panel": name }, h("h2", {}, title, h("span", { class: "of" })));
    /** @type {any} */
    const entry = { card, content: null, settings: {} };
    this.open.set(name, entry);
    this.cards.append(card);
    const { tag } = await load("panels", name);
    if (this.open.get(name) !== entry) return;
    entry.content = document.createElement(tag);
    card.append(entry.content);
    entry.content.show(this.state, new Set(Object.keys(this.state)));
    this.ask(name);
  }

  /** @param {string} name */
  put(name) {
    this.open.get(name)?.card.remove();
    this.open.delete(name);
    tell(this, "wg-ask", { do: "watch", panel: name, on: false });
  }

  /** A panel wants to be drawn otherwise. @param {{panel: string, settings: any}} wish */
  watch({ panel, settings }) {
    const entry = this.open.get(panel);
    if (!entry) return;
    entry.settings = settings;
    this.ask(panel);
  }

  /** @param {string} name */
  ask(name) {
    tell(this, "wg-ask", { do: "watch", panel: name, settings: this.open.get(name).settings });
  }
}

/** @returns {string[] | null} the panels that were shown before; some browsers forbid to remember */
function kept() {
  try {
    return JSON.parse(window.localStorage.getItem(KEPT) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string[]} names */
function keep(names) {
  try {
    window.localStorage.setItem(KEPT, JSON.stringify(names));
  } catch {
    // It is shown all the same.
  }
}

define("wg-panels", Panels);
