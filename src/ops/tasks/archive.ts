// Owns: the operation `archive`.

import * as z from "zod";
import { defineOp, type OutputOf } from "../define.ts";
import { steer } from "../fenced.ts";
import { taskId } from "../wire.ts";

export const archive = defineOp({
  name: "archive",
  group: "kanban",
  summary: "Take a task off the board, or bring it back",
  actors: ["human", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    restore: z.boolean().default(false)
      .describe("Bring it back: done when it was completed, else parked in todo"),
  }),
  output: z.object({
    task_id: z.string(),
    status: z.string(),
    run_id: z.number().nullable().describe("The attempt that was ended by it"),
  }),
  cli: {
    args: ["task_id..."],
    each: "task_id",
    fields: { task_id: { name: "id" } },
    examples: [
      "hermes kanban archive t_1a2b3c4d t_5e6f7a8b",
      "hermes kanban archive t_1a2b3c4d --restore",
    ],
  },
  http: { method: "POST", path: "/tasks/:task_id/archive" },
  async run(context, input) {
    const command = { type: input.restore ? "unarchive" : "archive" } as const;
    const [applied] = await steer(context, input.task_id, [command]);
    return { task_id: input.task_id, status: applied!.task.status, run_id: applied!.runId };
  },
});

export type ArchiveOutput = OutputOf<typeof archive>;
