/**
 * Where the units, targets and biases of a network are drawn. Positions are of the screen; no value is looked at.
 *
 * @typedef {object} Spot where something is drawn
 * @property {string} key what it is, as `refs.js` has it
 * @property {"unit" | "target" | "bias"} kind
 * @property {number} layer
 * @property {number} unit
 * @property {string} name
 * @property {number} x
 * @property {number} y
 * @property {number} r
 *
 * @typedef {object} Edge
 * @property {string} key
 * @property {string} array
 * @property {number[]} index
 * @property {string} name
 * @property {number} to the layer that it leads to
 * @property {Spot} source
 * @property {Spot} target
 * @property {boolean} isBias
 *
 * @typedef {object} Layout
 * @property {number} width
 * @property {number} height
 * @property {boolean} isRoomy whether units have room for their name and value
 * @property {boolean} hasLabels whether weights have room for theirs
 * @property {Spot[]} spots
 * @property {Edge[]} edges
 * @property {{x: number, y: number, left: number}[]} more how many units of a column are not drawn
 * @property {number} targetX
 * @property {{x: number, name: string, activation: string}[]} columns
 */

/** Above this a layer is not drawn whole; then so many of its units are, and the picture says how many are not. */
const MOST_UNITS = 60;
const UNITS_SHOWN = 24;

/** Room for each unit by how many stand in the fullest column. */
const SIZES = [
  { upTo: 4, spacing: 92, r: 25 },
  { upTo: 8, spacing: 75, r: 20 },
  { upTo: 16, spacing: 34, r: 11 },
  { upTo: Infinity, spacing: 21, r: 8 },
];
/** Room that a weight's name and value need beside each other. */
const LABEL = 130;
const TOP = 44;
/** Targets stand nearer to the outputs than a layer to the next: nothing is drawn between them. */
const TARGET_GAP = 0.7;

/**
 * Lay a network out.
 *
 * @param {any} network as the lab opened it
 * @param {number} width there is, in pixels
 * @returns {Layout}
 */
export function layoutOf(network, width) {
  const counts = network.layers.map((/** @type {any} */ each) => drawn(each.units.length));
  const fullest = Math.max(...counts) + (network.biases.length ? 0.75 : 0);
  const size = SIZES.find((each) => Math.max(...counts) <= each.upTo) ?? SIZES[3];
  const isRoomy = size.r >= 20;
  const margin = size.r + (isRoomy ? 22 : 12);
  const gaps = network.layers.length - 1 + TARGET_GAP;
  const wide = Math.max(width, 2 * margin + gaps * (isRoomy ? 84 : 60));
  const gap = (wide - 2 * margin) / gaps;
  const height = TOP + fullest * size.spacing + (isRoomy ? 18 : 8);
  const columns = columnsOf(network, counts, { ...size, gap, margin, height });
  const edges = [...weightsOf(network, columns), ...biasesOf(network, columns)];
  return {
    width: wide,
    height,
    isRoomy,
    hasLabels: isRoomy && gap >= LABEL,
    edges,
    spots: columns.flatMap((each) => [...each.units, ...(each.bias ? [each.bias] : [])]),
    more: columns.flatMap((each) => each.more),
    targetX: columns[columns.length - 1].x,
    columns: columns.slice(0, -1).map(({ x, name, activation }) => ({ x, name, activation })),
  };
}

/** @param {number} units */
function drawn(units) {
  return units > MOST_UNITS ? UNITS_SHOWN : units;
}

/**
 * @param {any} network
 * @param {number[]} counts
 * @param {{spacing: number, r: number, gap: number, margin: number, height: number}} size
 */
