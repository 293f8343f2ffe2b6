/** From values to places on a chart, and the numbers at its axes. Places only: nothing here is shown as a value. */

/**
 * @typedef {object} Scale
 * @property {(value: number) => number} place in pixels
 * @property {{value: number, place: number}[]} ticks
 */

/**
 * @param {number} least
 * @param {number} most
 * @param {[number, number]} pixels from, to
 * @param {number} [wanted] about how many ticks
 * @returns {Scale}
 */
export function linear(least, most, [from, to], wanted = 5) {
  const range = most - least || 1;
  const place = (/** @type {number} */ value) => from + ((value - least) / range) * (to - from);
  const step = stepFor(range / wanted);
  const ticks = [];
  for (let number = Math.ceil(least / step - 1e-9); number * step <= most + step * 1e-9; number += 1) {
    const value = Number((number * step).toPrecision(12));
    ticks.push({ value, place: place(value) });
  }
  return { place, ticks };
}

/**
 * Powers of ten at equal distances.
 *
 * @param {number} least above zero
 * @param {number} most
 * @param {[number, number]} pixels
 * @returns {Scale}
 */
export function logarithmic(least, most, pixels) {
  const [low, highest] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
  const every = Math.max(1, Math.ceil((highest - low) / 6));
  // The last tick is the end, or curves would stand above it.
  const high = low + every * Math.ceil((highest - low) / every);
  const inner = linear(low, Math.max(high, low + 1), pixels);
  const powers = Array.from({ length: high - low + 1 }, (_, each) => low + each).filter(
    (each) => (each - low) % every === 0,
  );
  return {
    place: (value) => inner.place(Math.log10(value)),
    ticks: powers.map((each) => ({ value: 10 ** each, place: inner.place(each) })),
  };
}

/**
 * The same from one tick to another, so that every value has a tick above it and one below it.
 *
 * @param {number} least
 * @param {number} most
 * @param {[number, number]} pixels
 * @param {number} [wanted] about how many ticks
 * @returns {Scale}
 */
export function linearToTicks(least, most, pixels, wanted = 5) {
  const step = stepFor((most - least || 1) / wanted);
  const [low, high] = [Math.floor(least / step + 1e-9), Math.ceil(most / step - 1e-9)];
  const ends = [low, Math.max(high, low + 1)].map((each) => Number((each * step).toPrecision(12)));
  return linear(ends[0], ends[1], pixels, (ends[1] - ends[0]) / step);
}

/** 1, 2 or 5 times a power of ten. @param {number} rough */
function stepFor(rough) {
  const power = 10 ** Math.floor(Math.log10(rough) + 1e-9);
  return power * ([1, 2, 5].find((each) => each * power >= rough * (1 - 1e-9)) ?? 10);
}

/**
 * Of many values those that can be seen: in each column of pixels the lowest and the highest, in their order.
 *
 * @param {Array<number | null>} values
 * @param {number} columns
 * @returns {Array<{place: number, value: number | null}>}
 */
export function thinned(values, columns) {
  const all = values.map((value, place) => ({ place, value }));
  if (values.length <= 2 * columns) return all;
  const size = values.length / columns;
  return Array.from({ length: columns }, (_, each) =>
    all.slice(Math.floor(each * size), Math.floor((each + 1) * size)),
  ).flatMap(extremes);
}

/** @param {Array<{place: number, value: number | null}>} some */
function extremes(some) {
  const gap = some.find(({ value }) => value === null);
  const known = some.filter(({ value }) => value !== null);
  const by = (/** @type {(one: number, other: number) => boolean} */ better) =>
    known.reduce((best, each) => (best && !better(Number(each.value), Number(best.value)) ? best : each), known[0]);
  const found = [by((one, other) => one < other), by((one, other) => one > other), gap].filter(
    (each) => each !== undefined,
  );
  return [...new Set(found)].sort((one, other) => one.place - other.place);
}
