/** The host of a notebook: an anywidget in the output of a cell, and a kernel that drives the run. */

import { begin, sent, take } from "../answers.js";
import { h } from "../dom.js";
import lab from "../lab.js";
import { shareTab } from "../memory.js";
import { modelOf } from "../model.js";

/** Milliseconds without an answer, after which the page says so. */
const PATIENCE = 6000;
/** What is answered in any case, and by what. */
const ANSWERED = new Set(["open", "step", "go", "play", "pause", "reset", "look", "change", "set-weight"]);
const ANSWERS = new Set(["frame", "said"]);

shareTab();

export default { render };

/**
 * Show the lab in the output of a cell.
 *
 * @param {{model: any, el: HTMLElement}} place anywidget's model, and where it is shown
 * @returns {() => void} what the notebook calls when the output is taken away
 */
function render({ model: kernel, el }) {
  const inside = h("div", { class: "within" });
  const host = new WidgetHost(kernel);
  let isLeft = false;
  // A notebook's styles do not reach in, the lab's not out, and JupyterLab's keys are not for what has the focus here.
  const home = h("div", { "data-lm-suppress-shortcuts": "true" });
  const root = home.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheetOf(kernel.get("styles"))];
  root.append(h("div", { class: "room" }, inside));
  el.append(home);
  whenThere(inside, () => {
    if (isLeft) return;
    lab.render({ model: Object.assign(host.model, { retry: () => host.open() }), el: inside });
    inside.addEventListener("keydown", (/** @type {Event} */ event) => event.stopPropagation());
    host.open();
  });
  return () => {
    isLeft = true;
    host.leave();
  };
}

/** Fonts belong to the whole document, wherever they are named. @param {string} styles */
function sheetOf(styles) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  for (const rule of sheet.cssRules) {
    if (!(rule instanceof CSSFontFaceRule)) continue;
    const [family, src] = ["font-family", "src"].map((name) => rule.style.getPropertyValue(name));
    document.fonts.add(new FontFace(family.replaceAll('"', ""), src));
  }
  return sheet;
}

/** A notebook may put the output into the page after it was drawn. @param {Node} node @param {() => void} then */
function whenThere(node, then) {
  if (node.isConnected) then();
  else requestAnimationFrame(() => whenThere(node, then));
}

class WidgetHost {
  /** @param {any} kernel */
  constructor(kernel) {
    this.kernel = kernel;
    this.model = modelOf((request) => this.send(request));
    this.heard = (/** @type {any} */ answer) => this.hear(answer);
    this.silence = 0;
    /** Whether this view asked for a file: others of the same widget hear of it as well. */
    this.isUsing = false;
    begin(this.model);
    kernel.on("msg:custom", this.heard);
  }

  open() {
    this.send({ do: "open" });
  }

  /** @param {{do: string} & Record<string, any>} request */
  send(request) {
    if (request.do === "use") this.isUsing = true;
    sent(this.model, request);
    if (ANSWERED.has(request.do) && !this.silence) this.silence = window.setTimeout(() => this.miss(), PATIENCE);
    this.kernel.send(request);
  }

  /** @param {any} answer */
  hear(answer) {
    if (ANSWERS.has(answer.is)) {
      clearTimeout(this.silence);
      this.silence = 0;
    }
    if (this.model.get("connection").state !== "open") this.model.set("connection", { state: "open" });
    if (answer.is === "file" && !this.isUsing) return;
    // The address is the notebook's: it leads to no other page of the lab.
    take(this.model, answer.is === "opened" ? { ...answer, pages: [] } : answer);
  }

  /** The kernel is busy with a cell, or gone. */
  miss() {
    this.silence = 0;
    this.model.set("waiting", null);
    this.model.set("connection", { state: "silent", since: new Date() });
  }

  /** Nobody looks any more, so nothing goes on by itself. */
  leave() {
    clearTimeout(this.silence);
    this.kernel.off("msg:custom", this.heard);
    try {
      this.kernel.send({ do: "pause" });
    } catch {
      // The kernel is gone before its output.
    }
  }
}
