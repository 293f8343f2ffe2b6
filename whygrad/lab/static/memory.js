/** What a tab remembers for one lab until it is closed. */

let isShared = false;

/** Several labs have this tab, as in a notebook: none remembers, so that none finds what another one kept. */
export function shareTab() {
  isShared = true;
}

/** @returns {Storage | null} some browsers forbid it */
export function tabMemory() {
  try {
    return isShared ? null : window.sessionStorage;
  } catch {
    return null;
  }
}
