/** The page of a recorded run: a file that opens from a disk, or stands in a frame. */

import { h } from "../dom.js";
import lab from "../lab.js";
import { overRecording } from "./recorded.js";
import { unpacked } from "./recording.js";

const el = /** @type {HTMLElement} */ (document.getElementById("lab"));
const text = document.getElementById("recording")?.textContent ?? "";

unpacked(text).then(
  (recording) => {
    lab.render({ model: overRecording(recording), el });
    el.querySelector("wg-header")?.after(about(recording.recorded.words));
    el.focus({ preventScroll: true });
  },
  (fault) => el.replaceChildren(h("p", {}, `This browser cannot read the recording: ${fault}`)),
);

/** What the recording holds and what it does not. @param {string[]} words */
function about([first, ...rest]) {
  return h(
    "details",
    { class: "recorded" },
    h("summary", {}, first, " ", h("span", {}, "What is in it?")),
    ...rest.map((each) => h("p", {}, each)),
  );
}
