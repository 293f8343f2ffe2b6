/**
 * The settings that the page offers for an experiment: where each stands, what it is now, and what is sent for another.
 *
 * @typedef {typeof CHOICES} Choices
 * @typedef {import("./settings-field.js").Field} Field
 */

import { CHOICES, STARTS } from "./choices.js";
import { choice, plain } from "./settings-field.js";
import { layerFields } from "./settings-layers.js";

/**
 * @param {any} experiment as the lab opened it
 * @param {any} network its layers as they are drawn
 * @param {Choices} [choices]
 * @returns {Field[]}
 */
export function fieldsOf(experiment, network, choices = CHOICES) {
  const all = { ...CHOICES, ...choices };
  return [
    ...trainingFields(experiment.training, all),
    ...networkFields(experiment.network, network, all),
    ...dataFields(experiment.data, experiment.training.split, all),
    ...stoppingFields(experiment.training),
  ];
}

/** @param {any} training @param {Choices} choices @returns {Field[]} */
function trainingFields(training, choices) {
  const { loss, clip, class_weights: weights } = training;
  const bound = clip?.norm === undefined ? "value" : "norm";
  const clipped = (/** @type {string} */ kind) => (kind === "none" ? null : { [kind]: clip?.[bound] ?? 1 });
  return [
    ...inGroup("Training", [
      plain("training.learning_rate", "Learning rate", "number", training.learning_rate),
      ...record("training.optimizer", "Optimizer", choices.optimizer, training.optimizer),
      choice("training.loss", "Loss", choices.loss, loss.name, (name) => ({ ...loss, name, delta: 1 })),
      {
        ...choice("training.loss", "Over the rows", choices.reduction, loss.reduction, (reduction) => ({
          ...loss,
          reduction,
        })),
        id: "training.loss.reduction",
      },
      ...(loss.name === "huber" ? [within("training.loss", loss, "delta")] : []),
      { ...plain("training.batch_size", "Batch size", "text", training.batch_size), sent: countOrWord },
      choice("training.order", "Order of the rows", choices.order, training.order),
      plain("training.seed", "Seed", "whole", training.seed),
    ]),
    ...inGroup(
      "Training",
      [
        ...record("training.schedule", "Schedule", choices.schedule, training.schedule),
        plain("training.l2", "L2 penalty", "number", training.l2),
        plain("training.l1", "L1 penalty", "number", training.l1),
        plain("training.weight_decay", "Weight decay", "number", training.weight_decay),
        choice("training.clip", "Gradient clipped", ["none", "norm", "value"], clip ? bound : "none", clipped),
        ...(clip ? [{ ...within("training.clip", clip, bound), label: `Largest ${bound}` }] : []),
        plain("training.threshold", "Threshold", "share", training.threshold),
        ...(typeof weights === "string"
          ? [choice("training.class_weights", "Class weights", ["none", "balanced"], weights)]
          : []),
        choice("training.dtype", "Precision", choices.dtype, training.dtype),
      ],
      true,
    ),
  ];
}

/** @param {any} network @param {any} drawn @param {Choices} choices @returns {Field[]} */
function networkFields(network, drawn, choices) {
  const { initialiser, bias_initialiser: bias } = network;
  return [
    ...inGroup("Network", [
      ...layerFields(network, drawn.layers[0].units.length, choices),
      ...record("network.initialiser", "Initialiser", choices.initialiser, initialiser, choices),
    ]),
    ...inGroup(
      "Network",
      record("network.bias_initialiser", "Initialiser of biases", choices.initialiser, bias, choices),
      true,
    ),
  ];
}

