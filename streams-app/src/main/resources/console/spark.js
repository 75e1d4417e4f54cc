// SPDX-License-Identifier: GPL-3.0-or-later
/** The last minutes of a figure as a line without axes. */
import { s } from "./dom.js";
import { line, linear } from "./scale.js";

const WIDTH = 240;
const HEIGHT = 48;
/** Two minutes at a snapshot a second; the line grows in from the right. */
const SPAN = 120;

/**
 * A sparkline that can be given new values.
 * @returns {{element: SVGElement, set: (values: (number|null)[]) => void}}
 */
export function sparkline() {
  const path = s("path", { class: "spark-line" });
  const area = s("path", { class: "spark-area" });
  const element = s("svg", {
    class: "spark", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true",
  }, area, path);
  return {
    element,
    set(values) {
      const shown = values.slice(-SPAN);
      const known = shown.filter((value) => value !== null);
      if (known.length < 2) {
        return;
      }
      const x = linear([0, SPAN - 1], [0, WIDTH]);
      const y = linear([0, Math.max(...known) * 1.15 || 1], [HEIGHT - 1, 2]);
      const offset = SPAN - shown.length;
      const points = shown.map((value, index) => [x(offset + index), y(value ?? 0)]);
      path.setAttribute("d", line(points));
      area.setAttribute("d", `${line([...points, [WIDTH, HEIGHT], [x(offset), HEIGHT]])}Z`);
    },
  };
}
