// Owns: recognising the worker of a task in goal mode, also behind a command that does not say so.

import { getTask } from "../../kernel/detail.ts";
import { runMarker } from "../../dispatcher/deps.ts";
import type { OpContext } from "../context.ts";
import { isAgent } from "../run.ts";

/**
 * Whether the task's own worker asks. An agent with that task does; so does a command without a task in its
 * environment that the worker of a goal started: else leaving a variable out would lead past the judge.
 */
export async function actsForTask(
  context: Pick<OpContext, "board" | "actor"> & Partial<Pick<OpContext, "host">>,
  id: string,
): Promise<boolean> {
  const { actor, host } = context;
  if (isAgent(actor)) return actor.taskId === id;
  if (actor.kind !== "human" || !host?.startedByRun) return false;
  const board = await context.board();
  const task = await getTask(board, id).catch(() => null);
  if (task?.goal_mode !== 1 || task.current_run_id === null) return false;
  return host.startedByRun(runMarker(board, task.current_run_id));
}
