/** The keys of the lab: they belong to its element, so that a slider or a text field keeps its own. */

const TYPING = "input, select, textarea, dialog, [contenteditable]";
const PRESSED = "button, summary, a, [role=button]";

/**
 * What a key asks for; null where it asks for nothing, or belongs to what has the focus.
 *
 * @param {KeyboardEvent} event
 * @param {any} frame what is seen now
 * @returns {({do: string} & Record<string, any>) | null}
 */
export function requestOf(event, frame) {
  const target = event.target instanceof Element ? event.target : null;
  if (!frame || event.ctrlKey || event.metaKey || event.altKey || target?.closest(TYPING)) return null;
  if (target && isScrolled(target) && event.key.startsWith("Arrow")) return null;
  const unit = event.shiftKey ? "update" : "move";
  if (event.key === "ArrowRight") return { do: "step", unit };
  if (event.key === "ArrowLeft") return { do: "step", unit, back: true };
  if (event.key === "r" || event.key === "R") return { do: "reset" };
  if (event.key === " " && !target?.closest(PRESSED)) return frame.playing ? { do: "pause" } : { do: "play" };
  return null;
}

/** What is wider than its frame is scrolled by the arrows while it has the focus. @param {Element} target */
function isScrolled(target) {
  return target.matches("[tabindex='0']") && target.scrollWidth > target.clientWidth + 1;
}
