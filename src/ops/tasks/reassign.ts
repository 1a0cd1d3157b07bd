// Owns: the operation `reassign`.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { addComment } from "../../kernel/comments.ts";
import { cleanAssignee } from "../../kernel/create.ts";
import { getTask } from "../../kernel/detail.ts";
import type { Command } from "../../kernel/lifecycle/commands.ts";
import { unknownProfile } from "./create.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { steer } from "../fenced.ts";
import { taskId } from "../wire.ts";

export const reassign = defineOp({
  name: "reassign",
  group: "kanban",
  summary: "Give a task to another profile, also one that is being worked on",
  actors: ["human", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    assignee: z.string().nullable().describe("Profile that does it; none takes it from everybody"),
    reclaim: z.boolean().default(false).describe("Take it away from its worker first"),
    reason: z.string().nullable().optional().describe("Why, for whoever does it next"),
  }),
  output: z.object({
    task_id: z.string(),
    assignee: z.string().nullable(),
    status: z.string(),
    reclaimed_run: z.number().nullable().describe("The attempt that was ended by it"),
    warning: z.string().optional(),
  }),
  redact: { always: ["reason"] },
  cli: {
    args: ["task_id", "assignee"],
    fields: { task_id: { name: "id" }, assignee: { name: "profile", parse: "assignee" } },
    examples: [
      "hermes kanban reassign t_1a2b3c4d reviewer",
      'hermes kanban reassign t_1a2b3c4d writer --reclaim --reason "the first one was stuck"',
    ],
  },
  http: { method: "POST", path: "/tasks/:task_id/reassign" },
  async run(context, { task_id, reclaim, reason, ...input }) {
    const assignee = cleanAssignee(input.assignee);
    const board = await context.board();
    const running = (await getTask(board, task_id)).status === "running";
    const takesAway = running && reclaim;
    const commands: Command[] = [
      ...(takesAway ? [{ type: "reclaim", reason: reason ?? null } as const] : []),
      { type: "assign", assignee },
    ];
    const applied = await steer(context, task_id, commands).catch(suggestReclaim);
    // An attempt that was ended carries the reason itself.
    if (reason?.trim() && !takesAway) {
      await addComment(board, task_id, context.actor.name, reason, context.actor.runId);
    }
    const warning = assignee === null ? null : await unknownProfile(context, assignee);
    return {
      task_id,
      assignee,
      status: applied.at(-1)!.task.status,
      reclaimed_run: takesAway ? applied[0]!.runId : null,
      ...(warning ? { warning } : {}),
    };
  },
});

export type ReassignOutput = OutputOf<typeof reassign>;

function suggestReclaim(thrown: unknown): never {
  if (!(thrown instanceof HermesError) || !thrown.message.includes("currently running")) {
    throw thrown;
  }
  throw new HermesError(thrown.code, thrown.message, {
    remedy: "Wait for the run to end, or take it away from its worker with --reclaim.",
    details: thrown.details,
  });
}
