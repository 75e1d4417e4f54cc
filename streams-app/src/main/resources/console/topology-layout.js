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
 * Leaves out sources and sinks that only stand for the topic beside them, and the filter that Kafka Streams puts before a
 * repartition topic: the topic says it.
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
    const filter = node.kind === "processor" && node.id.endsWith("-repartition-filter") && out.length > 0;
    if (read || written || filter) {
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

/**
 * Column of each node: the longest way to it, but for edges that close a circle. A topic between two subtopologies stands
 * below what writes it, so that the picture grows downwards there.
 */
export function columns(nodes, edges) {
  const passed = closing(nodes, edges);
  const between = topicsBetween(nodes, edges);
  const before = new Map(nodes.map((node) => [node.id, []]));
  edges.filter((edge) => !passed.has(edge)).forEach(({ from, to }) => before.has(from) && before.get(to)?.push(from));
  const column = new Map();
  const visit = (id) => {
    if (!column.has(id)) {
      const last = Math.max(-1, ...before.get(id).map(visit));
      column.set(id, between.has(id) && last >= 0 ? last : last + 1);
    }
    return column.get(id);
  };
  nodes.forEach((node) => visit(node.id));
  return column;
}

/** Topics that one stage writes and another reads. */
function topicsBetween(nodes, edges) {
  const written = new Set(edges.map((edge) => edge.to));
  const read = new Set(edges.map((edge) => edge.from));
  return new Set(nodes.filter(({ id, kind }) => kind === "topic" && written.has(id) && read.has(id)).map(({ id }) => id));
}

const byNumber = (a, b) => a.localeCompare(b, "en", { numeric: true });

/** Lane of each node: its subtopology; a topic goes with the first that reads it, else with the first that writes it. */
export function lanes(nodes, edges) {
  const own = new Map(nodes.filter(({ subtopology }) => subtopology !== null && subtopology !== undefined)
    .map((node) => [node.id, String(node.subtopology)]));
  const lane = new Map(own);
  for (const node of nodes.filter(({ id }) => !own.has(id))) {
    const writers = edges.filter((edge) => edge.to === node.id && own.has(edge.from)).map((edge) => own.get(edge.from));
    const readers = edges.filter((edge) => edge.from === node.id && own.has(edge.to)).map((edge) => own.get(edge.to));
    lane.set(node.id, [...(readers.length ? readers : writers)].sort(byNumber)[0] ?? "");
  }
  return lane;
}

/**
 * Row of each node of one lane: the first that no other node has, and no edge that goes by.
 * @param {TopologyNode[]} nodes of the lane
 * @param {Edge[]} edges
 * @param {Map<string, number>} column
 * @returns {Map<string, number>}
 */
function rows(nodes, edges, column) {
  const taken = new Set();
  const row = new Map();
  const inLane = new Set(nodes.map(({ id }) => id));
  const rank = (node) => {
    const before = edges.filter((edge) => edge.to === node.id && row.has(edge.from)).map((edge) => row.get(edge.from));
    return (before.length ? before.reduce((sum, value) => sum + value, 0) / before.length : 0) + (node.kind === "store" ? 100 : 0);
  };
  for (const at of [...new Set(nodes.map(({ id }) => column.get(id)))].sort((a, b) => a - b)) {
    const cell = nodes.filter(({ id }) => column.get(id) === at).map((node) => ({ node, rank: rank(node) }));
    for (const { node } of cell.sort((a, b) => a.rank - b.rank)) {
      let free = 0;
      while (taken.has(`${at} ${free}`)) {
        free++;
      }
      row.set(node.id, free);
      taken.add(`${at} ${free}`);
      const farthest = Math.max(at, ...edges.filter((edge) => edge.from === node.id && inLane.has(edge.to)).map((edge) => column.get(edge.to)));
      for (let passed = at + 1; passed < farthest; passed++) {
        taken.add(`${passed} ${free}`);
      }
    }
  }
  return row;
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
  const placed = [];
  const bands = [];
  const step = NODE.width + GAP.x;
  let top = MARGIN;
  for (const name of [...new Set(lane.values())].sort(byNumber)) {
    const own = nodes.filter(({ id }) => lane.get(id) === name);
    const row = rows(own, edges, column);
    const first = Math.min(...own.map(({ id }) => column.get(id)));
    const last = Math.max(...own.map(({ id }) => column.get(id)));
    placed.push(...own.map((node) => ({
      ...node, x: MARGIN + LANE_PAD + column.get(node.id) * step, y: top + LANE_TITLE + LANE_PAD / 2 + row.get(node.id) * (NODE.height + GAP.y),
    })));
    const height = LANE_TITLE + LANE_PAD + (Math.max(...row.values()) + 1) * (NODE.height + GAP.y);
    bands.push({ name, x: MARGIN + first * step, y: top, height, width: (last - first) * step + NODE.width + 2 * LANE_PAD });
    top += height + GAP.y;
  }
  const ids = new Set(placed.map(({ id }) => id));
  return {
    width: 2 * (MARGIN + LANE_PAD) + (Math.max(0, ...column.values()) + 1) * step - GAP.x, height: top - GAP.y + MARGIN,
    nodes: placed, edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)), lanes: bands,
  };
}
