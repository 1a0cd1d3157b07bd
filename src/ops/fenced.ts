// Owns: commands on other tasks than the writer's own, refused once the writer's run is closed.

import { HermesError } from "../base/errors.ts";
import { type Board, write } from "../kernel/board.ts";
import {
  type Applied,
  apply,
  recordRefusedWrite,
  refusalError,
} from "../kernel/lifecycle/apply.ts";
import type { Command } from "../kernel/lifecycle/commands.ts";
import { runById } from "../kernel/queries/runs.ts";

export type Accepted = Extract<Applied, { ok: true }>;

/**
 * Applies commands to one task in one transaction, all or none. `fence` is the run of the agent that
 * asks, which need not be a run of this task.
 *
 * @throws HermesError the first refusal, or `fenced`.
 */
export async function steer(
  board: Board,
  taskId: string,
  commands: readonly Command[],
  fence: number | null,
): Promise<Accepted[]> {
  const accepted = await write(board, async (tx, env) => {
    const run = fence === null ? undefined : await runById(tx, fence);
    if (fence !== null && run?.ended_at !== null) {
      await recordRefusedWrite(tx, env, taskId, fence, commands[0]?.type ?? "write");
      return null;
    }
    const done: Accepted[] = [];
    for (const command of commands) {
      const applied = await apply(tx, env, taskId, command);
      if (!applied.ok) throw refusalError(applied.refusal);
      done.push(applied);
    }
    return done;
  });
  if (accepted) return accepted;
  throw new HermesError(
    "fenced",
    `Cannot write to task "${taskId}" for run ${fence}: that run is closed`,
    {
      remedy: "Stop working: another attempt may be under way.",
      details: { run_id: fence },
    },
  );
}
