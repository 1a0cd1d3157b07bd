// Owns: the operation `heartbeat`.

import * as z from "zod";
import { mustCommand } from "../../kernel/board.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { taskId } from "../wire.ts";

export const heartbeat = defineOp({
  name: "heartbeat",
  group: "kanban",
  summary: "Say that a running task is still being worked on",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    note: z.string().nullable().optional().describe("What is going on, in a few words"),
  }),
  output: z.object({ task_id: z.string(), run_id: z.number().nullable() }),
  ownTask: "task_id",
  redact: { always: ["note"] },
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" } },
    examples: ['hermes kanban heartbeat t_1a2b3c4d --note "7 of 12 files"'],
  },
  tool: {
    name: "kanban_heartbeat",
    advice: "During long work, with a note on how far you are.",
    ownTask: "task_id",
    reply: ({ task_id, run_id }) => ({ task_id, run_id }),
  },
  async run(context, input) {
    const note = input.note?.trim() ? input.note : null;
    const { runId } = await mustCommand(
      await context.board(),
      input.task_id,
      { type: "heartbeat", note },
      { fence: context.actor.runId },
    );
    return { task_id: input.task_id, run_id: runId };
  },
});

export type HeartbeatOutput = OutputOf<typeof heartbeat>;
