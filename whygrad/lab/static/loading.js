/** Parts of the page that load when they are first looked at. A page without a server has its own of this file. */

/**
 * A module by the folder of its kind and its name.
 *
 * @param {"panels" | "pages" | "parts"} kind
 * @param {string} name
 * @returns {Promise<any>}
 */
export function load(kind, name) {
  return import(`./${kind}/${name}.js`);
}
