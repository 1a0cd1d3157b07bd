// Owns: the operation `context`.

import * as z from "zod";
import { buildBrief } from "../../kernel/brief.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { taskId } from "../wire.ts";

export const brief = defineOp({
  name: "context",
  group: "kanban",
  summary: "Print what the worker of a task gets to read",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({ task_id: taskId }),
  output: z.object({ task_id: z.string(), context: z.string() }),
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" } },
    examples: ["hermes kanban context t_1a2b3c4d"],
  },
  async run(context, input) {
    const text = await buildBrief(await context.board(), input.task_id);
    return { task_id: input.task_id, context: text };
  },
});

export type BriefOutput = OutputOf<typeof brief>;
