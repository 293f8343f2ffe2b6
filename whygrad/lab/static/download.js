/** Files that the page hands to the reader: text, and pictures of what is drawn. */

/** Styles of a drawing that a file needs with it: outside the page there is no style sheet. */
const KEPT = (
  "fill stroke stroke-width stroke-dasharray stroke-opacity stroke-linejoin paint-order " +
  "font-family font-size font-weight text-anchor dominant-baseline visibility"
).split(" ");
const COLOURS = new Set(["fill", "stroke"]);

/** @param {Blob} blob @param {string} name */
export function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * A drawing with its styles written out, as it looks now.
 *
 * @param {SVGSVGElement} drawing
 * @returns {string}
 */
export function standalone(drawing) {
  const copy = /** @type {SVGSVGElement} */ (drawing.cloneNode(true));
  const inside = [...copy.querySelectorAll("*")];
  for (const [place, each] of [...drawing.querySelectorAll("*")].entries()) {
    const style = getComputedStyle(each);
    inside[place].removeAttribute("style");
    for (const name of KEPT) {
      const value = style.getPropertyValue(name);
      inside[place].setAttribute(name, COLOURS.has(name) ? plain(value) : value);
    }
  }
  const { width, height } = drawing.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.insertBefore(paper(drawing), copy.firstChild);
  return new XMLSerializer().serializeToString(copy);
}

/** @type {Map<string, string>} */
const known = new Map();

/** A colour as every program reads it: a mixed one is painted, and what was painted is read. @param {string} colour */
function plain(colour) {
  if (colour === "none" || colour.startsWith("rgb") || colour.startsWith("url")) return colour;
  if (!known.has(colour)) known.set(colour, painted(colour));
  return known.get(colour) ?? colour;
}

/** @param {string} colour */
function painted(colour) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [1, 1];
  const brush = canvas.getContext("2d");
  if (!brush) return colour;
  brush.fillStyle = colour;
  brush.fillRect(0, 0, 1, 1);
  const [red, green, blue] = brush.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}

/** @param {SVGSVGElement} drawing */
function paper(drawing) {
  const sheet = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  sheet.setAttribute("width", "100%");
  sheet.setAttribute("height", "100%");
  sheet.setAttribute("fill", getComputedStyle(drawing).getPropertyValue("--wg-paper").trim() || "white");
  return sheet;
}

/** @param {SVGSVGElement} drawing @param {string} name */
export function saveSvg(drawing, name) {
  download(new Blob([standalone(drawing)], { type: "image/svg+xml" }), `${name}.svg`);
}

/** @param {SVGSVGElement} drawing @param {string} name */
export async function savePng(drawing, name) {
  const { width, height } = drawing.getBoundingClientRect();
  const picture = new Image();
  // Not `decode`, which waits for a frame of the screen: a page at rest may draw none.
  const loaded = new Promise((done) => picture.addEventListener("load", done, { once: true }));
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(drawing))}`;
  await loaded;
  const canvas = document.createElement("canvas");
  canvas.width = 2 * width;
  canvas.height = 2 * height;
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  // At once: a canvas makes a blob when the page is idle, which on a busy machine it is not for seconds.
  const bytes = window.atob(canvas.toDataURL("image/png").split(",")[1]);
  download(new Blob([Uint8Array.from(bytes, (each) => each.charCodeAt(0))], { type: "image/png" }), `${name}.png`);
}
