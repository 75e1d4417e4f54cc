// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * The path of the evidence M on a log axis against the alarm threshold c. Below it a lane for each sensor, with a tick for
 * each query after which that sensor had the largest part of the evidence.
 */
import { fill, h, onWidth, s } from "./dom.js";
import { empty } from "./parts.js";
import { clock, evidence, hms, NONE, plural, power } from "./format.js";
import { decades, line, linear, thin } from "./scale.js";
import { nameOf, pathInWords, SENSORS } from "./words.js";

const LEFT = 54;
const RIGHT = 14;
const TOP = 20;
const LANE = 17;

/**
 * @typedef {{time: string, evidence: number|null, sensor: string|null}} Point
 * @typedef {{points: Point[], truncated: boolean}} Path
 */

/**
 * Draws into an element and keeps to its width.
 * @param {HTMLElement} host
 * @param {Path|null} path
 * @param {number} threshold log10 of c
 * @returns {() => void} how to stop
 */
export function evidenceChart(host, path, threshold) {
  host.classList.add("chart");
  const points = (path?.points ?? []).map((point) => ({ ...point, evidence: point.evidence ?? 0 }));
  if (points.length === 0) {
    fill(host, empty("No path of evidence", "One is kept from a tenfold of the start on, and in memory only."));
    return () => {};
  }
  const words = pathInWords(points, threshold, path?.truncated ?? false);
  return onWidth(host, (width) => draw(host, points, threshold, words, width, path?.truncated ?? false));
}

function draw(host, points, threshold, words, width, truncated) {
  const lanes = lanesOf(points);
  const plot = width < 480 ? 190 : 250;
  const right = width - RIGHT;
  const bottom = TOP + plot;
  const height = bottom + 10 + lanes.length * LANE + 26;
  const highest = Math.max(threshold, ...points.map((point) => point.evidence));
  const x = linear([0, Math.max(1, points.length - 1)], [LEFT, right]);
  const y = linear([0, highest + 0.35], [bottom, TOP]);
  const at = { x, y: (value) => y(Math.max(0, value)), right, bottom, width };

  const tip = h("div", { class: "tip", hidden: true, role: "status" });
  const cursor = s("g", { class: "cursor", visibility: "hidden" }, s("line", { y1: TOP, y2: height - 22 }), s("circle", { r: 4 }));
  const svg = s("svg", {
    class: "evidence", width, height, viewBox: `0 0 ${width} ${height}`, role: "img", tabindex: 0, "aria-label": words,
  }, grid(at, threshold), area(points, at), s("path", { class: "path", d: line(thin(indexed(points), 2 * width)
    .map((point) => [x(point.index), at.y(point.evidence)])) }), marks(points, at, threshold),
  lanes.map((lane, row) => laneOf(lane, points, at, bottom + 10 + row * LANE)),
  times(points, at, height - 6, truncated), cursor);
  listen(svg, points, threshold, at, cursor, tip, truncated ? "point" : "query");
  fill(host, svg, tip);
}

const indexed = (points) => points.map((point, index) => ({ ...point, index }));

/** Sensors that are seen in the path, in their own order; a stranger after them. */
function lanesOf(points) {
  const seen = new Set(points.map((point) => point.sensor).filter(Boolean));
  const known = SENSORS.map(({ code }) => code).filter((code) => seen.has(code));
  return [...known, ...[...seen].filter((code) => !known.includes(code))];
}

function grid(at, threshold) {
  const third = [threshold / 3, (2 * threshold) / 3];
  const band = (from, to, name) => s("rect", {
    class: `band band-${name}`, x: LEFT, width: Math.max(0, at.right - LEFT), y: at.y(to), height: Math.max(0, at.y(from) - at.y(to)),
  });
  const axis = decades(0, threshold + 0.3, 7).map((exponent) => s("g", {},
    s("line", { class: "grid-line", x1: LEFT, x2: at.right, y1: at.y(exponent), y2: at.y(exponent) }),
    s("text", { class: "axis", x: LEFT - 8, y: at.y(exponent) + 4, "text-anchor": "end" }, power(exponent))));
  const c = at.y(threshold);
  return s("g", { "aria-hidden": "true" }, band(third[0], third[1], "elevated"), band(third[1], threshold, "high"), axis,
    s("line", { class: "threshold", x1: LEFT, x2: at.right, y1: c, y2: c }),
    s("text", { class: "threshold-label", x: LEFT + 6, y: c - 6 }, `alarm at c = ${evidence(threshold)}`));
}

function area(points, at) {
  const top = thin(indexed(points), 2 * at.width).map((point) => [at.x(point.index), at.y(point.evidence)]);
  const base = [[at.x(points.length - 1), at.bottom], [at.x(0), at.bottom]];
  return s("path", { class: "area", d: `${line([...top, ...base])}Z` });
}

