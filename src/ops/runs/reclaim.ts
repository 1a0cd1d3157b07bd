// Owns: the operation `reclaim`.

import * as z from "zod";
import { defineOp, type OutputOf } from "../define.ts";
import { steer } from "../fenced.ts";
import { taskId } from "../wire.ts";

export const reclaim = defineOp({
  name: "reclaim",
  group: "kanban",
  summary: "Take a running task away from its worker and make it ready again",
  actors: ["human", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    reason: z.string().nullable().optional().describe("Why, for the next attempt"),
  }),
  output: z.object({ task_id: z.string(), run_id: z.number().nullable() }),
  redact: { always: ["reason"] },
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" } },
    examples: ['hermes kanban reclaim t_1a2b3c4d --reason "went the wrong way"'],
  },
  http: { method: "POST", path: "/tasks/:task_id/reclaim" },
  async run(context, input) {
    const command = { type: "reclaim", reason: input.reason ?? null } as const;
    const [applied] = await steer(context, input.task_id, [command]);
    return { task_id: input.task_id, run_id: applied!.runId };
  },
});

export type ReclaimOutput = OutputOf<typeof reclaim>;
