/**
 * The settings that the page offers for an experiment: where each stands, what it is now, and what is sent for another.
 *
 * @typedef {typeof CHOICES} Choices
 *
 * @typedef {object} Field
 * @property {string} id
 * @property {string} group
 * @property {string} label
 * @property {"number" | "whole" | "text" | "choice"} kind
 * @property {string[]} [choices]
 * @property {string} value as it is shown
 * @property {string} key the section and key that is sent
 * @property {(value: any) => any} sent the value of that key, from what was typed
 */

import { CHOICES } from "./choices.js";

/**
 * @param {any} experiment as the lab opened it
 * @param {Choices} [choices]
 * @returns {Field[]}
 */
export function fieldsOf(experiment, choices = CHOICES) {
  return [
    ...trainingFields(experiment.training, choices),
    ...networkFields(experiment.network, choices),
    ...dataFields(experiment.data, choices),
  ];
}

/** @param {any} training @param {Choices} choices @returns {Field[]} */
function trainingFields(training, choices) {
  const { optimizer, loss } = training;
  const constants = Object.keys(optimizer).filter((name) => typeof optimizer[name] === "number");
  return [
    plain("training.learning_rate", "Learning rate", "number", training.learning_rate),
    choice("training.optimizer", "Optimizer", choices.optimizer, optimizer.name, (name) => ({ name })),
    ...constants.map((name) => within("training.optimizer", optimizer, name)),
    choice("training.loss", "Loss", choices.loss, loss.name, (name) => ({ ...loss, name })),
    {
      ...choice("training.loss", "Over the rows", choices.reduction, loss.reduction, (reduction) => ({
        ...loss,
        reduction,
      })),
      id: "training.loss.reduction",
    },
    { ...plain("training.batch_size", "Batch size", "text", training.batch_size), sent: countOrWord },
    choice("training.order", "Order of the rows", choices.order, training.order),
    plain("training.seed", "Seed", "whole", training.seed),
    plain("training.l2", "L2 penalty", "number", training.l2),
    plain("training.l1", "L1 penalty", "number", training.l1),
    plain("training.weight_decay", "Weight decay", "number", training.weight_decay),
  ].map((each) => ({ ...each, group: "Training" }));
}

/** @param {any} network @param {Choices} choices @returns {Field[]} */
function networkFields(network, choices) {
  const fields =
    typeof network.layers === "string" ? shortFields(network.layers, choices) : listedFields(network.layers, choices);
  const { name } = network.initialiser;
  const initialisers = choices.initialiser.includes(name) ? choices.initialiser : [...choices.initialiser, name];
  const all = [
    ...fields,
    choice("network.initialiser", "Initialiser", initialisers, name, (chosen) => ({ name: chosen })),
  ];
  return all.map((each) => ({ ...each, group: "Network" }));
}

/** @param {any} data @param {Choices} choices @returns {Field[]} */
function dataFields({ toy }, choices) {
  if (!toy) return [];
  return [
    choice("data.toy", "Toy data", choices.toy, toy.name, (name) => ({ ...toy, name })),
    ...["rows", "noise", "seed"].map((name) => within("data.toy", toy, name, name === "noise" ? "number" : "whole")),
  ].map((each) => ({ ...each, group: "Data" }));
}

/** The layers as one line, and of each what stands in it. @param {string} layers @param {Choices} choices */
function shortFields(layers, choices) {
  const whole = plain("network.layers", "Layers", "text", layers);
  const parts = layers.split(/->|→/).map((each) => each.trim());
  const found = parts.map((part, place) => ({ place, words: part.split(/\s+/) })).slice(1);
  const dense = found.filter(({ words }) => /^(\d+|out)$/.test(words[0]) && words.length <= 2);
  const withPart = (/** @type {number} */ place, /** @type {string} */ text) =>
    parts.map((each, at) => (at === place ? text : each)).join(" -> ");
  return [
    whole,
    ...dense.flatMap(({ place, words: [units, activation = "linear"] }) => [
      ...(units === "out"
        ? []
        : [
            {
              ...plain("network.layers", `Units of layer ${place}`, "whole", units, `layers.${place}.units`),
              sent: (/** @type {number} */ count) => withPart(place, `${count} ${activation}`),
            },
          ]),
      {
        ...choice("network.layers", `Activation of layer ${place}`, choices.activation, activation, (chosen) =>
          withPart(place, `${units} ${chosen}`),
        ),
        id: `layers.${place}.activation`,
      },
    ]),
  ];
}

/**
 * Layers listed one by one: their units may have names, then only the activation is offered.
 * @param {any[]} layers
 * @param {Choices} choices
 */
function listedFields(layers, choices) {
  const changed = (/** @type {number} */ place, /** @type {any} */ change) =>
    layers.map((each, at) => (at === place ? { ...each, ...change } : each));
  return layers.flatMap((layer, place) => {
    if (layer.type !== "dense") return [];
    const name = layer.name || `layer ${place + 1}`;
    const id = `layers.${place}`;
    const activation = choice(
      "network.layers",
      `Activation of ${name}`,
      choices.activation,
      layer.activation,
      (chosen) => changed(place, { activation: chosen }),
    );
    const units = {
      ...plain("network.layers", `Units of ${name}`, "whole", layer.units, `${id}.units`),
      sent: (/** @type {number} */ count) => changed(place, { units: count }),
    };
    return [...(typeof layer.units === "number" ? [units] : []), { ...activation, id: `${id}.activation` }];
  });
}

/**
 * @param {string} key
 * @param {string} label
 * @param {Field["kind"]} kind
 * @param {any} value
 * @param {string} [id]
 * @returns {Field}
 */
function plain(key, label, kind, value, id = key) {
  return { id, key, label, kind, value: String(value), group: "", sent: (typed) => typed };
}

/**
 * @param {string} key
 * @param {string} label
 * @param {string[]} choices
 * @param {string} value
 * @param {(chosen: string) => any} [sent]
 * @returns {Field}
 */
function choice(key, label, choices, value, sent = (chosen) => chosen) {
  return { id: key, key, label, kind: "choice", choices, value, group: "", sent };
}

/**
 * A number inside of a record: the record is sent whole.
 * @param {string} key
 * @param {any} record
 * @param {string} name
 * @param {Field["kind"]} [kind]
 * @returns {Field}
 */
function within(key, record, name, kind = "number") {
  const label = `${record.name}: ${name.replaceAll("_", " ")}`;
  return {
    ...plain(key, label, kind, record[name], `${key}.${name}`),
    sent: (typed) => ({ ...record, [name]: typed }),
  };
}

/** A number of rows, or a word for one. @param {string} typed */
function countOrWord(typed) {
  return /^\d+$/.test(typed.trim()) ? Number(typed) : typed.trim();
}
