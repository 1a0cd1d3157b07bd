// Owns: what tasks hand to each other: files, summaries and results.

import { type Board, read } from "./board.ts";
import { newestOfKind } from "./queries/events.ts";
import {
  childResultsOf,
  type NeighbourResult,
  parentResultsOf,
  parentsOf,
} from "./queries/links.ts";

/**
 * Files that completed parents of a task named as artifacts and that lie elsewhere than among their attachments,
 * and the ids of all parents.
 */
export function handedOver(
  board: Board,
  taskId: string,
): Promise<{ parents: string[]; artifacts: string[] }> {
  return read(board, async (tx) => {
    const parents = (await parentsOf(tx, taskId)).map(({ id }) => id);
    const artifacts: string[] = [];
    for (const parent of parents) {
      const event = await newestOfKind(tx, parent, "completed");
      artifacts.push(...pathsIn(event?.payload ?? null));
    }
    return { parents, artifacts };
  });
}

/** What came of the tasks it builds on, and of those that build on it. */
export function readResults(
  board: Board,
  taskId: string,
): Promise<{ parent_results: NeighbourResult[]; child_results: NeighbourResult[] }> {
  return read(board, async (tx) => ({
    parent_results: await parentResultsOf(tx, taskId),
    child_results: await childResultsOf(tx, taskId),
  }));
}

/** The absolute paths among the artifacts of a `completed` event, which another program may have written. */
function pathsIn(payload: string | null): string[] {
  if (payload === null) return [];
  const { artifacts } = JSON.parse(payload) as { artifacts?: unknown };
  if (!Array.isArray(artifacts)) return [];
  return artifacts.flatMap((artifact) => {
    const path = (artifact as { path?: unknown } | null)?.path;
    return typeof path === "string" && path.startsWith("/") ? [path] : [];
  });
}
