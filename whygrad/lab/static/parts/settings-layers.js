/**
 * The layers of the network as settings: each by itself, and one more or less of them.
 *
 * @typedef {import("./settings-field.js").Field} Field
 * @typedef {import("./settings-fields.js").Choices} Choices
 */

import { choice, plain } from "./settings-field.js";

const KEY = "network.layers";
/** What can be added, in the short form and as a record; a residual block spans a layer of as many units. */
const ADDED = [
  { label: "Add layer", text: () => "8 relu", layer: () => ({ type: "dense", units: 8, activation: "relu" }) },
  { label: "Add dropout", text: () => "dropout 0.2", layer: () => ({ type: "dropout", rate: 0.2 }) },
  { label: "Add layer norm", text: () => "layer-norm", layer: () => ({ type: "layer-norm" }) },
  { label: "Add batch norm", text: () => "batch-norm", layer: () => ({ type: "batch-norm" }) },
  {
    label: "Add residual",
    text: (/** @type {number} */ units) => `residual (${units} relu)`,
    layer: (/** @type {number} */ units) => ({
      type: "residual",
      layers: [{ type: "dense", units, activation: "relu" }],
    }),
  },
];

/** @param {any} network @param {number} inputs how many there are @param {Choices} choices @returns {Field[]} */
export function layerFields({ layers }, inputs, choices) {
  return typeof layers === "string" ? shortFields(layers, inputs, choices) : listedFields(layers, inputs, choices);
}

/**
 * The layers as one line, and of each what stands in it.
 *
 * @param {string} line
 * @param {number} inputs
 * @param {Choices} choices
 * @returns {Field[]}
 */
function shortFields(line, inputs, choices) {
  const [first, ...layers] = entries(line);
  const joined = (/** @type {string[]} */ changed) => [first, ...changed].join(" -> ");
  const fields = layers.flatMap((text, at) => {
    const isLast = at === layers.length - 1;
    const replaced = (/** @type {string} */ other) =>
      joined(layers.map((each, place) => (place === at ? other : each)));
    const gone = joined(layers.filter((_, place) => place !== at));
    const own = [...entryFields(text, at + 1, replaced, choices), ...(isLast ? [] : [removal(at + 1, gone)])];
    return own.map((each) => ({ ...each, row: `layer ${at}` }));
  });
  const units = Number(last(layers, (each) => /^\d+/.test(each))?.match(/^\d+/)?.[0] ?? inputs);
  const more = ADDED.map(({ label, text }) =>
    action(label, joined([...layers.slice(0, -1), text(units), ...layers.slice(-1)])),
  );
  return [plain(KEY, "Layers", "text", line), ...fields, ...more];
}

/** Entries between arrows, those inside brackets left together. @param {string} line @returns {string[]} */
export function entries(line) {
  let depth = 0;
  const marked = line.replace(/->|→|[()]/g, (sign) => {
    depth += sign === "(" ? 1 : sign === ")" ? -1 : 0;
    return depth > 0 || sign === ")" || sign === "(" ? sign : "\n";
  });
  return marked.split("\n").map((each) => each.trim());
}

/**
 * What can be changed in one entry.
 *
 * @param {string} text
 * @param {number} place
 * @param {(other: string) => string} replaced
 * @param {Choices} choices
 * @returns {Field[]}
 */
function entryFields(text, place, replaced, choices) {
  const [, units, activation = "linear"] = text.match(/^(\d+|out)(?:\s+([a-z-]+))?$/) ?? [];
  const [, rate] = text.match(/^dropout\s+(\S+)$/) ?? [];
  const at = `layers.${place}`;
  if (units) {
    const count = {
      ...plain(KEY, `Units of layer ${place}`, "whole", units, `${at}.units`),
      sent: (/** @type {number} */ typed) => replaced(`${typed} ${activation}`),
    };
    const chosen = choice(KEY, `Activation of layer ${place}`, choices.activation, activation, (name) =>
      replaced(`${units} ${name}`),
    );
    return [...(units === "out" ? [] : [count]), { ...chosen, id: `${at}.activation` }];
  }
  if (rate) {
    const dropped = plain(KEY, `Dropout rate of layer ${place}`, "share", rate, `${at}.rate`);
    return [{ ...dropped, sent: (/** @type {number} */ typed) => replaced(`dropout ${typed}`) }];
  }
  return [{ ...plain(KEY, `Layer ${place}`, "text", text, `${at}.text`), sent: replaced }];
}

/**
 * Layers listed one by one: their units may have names, then only the activation is offered.
 * @param {any[]} layers
 * @param {number} inputs
 * @param {Choices} choices
 * @returns {Field[]}
 */
function listedFields(layers, inputs, choices) {
  // The weights of other layers are drawn, so none are listed any more.
  const full = layers.map((each) => ("wiring" in each ? { ...each, wiring: "full" } : each));
  const fields = layers.flatMap((layer, at) => {
    const name = layer.name || `layer ${at + 1}`;
    const changed = (/** @type {any} */ change) =>
      full.map((each, place) => (place === at ? { ...each, ...change } : each));
    const gone = full.filter((_, place) => place !== at);
    const own = layerFieldsOf(layer, name, `layers.${at}`, changed, choices);
    return [...own, ...(at === layers.length - 1 ? [] : [removal(name, gone)])].map((each) => ({
      ...each,
      row: `layer ${at}`,
    }));
  });
  const units = widthOf(last(full, (each) => each.type === "dense")) ?? inputs;
  const more = ADDED.map(({ label, layer }) => action(label, [...full.slice(0, -1), layer(units), full.at(-1)]));
  return [...fields, ...more];
}

/**
 * @param {any} layer
 * @param {string} name
 * @param {string} id
 * @param {(change: any) => any[]} changed
 * @param {Choices} choices
 * @returns {Field[]}
 */
function layerFieldsOf(layer, name, id, changed, choices) {
  const key = `${KEY}.${id.split(".")[1]}`;
  if (layer.type === "dropout")
    return [plain(`${key}.rate`, `Dropout rate of ${name}`, "share", layer.rate, `${id}.rate`)];
  if (layer.type !== "dense") return [];
  const activation = choice(`${key}.activation`, `Activation of ${name}`, choices.activation, layer.activation);
  const units = {
    ...plain(KEY, `Units of ${name}`, "whole", layer.units, `${id}.units`),
    sent: (/** @type {number} */ count) => changed({ units: count }),
  };
  return [
    ...(typeof layer.units === "number" ? [/** @type {Field} */ (units)] : []),
    { ...activation, id: `${id}.activation` },
  ];
}

/**
 * The last of the layers before the output that is of a kind.
 *
 * @template T
 * @param {T[]} layers
 * @param {(layer: T) => boolean} isOne
 * @returns {T | undefined}
 */
function last(layers, isOne) {
  return layers.slice(0, -1).reverse().find(isOne);
}

/** How many units a dense layer has. @param {any} layer @returns {number | undefined} */
function widthOf(layer) {
  return Array.isArray(layer?.units) ? layer.units.length : layer?.units;
}

/** @param {string | number} name @param {any} layers what is left @returns {Field} */
function removal(name, layers) {
  return action(typeof name === "number" ? `Remove layer ${name}` : `Remove ${name}`, layers);
}

/** A button that sends other layers. @param {string} label @param {any} layers @returns {Field} */
function action(label, layers) {
  return { ...plain(KEY, label, "action", "", `action ${label}`), row: "added", sent: () => layers };
}