/** Every alarm, and where the path is now. */
function marks(points, at, threshold) {
  return indexed(points).filter((point) => point.evidence >= threshold || point.index === points.length - 1)
    .map((point) => s("circle", {
      class: point.evidence >= threshold ? "end end-alarm" : "end", cx: at.x(point.index), cy: at.y(point.evidence),
      r: point.evidence >= threshold ? 5 : 3.5,
    }));
}

function laneOf(code, points, at, top) {
  // Many queries to a pixel are one tick.
  const columns = new Set(points.flatMap((point, index) => (point.sensor === code ? [Math.round(at.x(index))] : [])));
  return s("g", { class: `lane sensor-${SENSORS.some((sensor) => sensor.code === code) ? code : "other"}` },
    s("line", { class: "lane-line", x1: LEFT, x2: at.right, y1: top + LANE / 2, y2: top + LANE / 2 }),
    s("path", { class: "ticks", d: [...columns].map((column) => `M${column} ${top + 2}v${LANE - 5}`).join("") }),
    s("text", { class: "lane-mark", x: LEFT - 8, y: top + LANE / 2 + 4, "text-anchor": "end" }, short(code)));
}

const SHORT = { "member-likeness": "member", neighbourhood: "near", climb: "climb", repeat: "repeat", "training-hit": "hit" };
const short = (code) => SHORT[code] ?? code.slice(0, 7);

function times(points, at, y, truncated) {
  const first = points[0].time;
  const last = points[points.length - 1].time;
  const middle = truncated ? `${plural(points.length, "point")}, of each stretch the highest` : plural(points.length, "query", "queries");
  return s("g", { class: "axis", "aria-hidden": "true" },
    s("text", { x: LEFT, y }, hms(first)),
    s("text", { x: (LEFT + at.right) / 2, y, "text-anchor": "middle" }, middle),
    s("text", { x: at.right, y, "text-anchor": "end" }, hms(last)));
}

/** The reading of one query, by pointer or arrow keys. */
function listen(svg, points, threshold, at, cursor, tip, one) {
  let index = points.length - 1;
  const show = (wanted) => {
    index = Math.min(points.length - 1, Math.max(0, wanted));
    const point = points[index];
    const [px, py] = [at.x(index), at.y(point.evidence)];
    cursor.setAttribute("visibility", "visible");
    cursor.setAttribute("transform", `translate(${px} 0)`);
    cursor.lastElementChild.setAttribute("cy", String(py));
    fill(tip, h("b", {}, evidence(point.evidence)), ` of ${evidence(threshold)}`,
      h("span", {}, `${one} ${index + 1} of ${points.length}`),
      h("span", {}, point.sensor ? `most by ${nameOf(point.sensor).toLowerCase()}` : "by no sensor most"),
      h("span", {}, point.time ? clock(point.time) : NONE));
    tip.hidden = false;
    const wide = tip.offsetWidth;
    tip.style.left = `${Math.min(at.width - wide - 4, Math.max(4, px < at.width / 2 ? px + 12 : px - wide - 12))}px`;
    tip.style.top = `${Math.max(0, Math.min(py - 30, at.bottom - 70))}px`;
  };
  const hide = () => {
    cursor.setAttribute("visibility", "hidden");
    tip.hidden = true;
  };
  const under = (event) => {
    const box = svg.getBoundingClientRect();
    return Math.round(((event.clientX - box.left - LEFT) / Math.max(1, at.right - LEFT)) * (points.length - 1));
  };
  svg.addEventListener("pointermove", (event) => show(under(event)));
  svg.addEventListener("pointerdown", (event) => show(under(event)));
  svg.addEventListener("pointerleave", hide);
  svg.addEventListener("focus", () => svg.matches(":focus-visible") && show(index));
  svg.addEventListener("blur", hide);
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -points.length, End: points.length }[event.key];
    if (step) {
      event.preventDefault();
      show(index + step);
    } else if (event.key === "Escape" && !tip.hidden) {
      event.stopPropagation();
      hide();
    }
  });
}

/** What the ticks, the lanes and their colours mean. */
export function sensorLegend(points) {
  const seen = lanesOf(points);
  return h("ul", { class: "legend" }, h("li", {}, "A tick is a query; its lane is the sensor with the largest part of the evidence."), SENSORS.filter(({ code }) => seen.includes(code)).map(({ code, name, sees }) =>
    h("li", {}, h("span", { class: `swatch sensor-${code}`, "aria-hidden": "true" }), h("b", {}, name), ` ${sees}`)));
}
