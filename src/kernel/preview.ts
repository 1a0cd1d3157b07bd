// Owns: saying what a command would do, without doing it.

import { type Board, read } from "./board.ts";
import { refusalError, unknownTask } from "./lifecycle/apply.ts";
import type { Command } from "./lifecycle/commands.ts";
import { decide } from "./lifecycle/decide.ts";
import type { LinkedTask } from "./model/rows.ts";
import { runById } from "./queries/runs.ts";
import { sql, taskById } from "./queries/tasks.ts";

/** What a command would do. */
export interface Preview {
  from: string;
  /** The status after it; that before it when the command changes something else. */
  to: string;
  /** Parents that keep the task waiting, whether or not the command minds. */
  openParents: LinkedTask[];
}

/**
 * Decides a command on the task as it is now.
 *
 * @throws HermesError the refusal that the command would meet.
 */
export function preview(board: Board, taskId: string, command: Command): Promise<Preview> {
  const now = board.clock.now();
  return read(board, async (tx) => {
    const task = await taskById(tx, taskId);
    if (!task) throw refusalError(unknownTask(taskId));
    const pointed = task.current_run_id === null ? null : await runById(tx, task.current_run_id);
    const run = pointed && pointed.ended_at === null ? pointed : null;
    const openParents = await tx.all<LinkedTask>(sql.openParents, [taskId]);
    const decision = decide({ task, run, openParents }, command, board.policy(), now);
    if (!decision.ok) throw refusalError(decision.refusal);
    return { from: task.status, to: decision.change.patch.status ?? task.status, openParents };
  });
}
