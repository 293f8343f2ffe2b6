/** The pages that are shown in the place of the lab: links to them, and the one that the address names. */

import { partOf, withPart } from "./address.js";
import { assign, define, focusedNear, h } from "./dom.js";
import { load } from "./loading.js";

class Pages extends HTMLElement {
  /** @type {Map<string, any>} the pages that were shown so far, by name; they stay as they are */
  made = new Map();
  /** @type {any[]} */
  pages = [];
  turn = () => this.go();
  chosen = "";
  nav = h("nav", { "aria-label": "Pages", hidden: true });

  connectedCallback() {
    window.addEventListener("hashchange", this.turn);
    this.addEventListener("wg-page", (event) => this.turnTo(/** @type {CustomEvent} */ (event).detail));
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

  /** The page that is wanted: where the address is somebody else's, a notebook's, it stands nowhere else. */
  get wanted() {
    return this.state?.hasAddress ? partOf("page") : this.chosen;
  }

  /** @param {string} name */
  turnTo(name) {
    this.chosen = name;
    if (this.state.hasAddress) window.location.hash = withPart("page", name);
    else this.go();
  }

  async go() {
    const name = this.pages.some((each) => each.name === this.wanted) ? this.wanted : "";
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
    const links = this.pages.map(({ name, title }) => this.linkTo(name, title, name === now));
    const focused = [...this.nav.children].indexOf(focusedNear(this));
    this.nav.replaceChildren(...links);
    links[focused]?.focus();
  }

  /** @param {string} name @param {string} title @param {boolean} isCurrent */
  linkTo(name, title, isCurrent) {
    const onclick = (/** @type {MouseEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.turnTo(name);
    };
    return h("a", { href: withPart("page", name), "aria-current": isCurrent ? "page" : null, onclick }, title);
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
    if (!place || this.nav.contains(focusedNear(this))) return;
    assign(place, "tabindex", -1);
    place.focus({ preventScroll: true });
  }
}

define("wg-pages", Pages);
