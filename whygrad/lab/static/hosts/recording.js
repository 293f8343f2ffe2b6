/**
 * A recording as Python packed it: lines with what each is of, a tab, and what the lab answered; both are JSON.
 *
 * What is looked at seldom, as derivations are, stays text until then.
 *
 * @typedef {object} Recording
 * @property {{words: string[], settings: Record<string, any>}} recorded what is in it, and how its panels are set
 * @property {any} opened
 * @property {Array<number | null>} losses
 * @property {any[]} frames in the order of their places
 * @property {(update: number, moves: number) => any} move the equations of a move, null where there are none
 * @property {(update: number, name: string) => any} why a derivation, null where there is none
 * @property {number[]} derived the updates of which there are derivations
 * @property {(panel: string, update: number, moves: number) => {update: number, moves: number, data: any} | null} panel
 *   what a panel shows at a place, or at the latest one before it
 */

/**
 * @param {string} text packed with gzip and written as letters
 * @returns {Promise<Recording>}
 */
export async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return recordingOf(await new Response(stream).text());
}

/**
 * @param {string} text
 * @returns {Recording}
 */
export function recordingOf(text) {
  /** @type {Map<string, string>} */
  const documents = new Map();
  /** @type {Record<string, Array<{update: number, moves: number, answer: string}>>} */
  const panels = {};
  /** @type {any} */
  const found = { frames: [], derived: [] };
  /** @type {Record<string, (answer: string, ...of: any[]) => void>} */
  const kinds = {
    frame: (answer) => void found.frames.push({ ...found.frames.at(-1), ...JSON.parse(answer) }),
    move: (answer, update, moves) => void documents.set(`${update}/${moves}`, answer),
    panel(answer, name, places) {
      panels[name] ??= [];
      for (const [update, moves] of places) panels[name].push({ update, moves, answer });
    },
    why(answer, update, names) {
      if (!found.derived.includes(update)) found.derived.push(update);
      for (const name of names) documents.set(`${update} ${name}`, answer);
    },
  };
  for (const line of text.split("\n")) {
    if (!line) continue;
    const tab = line.indexOf("\t");
    const [kind, ...of] = JSON.parse(line.slice(0, tab));
    const answer = line.slice(tab + 1);
    if (kinds[kind]) kinds[kind](answer, ...of);
    else found[kind] = JSON.parse(answer);
  }
  for (const each of Object.values(panels)) each.sort(inOrder);
  /** @param {string | undefined} answer */
  const read = (answer) => (answer === undefined ? null : JSON.parse(answer));
  return {
    ...found,
    move: (update, moves) => read(documents.get(`${update}/${moves}`)),
    why: (update, name) => read(documents.get(`${update} ${name}`)),
    panel(name, update, moves) {
      const before = (panels[name] ?? []).filter((each) => inOrder(each, { update, moves }) <= 0).at(-1);
      return before ? { update: before.update, moves: before.moves, data: read(before.answer) } : null;
    },
  };
}

/** @param {{update: number, moves: number}} one @param {{update: number, moves: number}} other */
function inOrder(one, other) {
  return one.update - other.update || one.moves - other.moves;
}
