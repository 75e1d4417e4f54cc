// SPDX-License-Identifier: GPL-3.0-or-later
/** From values to pixels. Pure. */

/**
 * A linear scale.
 * @param {[number, number]} domain values
 * @param {[number, number]} range pixels
 * @returns {(value: number) => number}
 */
export function linear([from, to], [start, end]) {
  const span = to - from || 1;
  return (value) => start + ((value - from) / span) * (end - start);
}

/**
 * Round ticks of a linear axis from 0.
 * @param {number} most the largest value
 * @param {number} wanted about how many
 * @returns {number[]}
 */
export function ticks(most, wanted = 4) {
  if (!(most > 0)) {
    return [0];
  }
  const raw = most / wanted;
  const base = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * base).find((candidate) => candidate >= raw) ?? 10 * base;
  const found = [];
  for (let index = 0; index * step <= most * 1.0001; index++) {
    found.push(Number((index * step).toPrecision(12)));
  }
  return found;
}

/**
 * Whole powers of ten between two logarithms, at most so many of them.
 * @param {number} low log10
 * @param {number} high log10
 * @param {number} most
 * @returns {number[]} exponents
 */
export function decades(low, high, most = 8) {
  const first = Math.ceil(low - 1e-9);
  const last = Math.floor(high + 1e-9);
  const step = Math.max(1, Math.ceil((last - first + 1) / most));
  const found = [];
  for (let exponent = Math.ceil(first / step) * step; exponent <= last; exponent += step) {
    found.push(exponent);
  }
  return found;
}

/** An SVG path through points. */
export function line(points) {
  return points.map(([x, y], index) => `${index ? "L" : "M"}${round(x)} ${round(y)}`).join("");
}

/** An SVG path of a step line over bins: `edges` has one x more than `heights` has y. */
export function steps(edges, heights) {
  return heights.map((y, bin) => `${bin ? "L" : "M"}${round(edges[bin])} ${round(y)}L${round(edges[bin + 1])} ${round(y)}`)
    .join("");
}

const round = (value) => Math.round(value * 10) / 10;

/**
 * At most so many of the points, with the highest and lowest of each stretch kept, so that no peak is lost.
 * @template {{evidence: number}} P
 * @param {P[]} points
 * @param {number} most
 * @returns {P[]}
 */
export function thin(points, most) {
  if (points.length <= most) {
    return points;
  }
  const stretch = Math.ceil((points.length - 1) / Math.max(1, Math.floor((most - 1) / 2)));
  const kept = [];
  for (let start = 0; start < points.length - 1; start += stretch) {
    const part = points.slice(start, Math.min(start + stretch, points.length - 1));
    const sorted = [...part].sort((a, b) => a.evidence - b.evidence);
    const ends = new Set([sorted[0], sorted[sorted.length - 1]]);
    kept.push(...part.filter((point) => ends.has(point)));
  }
  kept.push(points[points.length - 1]);
  return kept;
}
