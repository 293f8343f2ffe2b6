/** The host of `whygrad lab`: a WebSocket to the server, opened again and again with growing pauses when it is gone. */

import { begin, sent, take } from "./answers.js";
import { modelOf } from "./model.js";

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;

/**
 * A model that a server fills.
 *
 * @param {URL} address of the WebSocket, relative to the page
 * @param {Storage | null} [kept] where the session's name survives a reload
 * @returns {import("./model.js").Model & {retry: () => void}}
 */
export function overSocket(address, kept = storage()) {
  const host = new SocketHost(address, kept);
  host.connect();
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
    this.isResuming = false;
    begin(this.model);
  }

  connect() {
    clearTimeout(this.timer);
    const socket = new WebSocket(this.address);
    this.socket = socket;
    socket.addEventListener("open", () => this.opened());
    socket.addEventListener("message", (event) => this.heard(event.data));
    socket.addEventListener("close", () => socket === this.socket && this.lost());
  }

  /** Go on with the session from before, or start with what the server was started with. */
  opened() {
    this.pause = FIRST_PAUSE;
    this.model.set("connection", { state: "open" });
    const session = this.kept?.getItem("whygrad-session") ?? "";
    this.isResuming = session !== "";
    this.send(session ? { do: "open", session } : { do: "open" });
  }

  /** @param {string} text */
  heard(text) {
    const answer = JSON.parse(text);
    if (answer.is === "opened") {
      this.isResuming = false;
      this.kept?.setItem("whygrad-session", answer.session);
    }
    take(this.model, answer);
    if (answer.is === "said" && answer.kind === "error" && this.isResuming) this.afresh();
  }

  /** The session is no longer kept: what is shown is not there any more, so another one begins. */
  afresh() {
    this.isResuming = false;
    this.kept?.removeItem("whygrad-session");
    this.send({ do: "open" });
  }

  lost() {
    this.socket = null;
    const since = this.model.get("connection").since ?? new Date();
    this.model.set("waiting", null);
    this.model.set("connection", { state: "lost", since, again: new Date(Date.now() + this.pause) });
    this.timer = window.setTimeout(() => this.connect(), this.pause);
    this.pause = Math.min(2 * this.pause, LONGEST_PAUSE);
  }

  retry() {
    if (this.socket === null) this.connect();
  }

  /** @param {{do: string} & Record<string, any>} request */
  send(request) {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    sent(this.model, request);
    this.socket.send(JSON.stringify(request));
  }
}

/** @returns {Storage | null} what a tab remembers; some browsers forbid it */
function storage() {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
