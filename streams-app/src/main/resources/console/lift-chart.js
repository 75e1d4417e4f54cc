// SPDX-License-Identifier: GPL-3.0-or-later
/** Leak lift with its interval, as a dot and a whisker on a log axis; 1 leaks nothing. */
import { fill, h, onWidth, s } from "./dom.js";
import { times } from "./format.js";
import { linear } from "./scale.js";

const PAD = 16;

/** The axis that holds all lifts: powers of two round 1. Pure. @returns {[number, number]} log2 */
export function liftDomain(items) {
  const values = items.flatMap(({ lift, liftLow, liftHigh }) => [lift, liftLow, liftHigh]).filter((value) => value > 0);
  const logs = values.map(Math.log2);
  return [Math.floor(Math.min(-1, ...logs)), Math.ceil(Math.max(2, ...logs))];
}

/** A lift in words. Pure. */
export function liftInWords({ lift, liftLow, liftHigh }) {
  if (lift === null || lift === undefined) {
    return "Leak lift not known yet.";
  }
  const interval = liftLow === null || liftLow === undefined ? "" : `, 95 % interval ${times(liftLow)} to ${times(liftHigh)}`;
  return `Leak lift ${times(lift)}${interval}.`;
}

/**
 * One row, drawn to the width of its element.
 * @param {HTMLElement} host
 * @param {{lift: number|null, liftLow?: number|null, liftHigh?: number|null}} item
 * @param {[number, number]} domain of {@link liftDomain}
 * @param {boolean} [labels] whether the axis has its numbers
 */
export function liftRow(host, item, domain, labels = false) {
  return onWidth(host, (width) => {
    const height = labels ? 44 : 26;
    const x = linear(domain, [PAD, width - PAD]);
    const at = (value) => x(Math.log2(Math.max(value, 2 ** domain[0])));
    const step = Math.max(1, Math.ceil((domain[1] - domain[0]) / Math.max(2, Math.floor(width / 44))));
    const marks = [];
    for (let exponent = domain[0]; exponent <= domain[1]; exponent++) {
      if (exponent % step === 0) {
        marks.push(exponent);
      }
    }
    const grid = marks.map((exponent) => s("g", {},
      s("line", { class: exponent === 0 ? "one" : "grid-line", x1: x(exponent), x2: x(exponent), y1: 2, y2: 24 }),
      labels && s("text", { class: "axis", x: x(exponent), y: 40, "text-anchor": "middle" }, `${Number((2 ** exponent).toPrecision(3))}×`)));
    fill(host, s("svg", { class: "lift", width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": liftInWords(item) },
      grid, dot(item, at)));
  });
}

function dot(item, at) {
  if (!(item.lift > 0)) {
    return null;
  }
  const tone = toneOf(item);
  return s("g", { class: `whisker tone-${tone}` },
    item.liftLow > 0 && item.liftHigh > 0 && s("line", { x1: at(item.liftLow), x2: at(item.liftHigh), y1: 13, y2: 13 }),
    s("circle", { cx: at(item.lift), cy: 13, r: 5.5 }));
}

/** How bad a lift is: its lower end above 5 is bad, above 1.5 to be watched. Pure. */
export function toneOf({ lift, liftLow }) {
  const sure = liftLow ?? lift;
  return sure === null || sure === undefined ? "unknown" : sure >= 5 ? "bad" : sure >= 1.5 ? "warn" : "good";
}

/** A figure and its interval as text: "3.4×" with "3.1× – 3.8×" beside it. */
export function liftFigure(item) {
  return h("span", { class: `lift-figure tone-${toneOf(item)}` }, h("b", {}, times(item.lift)),
    item.liftLow > 0 && item.liftHigh > 0 && h("small", {}, `${times(item.liftLow)} – ${times(item.liftHigh)}`));
}
