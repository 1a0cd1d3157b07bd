// Owns: the operation `block`.

import * as z from "zod";
import { write } from "../../kernel/board.ts";
import { apply, refusalError } from "../../kernel/lifecycle/apply.ts";
import { appendEvent, insertComment } from "../../kernel/queries/events.ts";
import { taskById } from "../../kernel/queries/tasks.ts";
import { rememberCommands } from "../../kernel/undo/remember.ts";
import type { OpContext } from "../context.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { personOf } from "../fenced.ts";
import { actsForTask } from "../runs/goal_exit.ts";
import { blockKindField, taskId } from "../wire.ts";

export const block = defineOp({
  name: "block",
  group: "kanban",
  summary: "Stop a task until somebody unblocks it",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    reason: z.string().nullable().optional().describe("What is missing, and who can provide it"),
    kind: blockKindField.nullable().optional().describe("What sort of help is needed"),
  }),
  output: z.object({
    task_id: z.string(),
    status: z.string().describe(
      "blocked; todo when it waits for tasks it is linked to; triage when it keeps being blocked for one kind",
    ),
    run_id: z.number().nullable(),
  }),
  ownTask: "task_id",
  redact: { always: ["reason"] },
  cli: {
    args: ["task_id", "reason..."],
    each: "task_id",
    eachFlag: "ids",
    fields: { task_id: { name: "id" } },
    examples: [
      'hermes kanban block t_1a2b3c4d "Which of the two logos?"',
      'hermes kanban block t_1a2b3c4d "No access to staging" --kind capability',
    ],
  },
  tool: {
    name: "kanban_block",
    advice:
      "When you cannot go on without somebody. Ask one clear question. With kind dependency, link " +
      "the tasks you wait for first: the task goes on when they are done.",
    ownTask: "task_id",
    required: ["reason"],
    reply: ({ task_id, status, run_id }) => ({ task_id, status, run_id }),
  },
  http: { method: "POST", path: "/tasks/:task_id/block" },
  async run(context, input) {
    const reason = input.reason?.trim() ? input.reason : null;
    // How often a task may be blocked for one kind is a setting.
    await context.config();
    return await blockWithComment(context, input.task_id, reason, input.kind ?? null);
  },
});

export type BlockOutput = OutputOf<typeof block>;

/** Blocks and puts the reason into the thread, where people answer; both or neither. */
async function blockWithComment(
  context: OpContext,
  id: string,
  reason: string | null,
  kind: z.infer<typeof blockKindField> | null,
): Promise<{ task_id: string; status: string; run_id: number | null }> {
  const { actor } = context;
  const agent = await actsForTask(context, id);
  const applied = await write(await context.board(), async (tx, env) => {
    const before = await taskById(tx, id);
    const command = { type: "block", reason, kind } as const;
    const applied = await apply(tx, env, id, command, {
      fence: actor.runId,
      agent,
    });
    // A late writer's attempt is on record: the refusal must not undo that.
    if (!applied.ok) return applied;
    const person = personOf(actor);
    if (person !== null && before) {
      await rememberCommands(tx, env, person, before, [{ command, applied }]);
    }
    if (reason !== null) {
      const comment = { author: actor.name, body: `BLOCKED: ${reason}` };
      await insertComment(tx, { task_id: id, ...comment, created_at: env.now }, null);
      await appendEvent(tx, {
        taskId: id,
        runId: null,
        kind: "commented",
        payload: { author: comment.author, len: comment.body.length },
        at: env.now,
      });
    }
    return applied;
  });
  if (!applied.ok) throw refusalError(applied.refusal);
  return { task_id: id, status: applied.task.status, run_id: applied.runId };
}
