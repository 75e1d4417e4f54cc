// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * Places the nodes of a topology: columns by the longest way from the start, a lane for each subtopology. Pure.
 */

export const NODE = { width: 128, height: 34 };
const GAP = { x: 27, y: 12 };
const LANE_PAD = 12;
const LANE_TITLE = 18;
const MARGIN = 4;

/**
 * @typedef {{id: string, label: string, kind: string, subtopology: number|string|null}} TopologyNode
 * @typedef {{from: string, to: string}} Edge
 */

/**
 * Leaves out sources and sinks that only stand for the topic beside them: the topic says it.
 * @param {TopologyNode[]} nodes
 * @param {Edge[]} edges
 */
export function contract(nodes, edges) {
  const kind = new Map(nodes.map((node) => [node.id, node.kind]));
  let left = edges;
  const gone = new Set();
  for (const node of nodes) {
    const into = left.filter((edge) => edge.to === node.id);
    const out = left.filter((edge) => edge.from === node.id);
    const read = node.kind === "source" && into.length > 0 && into.every((edge) => kind.get(edge.from) === "topic");
    const written = node.kind === "sink" && out.length > 0 && out.every((edge) => kind.get(edge.to) === "topic");
    if (read || written) {
      gone.add(node.id);
      left = left.filter((edge) => edge.from !== node.id && edge.to !== node.id)
        .concat(into.flatMap((before) => out.map((after) => ({ from: before.from, to: after.to }))));
    }
  }
  return { nodes: nodes.filter((node) => !gone.has(node.id)), edges: unique(left) };
}

const unique = (edges) => [...new Map(edges.map((edge) => [`${edge.from}\n${edge.to}`, edge])).values()];

/** Edges that close a circle, found by walking along the edges from where nothing comes in. */
export function closing(nodes, edges) {
  const out = new Map(nodes.map(({ id }) => [id, edges.filter((edge) => edge.from === id)]));
  const state = new Map();
  const found = new Set();
  const walk = (id) => {
    state.set(id, "under way");
    for (const edge of out.get(id) ?? []) {
      if (state.get(edge.to) === "under way") {
        found.add(edge);
      } else if (!state.has(edge.to)) {
        walk(edge.to);
      }
    }
    state.set(id, "done");
  };
  const fed = new Set(edges.map((edge) => edge.to));
  [...nodes].sort((a, b) => Number(fed.has(a.id)) - Number(fed.has(b.id))).forEach(({ id }) => state.has(id) || walk(id));
  return found;
}

/** Column of each node: the longest way to it, but for edges that close a circle. */
export function columns(nodes, edges) {
  const passed = closing(nodes, edges);
  const before = new Map(nodes.map((node) => [node.id, []]));
  edges.filter((edge) => !passed.has(edge)).forEach(({ from, to }) => before.has(from) && before.get(to)?.push(from));
  const column = new Map();
  const visit = (id) => {
    if (!column.has(id)) {
      column.set(id, Math.max(-1, ...before.get(id).map(visit)) + 1);
    }
    return column.get(id);
  };
  nodes.forEach((node) => visit(node.id));
  return column;
}

const byNumber = (a, b) => a.localeCompare(b, "en", { numeric: true });

/** Lane of each node: its subtopology; a topic goes with who writes it, else with who reads it. */
export function lanes(nodes, edges) {
  const own = new Map(nodes.filter(({ subtopology }) => subtopology !== null && subtopology !== undefined)
    .map((node) => [node.id, String(node.subtopology)]));
  const lane = new Map(own);
  for (const node of nodes.filter(({ id }) => !own.has(id))) {
    const writers = edges.filter((edge) => edge.to === node.id && own.has(edge.from)).map((edge) => own.get(edge.from));
    const readers = edges.filter((edge) => edge.from === node.id && own.has(edge.to)).map((edge) => own.get(edge.to));
    lane.set(node.id, [...(writers.length ? writers : readers)].sort(byNumber)[0] ?? "");
  }
  return lane;
}

/**
 * @param {{nodes: TopologyNode[], edges: Edge[]}} topology
 * @returns {{width: number, height: number, nodes: (TopologyNode & {x: number, y: number})[], edges: Edge[],
 *   lanes: {name: string, x: number, y: number, width: number, height: number}[]}}
 */
export function layOut(topology) {
  const { nodes, edges } = contract(topology.nodes ?? [], topology.edges ?? []);
  const column = columns(nodes, edges);
  const lane = lanes(nodes, edges);
  const names = [...new Set(lane.values())].sort(byNumber);
  const placed = new Map();
  const bands = [];
  let top = MARGIN;
  const step = NODE.width + GAP.x;
  for (const name of names) {
    const cells = new Map();
    for (const node of nodes.filter(({ id }) => lane.get(id) === name)) {
      const at = column.get(node.id);
      cells.set(at, [...(cells.get(at) ?? []), node]);
    }
    const rows = Math.max(...[...cells.values()].map((cell) => cell.length));
    const under = top + LANE_TITLE + LANE_PAD / 2;
    for (const [at, cell] of [...cells].sort(([a], [b]) => a - b)) {
      ordered(cell, edges, placed).forEach((node, row) => placed.set(node.id, {
        ...node, x: MARGIN + LANE_PAD + at * step, y: under + row * (NODE.height + GAP.y),
      }));
    }
    const height = LANE_TITLE + LANE_PAD + rows * (NODE.height + GAP.y);
    const first = Math.min(...cells.keys());
    bands.push({
      name, x: MARGIN + first * step, y: top, height, width: (Math.max(...cells.keys()) - first) * step + NODE.width + 2 * LANE_PAD,
    });
    top += height + GAP.y;
  }
  const most = Math.max(0, ...column.values());
  return {
    width: 2 * (MARGIN + LANE_PAD) + (most + 1) * step - GAP.x, height: top - GAP.y + MARGIN,
    nodes: [...placed.values()], edges: edges.filter(({ from, to }) => placed.has(from) && placed.has(to)), lanes: bands,
  };
}

/** By how high those before them stand, so that few edges cross; stores last, below what uses them. */
function ordered(cell, edges, placed) {
  const height = (node) => {
    const before = edges.filter((edge) => edge.to === node.id && placed.has(edge.from)).map((edge) => placed.get(edge.from).y);
    return before.length ? before.reduce((sum, y) => sum + y, 0) / before.length : 0;
  };
  return [...cell].sort((a, b) => Number(a.kind === "store") - Number(b.kind === "store") || height(a) - height(b));
}
