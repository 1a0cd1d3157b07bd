// Owns: which part of a graph is shown. Pure.

import type { GraphOutput } from "../../src/ops/views/graph.ts";

export type GraphNode = GraphOutput["nodes"][number];
export type GraphEdge = GraphOutput["edges"][number];

export interface GraphPart {
  /** Parents before children. */
  nodes: readonly GraphNode[];
  /** Between shown nodes only. */
  edges: readonly GraphEdge[];
  /** Tasks without any link that were left out. */
  hiddenAlone: number;
  /** Tasks that were left out because there are too many. */
  tooMany: number;
}

/** More than this is neither quick nor of use to anybody. */
const most = 1500;

const over = new Set(["done", "archived"]);

/** Around a task everything connected is shown; on the whole board, tasks without links on demand. */
export function visiblePart(
  graph: GraphOutput,
  { root, hideDone, alone }: { root: string | null; hideDone: boolean; alone: boolean },
): GraphPart {
  const kept = hideDone
    ? graph.nodes.filter(({ id, status }) => !over.has(status) || id === root)
    : graph.nodes;
  const ids = new Set(kept.map(({ id }) => id));
  const edges = graph.edges.filter(({ parent, child }) => ids.has(parent) && ids.has(child));
  const linked = new Set(edges.flatMap(({ parent, child }) => [parent, child]));
  const chosen = root === null && !alone ? kept.filter(({ id }) => linked.has(id)) : kept;
  const nodes = chosen.slice(0, most);
  const hiddenAlone = kept.length - chosen.length;
  const tooMany = chosen.length - nodes.length;
  if (tooMany === 0) return { nodes, edges, hiddenAlone, tooMany };
  const shown = new Set(nodes.map(({ id }) => id));
  const between = edges.filter(({ parent, child }) => shown.has(parent) && shown.has(child));
  return { nodes, edges: between, hiddenAlone, tooMany };
}
