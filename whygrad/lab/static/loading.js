/**
 * Parts of the page that load when they are first looked at. A page without a server has its own of this file.
 *
 * A module that exports `isStyled` has a style sheet of the same name beside it.
 */

import { h } from "./dom.js";

/** @type {Map<string, Promise<any>>} */
const loaded = new Map();

/**
 * A module by the folder of its kind and its name.
 *
 * @param {"panels" | "pages" | "parts"} kind
 * @param {string} name
 * @returns {Promise<any>}
 */
export function load(kind, name) {
  const path = `./${kind}/${name}`;
  const found = loaded.get(path) ?? complete(path);
  loaded.set(path, found);
  return found;
}

/** @param {string} path */
async function complete(path) {
  const module = await import(`${path}.js`);
  if (module.isStyled) await styled(new URL(`${path}.css`, import.meta.url).href);
  return module;
}

/** @param {string} href */
function styled(href) {
  const link = h("link", { rel: "stylesheet", href });
  return new Promise((done) => {
    link.addEventListener("load", done);
    link.addEventListener("error", done);
    document.head.append(link);
  });
}
