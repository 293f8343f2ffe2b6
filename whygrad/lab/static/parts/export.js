/** Everything that one can take along: the derivation, the program, pictures, the run, the experiment, the weights. */

import { ask, define, h, write } from "../dom.js";
import { download, savePng, saveSvg } from "../download.js";

export const tag = "wg-export";

class Export extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    this.of = h("span", {});
    this.words = h("p", { class: "readout", role: "status" });
    this.dialog = h(
      "dialog",
      { class: "experiment", "aria-label": "Export" },
      h("h2", {}, "Export"),
      this.group(
        ["The derivation of ", this.of],
        [
          ["LaTeX", () => this.derivation("latex")],
          ["Markdown", () => this.derivation("markdown")],
          ["HTML", () => this.derivation("html")],
        ],
      ),
      this.group(
        ["The experiment as a program"],
        [
          ["Python", () => this.use("code", { to: "python" })],
          ["NumPy", () => this.use("code", { to: "numpy" })],
          ["PyTorch", () => this.use("code", { to: "pytorch" })],
          ["JAX", () => this.use("code", { to: "jax" })],
        ],
      ),
      this.group(
        ["The picture of the network"],
        [
          ["SVG", () => this.picture(saveSvg)],
          ["PNG", () => this.picture(savePng)],
        ],
      ),
      this.group(
        ["Files for a program, and for later"],
        [
          ["The experiment", () => this.experiment()],
          ["The weights as JSON", () => this.use("weights", {})],
          ["The run as one page", () => this.use("record", {})],
        ],
      ),
      this.words,
      h("div", { class: "buttons" }, h("button", { type: "button", onclick: () => this.dialog.close() }, "Close")),
    );
    this.append(this.dialog);
  }

  /** @param {any[]} title @param {[string, () => void][]} ways */
  group(title, ways) {
    const legend = h("legend", {}, ...title);
    const buttons = ways.map(([name, onclick]) => h("button", { type: "button", onclick }, name));
    return h("fieldset", {}, legend, h("div", { class: "buttons" }, ...buttons));
  }

  open() {
    write(this.words, "");
    this.dialog.showModal();
  }

  /** @param {any} state @param {Set<string>} now */
  show(state, now) {
    this.state = state;
    const asked = state.asked.at(-1);
    write(this.of, asked ? asked : "the whole update");
    if (!this.dialog.open || !this.isAsked) return;
    const said = state.notes.at(-1);
    if (now.has("notes") && said && said.id > this.heard) {
      this.heard = said.id;
      write(this.words, [said.what, said.advice].filter(Boolean).join("; "));
    } else if (now.has("saved") && state.saved) write(this.words, `${state.saved} is made: the browser keeps it.`);
  }

  /** @param {string} form */
  derivation(form) {
    this.use("export", { form, of: this.state.asked.at(-1) ?? "" });
  }

  /** @param {string} tool @param {any} asked */
  use(tool, asked) {
    this.isAsked = true;
    this.heard = this.state.notes.at(-1)?.id ?? 0;
    write(this.words, "Being made …");
    ask(this, { do: "use", tool, ask: asked });
  }

  /** @param {Function} way */
  async picture(way) {
    const network = /** @type {any} */ (this.closest(".wg-lab")?.querySelector("wg-network"));
    await network?.save(way);
    write(this.words, "The picture is made: the browser keeps it.");
  }

  experiment() {
    download(new Blob([this.state.opened?.text ?? ""], { type: "application/toml" }), "experiment.toml");
    write(this.words, "experiment.toml is made: the browser keeps it.");
  }
}

define(tag, Export);
