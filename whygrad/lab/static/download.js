/** Files that the page hands to the reader: text, and pictures of what is drawn. */

/** Styles of a drawing that a file needs with it: outside the page there is no style sheet. */
const KEPT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "font", "text-anchor", "dominant-baseline"];

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
    for (const name of KEPT) inside[place].setAttribute(name, style.getPropertyValue(name));
  }
  const { width, height } = drawing.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.insertBefore(paper(drawing), copy.firstChild);
  return new XMLSerializer().serializeToString(copy);
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
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(drawing))}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * width;
  canvas.height = 2 * height;
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && download(blob, `${name}.png`));
}