function columnsOf(network, counts, size) {
  const columns = network.layers.map((/** @type {any} */ layer, /** @type {number} */ place) => {
    const x = size.margin + place * size.gap;
    const bias = network.biases.some((/** @type {any} */ each) => each.layer === place + 1);
    return columnOf("unit", layer, { place, x, count: counts[place], bias }, size);
  });
  const last = network.layers.length - 1;
  const x = size.margin + (last + TARGET_GAP) * size.gap;
  const targets = columnOf("target", network.layers[last], { place: last, x, count: counts[last], bias: false }, size);
  return [...columns, { ...targets, more: [] }];
}

/**
 * @param {"unit" | "target"} kind
 * @param {any} layer
 * @param {{place: number, x: number, count: number, bias: boolean}} column
 * @param {{spacing: number, r: number, height: number}} size
 */
function columnOf(kind, layer, { place, x, count, bias }, { spacing, r, height }) {
  const middle = TOP + (height - TOP - spacing * 0.25) / 2;
  const top = middle - ((count + (bias ? 0.75 : 0)) * spacing) / 2 + spacing / 2 - 4;
  const units = Array.from({ length: count }, (_, unit) => {
    const key = kind === "unit" ? `unit ${place} ${unit}` : `target ${unit}`;
    return { key, kind, layer: place, unit, name: layer.units[unit], x, y: top + unit * spacing, r };
  });
  const below = top + (count - 0.1) * spacing;
  const foot = { key: `one ${place}`, kind: "bias", layer: place, unit: 0, name: "1", x, y: below, r: r * 0.6 };
  const left = layer.units.length - count;
  const more = left ? [{ x, y: below + (bias ? r : 0) + 8, left }] : [];
  return { units, bias: bias ? foot : null, x, name: layer.name, activation: layer.activation, more };
}

/** @param {any} network @param {any[]} columns @returns {Edge[]} */
function weightsOf(network, columns) {
  return network.weights.flatMap((/** @type {any} */ group) =>
    group.places.flatMap((/** @type {number[]} */ index, /** @type {number} */ place) => {
      const source = columns[group.from].units[index[0]];
      const target = columns[group.to].units[index[1]];
      if (!source || !target) return [];
      const key = `weight ${group.array} ${index.join(",")}`;
      return [
        { key, array: group.array, index, name: group.names[place], to: group.to, source, target, isBias: false },
      ];
    }),
  );
}

/** @param {any} network @param {any[]} columns @returns {Edge[]} */
function biasesOf(network, columns) {
  return network.biases.flatMap((/** @type {any} */ group) =>
    columns[group.layer].units.map((/** @type {Spot} */ target, /** @type {number} */ unit) => {
      const place = group.shared ? 0 : unit;
      return {
        key: `bias ${group.array} ${place}`,
        array: group.array,
        index: group.shared ? [] : [unit],
        name: group.names[place],
        to: group.layer,
        source: columns[group.layer - 1].bias,
        target,
        isBias: true,
      };
    }),
  );
}

/**
 * The end points of an edge, at the rims of what it joins.
 *
 * @param {Edge} edge
 */
export function ends({ source, target }) {
  const length = Math.hypot(target.x - source.x, target.y - source.y) || 1;
  const [dx, dy] = [(target.x - source.x) / length, (target.y - source.y) / length];
  return {
    x1: source.x + dx * source.r,
    y1: source.y + dy * source.r,
    x2: target.x - dx * target.r,
    y2: target.y - dy * target.r,
  };
}

/**
 * The edge nearest to a point, if one is near.
 *
 * @param {Edge[]} edges
 * @param {number} x
 * @param {number} y
 * @param {number} [reach]
 * @returns {Edge | null}
 */
export function nearest(edges, x, y, reach = 7) {
  let found = null;
  let least = reach;
  for (const edge of edges) {
    const { x1, y1, x2, y2 } = ends(edge);
    const length = (x2 - x1) ** 2 + (y2 - y1) ** 2 || 1;
    const along = Math.max(0, Math.min(1, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length));
    const distance = Math.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1));
    if (distance < least) [found, least] = [edge, distance];
  }
  return found;
}
