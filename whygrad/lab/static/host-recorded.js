/** The host of a page that opens without a server: a run that was recorded, in which one can look but not train. */

import { begin, take } from "./answers.js";
import { modelOf } from "./model.js";

/**
 * @typedef {object} Recording
 * @property {any} opened
 * @property {any[]} frames in the order of their places
 * @property {Array<number | null>} losses
 * @property {Record<string, any>} whys derivations by "update/moves/name", the name empty for the move itself
 */

/**
 * A model that a recording fills.
 *
 * @param {Recording} recording
 * @returns {import("./model.js").Model}
 */
export function overRecording(recording) {
  const model = modelOf((request) => answer(request));
  const end = Math.max(...recording.frames.map((each) => each.update));
  let here = 0;
  let playing = 0;
  begin(model);
  model.set("connection", { state: "recorded" });
  take(model, { is: "opened", ...recording.opened });
  take(model, { is: "curve", start: 0, losses: recording.losses });
  show(0);

  /** @param {{do: string} & Record<string, any>} request */
  function answer(request) {
    const told = answers[request.do];
    if (told) told(request);
    else refuse();
  }

  /** @type {Record<string, (request: any) => void>} */
  const answers = {
    open: () => take(model, { is: "opened", ...recording.opened }),
    step: (request) => show(stepped(request)),
    go: (request) => show(nearest(request.update, request.moves ?? 0)),
    play: (request) => play(request),
    pause: () => pause(),
    reset: () => show(0),
    explain: (request) => explain(request.of),
    look: () => show(here),
  };

  /** @param {any} request */
  function stepped({ unit = "move", count = 1, back = false }) {
    const by = back ? -count : count;
    if (unit === "move") return here + by;
    const frame = recording.frames[here];
    if (unit === "update") return nearest(frame.update + by, 0);
    const epoch = recording.frames.findIndex((each) => each.epoch === frame.epoch + by);
    return epoch < 0 ? (back ? 0 : recording.frames.length - 1) : epoch;
  }

  /** @param {number} update @param {number} moves */
  function nearest(update, moves) {
    const found = recording.frames.findIndex(
      (each) => each.update > update || (each.update === update && each.moves >= moves),
    );
    return found < 0 ? recording.frames.length - 1 : found;
  }

  /** @param {number} place */
  function show(place) {
    here = Math.max(0, Math.min(place, recording.frames.length - 1));
    const frame = { is: "frame", ...recording.frames[here], end, playing: playing !== 0 };
    take(model, frame);
    explain("");
  }

  /** @param {string} of */
  function explain(of) {
    const frame = recording.frames[here];
    const document = recording.whys[`${frame.update}/${frame.moves}/${of}`];
    if (document) take(model, { is: "why", of, document });
    else if (of) say("note", `The recording holds no derivation of ${of} here.`);
  }

  /** @param {any} request */
  function play(request) {
    pause();
    playing = window.setInterval(() => {
      if (here + 1 >= recording.frames.length) pause();
      else show(stepped({ unit: request.unit }));
    }, 1000 / request.per_second);
    show(here);
  }

  function pause() {
    clearInterval(playing);
    playing = 0;
    show(here);
  }

  function refuse() {
    model.set("waiting", null);
    say("error", "This page is a recording: nothing can be changed in it.");
  }

  /** @param {"note" | "error"} kind @param {string} what */
  function say(kind, what) {
    take(model, { is: "said", kind, what, code: "", why: "", advice: "" });
  }

  return model;
}
