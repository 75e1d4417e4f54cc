// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * Places the nodes of a topology: columns by the longest way from the start, a lane for each subtopology. Pure.
 */

export const NODE = { width: 138, height: 36 };
const GAP = { x: 34, y: 14 };
const LANE_PAD = 16;
const LANE_TITLE = 18;
const MARGIN = 12;

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

/** Column of each node: the longest way to it; an edge that closes a circle is passed over. */
export function columns(nodes, edges) {
  const before = new Map(nodes.map((node) => [node.id, []]));
  edges.forEach(({ from, to }) => before.has(from) && before.get(to)?.push(from));
  const column = new Map();
  const under = new Set();
  const visit = (id) => {
    if (column.has(id)) {
      return column.get(id);
    }
    if (under.has(id)) {
      return -1;
    }
    under.add(id);
    const depth = Math.max(-1, ...before.get(id).map(visit)) + 1;
    under.delete(id);
    column.set(id, depth);
    return depth;
  };
  nodes.forEach((node) => visit(node.id));
  return column;
}

/** Lane of each node: its subtopology; a topic goes with who writes it, else with who reads it. */
export function lanes(nodes, edges) {
  const own = new Map(nodes.filter(({ subtopology }) => subtopology !== null && subtopology !== undefined)
    .map((node) => [node.id, String(node.subtopology)]));
  const lane = new Map(own);
  for (const node of nodes.filter(({ id }) => !own.has(id))) {
    const writer = edges.find((edge) => edge.to === node.id && own.has(edge.from));
    const reader = edges.find((edge) => edge.from === node.id && own.has(edge.to));
    lane.set(node.id, own.get(writer?.from) ?? own.get(reader?.to) ?? "");
  }
  return lane;
}

/**
 * @param {{nodes: TopologyNode[], edges: Edge[]}} topology
 * @returns {{width: number, height: number, nodes: (TopologyNode & {x: number, y: number})[], edges: Edge[],
 *   lanes: {name: string, y: number, height: number}[]}}
 */
export function layOut(topology) {
  const { nodes, edges } = contract(topology.nodes ?? [], topology.edges ?? []);
  const column = columns(nodes, edges);
  const lane = lanes(nodes, edges);
  const names = [...new Set(lane.values())].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const placed = new Map();
  const bands = [];
  let top = MARGIN;
  for (const name of names) {
    const cells = new Map();
    for (const node of nodes.filter(({ id }) => lane.get(id) === name)) {
      const at = column.get(node.id);
      cells.set(at, [...(cells.get(at) ?? []), node]);
    }
    const rows = Math.max(...[...cells.values()].map((cell) => cell.length));
    const first = top + LANE_TITLE + LANE_PAD / 2;
    for (const [at, cell] of [...cells].sort(([a], [b]) => a - b)) {
      ordered(cell, edges, placed).forEach((node, row) => placed.set(node.id, {
        ...node, x: MARGIN + LANE_PAD + at * (NODE.width + GAP.x), y: first + row * (NODE.height + GAP.y),
      }));
    }
    const height = LANE_TITLE + LANE_PAD + rows * (NODE.height + GAP.y);
    bands.push({ name, y: top, height });
    top += height + GAP.y;
  }
  const most = Math.max(0, ...column.values());
  return {
    width: 2 * (MARGIN + LANE_PAD) + (most + 1) * (NODE.width + GAP.x) - GAP.x, height: top - GAP.y + MARGIN,
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
