// Owns: taking back what was just done.

import { get, send } from "./client.ts";
import type { UndoOutput } from "./shapes.ts";

/**
 * Takes back the newest action on each of these tasks, if it happened since `startedAt` (epoch seconds).
 *
 * @throws Error in words for people when one of them cannot be taken back any more.
 */
export async function undoNewest(ids: readonly string[], startedAt: number): Promise<void> {
  const { actions } = await get<UndoOutput>("/undo", { query: { limit: 200 } });
  for (const id of ids) {
    const action = actions.find(({ task_id, done_at }) => task_id === id && done_at >= startedAt);
    if (!action) throw new Error("it is not among the last actions any more");
    if (action.obstacle !== null) throw new Error(action.obstacle);
    await send("POST", "/undo", { body: { action: action.id } });
  }
}
