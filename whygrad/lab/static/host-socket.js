/** The host of `whygrad lab`: a WebSocket to the server, opened again and again with growing pauses when it is gone. */

import { newState, partOf, putState } from "./address.js";
import { begin, sent, take } from "./answers.js";
import { tabMemory } from "./memory.js";
import { modelOf } from "./model.js";

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;
/** The code with which the server closes a page whose session another page has taken over. */
const TAKEN = 4001;
/** Of an experiment's text. */
const LONGEST = 800_000;
const SESSION = "whygrad-session";
const EXPERIMENT = "whygrad-experiment";

/**
 * A model that a server fills.
 *
 * @param {URL} address of the WebSocket, relative to the page
 * @param {Storage | null} [kept] where the session's name and experiment survive a reload
 * @returns {import("./model.js").Model & {retry: () => void}}
 */
export function overSocket(address, kept = tabMemory()) {
  const host = new SocketHost(address, kept);
  host.connect();
  window.addEventListener("hashchange", () => host.moved());
  return Object.assign(host.model, { retry: () => host.retry() });
}

class SocketHost {
  /** @param {URL} address @param {Storage | null} kept */
  constructor(address, kept) {
    this.address = new URL(address);
    this.address.protocol = this.address.protocol.replace("http", "ws");
    this.kept = kept;
    this.model = modelOf((request) => this.send(request));
    this.pause = FIRST_PAUSE;
    this.timer = 0;
    /** @type {WebSocket | null} */
    this.socket = null;
    begin(this.model);
    this.model.set("hasAddress", true);
  }

  connect() {
    clearTimeout(this.timer);
    const socket = new WebSocket(this.address);
    this.socket = socket;
    socket.addEventListener("open", () => this.opened());
    socket.addEventListener("message", (event) => this.heard(event.data));
    socket.addEventListener("close", ({ code }) => socket === this.socket && this.lost(code));
  }

  /** Go on with the session from before; where it is gone, what the address holds or its experiment begins anew. */
  opened() {
    this.pause = FIRST_PAUSE;
    this.model.set("connection", { state: "open" });
    const isNew = newState() !== "";
    const [session, experiment] = [SESSION, EXPERIMENT].map((key) => (isNew ? "" : (this.kept?.getItem(key) ?? "")));
    const state = partOf("state");
    const beside = state ? { state } : session && experiment ? { experiment } : {};
    this.send({ do: "open", ...(session && { session }), ...beside });
  }

  /** Another session was put into the address of the page that is open. */
  moved() {
    const state = newState();
    if (state) this.send({ do: "open", state });
  }

  /** @param {string} text */
  heard(text) {
    const answer = JSON.parse(text);
    if (answer.is === "opened") this.keep(answer);
    // What the address holds cannot be opened: then the page begins as it does without.
    const isRefused = answer.is === "said" && answer.kind === "error" && this.model.get("opened") === null;
    take(this.model, answer);
    if (isRefused && partOf("state")) {
      putState("");
      this.opened();
    }
  }

  /** @param {any} opened */
  keep({ session, text }) {
    this.kept?.setItem(SESSION, session);
    // The lab reads no longer ones, and it has the session for half an hour anyway.
    this.kept?.setItem(EXPERIMENT, text.length < LONGEST ? text : "");
  }

  /** @param {number} code */
  lost(code) {
    this.socket = null;
    this.model.set("waiting", null);
    if (code === TAKEN) return this.model.set("connection", { state: "taken", since: new Date() });
    const since = this.model.get("connection").since ?? new Date();
    this.model.set("connection", { state: "lost", since });
    this.timer = window.setTimeout(() => this.connect(), this.pause);
    this.pause = Math.min(2 * this.pause, LONGEST_PAUSE);
  }

  retry() {
    if (this.socket === null) this.connect();
  }

  /** @param {{do: string} & Record<string, any>} request */
  send(request) {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    if (request.preset || (request.experiment && !request.session)) putState("");
    sent(this.model, request);
    this.socket.send(JSON.stringify(request));
  }
}
