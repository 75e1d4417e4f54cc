// SPDX-License-Identifier: GPL-3.0-or-later
/** Attack scores of live answers as bars; behind them the calibration's members and non-members as lines. */
import { fill, h, onWidth, s } from "./dom.js";
import { count, percent } from "./format.js";
import { linear, steps, ticks } from "./scale.js";

const LEFT = 44;
const RIGHT = 14;
const TOP = 10;

/**
 * @typedef {{edges: number[], counts: number[], members: number[]|null, nonMembers: number[]|null}} Histogram
 */

/** Shares of a whole; all 0 where there is none. Pure. */
export function shares(counts) {
  const whole = counts.reduce((sum, value) => sum + value, 0);
  return counts.map((value) => (whole > 0 ? value / whole : 0));
}

/**
 * A histogram in words. Pure.
 * @param {Histogram} histogram
 */
export function histogramInWords({ counts, members, nonMembers }) {
  const live = shares(counts);
  const half = Math.floor(live.length / 2);
  const above = (values) => values.slice(half).reduce((sum, value) => sum + value, 0);
  const parts = [`Attack scores of ${count(counts.reduce((sum, value) => sum + value, 0))} live answers in ${live.length} bins: `
    + `${percent(above(live))} in the upper half of the bins`];
  if (nonMembers) {
    parts.push(`known non-members ${percent(above(nonMembers))}`);
  }
  if (members) {
    parts.push(`known members ${percent(above(members))}`);
  }
  return `${parts.join(", ")}.`;
}

/**
 * Draws into an element and keeps to its width.
 * @param {HTMLElement} host
 * @param {Histogram|null} histogram
 * @returns {() => void} how to stop
 */
export function scoreHistogram(host, histogram) {
  host.classList.add("chart");
  const seen = (histogram?.counts ?? []).some((value) => value > 0);
  if (!histogram || (!seen && !histogram.nonMembers)) {
    fill(host, h("p", { class: "empty" }, "No answer has been scored yet."));
    return () => {};
  }
  return onWidth(host, (width) => draw(host, histogram, width));
}

function draw(host, histogram, width) {
  const live = shares(histogram.counts);
  const bins = live.length;
  const height = width < 420 ? 190 : 220;
  const bottom = height - 40;
  const most = Math.max(...live, ...(histogram.members ?? [0]), ...(histogram.nonMembers ?? [0]));
  const x = linear([0, bins], [LEFT, width - RIGHT]);
  const y = linear([0, most * 1.06 || 1], [bottom, TOP]);
  const edges = Array.from({ length: bins + 1 }, (_, edge) => x(edge));
  const outline = (values, name) => values && s("g", { class: name },
    s("path", { class: "fill", d: `${steps(edges, values.map(y))}L${edges[bins]} ${bottom}L${edges[0]} ${bottom}Z` }),
    s("path", { class: "line", d: steps(edges, values.map(y)) }));

  const tip = h("div", { class: "tip", hidden: true });
  const svg = s("svg", {
    class: "histogram", width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": histogramInWords(histogram),
  }, ticks(most, 4).map((share) => s("g", {},
    s("line", { class: "grid-line", x1: LEFT, x2: width - RIGHT, y1: y(share), y2: y(share) }),
    s("text", { class: "axis", x: LEFT - 8, y: y(share) + 4, "text-anchor": "end" }, percent(share)))),
  outline(histogram.nonMembers, "non-members"), outline(histogram.members, "members"),
  s("g", { class: "live" }, live.map((share, bin) => s("rect", {
    x: x(bin) + barGap(x), width: Math.max(1, x(1) - x(0) - 2 * barGap(x)), y: y(share), height: Math.max(0, bottom - y(share)), rx: 1.5,
  }))),
  s("line", { class: "base-line", x1: LEFT, x2: width - RIGHT, y1: bottom, y2: bottom }),
  axis(histogram, x, bottom, width));
  listen(svg, tip, histogram, live, x, width);
  fill(host, svg, tip);
}

const barGap = (x) => Math.min(6, (x(1) - x(0)) * 0.2);

/**
 * What stands at the ends of the bins: how many of the known non-members score higher, which is the false-positive rate of
 * a cut there; the scores themselves where no non-member is known. Pure.
 * @param {Histogram} histogram
 * @returns {string[]} one more than there are bins
 */
export function endLabels({ edges, nonMembers }) {
  if (!nonMembers) {
    return edges.map((edge) => String(Number(edge.toPrecision(2))).replace("-", "−"));
  }
  let above = 1;
  return [percent(1), ...nonMembers.map((share) => {
    above = Math.max(0, above - share);
    return percent(above < 5e-4 ? 0 : Number(above.toPrecision(2)));
  })];
}

function axis(histogram, x, bottom, width) {
  const labels = endLabels(histogram);
  const every = Math.max(1, Math.ceil((labels.length * 46) / (width - LEFT)));
  // The last bins are those that matter: labels are left out from the right.
  const shown = labels.map((label, index) => [label, index]).filter(([, index]) => (labels.length - 1 - index) % every === 0);
  const caption = !histogram.nonMembers ? "attack score"
    : width < 420 ? "share of known non-members above" : "attack score, by the share of known non-members above it";
  return s("g", { class: "axis" }, shown.map(([label, index]) => s("text", { x: x(index), y: bottom + 15, "text-anchor": "middle" }, label)),
    s("text", { x: (LEFT + width) / 2, y: bottom + 33, "text-anchor": "middle" }, `${caption} →`));
}

function listen(svg, tip, histogram, live, x, width) {
  svg.addEventListener("pointermove", (event) => {
    const bin = Math.floor(((event.offsetX - LEFT) / (width - RIGHT - LEFT)) * live.length);
    tip.hidden = bin < 0 || bin >= live.length;
    if (tip.hidden) {
      return;
    }
    fill(tip, h("b", {}, percent(live[bin])), ` of live answers (${count(histogram.counts[bin])})`,
      histogram.members && h("span", {}, `${percent(histogram.members[bin])} of known members`),
      histogram.nonMembers && h("span", {}, `${percent(histogram.nonMembers[bin])} of known non-members`));
    tip.style.left = `${Math.min(width - tip.offsetWidth - 4, Math.max(4, x(bin) + 14))}px`;
    tip.style.top = "4px";
  });
  svg.addEventListener("pointerleave", () => {
    tip.hidden = true;
  });
}

/** What the bars and lines are. */
export function histogramLegend(histogram) {
  const item = (name, label) => h("li", {}, h("span", { class: `swatch swatch-${name}`, "aria-hidden": "true" }), label);
  return h("ul", { class: "legend legend-line" }, item("live", "live answers"),
    histogram?.nonMembers && item("non-members", "calibration: non-members"),
    histogram?.members && item("members", "calibration: members"));
}
