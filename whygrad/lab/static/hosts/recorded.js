/** The host of a page that opens without a server: a run that was recorded, in which one can look but not train. */

import { begin, take } from "../answers.js";
import { modelOf } from "../model.js";

/** What cannot be done here, by what was asked for. @type {Record<string, string>} */
const REFUSED = {
  change: "Settings cannot be changed in a recording.",
  "set-weight": "Weights cannot be changed in a recording.",
  open: "A recording holds one run; another experiment needs the lab.",
};

/** How finely a panel is drawn: nothing that a person sets. */
const FINENESS = new Set(["places", "columns"]);

/**
 * A model that a recording fills.
 *
 * @param {import("./recording.js").Recording} recording
 * @returns {import("../model.js").Model}
 */
export function overRecording(recording) {
  const host = new RecordedHost(recording);
  host.begin();
  return host.model;
}

class RecordedHost {
  /** @param {import("./recording.js").Recording} recording */
  constructor(recording) {
    this.recording = recording;
    this.model = modelOf((request) => this.answer(request));
    this.here = 0;
    this.playing = 0;
    /** @type {Map<string, boolean>} the panels that are shown, and whether they are set as they were recorded */
    this.watched = new Map();
  }

  begin() {
    begin(this.model);
    this.model.set("connection", { state: "recorded", derived: this.recording.derived });
    take(this.model, { is: "opened", ...this.recording.opened });
    take(this.model, { is: "curve", start: 0, losses: this.recording.losses });
    this.show(0);
  }

  /** @param {{do: string} & Record<string, any>} request */
  answer(request) {
    /** @type {Record<string, (request: any) => void>} */
    const answers = {
      step: (asked) => this.go(this.stepped(asked)),
      go: ({ update, moves = 0 }) => this.go(this.nearest(update, moves)),
      play: (asked) => this.play(asked),
      pause: () => this.pause(),
      reset: () => this.go(0),
      explain: ({ of }) => this.explain(of),
      look: () => this.show(this.here),
      watch: (asked) => this.watch(asked),
    };
    if (answers[request.do]) answers[request.do](request);
    else this.say("error", REFUSED[request.do] ?? "A recording cannot do this; it needs the lab.");
  }

  /** A step ends a play. @param {number} place */
  go(place) {
    this.stop();
    this.show(place);
  }

  /** @param {any} request @returns {number} */
  stepped({ unit = "move", count = 1, back = false }) {
    const { frames } = this.recording;
    const frame = frames[this.here];
    if (unit === "move") return this.here + (back ? -count : count);
    const of = unit === "update" ? "update" : "epoch";
    const starts = frames.flatMap((each, place) => (each[of] === frames[place - 1]?.[of] ? [] : [place]));
    // From within an update or an epoch, back leads to its start first, as in the lab.
    if (back) return starts.filter((place) => place < this.here).at(-count) ?? 0;
    const wanted = frame[of] + count;
    return starts.find((place) => place > this.here && frames[place][of] >= wanted) ?? Math.max(this.here, starts.at(-1) ?? 0);
  }

  /** The recorded place that is nearest to another. @param {number} update @param {number} moves @returns {number} */
  nearest(update, moves) {
    const { frames } = this.recording;
    let best = 0;
    for (const [place, each] of frames.entries()) {
      const [one, other] = [each, frames[best]].map((frame) => Math.abs(frame.update - update));
      if (one < other || (one === other && each.moves <= moves && each.update === frames[best].update)) best = place;
    }
    return best;
  }

  /** @param {number} place */
  show(place) {
    const { frames } = this.recording;
    this.here = Math.max(0, Math.min(place, frames.length - 1));
    const frame = { is: "frame", ...frames[this.here], playing: this.playing !== 0 };
    take(this.model, frame);
    const document = this.recording.move(frame.update, frame.moves);
    if (document) take(this.model, { is: "why", of: "", document });
    for (const panel of this.watched.keys()) this.draw(panel);
  }

  /** @param {string} of */
  explain(of) {
    const document = this.recording.why(this.recording.frames[this.here].update, of);
    take(this.model, { is: "why", of, document: document ?? this.nothing(of) });
  }

  /** What stands in place of a derivation that is not there. @param {string} of */
  nothing(of) {
    const places = [...new Set(this.recording.frames.map((each) => each.update))];
    const known = places.filter((update) => this.recording.why(update, of));
    const elsewhere = known.length ? `It is there at ${known.length === 1 ? "update" : "updates"} ${known.join(", ")}.` : "";
    const blocks = ["The recording holds no derivation of this number at this update.", elsewhere]
      .filter(Boolean)
      .map((text) => ({ kind: "paragraph", text }));
    return { title: `Why ${of}?`, subtitle: "", sections: [{ title: "", blocks, sections: [] }] };
  }

  /** @param {{panel: string, settings?: any, on?: boolean}} request */
  watch({ panel, settings = {}, on = true }) {
    if (!on) return void this.watched.delete(panel);
    const usual = this.recording.recorded.settings[panel] ?? {};
    const isUsual = Object.entries(settings).every(
      ([name, value]) => FINENESS.has(name) || JSON.stringify(value) === JSON.stringify(usual[name]),
    );
    if (!isUsual) this.say("note", "The recording holds this panel as it was set at first; it needs the lab for more.");
    this.watched.set(panel, isUsual);
    this.draw(panel);
  }

  /** @param {string} panel */
  draw(panel) {
    const { update, moves, row } = this.recording.frames[this.here];
    const found = this.watched.get(panel) ? this.recording.panel(panel, update, moves) : null;
    if (found) return take(this.model, { is: "panel", panel, row, ...found });
    const { [panel]: _, ...others } = this.model.get("panels");
    this.model.set("panels", others);
  }

  /** @param {{unit?: string, per_second?: number}} request */
  play({ unit = "move", per_second = 2 }) {
    this.stop();
    this.playing = window.setInterval(() => {
      const next = this.stepped({ unit });
      if (next <= this.here || next >= this.recording.frames.length) this.pause();
      else this.show(next);
    }, 1000 / per_second);
    this.show(this.here);
  }

  pause() {
    this.stop();
    this.show(this.here);
  }

  stop() {
    clearInterval(this.playing);
    this.playing = 0;
  }

  /** @param {"note" | "error"} kind @param {string} what */
  say(kind, what) {
    this.model.set("waiting", null);
    take(this.model, { is: "said", kind, what, code: "", why: "", advice: "" });
  }
}
