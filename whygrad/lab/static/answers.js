/**
 * What an answer of the lab does to the model; every host hands its answers over here.
 *
 * Keys of the model: `connection`, `opened`, `frame`, `before` (weights before the update that is looked at), `losses`,
 * `move` and `answer` (derivations, each with the place that it is of), `asked` (the way of questions), `askedAt` (the
 * place at which the last of them was asked again), `notes`,
 * `panels` (what each shows, by name, with its place), `told` (what each tool found last, by name),
 * `failed` (the change that was refused), `waiting` (what was sent and may change everything), `pointed`, `edges`,
 * `kept` (runs to compare with), `saved` (the file that was handed out last), `hasAddress` (whether the address is
 * that of the lab).
 *
 * @typedef {import("./model.js").Model} Model
 */

import { download } from "./download.js";

const NOTES_KEPT = 3;

/** Requests after which nothing on the page is sure until the next frame; of tools, the one that changes the rows. */
const UPSETTING = new Set(["open", "reset", "change", "set-weight", "rows"]);

/** @param {Model} model */
export function begin(model) {
  const start = { connection: { state: "connecting" }, opened: null, frame: null, before: null, losses: [] };
  const rest = {
    move: null,
    answer: null,
    asked: [],
    askedAt: "",
    notes: [],
    failed: null,
    waiting: null,
    pointed: [],
    edges: "weights",
    panels: {},
    told: {},
    kept: [],
    saved: "",
    hasAddress: false,
  };
  for (const [key, value] of Object.entries({ ...start, ...rest })) model.set(key, value);
}

/**
 * Take up one answer.
 *
 * @param {Model} model
 * @param {any} answer a record of `message.py`, by its tag `is`
 */
export function take(model, answer) {
  taking[answer?.is]?.(model, answer);
}

/**
 * Remember what was sent, so that a refusal finds the field it is about.
 *
 * @param {Model} model
 * @param {{do: string} & Record<string, any>} request
 */
export function sent(model, request) {
  if (!UPSETTING.has(request.tool ?? request.do)) return;
  model.set("failed", null);
  model.set("waiting", request);
  // What was said of a run that went on is not said of one that starts again.
  if (request.do === "reset") model.set("notes", model.get("notes").filter(isError));
}

/** @param {any} note */
function isError(note) {
  return note.kind === "error";
}

/** @type {Record<string, (model: Model, answer: any) => void>} */
const taking = {
  opened(model, answer) {
    const before = model.get("opened");
    model.set("opened", answer);
    model.set("before", null);
    model.set("move", null);
    if (before && !sameNetwork(before.network, answer.network)) forgetAnswers(model);
    age(model);
    model.set("panels", {});
    if (before && before.session !== answer.session) {
      model.set("notes", []);
      model.set("told", {});
    }
  },

  frame(model, answer) {
    const old = model.get("frame");
    if (model.get("waiting")) age(model);
    const updated = Object.keys(answer.gradients).length > 0;
    if (answer.before) model.set("before", answer.before);
    else if (!updated) model.set("before", answer.weights);
    else if (!old || old.update !== answer.update) model.set("before", null);
    model.set("waiting", null);
    model.set("frame", answer);
  },

  curve(model, answer) {
    model.set("losses", [...model.get("losses").slice(0, answer.start), ...answer.losses]);
  },

  why(model, answer) {
    const frame = model.get("frame");
    const place = placeOf(answer.update === undefined ? frame : answer);
    if (answer.of === "") model.set("move", { document: answer.document, place });
    else if (model.get("asked").at(-1) === answer.of) model.set("answer", { ...answer, place });
  },

  panel(model, answer) {
    model.set("panels", { ...model.get("panels"), [answer.panel]: { data: answer.data, place: placeOf(answer) } });
  },

  told(model, answer) {
    model.set("told", { ...model.get("told"), [answer.tool]: answer.data });
  },

  file(model, answer) {
    download(new Blob([answer.text], { type: answer.type }), answer.name);
    model.set("saved", answer.name);
  },

  said(model, answer) {
    const request = model.get("waiting");
    if (answer.kind === "error") {
      model.set("waiting", null);
      if (request) model.set("failed", { request, said: answer });
      if (answer.about || request?.experiment) return; // it is shown in the field that it is about
    }
    // Of a number that is dragged, the last word is enough.
    const { about } = answer;
    if (about) age(model);
    const [notes, id] = [model.get("notes"), (model.get("notes").at(-1)?.id ?? 0) + 1];
    const others = notes.filter((/** @type {any} */ each) => !about || each.about !== about);
    model.set("notes", [...others, { ...answer, id }].slice(-NOTES_KEPT));
  },
};

/**
 * What is shown is of a state that was changed: wherever one looks now, it is of no place until it is told again.
 *
 * @param {Model} model
 */
function age(model) {
  for (const key of ["move", "answer"]) if (model.get(key)) model.set(key, { ...model.get(key), place: "" });
  for (const each of Object.values(model.get("panels"))) each.place = "";
  model.set("askedAt", "");
}

/** @param {Model} model */
function forgetAnswers(model) {
  model.set("asked", []);
  model.set("answer", null);
  model.set("pointed", []);
}

/**
 * A place as text, to compare: two that are equal show the same numbers.
 *
 * @param {{update: number, moves: number, row?: number} | null} frame
 */
export function placeOf(frame) {
  return frame ? `${frame.update}/${frame.moves}/${frame.row ?? 0}` : "";
}

/** @param {any} one @param {any} other */
function sameNetwork(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
