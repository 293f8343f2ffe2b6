/** The settings of the run: their form loads once the rest of the page is there. */

import { define } from "./dom.js";
import { load } from "./loading.js";

class Settings extends HTMLElement {
  /** @type {any} */
  form = null;
  isAsked = false;

  /** @param {any} state @param {Set<string>} now */
  show(state, now) {
    this.state = state;
    if (this.form) this.form.show(state, now);
    else if (state.opened && !this.isAsked) this.bring();
  }

  async bring() {
    this.isAsked = true;
    const { tag } = await load("parts", "settings");
    this.form = document.createElement(tag);
    this.append(this.form);
    this.form.show(this.state, new Set(Object.keys(this.state)));
  }
}

define("wg-settings", Settings);
