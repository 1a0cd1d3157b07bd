// Owns: how much of a task's graph is done.

import type { ReadTx } from "./engine/port.ts";
import { isSatisfied } from "./lifecycle/guards.ts";
import type { LinkedTask } from "./model/rows.ts";
import { sql } from "./queries/events.ts";
import { parseJson, type Progress } from "./views.ts";

/**
 * Progress over the tasks a decomposition made, or else over the children of a task; null when there are
 * none. The tasks of a decomposition are parents of its root, which waits for them.
 */
export async function progressOf(
  tx: ReadTx,
  taskId: string,
  parents: readonly LinkedTask[],
  children: readonly LinkedTask[],
): Promise<Progress | null> {
  const decomposed = await tx.get<{ payload: string | null }>(sql.decomposedOf, [taskId]);
  const planned = decomposed ? new Set(childIds(decomposed.payload)) : null;
  const counted = planned ? parents.filter(({ id }) => planned.has(id)) : children;
  if (counted.length === 0) return null;
  return { done: counted.filter(isSatisfied).length, total: counted.length };
}

function childIds(payload: string | null): unknown[] {
  const ids = (parseJson(payload) as { child_ids?: unknown } | null)?.child_ids;
  return Array.isArray(ids) ? ids : [];
}
