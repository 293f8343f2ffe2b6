/**
 * A plain text area with marks beside its lines.
 *
 * Behind it lies the same text, line by line and broken where the area breaks it: from there it is known where a line
 * is, and there a line is tinted. A mark has as much room as there is until the next one; what is longer opens where
 * the cursor is.
 */

import { assign, h } from "../dom.js";
import { groupNodes, groupsOf } from "./check-marks.js";

/** Milliseconds without a key after which a line counts as written. */
const SETTLED = 1500;
/** What may move the cursor. */
const MOVES = ["blur", "click", "focus", "keyup", "select", "selectionchange"];
const EXAMPLE = "net_H1 = 0.15·0.05 + 0.20·0.10 + 0.35 = 0.3775\nout_H1 = σ(0.3775) ≈ 0.5933";

export class Sheet {
  /** @type {any[]} */
  groups = [];
  /** @type {string[]} the lines that were marked */
  marked = [];
  /** @type {string[]} the lines as they are */
  lines = [];
  kept = { before: 0, behind: 0 };
  /** The line whose marks are open because the cursor is there; -1 where nobody looked yet. */
  shown = -1;
  /** The line that was being written when marks were drawn, 0 where none was. */
  written = 0;
  lastKey = -Infinity;
  timer = 0;

  /** @param {{typed: () => void, why: (quantity: any) => void, settled: () => void}} heard */
  constructor(heard) {
    this.heard = heard;
    this.ways = { goTo: (/** @type {number} */ line) => this.goTo(line), why: heard.why };
    this.field = h("textarea", {
      "aria-label": "Your notes",
      spellcheck: "false",
      autocapitalize: "off",
      autocomplete: "off",
      rows: 1,
      placeholder: EXAMPLE,
      oninput: () => this.keyed(),
    });
    for (const each of MOVES) this.field.addEventListener(each, () => this.look());
    this.behind = h("div", { class: "behind", "aria-hidden": "true" });
    this.list = h("ol", { class: "marks", "aria-label": "Marks, line by line" });
    this.list.addEventListener("mousedown", (/** @type {any} */ event) => stay(event));
    const paper = h("div", { class: "paper" }, this.behind, this.field);
    this.root = h("div", { class: "sheet" }, paper, this.list);
    new ResizeObserver(() => this.arrange()).observe(this.behind);
  }

