// Owns: the operation `runs`.

import * as z from "zod";
import { getRuns } from "../../kernel/detail.ts";
import { viewRun } from "../../kernel/views.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { runSchema, taskId } from "../wire.ts";

export const runs = defineOp({
  name: "runs",
  group: "kanban",
  summary: "List the attempts at a task",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({ task_id: taskId }),
  output: z.object({ task_id: z.string(), runs: z.array(runSchema) }),
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" } },
    pick: "runs",
    examples: ["hermes kanban runs t_1a2b3c4d"],
  },
  http: { method: "GET", path: "/tasks/:task_id/runs" },
  async run(context, input) {
    const rows = await getRuns(await context.board(), input.task_id);
    return { task_id: input.task_id, runs: rows.map(viewRun) };
  },
});

export type RunsOutput = OutputOf<typeof runs>;
