/** The page of `whygrad lab`: the lab, over a WebSocket to the server that sent this page. */

import { overSocket } from "./host-socket.js";
import lab from "./lab.js";

const el = /** @type {HTMLElement} */ (document.getElementById("lab"));
lab.render({ model: overSocket(new URL(el.dataset.socket ?? "ws", document.baseURI)), el });
// The keys are the lab's from the start.
el.focus({ preventScroll: true });
