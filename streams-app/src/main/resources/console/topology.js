// SPDX-License-Identifier: GPL-3.0-or-later
/** The running topology as a picture, and the instances that run it. */
import { get } from "./api.js";
import { fill, h, s } from "./dom.js";
import { count } from "./format.js";
import { card, empty, failure, missing } from "./parts.js";
import { layOut, NODE } from "./topology-layout.js";
import { nameOf } from "./words.js";

const REFRESH = 10_000;
const LONGEST = 20;
const KINDS = [
  { code: "topic", name: "Topic" }, { code: "source", name: "Source" }, { code: "processor", name: "Processor" },
  { code: "store", name: "State store" }, { code: "sink", name: "Sink" },
];

/** @param {import("./app.js").Context} context */
export function topology({ signal }) {
  const picture = h("div", { class: "topology scroll-x", tabindex: 0, role: "region", "aria-label": "Picture of the topology" },
    h("p", { class: "loading" }, "Loading the topology"));
  const instances = h("div", { class: "scroll-x" });
  const list = h("div", {});
  let drawn = "";
  const load = async () => {
    try {
      const running = await get("topology", {}, signal);
      const shape = JSON.stringify([running.nodes, running.edges]);
      if (shape !== drawn) {
        drawn = shape;
        fill(picture, running.nodes?.length ? draw(layOut(running)) : empty("No topology", "The monitor tells of none."));
        fill(list, asText(running));
      }
      fill(instances, missing(running.unreachable), instanceTable(running.instances ?? []));
    } catch (error) {
      if (!signal.aborted) {
        drawn = "";
        fill(picture, failure(error, load));
      }
    }
  };
  load();
  const timer = setInterval(load, REFRESH);
  signal.addEventListener("abort", () => clearInterval(timer));
  return h("div", { class: "view" }, h("header", { class: "view-head" }, h("h1", {}, "Topology"),
    h("p", { class: "muted" }, "What happens to a query, from the topic it is read from to the topics of what was found.")),
  h("section", { class: "card" }, picture, legend(), h("details", { class: "raw" }, h("summary", {}, "The same as text"), list)),
  card("Instances", null, instances));
}

function draw(layout) {
  const at = new Map(layout.nodes.map((node) => [node.id, node]));
  const down = new Map();
  const edges = layout.edges.map(({ from, to }) => s("path", { class: "edge", d: curve(at.get(from), at.get(to), down), "marker-end": "url(#arrow)", data: { from, to } }));
  const svg = s("svg", {
    class: "topology-picture", viewBox: `0 0 ${layout.width} ${layout.height}`, role: "img",
    "aria-label": `Topology of ${layout.nodes.length} nodes in ${layout.lanes.length} subtopologies; as text below.`,
  }, s("defs", {}, s("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" },
    s("path", { class: "arrow-head", d: "M0 0.500 7.500 4 0 7.500z" }))),
  layout.lanes.map((lane) => s("g", { class: "lane-box" },
    s("rect", { x: lane.x, y: lane.y, width: lane.width, height: lane.height, rx: 10 }),
    s("text", { x: lane.x + 12, y: lane.y + 18 }, lane.name === "" ? "beside them" : `subtopology ${lane.name}`))),
  edges, layout.nodes.map(nodeShape));
  svg.style.maxWidth = `${layout.width}px`;
  svg.addEventListener("pointerover", (event) => {
    const id = event.target.closest?.(".node")?.dataset.id;
    edges.forEach((edge) => edge.classList.toggle("is-lit", edge.dataset.from === id || edge.dataset.to === id));
  });
  return svg;
}

/**
 * From the right of one to the left of the other; into the top of a topic that stands below.
 * @param {Map<number, number>} down how many edges already go down beside a column, so that none covers another
 */
function curve(from, to, down) {
  const [x1, y1] = [from.x + NODE.width, from.y + NODE.height / 2];
  const [x2, y2] = [to.x - 1, to.y + NODE.height / 2];
  if (to.x <= from.x && to.y > from.y) {
    const over = to.y - 12;
    const aside = 9 - 5 * (down.get(x1) ?? 0);
    down.set(x1, (down.get(x1) ?? 0) + 1);
    return `M${x1} ${y1}h${Math.max(-1, aside)}q7 0 7 7V${over - 7}q0 7 -7 7H${to.x + NODE.width - 22}q-7 0 -7 7V${to.y - 1}`;
  }
  if (x2 < x1) {
    return `M${x1} ${y1}C${x1 + 60} ${y1} ${x2 - 60} ${y2} ${x2} ${y2}`;
  }
  // A long way runs level first, and turns in the last gap, where no node is.
  const turn = Math.max(x1, x2 - 26);
  const bend = (x2 - turn) / 2;
  return `M${x1} ${y1}H${turn}C${turn + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

/** What stands in a node: short, for the whole name is in its title. */
function short(node) {
  const label = (node.label ?? node.id).replace(/-repartition$/, "");
  return label.length > LONGEST ? `${label.slice(0, LONGEST - 9)}…${label.slice(-8)}` : label;
}

function nodeShape(node) {
  const { width, height } = NODE;
  const label = node.label ?? node.id;
  const box = { topic: height / 2, source: 12, sink: 12, processor: 6 }[node.kind];
  return s("g", { class: `node node-${node.kind}`, transform: `translate(${node.x} ${node.y})`, data: { id: node.id } },
    s("title", {}, `${nameOf(node.kind === "store" ? "state store" : node.kind)} ${label}`),
    node.kind === "store"
      ? s("path", { class: "shape", d: `M0 6C0 -2 ${width} -2 ${width} 6V${height - 6}C${width} ${height + 2} 0 ${height + 2} 0 ${height - 6}ZM0 6C0 14 ${width} 14 ${width} 6` })
      : s("rect", { class: "shape", width, height, rx: box ?? 6 }),
    s("text", { x: width / 2, y: height / 2 + (node.kind === "store" ? 7 : 4), "text-anchor": "middle" }, short(node)));
}

function legend() {
  return h("ul", { class: "legend legend-line" }, KINDS.filter(({ code }) => !["source", "sink"].includes(code)).map(({ code, name }) =>
    h("li", {}, h("span", { class: `swatch swatch-${code}`, "aria-hidden": "true" }), name)));
}

function asText(running) {
  const label = new Map(running.nodes.map((node) => [node.id, node.label ?? node.id]));
  return h("ul", { class: "plain" }, running.edges.map(({ from, to }) => h("li", {}, `${label.get(from) ?? from} → ${label.get(to) ?? to}`)));
}

function instanceTable(instances) {
  if (instances.length === 0) {
    return empty("No instance", "None has told of itself yet.");
  }
  return h("table", { class: "table" }, h("caption", { class: "sr" }, "Instances"),
    h("thead", {}, h("tr", {}, ["Instance", "Address", "State", "Threads", "Tasks", "Waiting"].map((name, column) =>
      h("th", { scope: "col", class: column > 2 ? "number" : null }, name)))),
    h("tbody", {}, instances.map((instance) => h("tr", {}, h("th", { scope: "row", class: "id" }, instance.id), h("td", {}, instance.host),
      h("td", {}, nameOf((instance.state ?? "").toLowerCase())), [instance.threads, tasks(instance.tasks), instance.lag].map((number) => h("td", { class: "number" }, count(number)))))));
}

/** Tasks come as a list of their names. */
const tasks = (names) => (Array.isArray(names) ? names.length : null);