  keyed() {
    this.lastKey = performance.now();
    this.heard.typed();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.settle(), SETTLED);
  }

  settle() {
    this.look();
    this.heard.settled();
  }

  /** Whether something is being written right now. */
  get isFresh() {
    return this.hasFocus && performance.now() - this.lastKey < SETTLED;
  }

  /** Whether that is a line which has nothing to be proud of yet. */
  get hasFresh() {
    return this.groups.some((each) => each.isFresh);
  }

  get hasFocus() {
    return /** @type {Document | ShadowRoot} */ (this.field.getRootNode()).activeElement === this.field;
  }

  /** The line of the cursor, from 1 on; 0 where it is not in the notes. */
  get here() {
    return this.hasFocus ? this.field.value.slice(0, this.field.selectionStart).split("\n").length : 0;
  }

  /** The text behind, as the notes are now; a mark stays with the line that it was made of, as long as that is there. */
  follow() {
    this.lines = this.field.value.split("\n");
    this.kept = alike(this.marked, this.lines);
    const { children } = this.behind;
    while (children.length > this.lines.length) children[children.length - 1].remove();
    for (const [place, text] of this.lines.entries()) {
      const line = children[place] ?? this.behind.appendChild(h("div", { class: "line" }));
      if (line.textContent !== text) line.textContent = text;
    }
    this.arrange();
  }

  /**
   * @param {any[]} marks
   * @param {string} text of which they are
   */
  marks(marks, text) {
    this.marked = text.split("\n");
    this.lines = this.field.value.split("\n");
    this.kept = alike(this.marked, this.lines);
    this.groups = groupsOf(marks);
    this.draw();
    this.age(false);
  }

  /** @param {boolean} isOld */
  age(isOld) {
    assign(this.root, "data-stale", isOld);
    assign(this.list, "aria-busy", isOld ? "true" : null);
  }

  draw() {
    this.written = this.line();
    this.shown = -1;
    this.list.replaceChildren(...this.groups.map((each) => this.item(each)));
    this.look();
    this.follow();
  }

  /** @param {any} group */
  item(group) {
    const isFresh = this.written !== 0 && group.kind !== "right" && this.holds(group, this.written);
    group.isFresh = isFresh;
    const nodes = groupNodes(group, isFresh, this.ways);
    const more = h(
      "button",
      { type: "button", class: "more", "aria-expanded": "false", onclick: () => this.open(group) },
      "more",
    );
    assign(more, "aria-label", `More on line ${group.line}`);
    group.more = more;
    group.item = h("li", { "data-kind": isFresh ? "fresh" : group.kind }, ...nodes, more);
    return group.item;
  }

  /** The line that is being written, 0 where none is. */
  line() {
    return this.isFresh ? this.here : 0;
  }

  /** @param {any} group @param {number} line */
  holds(group, line) {
    const shift = this.shiftOf(group);
    return shift !== null && group.line + shift <= line && line <= group.until + shift;
  }

  /** By how many lines a mark has moved since it was made; null where its lines are not there any more. @param {any} group */
  shiftOf({ line, until }) {
    const [old, now] = [this.marked, this.lines];
    if (until <= this.kept.before) return 0;
    return line > old.length - this.kept.behind ? now.length - old.length : null;
  }

  /** What is open and what is being written changes with the cursor and with time. */
  look() {
    const here = this.here;
    if (this.written !== this.line() && this.groups.length > 0) {
      this.written = this.line();
      for (const each of this.groups) {
        const isFresh = this.written !== 0 && each.kind !== "right" && this.holds(each, this.written);
        if (isFresh === each.isFresh) continue;
        each.item.replaceWith(this.item(each));
        this.shown = -1;
      }
      this.arrange();
    }
    if (here === this.shown) return;
    this.shown = here;
    for (const each of this.groups) this.unfold(each, here !== 0 && this.holds(each, here));
  }

  /** @param {any} group @param {boolean} isOpen */
  unfold(group, isOpen) {
    group.item.classList.toggle("open", isOpen);
    assign(group.more, "aria-expanded", isOpen ? "true" : "false");
  }

  /** @param {any} group */
  open(group) {
    const isOpen = !group.item.classList.contains("open");
    for (const each of this.groups) this.unfold(each, each === group && isOpen);
  }

  /** Each mark beside its line, with the room that there is until the next one. */
  arrange() {
    const lines = [...this.behind.children];
    const tops = lines.map((each) => each.offsetTop);
    /** @type {Map<number, any>} */
    const beside = new Map();
    const placed = this.groups.map((each) => ({ ...each, at: this.shiftOf(each) }));
    for (const [place, { item, line, until, at, kind, marks, isFresh }] of placed.entries()) {
      item.hidden = at === null;
      if (at === null) continue;
      const next = placed.slice(place + 1).find((each) => each.at !== null);
      const top = tops[line + at - 1] ?? 0;
      item.style.top = `${top}px`;
      item.style.maxHeight = next ? `${tops[next.line + next.at - 1] - top}px` : "";
      for (let each = line; each <= until; each += 1) {
        beside.set(each + at, isFresh ? {} : { kind, sign: each === line ? marks[0].sign : null });
      }
    }
    for (const [place, each] of lines.entries()) {
      assign(each, "data-kind", beside.get(place + 1)?.kind);
      assign(each, "data-sign", beside.get(place + 1)?.sign);
    }
    // Everything is measured before anything changes: else each measure would lay out the page anew.
    const longer = this.groups.map(({ item }) => item.scrollHeight > item.clientHeight + 2);
    for (const [place, { more }] of this.groups.entries()) more.hidden = !longer[place];
  }

  /** Put the cursor on a line, and show it. @param {number} line */
  goTo(line) {
    const group = this.groups.find((each) => each.line <= line && line <= each.until);
    const place = Math.min(line + (group ? (this.shiftOf(group) ?? 0) : 0), this.lines.length);
    const start = this.lines.slice(0, place - 1).reduce((sum, each) => sum + each.length + 1, 0);
    this.field.focus({ preventScroll: true });
    this.field.setSelectionRange(start, start + (this.lines[place - 1]?.length ?? 0));
    this.behind.children[place - 1]?.scrollIntoView({ block: "nearest" });
  }
}

/**
 * How many lines are the same as they were, from the beginning and from the end.
 *
 * @param {string[]} old
 * @param {string[]} now
 */
function alike(old, now) {
  const most = Math.min(old.length, now.length);
  let [before, behind] = [0, 0];
  while (before < most && old[before] === now[before]) before += 1;
  while (behind < most - before && old[old.length - 1 - behind] === now[now.length - 1 - behind]) behind += 1;
  return { before, behind };
}

/** The cursor stays where it is when a button of a mark is pressed: what is open there would close. @param {any} event */
function stay(event) {
  if (event.target.closest("button")) event.preventDefault();
}
