/**
 * Runs that were kept to compare others with them: what is different in them, and whether they began the same.
 *
 * One of them is what the tool "keep" tells, with its `mark` (a number) and its `line` in the picture of the losses.
 */

import { ask, define, h, svg, tell } from "../dom.js";
import { tabMemory } from "../memory.js";
import { exact } from "../numbers.js";

export const tag = "wg-kept";
export const isStyled = true;

const KEPT = "whygrad-kept";
/** Characters that a tab remembers of all of them; the oldest is forgotten at a reload where there is more. */
const MOST = 2_000_000;
const LISTED = 4;
const HINT = "Change one thing and reset: the new run begins the same, and both are drawn.";

class Kept extends HTMLElement {
  /** @type {any[]} of what the list was made */
  drawn = [];
  isRestored = false;

  connectedCallback() {
    if (this.firstChild) return;
    this.list = h("ul", { "aria-label": "Kept runs" });
    this.hint = h("p", { class: "note" }, HINT);
    this.append(this.list, this.hint);
  }

  /** @param {any} state @param {Set<string>} now */
  show({ kept, opened, told, frame }, now) {
    if (!this.isRestored) {
      this.isRestored = true;
      const before = restored();
      if (before.length && !kept.length) return tell(this, "wg-kept", before);
    }
    this.kept = kept;
    if (now.has("told") && told.keep && told.keep !== this.seen) {
      this.seen = told.keep;
      return this.set([...kept, taken(told.keep, kept)]);
    }
    const drawn = [kept, opened?.experiment, JSON.stringify(frame?.origin)];
    this.hidden = kept.length === 0;
    if (!opened || (this.drawn.length && drawn.every((each, place) => each === this.drawn[place]))) return;
    this.drawn = drawn;
    this.list.replaceChildren(...kept.map((/** @type {any} */ each) => this.item(each, opened, frame?.origin)));
  }

  /** @param {any[]} kept */
  set(kept) {
    remember(kept);
    tell(this, "wg-kept", kept);
  }

  /** @param {any} run @param {any} opened @param {any} origin */
  item(run, opened, origin) {
    const away = () => this.set(this.kept.filter((/** @type {any} */ each) => each !== run));
    const again = () => ask(this, { do: "open", experiment: run.text });
    const begins = beginning(run.origin, origin);
    return h(
      "li",
      {},
      swatch(run.line.kind),
      h(
        "p",
        {},
        h("strong", {}, `${run.mark}: ${titleOf(run, opened.experiment)}`),
        h("br"),
        `${run.end} updates; `,
        h("span", { class: begins ? "unlike" : "like" }, begins || "begins the same as the run now"),
      ),
      button("Start again with it", `Start again with run ${run.mark}`, again),
      button("Put away", `Put run ${run.mark} away`, away),
    );
  }
}

/** @param {string} face @param {string} name @param {() => void} onclick */
function button(face, name, onclick) {
  return h("button", { type: "button", "aria-label": name, onclick }, face);
}

/** What is kept of a run that was told just now. @param {any} data @param {any[]} kept */
function taken(data, kept) {
  const mark = [1, 2, 3, 4, 5].find((each) => !kept.some((run) => run.mark === String(each)));
  const { losses, ...rest } = data;
  const points = losses.updates.map((/** @type {number} */ place, /** @type {number} */ at) => ({
    place,
    value: losses.values[at],
  }));
  const line = { kind: `kept k${mark}`, mark: String(mark), points };
  return { ...rest, mark: String(mark), line };
}

/** Why a run does not begin as another; empty where it does. @param {any} one @param {any} other */
function beginning(one, other) {
  if (!other) return "";
  const differ = ["data", "weights"].filter((each) => one[each] !== other[each]);
  return differ.length ? `begins with other ${differ.join(" and ")} than the run now` : "";
}

/**
 * What is different in a kept run, in words.
 *
 * @param {any} run
 * @param {any} experiment of now
 */
export function titleOf(run, experiment) {
  const found = differences(run.experiment, experiment);
  const rest = found.length - LISTED;
  const words = [...found.slice(0, LISTED), ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
  const changed = run.changed.length ? ` (changed on the way, at update ${run.changed.join(", ")})` : "";
  return `${words || "the same settings"}${changed}`;
}

/** The settings that differ, each with its value in the first. @param {any} one @param {any} other */
function differences(one, other) {
  const [here, there] = [flat(one), flat(other)];
  const keys = [...new Set([...here.keys(), ...there.keys()])].filter(
    (key) => key !== "title" && here.get(key) !== there.get(key),
  );
  const groups = new Map();
  for (const key of keys) {
    const group = key.split(".").slice(0, 2).join(".");
    groups.set(group, [...(groups.get(group) ?? []), key]);
  }
  // Where much of a record differs, it is another record.
  return [...groups].flatMap(([group, inside]) => {
    const name = `${group}.name`;
    if (inside.includes(name)) return [`${worded(group)} ${here.get(name) ?? "none"}`];
    if (inside.length > 2) return [`other ${worded(group)}`];
    return inside.map((/** @type {string} */ key) => `${worded(key)} ${here.get(key) ?? "none"}`);
  });
}

/** Every setting by its whole key. @param {any} value @param {string} [key] @returns {Map<string, string>} */
function flat(value, key = "") {
  if (typeof value === "number") return new Map([[key, exact(value)]]);
  if (value === null || typeof value !== "object") return new Map([[key, String(value)]]);
  return new Map(Object.entries(value).flatMap(([name, each]) => [...flat(each, key ? `${key}.${name}` : name)]));
}

/** A key in words: without its section, layers counted from 1. @param {string} key */
function worded(key) {
  const parts = key.split(".").slice(1);
  const words = parts.map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : part.replaceAll("_", " ")));
  return words.join(" ");
}

/** @param {string} kind */
function swatch(kind) {
  const line = svg("path", { class: kind, d: "M1 5H29" });
  return svg("svg", { class: "swatch", width: 30, height: 10, "aria-hidden": "true" }, line);
}

/** @returns {any[]} */
function restored() {
  try {
    return JSON.parse(tabMemory()?.getItem(KEPT) ?? "[]");
  } catch {
    return [];
  }
}

/** @param {any[]} kept */
function remember(kept) {
  let text = JSON.stringify(kept);
  for (let rest = kept; text.length > MOST; text = JSON.stringify(rest)) rest = rest.slice(1);
  try {
    if (kept.length) tabMemory()?.setItem(KEPT, text);
    else tabMemory()?.removeItem(KEPT);
  } catch {
    // They are kept until the page is closed.
  }
}

define(tag, Kept);
