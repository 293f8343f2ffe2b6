/** How numbers are shown. They are rounded for the eye and never computed with. */

const MINUS = "−";

/** @typedef {number | string | null | undefined} Figure a number, a word where JSON has none, or nothing yet */

/**
 * A number to so many significant digits; nothing where it is not computed yet.
 *
 * @param {Figure} value
 * @param {number} [digits]
 * @returns {string}
 */
export function shown(value, digits = 4) {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return word(value);
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e6) return signed(value.toExponential(digits - 1).replace("e+", "e"));
  return signed(size >= 10 ** digits ? value.toFixed(0) : value.toPrecision(digits));
}

/**
 * A number with all its digits.
 *
 * @param {Figure} value
 * @returns {string}
 */
export function exact(value) {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? word(value) : signed(String(value));
}

/**
 * How the numbers of one column are shown: all with the same decimals, so that they line up.
 *
 * @param {Figure[]} values
 * @param {number} [digits]
 * @returns {(value: Figure) => string}
 */
export function column(values, digits = 6) {
  const sizes = values.filter((each) => typeof each === "number" && each !== 0).map((each) => Math.abs(Number(each)));
  const largest = Math.max(...sizes, 0);
  const smallest = Math.min(...sizes, Infinity);
  const whole = Math.max(1, Math.floor(Math.log10(largest || 1)) + 1);
  const decimals = Math.max(0, Math.min(8, digits - (largest < 1 ? 0 : whole)));
  const isWide = largest >= 1e7 || (largest > 0 && smallest < 10 ** (2 - decimals) / 10);
  return (value) => {
    if (typeof value !== "number") return exact(value);
    if (isWide && largest >= 1e7) return signed(value.toExponential(digits - 2));
    if (isWide && value !== 0 && Math.abs(value) < 10 ** (1 - decimals)) return signed(value.toExponential(2));
    return signed(value.toFixed(decimals));
  };
}

/**
 * What a person typed as a number, with any kind of minus sign; null where it is none.
 *
 * @param {string} typed
 * @returns {number | null}
 */
export function read(typed) {
  const text = typed.trim().replaceAll(MINUS, "-").replace(",", ".");
  return text !== "" && Number.isFinite(Number(text)) ? Number(text) : null;
}

/**
 * The end of a scale that has room for some values: 1, 2 or 5 times a power of ten, so that it seldom changes.
 *
 * @param {number} largest
 * @param {number} [least]
 */
export function roomFor(largest, least = 1) {
  if (!(largest > least)) return least;
  const power = 10 ** Math.floor(Math.log10(largest));
  return power * ([1, 2, 5].find((each) => each * power >= largest) ?? 10);
}

/** @param {string} text */
function signed(text) {
  return text.replaceAll("-", MINUS);
}

/** @param {string} text */
function word(text) {
  return text === "Infinity" ? "∞" : text === "-Infinity" ? `${MINUS}∞` : text;
}
