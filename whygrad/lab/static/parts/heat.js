/** Values over a plane as a picture: a pixel for each place, in an address that an SVG file can hold as well. */

/** @typedef {[number, number, number]} Rgb */

/** How strongly a region is tinted, least and most, and where it has no shades. */
export const FAINT = 0.14;
export const STRONG = 0.62;
export const REGION = 0.4;

/** Colours of classes by their number; they come round again. */
export const CLASS_COLOURS = ["orange", "blue", "green", "pink", "ochre", "sky", "violet", "grey"];

const canvas = document.createElement("canvas");

/**
 * A picture of so many columns and rows; the first row is the lowest.
 *
 * @param {number} columns
 * @param {number} rows
 * @param {(place: number) => {colour: Rgb, alpha: number} | null} at how a place is painted, if it is
 * @returns {string}
 */
export function heat(columns, rows, at) {
  [canvas.width, canvas.height] = [columns, rows];
  const brush = canvas.getContext("2d");
  if (!brush) return "";
  const picture = brush.createImageData(columns, rows);
  const { data } = picture;
  for (let place = 0; place < columns * rows; place += 1) {
    const paint = at(place);
    if (!paint) continue;
    const [column, row] = [place % columns, rows - 1 - Math.floor(place / columns)];
    const first = 4 * (row * columns + column);
    [data[first], data[first + 1], data[first + 2]] = paint.colour;
    data[first + 3] = Math.round(255 * paint.alpha);
  }
  brush.putImageData(picture, 0, 0);
  return canvas.toDataURL();
}

/**
 * Colours of the page by name, as they are where an element stands.
 *
 * @param {Element} element
 * @param {string[]} names
 * @returns {Record<string, Rgb>}
 */
export function coloursOf(element, names) {
  const style = getComputedStyle(element);
  return Object.fromEntries(names.map((name) => [name, rgb(style.getPropertyValue(`--wg-${name}`).trim())]));
}

/** @param {string} colour as `#1f6fb4` @returns {Rgb} */
function rgb(colour) {
  const whole = Number.parseInt(colour.slice(1), 16);
  return [(whole >> 16) & 255, (whole >> 8) & 255, whole & 255];
}
