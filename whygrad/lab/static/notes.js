/** What the lab says: notes and errors, and whether its server is there. */

import { define, h, tell, write } from "./dom.js";

/** Notes go by themselves, in milliseconds; errors stay until they are put away. */
const READING = 15_000;

/** @type {Record<string, {what: string, then: string, button: string}>} */
const GONE = {
  lost: { what: "The lab's server is gone.", then: "The page keeps trying to reach it.", button: "Try now" },
  taken: { what: "This run is open in another page.", then: "It goes on there.", button: "Take it back" },
  silent: { what: "The notebook's kernel does not answer.", then: "It may be busy with a cell; if it is gone, run the cell again.", button: "Ask again" },
};

class Notes extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    this.gone = h("div", { class: "gone", role: "alert", hidden: true });
    this.list = h("ul", { "aria-live": "polite", "aria-label": "Messages" });
    this.append(this.gone, this.list);
  }

  /** @param {any} state @param {Set<string>} now */
  show({ connection, notes }, now) {
    if (now.has("connection")) this.showConnection(connection);
    if (now.has("notes")) this.showNotes(notes);
  }

  /** @param {any} connection */
  showConnection(connection) {
    const words = GONE[connection?.state];
    this.gone.hidden = !words;
    if (!words) return this.gone.replaceChildren();
    if (!this.gone.firstChild) {
      const retry = h("button", { type: "button", onclick: () => tell(this, "wg-retry", null) });
      this.gone.append(h("p", {}, h("strong"), " ", h("span")), retry);
    }
    write(this.gone.querySelector("strong"), words.what);
    write(
      this.gone.querySelector("span"),
      `What you see is as it was at ${connection.since.toLocaleTimeString()}. ${words.then}`,
    );
    write(this.gone.querySelector("button"), words.button);
  }

  /** @param {any[]} notes */
  showNotes(notes) {
    const known = new Map([...this.list.children].map((each) => [each.dataset.id, each]));
    this.list.replaceChildren(...notes.map((each) => known.get(String(each.id)) ?? this.note(each)));
  }

  /** @param {any} said */
  note(said) {
    const away = () => tell(this, "wg-dismiss", said.id);
    const dismiss = h("button", { type: "button", "aria-label": "Put away", onclick: away }, "×");
    if (said.kind === "note") setTimeout(away, READING);
    return h(
      "li",
      { class: `kind-${said.kind}`, "data-id": said.id, role: said.kind === "error" ? "alert" : null },
      h("div", {}, ...sentences(said)),
      dismiss,
    );
  }
}

/**
 * An error in sentences: what, why, and one way on; its code to look it up by.
 *
 * @param {any} said
 * @returns {Node[]}
 */
export function sentences(said) {
  const what = h("p", { class: "what" }, said.code && h("code", {}, said.code), said.code && " ", said.what);
  return [what, said.why && h("p", {}, said.why), said.advice && h("p", { class: "advice" }, said.advice)].filter(
    Boolean,
  );
}

define("wg-notes", Notes);
