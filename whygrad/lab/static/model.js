/**
 * What the lab shows, in one place: the slice of anywidget's model that every host can give.
 *
 * @typedef {object} Model
 * @property {(key: string) => any} get
 * @property {(key: string, value: any) => void} set
 * @property {(event: string, heard: () => void) => void} on `change:key`
 * @property {(request: {do: string} & Record<string, any>) => void} send
 */

/**
 * A model that asks its host through `send`.
 *
 * @param {(request: {do: string} & Record<string, any>) => void} send
 * @returns {Model}
 */
export function modelOf(send) {
  /** @type {Map<string, any>} */
  const values = new Map();
  /** @type {Map<string, Array<() => void>>} */
  const heard = new Map();
  return {
    get: (key) => values.get(key),
    set(key, value) {
      values.set(key, value);
      for (const each of heard.get(`change:${key}`) ?? []) each();
    },
    on: (event, listener) => void heard.set(event, [...(heard.get(event) ?? []), listener]),
    send,
  };
}
