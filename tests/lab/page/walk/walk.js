// What a walk over the page needs to know of it: which controls there are, what each is called, how it can be reached.
(() => {
  const KINDS = new Set(["click", "change", "input", "keydown", "pointerdown", "pointermove", "submit", "paste"]);
  const NATIVE =
    "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1']), [role=button], .grip, " +
    "[data-key], svg [data-row], [data-seed], wg-formula [data-ref]";
  const listening = new Set();
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (kind, ...rest) {
    if (this instanceof Element && KINDS.has(kind)) listening.add(this);
    return add.call(this, kind, ...rest);
  };

  // What a control is called: by those who hear it, or by what it is.
  const nameOf = (each) => {
    const said = each.getAttribute("aria-label") || each.labels?.[0]?.textContent || "";
    const read = each.matches("a, button, summary") ? each.textContent : "";
    const kind = [...each.classList].filter((one) => !["on", "pointed", "made", "to-come"].includes(one)).join(".");
    return (said || read || kind).replace(/\s+/g, " ").trim();
  };
  const tagOf = (each) => {
    const data = ["data-key", "data-row", "data-seed", "data-ref"].find((one) => each.hasAttribute(one));
    if (each.matches("button, input")) return each.localName + (each.matches("input") ? `:${each.type}` : "");
    return each.localName + (data ? `[${data}]` : "");
  };
  const chainOf = (each) => {
    const found = [];
    for (let at = each; at && !at.matches("#lab"); at = at.parentElement)
      if (at.localName.startsWith("wg-")) found.unshift(at.localName);
    return found;
  };
  // A control belongs to the room that is nearest around it; the parts of that which it is in stand before its name.
  const roomOf = (each, rooms) => each.closest(rooms)?.localName ?? "";
  const keyOf = (each, rooms) => {
    const chain = chainOf(each);
    return [...chain.slice(chain.indexOf(roomOf(each, rooms)) + 1), tagOf(each), nameOf(each)].join(" ").trim();
  };
  const all = () => {
    const found = [...new Set([...document.querySelectorAll(NATIVE), ...listening])];
    return found.filter((each) => each.isConnected);
  };
  const isSeen = (each) =>
    each.checkVisibility({ visibilityProperty: true }) || each.closest("label")?.checkVisibility();

  // The place where one touches it: its label as well.
  const placeOf = (each) => {
    const boxes = [each, ...(each.labels ?? [])].map((one) => one.getBoundingClientRect()).filter((one) => one.width);
    const [left, top] = [Math.min(...boxes.map((one) => one.left)), Math.min(...boxes.map((one) => one.top))];
    const [right, bottom] = [Math.max(...boxes.map((one) => one.right)), Math.max(...boxes.map((one) => one.bottom))];
    return { width: right - left, height: bottom - top };
  };

  // Where one takes hold of it: in its middle; a line, which is seldom there, where no other lies over it.
  const spotOf = (each) => {
    const { left, top, width, height } = each.getBoundingClientRect();
    const middle = [left + width / 2, top + height / 2];
    if (!(each instanceof SVGGeometryElement)) return middle;
    const [matrix, length] = [each.getScreenCTM(), each.getTotalLength()];
    const along = Array.from({ length: 41 }, (_, place) => {
      const { x, y } = each.getPointAtLength((length * place) / 40).matrixTransform(matrix);
      return [x, y];
    });
    return [middle, ...along].find((spot) => document.elementFromPoint(...spot) === each) ?? middle;
  };

  window.walk = {
    // Every control by its room.
    keys: (rooms) => {
      const found = all().map((each) => JSON.stringify([roomOf(each, rooms), keyOf(each, rooms)]));
      return [...new Set(found)].map((each) => JSON.parse(each));
    },
    find: (rooms, room, pattern, place) => {
      const wanted = new RegExp(pattern);
      const inRoom = all().filter((each) => roomOf(each, rooms) === room);
      return inRoom.filter((each) => wanted.test(keyOf(each, rooms)) && isSeen(each))[place];
    },
    placeOf,
    spotOf,
    // What lies there instead of itself.
    coverOf: (each) => {
      const [x, y] = spotOf(each);
      if (x < 0 || y < 0 || x > window.innerWidth || y > window.innerHeight) return "the edge of the window";
      const over = document.elementFromPoint(x, y);
      const isIt = over === each || each.contains(over) || over?.closest("label")?.control === each;
      return isIt ? "" : (over?.closest(".kind-note") ?? over)?.outerHTML.slice(0, 200);
    },
    // Everything that one sees of some elements.
    looks: (selector) =>
      [...document.querySelectorAll(selector)].map((each) => {
        const fields = [...each.querySelectorAll("input, select, textarea"), each];
        return [each.outerHTML, fields.map((one) => [one.value, one.checked]), each.checkVisibility(), each.scrollTop];
      }),
  };
})();