/** @param {any} data @param {any} split @param {Choices} choices @returns {Field[]} */
function dataFields({ toy, ...data }, split, choices) {
  const part = (/** @type {string} */ name, /** @type {string} */ label) => ({
    ...within("training.split", split, name, "share"),
    label,
  });
  const made = toy
    ? [
        choice("data.toy", "Toy data", choices.toy, toy.name, (name) => ({ ...toy, name })),
        ...["rows", "noise", "seed"].map((name) =>
          within("data.toy", toy, name, name === "noise" ? "number" : "whole"),
        ),
      ]
    : // Other rows are there: a toy set may take their place.
      [choice("data.toy", "Toy data", ["none", ...choices.toy], "none", (name) => ({ name }))];
  return [
    ...inGroup("Data", [...made, part("validation", "Validation part"), part("test", "Test part")]),
    ...inGroup(
      "Data",
      [
        choice("data.scale", "Inputs scaled", choices.scale, data.scale),
        choice("data.scale_target", "Target scaled", choices.scale, data.scale_target),
        {
          ...optional("training.split.seed", "Seed of the split", "whole", split.seed),
          key: "training.split",
          sent: (typed) => ({ ...split, seed: typed }),
        },
        choice("training.split", "Same mix of classes", ["yes", "no"], split.stratified ? "yes" : "no", (chosen) => ({
          ...split,
          stratified: chosen === "yes",
        })),
      ],
      true,
    ),
  ];
}

/** @param {any} training @returns {Field[]} */
function stoppingFields(training) {
  const early = training.early_stopping;
  const key = "training.early_stopping";
  return inGroup("Stopping", [
    plain("training.epochs", "Epochs", "whole", training.epochs),
    optional("training.stop_below", "Stop below a loss of", "number", training.stop_below),
    {
      ...optional(key, "Patience, in epochs", "whole", early?.patience, `${key}.patience`),
      sent: (patience) => (patience === null ? null : { ...early, patience }),
    },
    ...(early ? [{ ...within(key, early, "min_delta"), label: "Least fall" }] : []),
  ]);
}

/** @param {string} group @param {Field[]} fields @param {boolean} [isMore] @returns {Field[]} */
function inGroup(group, fields, isMore = false) {
  return fields.map((each) => ({ ...each, group, isMore }));
}

/**
 * A number that may be left out.
 *
 * @param {string} key
 * @param {string} label
 * @param {Field["kind"]} kind
 * @param {any} value
 * @param {string} [id]
 * @returns {Field}
 */
function optional(key, label, kind, value, id = key) {
  return { ...plain(key, label, kind, value ?? "", id), isOptional: true };
}

/**
 * A record that has a name: which it is, and the numbers in it.
 *
 * @param {string} key
 * @param {string} label
 * @param {string[]} names
 * @param {any} value
 * @param {Choices} [choices] of words that may stand in it
 * @returns {Field[]}
 */
function record(key, label, names, value, choices = CHOICES) {
  const starts = /** @type {Record<string, any>} */ (STARTS);
  const kinds = /** @type {Record<string, Field["kind"]>} */ ({
    low: "plain",
    high: "plain",
    mean: "plain",
    value: "plain",
  });
  const numbers = Object.keys(value).filter((name) => typeof value[name] === "number");
  const words = Object.keys(value).filter((name) => name === "distribution");
  const kindOf = (/** @type {string} */ name) => kinds[name] ?? (/_epochs$|^every/.test(name) ? "whole" : "number");
  return [
    choice(key, label, names, value.name, (name) => ({ name, ...starts[name] })),
    ...numbers.map((name) => within(key, value, name, kindOf(name))),
    ...words.map((name) => ({
      ...choice(key, `${value.name}: ${name}`, choices.distribution, value[name], (chosen) => ({
        ...value,
        [name]: chosen,
      })),
      id: `${key}.${name}`,
    })),
  ];
}

/**
 * A number inside of a record: the record is sent whole.
 * @param {string} key
 * @param {any} value
 * @param {string} name
 * @param {Field["kind"]} [kind]
 * @returns {Field}
 */
function within(key, value, name, kind = "number") {
  const label = `${value.name ?? ""}: ${name.replaceAll("_", " ")}`;
  return {
    ...plain(key, label, kind, value[name], `${key}.${name}`),
    sent: (typed) => ({ ...value, [name]: typed }),
  };
}

/** A number of rows, or a word for one. @param {string} typed */
function countOrWord(typed) {
  return /^\d+$/.test(typed.trim()) ? Number(typed) : typed.trim();
}
