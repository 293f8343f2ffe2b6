/** What opens beside the page when it is asked for: sharing, exporting, the guide. Each is loaded then. */

import { define, h } from "./dom.js";
import { load } from "./loading.js";

/** Where it is remembered that the guide was put away. */
export const GUIDE = "whygrad-guide";

class Dialogs extends HTMLElement {
  /** @type {Map<string, any>} */
  made = new Map();

  /** @param {any} state @param {Set<string>} now */
  show(state, now) {
    this.state = state;
    for (const each of this.made.values()) each.show(state, now);
    if (!this.isBegun && state.opened && state.hasAddress) this.begin();
  }

  /** Who is here for the first time is shown around; among the cells of a notebook only who asks. */
  begin() {
    this.isBegun = true;
    if (this.closest(".within")) return;
    try {
      if (!window.localStorage.getItem(GUIDE)) this.bring("guide");
    } catch {
      // Where nothing can be remembered, it would come again and again.
    }
  }

  /** @param {string} name */
  async bring(name) {
    const { tag } = await load("parts", name);
    const known = this.made.get(name) ?? h(tag);
    if (!this.made.has(name)) {
      this.made.set(name, known);
      this.append(known);
      known.show(this.state, new Set(Object.keys(this.state)));
    }
    known.open();
  }
}

define("wg-dialogs", Dialogs);
