// Owns: the operation `archive`.

import { z } from "zod";
import { defineOp, type OutputOf } from "./define.ts";
import { steer } from "./fenced.ts";
import { taskId } from "./wire.ts";

export const archive = defineOp({
  name: "archive",
  group: "kanban",
  summary: "Take a task off the board",
  actors: ["human", "orchestrator", "system"],
  input: z.object({ task_id: taskId }),
  output: z.object({ task_id: z.string(), run_id: z.number().nullable() }),
  cli: {
    args: ["task_id..."],
    each: "task_id",
    fields: { task_id: { name: "id" } },
    examples: ["hermes kanban archive t_1a2b3c4d", "hermes kanban archive t_1a2b3c4d t_5e6f7a8b"],
  },
  async run(context, input) {
    const command = { type: "archive" } as const;
    const [applied] = await steer(context, input.task_id, [command]);
    return { task_id: input.task_id, run_id: applied!.runId };
  },
});

export type ArchiveOutput = OutputOf<typeof archive>;
