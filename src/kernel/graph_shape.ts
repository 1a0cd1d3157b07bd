// Owns: the shape of a task graph — order, circles, critical path, links that say nothing new. Pure.

import { isSatisfied } from "./lifecycle/guards.ts";

/** A task and what waits for it, as far as its shape goes. */
export interface GraphNode {
  id: string;
  status: string;
  completed_at: number | null;
}

/** `child` waits for `parent`. */
export interface GraphEdge {
  parent: string;
  child: string;
  waived: boolean;
}

/** What is known of a graph. */
export interface GraphShape {
  /** Ids with parents before children, chains kept together; without those in `cyclic`. */
  order: string[];
  /** Ids that lie on a circle or below one: only foreign programs make those. */
  cyclic: string[];
  /** The longest chain of open tasks in which each waits for the one before. */
  criticalPath: string[];
}

/** Beyond this many links, finding superfluous ones takes longer than they disturb. */
const reducibleLinks = 3000;

export function shapeOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): GraphShape {
  const order = inOrder(nodes, edges);
  const placed = new Set(order);
  return {
    order,
    cyclic: nodes.filter(({ id }) => !placed.has(id)).map(({ id }) => id),
    criticalPath: longestOpenChain(nodes, edges, order),
  };
}

/** The links that are not implied by a longer way; all of them when there are very many. */
export function essentialEdges<Edge extends GraphEdge>(
  order: readonly string[],
  edges: readonly Edge[],
): Edge[] {
  if (edges.length > reducibleLinks) return [...edges];
  const children = Map.groupBy(edges, ({ parent }) => parent);
  const below = new Map<string, Set<string>>();
  for (const id of order.toReversed()) {
    const all = new Set<string>();
    for (const { child } of children.get(id) ?? []) {
      all.add(child);
      for (const far of below.get(child) ?? []) all.add(far);
    }
    below.set(id, all);
  }
  return edges.filter(({ parent, child }) =>
    !(children.get(parent) ?? []).some((other) =>
      other.child !== child && below.get(other.child)?.has(child)
    )
  );
}

/** Always goes on with a task that the last one freed, so that chains stay together. */
function inOrder(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): string[] {
  const children = Map.groupBy(edges, ({ parent }) => parent);
  const open = new Map(nodes.map(({ id }) => [id, 0]));
  for (const { child } of edges) open.set(child, (open.get(child) ?? 0) + 1);
  const next = nodes.filter(({ id }) => open.get(id) === 0).map(({ id }) => id).reverse();
  const order: string[] = [];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    order.push(id);
    for (const { child } of (children.get(id) ?? []).toReversed()) {
      const left = open.get(child)! - 1;
      open.set(child, left);
      if (left === 0) next.push(child);
    }
  }
  return order;
}

function longestOpenChain(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  order: readonly string[],
): string[] {
  const open = new Set(
    nodes.filter((node) => node.status !== "archived" && !isSatisfied(node)).map(({ id }) => id),
  );
  const parents = Map.groupBy(edges.filter(({ waived }) => !waived), ({ child }) => child);
  const chain = new Map<string, { length: number; before: string | null }>();
  let last: string | null = null;
  for (const id of order) {
    if (!open.has(id)) continue;
    let best: { length: number; before: string | null } = { length: 1, before: null };
    for (const { parent } of parents.get(id) ?? []) {
      const length = (chain.get(parent)?.length ?? 0) + 1;
      if (open.has(parent) && length > best.length) best = { length, before: parent };
    }
    chain.set(id, best);
    if (last === null || best.length > chain.get(last)!.length) last = id;
  }
  const path: string[] = [];
  for (let id = last; id !== null; id = chain.get(id)!.before) path.unshift(id);
  return path;
}
