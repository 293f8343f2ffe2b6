/**
 * The page of `whygrad lab`: the lab, over a WebSocket to the server that sent this page.
 *
 * The server is asked first, as it has to think while the rest of the page is on its way.
 */

import { overSocket } from "./host-socket.js";

const el = /** @type {HTMLElement} */ (document.getElementById("lab"));
const model = overSocket(new URL(el.dataset.socket ?? "ws", document.baseURI));
const { default: lab } = await import("./lab.js");
lab.render({ model, el });
// The keys are the lab's from the start.
el.focus({ preventScroll: true });
