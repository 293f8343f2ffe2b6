/**
 * Numbers changed by dragging a grip beside their field, and by the arrow keys up and down.
 *
 * A field that can be changed so says how in `data-slides`:
 * - "number": above zero, so that the same way is the same factor; "plain": of any sign; "share": from 0 to 1
 * - "whole": a whole number
 * It hears `wg-slide` with each new value, at most one on each frame of the screen and none while an answer is awaited,
 * and `wg-slid` at the end.
 */

import { tell } from "../dom.js";
import { read } from "../numbers.js";

/** Pixels that a press of a key stands for. */
const KEY = 10;
const FINER = 10;
/** Where a number begins that was 0. */
const LEAST = 1e-4;

/** @param {HTMLElement} root whose fields are to be dragged @returns {void} */
export function sliding(root) {
  root.addEventListener("pointerdown", (event) => {
    const grip = event.target instanceof Element ? event.target.closest(".grip") : null;
    const field = grip?.parentElement?.querySelector("input[data-slides]");
    if (grip && field && event.button === 0) drag(grip, /** @type {HTMLInputElement} */ (field), event);
  });
  root.addEventListener("keydown", (event) => {
    const way = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    const field = event.target instanceof HTMLInputElement ? event.target : null;
    const start = read(field?.value ?? "");
    if (!way || !field?.dataset.slides || start === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (event.repeat && field.closest("[data-waiting]")) return;
    const value = moved(start, way * KEY, field.dataset.slides, event.shiftKey);
    if (value === start) return;
    tell(field, "wg-slide", value);
    tell(field, "wg-slid", value);
  });
}

/**
 * @param {Element} grip
 * @param {HTMLInputElement} field
 * @param {PointerEvent} event
 */
function drag(grip, field, event) {
  const start = read(field.value);
  if (start === null || field.disabled) return;
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  // Each place of a run that goes on by itself would be a change of its own.
  if (field.closest("[data-playing]")) tell(field, "wg-ask", { do: "pause" });
  const drawn = new Drag(field, start, event.clientX);
  const move = (/** @type {any} */ each) => drawn.to(each.clientX, each.shiftKey);
  grip.addEventListener("pointermove", move);
  grip.addEventListener(
    "lostpointercapture",
    () => {
      grip.removeEventListener("pointermove", move);
      drawn.end();
    },
    { once: true },
  );
}

class Drag {
  /** @type {number | null} */
  wanted = null;
  isScheduled = false;
  isOver = false;

  /** @param {HTMLInputElement} field @param {number} start @param {number} from */
  constructor(field, start, from) {
    this.field = field;
    this.value = start;
    this.from = from;
    this.start = start;
  }

  /** @param {number} x @param {boolean} isFine */
  to(x, isFine) {
    this.wanted = moved(this.start, x - this.from, this.field.dataset.slides ?? "", isFine);
    this.schedule();
  }

  end() {
    this.isOver = true;
    this.schedule();
  }

  schedule() {
    if (!this.isScheduled) requestAnimationFrame(() => this.send());
    this.isScheduled = true;
  }

  send() {
    this.isScheduled = false;
    if (this.wanted !== null && this.wanted !== this.value) {
      if (this.field.closest("[data-waiting]")) return this.schedule();
      this.value = this.wanted;
      tell(this.field, "wg-slide", this.value);
    }
    if (this.isOver) tell(this.field, "wg-slid", this.value);
  }
}

/**
 * Where a number comes to by so many pixels.
 *
 * @param {number} start
 * @param {number} pixels
 * @param {string} kind as `data-slides` says it
 * @param {boolean} isFine
 */
export function moved(start, pixels, kind, isFine) {
  const far = isFine ? pixels / FINER : pixels;
  if (kind === "whole") return start + Math.round(pixels / KEY);
  if (kind === "share") return Math.min(Math.max(rounded(start + far / 1000, isFine ? 1e-4 : 1e-3), 0), 1);
  if (kind === "number") {
    if (start === 0 && far <= 0) return 0;
    return Number(((start || LEAST) * 10 ** (far / 200)).toPrecision(isFine ? 3 : 2));
  }
  const unit = 10 ** Math.floor(Math.log10(Math.max(Math.abs(start), 0.1)) - 2) / (isFine ? FINER : 1);
  return rounded(start + pixels * unit, unit);
}

/** @param {number} value @param {number} unit */
function rounded(value, unit) {
  return Number((Math.round(value / unit) * unit).toPrecision(12));
}
