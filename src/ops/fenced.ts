// Owns: commands on other tasks than the writer's own, refused once the writer's run is closed.

import { HermesError } from "../base/errors.ts";
import { write } from "../kernel/board.ts";
import {
  type Applied,
  apply,
  recordRefusedWrite,
  refusalError,
} from "../kernel/lifecycle/apply.ts";
import type { Command, WriteContext } from "../kernel/lifecycle/commands.ts";
import { runById } from "../kernel/queries/runs.ts";
import { taskById } from "../kernel/queries/tasks.ts";
import { rememberCommands } from "../kernel/undo/remember.ts";
import type { Actor, OpContext } from "./context.ts";
import { actsForTask } from "./runs/goal_exit.ts";

export type Accepted = Extract<Applied, { ok: true }>;

/**
 * Applies commands to one task in one transaction, all or none. An agent's run, which need not be a run of
 * this task, must still be open; what a person does can be undone.
 *
 * @param expect what the asker saw: the first command is refused when the task has moved on since.
 * @throws HermesError the first refusal, or `fenced`.
 */
export async function steer(
  context: Pick<OpContext, "board" | "actor"> & Partial<Pick<OpContext, "host">>,
  taskId: string,
  commands: readonly Command[],
  expect?: WriteContext["expect"],
): Promise<Accepted[]> {
  const { runId: fence } = context.actor;
  const person = personOf(context.actor);
  const isOwn = await actsForTask(context, taskId);
  const accepted = await write(await context.board(), async (tx, env) => {
    const run = fence === null ? undefined : await runById(tx, fence);
    if (fence !== null && run?.ended_at !== null) {
      await recordRefusedWrite(tx, env, taskId, fence, commands[0]?.type ?? "write");
      return null;
    }
    const before = await taskById(tx, taskId);
    const done: Accepted[] = [];
    for (const command of commands) {
      const applied = await apply(tx, env, taskId, command, { agent: isOwn, expect });
      if (!applied.ok) throw refusalError(applied.refusal);
      done.push(applied);
    }
    if (person !== null && before) {
      const given = commands.map((command, index) => ({ command, applied: done[index]! }));
      await rememberCommands(tx, env, person, before, given);
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

/** The name under which an action can be undone; null when no person asks. */
export function personOf({ kind, name }: Pick<Actor, "kind" | "name">): string | null {
  return kind === "human" ? name : null;
}
