/** The pages that are shown in the place of the lab: links to them, and the one that the address names. */

import { partOf, withPart } from "./address.js";
import { assign, define, h } from "./dom.js";
import { load } from "./loading.js";

class Pages extends HTMLElement {
  /** @type {Map<string, any>} the pages that were shown so far, by name; they stay as they are */
  made = new Map();
  /** @type {any[]} */
  pages = [];
  turn = () => this.go();
  nav = h("nav", { "aria-label": "Pages", hidden: true });

  connectedCallback() {
    window.addEventListener("hashchange", this.turn);
  }

  disconnectedCallback() {
    window.removeEventListener("hashchange", this.turn);
  }

  /** @param {any} state @param {Set<string>} now */
  show(state, now) {
    this.state = state;
    if (now.has("opened") && state.opened) this.offer(state.opened.pages ?? []);
    for (const page of this.made.values()) page.show(state, now);
  }

  /** @param {any[]} pages */
  offer(pages) {
    this.pages = [{ name: "", title: "Lab" }, ...pages];
    this.nav.hidden = pages.length === 0;
    if (!this.nav.isConnected) this.parentElement?.querySelector("wg-header h1")?.after(this.nav);
    this.go();
  }

  async go() {
    const name = this.pages.some((each) => each.name === partOf("page")) ? partOf("page") : "";
    const before = this.name ?? "";
    this.name = name;
    this.link(name);
    assign(/** @type {Element} */ (this.closest(".wg-lab")), "data-page", name || null);
    if (name && !this.made.has(name)) await this.bring(name);
    for (const [each, page] of this.made) page.hidden = each !== name;
    if (name !== before && name === this.name) this.focusOn(name);
  }

  /** @param {string} now the page that is shown */
  link(now) {
    const links = this.pages.map(({ name, title }) =>
      h("a", { href: withPart("page", name), "aria-current": name === now ? "page" : null }, title),
    );
    const focused = [...this.nav.children].indexOf(document.activeElement);
    this.nav.replaceChildren(...links);
    links[focused]?.focus();
  }

  /** @param {string} name */
  async bring(name) {
    const { tag } = await load("pages", name);
    if (this.made.has(name)) return;
    const page = document.createElement(tag);
    this.made.set(name, page);
    this.append(page);
    page.show(this.state, new Set(Object.keys(this.state)));
  }

  /** Who went there by keys or listens is told where they are. @param {string} name */
  focusOn(name) {
    const place = name ? this.made.get(name)?.querySelector("h2") : this.closest(".wg-lab");
    if (!place || this.nav.contains(document.activeElement)) return;
    assign(place, "tabindex", -1);
    place.focus({ preventScroll: true });
  }
}

define("wg-pages", Pages);
