/** The part of the address behind "#": which page is shown, and a session that was handed on. */

const OPENED = "whygrad-state";

/** @returns {URLSearchParams} */
function parts() {
  return new URLSearchParams(window.location.hash.slice(1));
}

/** @param {"page" | "state"} name */
export function partOf(name) {
  return parts().get(name) ?? "";
}

/**
 * The address with another part; "" takes it away.
 *
 * @param {"page" | "state"} name
 * @param {string} value
 */
export function withPart(name, value) {
  const found = parts();
  if (value) found.set(name, value);
  else found.delete(name);
  return `#${found}`;
}

/** A session stands in the address from now on, and is open already; "" where none does. @param {string} state */
export function putState(state) {
  remember(state);
  if (state || partOf("state")) window.history.replaceState(window.history.state, "", withPart("state", state));
}

/** The session in the address, where it was not opened yet; from now on it was. @returns {string} */
export function newState() {
  const state = partOf("state");
  if (!state || state === opened) return "";
  remember(state);
  return state;
}

/** What was opened or handed on last: kept for a reload, where the browser allows that. */
let opened = remembered();

function remembered() {
  try {
    return window.sessionStorage.getItem(OPENED) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} state */
function remember(state) {
  opened = state;
  try {
    window.sessionStorage.setItem(OPENED, state);
  } catch {
    // It is opened again after a reload.
  }
}
