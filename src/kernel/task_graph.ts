// Owns: reading the graph of tasks around one task, or that of the whole board.

import { type Board, read } from "./board.ts";
import { type GraphEdge, type GraphShape, shapeOf } from "./graph_shape.ts";
import { refusalError, unknownTask } from "./lifecycle/apply.ts";
import { type LinkRow, type NodeRow, sql } from "./queries/links.ts";

/** Tasks in board order, the links between them, and the shape they make. */
export interface TaskGraph extends GraphShape {
  nodes: NodeRow[];
  edges: GraphEdge[];
}

/**
 * Everything that is connected with the task `root` by links in any direction, or the whole board. Links to
 * tasks that are gone are left out.
 *
 * @throws HermesError `not_found`.
 */
export function readGraph(
  board: Board,
  root: string | null,
  includeArchived = false,
): Promise<TaskGraph> {
  return read(board, async (tx) => {
    const nodes = root === null
      ? await tx.all<NodeRow>(includeArchived ? sql.allTasks : sql.boardTasks)
      : await tx.all<NodeRow>(sql.connectedTasks, [root]);
    if (root !== null && !nodes.some(({ id }) => id === root)) {
      throw refusalError(unknownTask(root));
    }
    const links = root === null
      ? await tx.all<LinkRow>(sql.all)
      : await tx.all<LinkRow>(sql.connectedLinks, [root]);
    const known = new Set(nodes.map(({ id }) => id));
    const edges = links
      .filter(({ parent_id, child_id }) => known.has(parent_id) && known.has(child_id))
      .map(({ parent_id, child_id, waived }): GraphEdge => {
        return { parent: parent_id, child: child_id, waived: waived === 1 };
      });
    return { nodes, edges, ...shapeOf(nodes, edges) };
  });
}
