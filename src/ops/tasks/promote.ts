// Owns: the operation `promote`.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import type { Command } from "../../kernel/lifecycle/commands.ts";
import { preview } from "../../kernel/preview.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { steer } from "../fenced.ts";
import { taskId } from "../wire.ts";

export const promote = defineOp({
  name: "promote",
  group: "kanban",
  summary: "Make a waiting or parked task ready, if its parents are done",
  actors: ["human", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    force: z.boolean().default(false).describe("Do not wait for its parents"),
    dry_run: z.boolean().default(false).describe("Say what would happen and change nothing"),
  }),
  output: z.object({
    task_id: z.string(),
    status: z.string(),
    dry_run: z.boolean(),
    waived_parents: z.array(z.string()).describe("Open parents that it no longer waits for"),
  }),
  cli: {
    args: ["task_id..."],
    each: "task_id",
    eachFlag: "ids",
    fields: { task_id: { name: "id" } },
    examples: [
      "hermes kanban promote t_1a2b3c4d t_5e6f7a8b",
      "hermes kanban promote t_1a2b3c4d --force --dry-run",
    ],
  },
  http: { method: "POST", path: "/tasks/:task_id/promote" },
  async run(context, { task_id, force, dry_run }) {
    const board = await context.board();
    const { from, openParents } = await preview(board, task_id, start);
    const waives = force && openParents.length > 0;
    if (from !== "todo") throw notWaiting(task_id, from);
    const command: Command = waives ? start : { type: "promote" };
    if (dry_run) await preview(board, task_id, command).catch(suggestForce);
    else await steer(context, task_id, [command]).catch(suggestForce);
    return {
      task_id,
      status: "ready",
      dry_run,
      waived_parents: waives ? openParents.map(({ id }) => id) : [],
    };
  },
});

export type PromoteOutput = OutputOf<typeof promote>;

/** Starting a task whatever its parents are doing. */
const start = { type: "move", to: "ready" } as const;

/** What makes a task ready that is not waiting in todo. */
const ways: Record<string, string> = {
  triage: "Have it split into tasks with: hermes kanban decompose",
  ready: "It is ready: the dispatcher starts it when its profile is free.",
  blocked: "Release it with: hermes kanban unblock",
  done: "Reopen it with: hermes kanban move <id> ready",
  archived: "Bring it back with: hermes kanban archive <id> --restore",
};

function notWaiting(id: string, status: string): HermesError {
  return new HermesError("refused", `Cannot promote task "${id}": status is ${status}`, {
    remedy: ways[status]?.replace("<id>", id),
    details: { status },
  });
}

function suggestForce(thrown: unknown): never {
  if (!(thrown instanceof HermesError) || thrown.code !== "refused") throw thrown;
  const { code, message, details } = thrown;
  throw new HermesError(code, message, {
    remedy: thrown.remedy ?? "Wait for them, or start it all the same with --force.",
    details,
  });
}
