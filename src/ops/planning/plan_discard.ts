// Owns: the operation `plan discard`.

import * as z from "zod";
import { discardPlan } from "../../kernel/plans.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { taskId } from "../wire.ts";

export const planDiscard = defineOp({
  name: "discard",
  group: "kanban plan",
  summary: "Drop the proposed plan of a task",
  actors: ["human", "orchestrator", "system"],
  input: z.object({ task_id: taskId }),
  output: z.object({ task_id: z.string(), plan_id: z.number().int() }),
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" } },
    examples: ["hermes kanban plan discard t_1a2b3c4d"],
  },
  http: { method: "DELETE", path: "/tasks/:task_id/plan" },
  async run(context, { task_id }) {
    const { id } = await discardPlan(await context.board(), task_id, context.actor.name);
    return { task_id, plan_id: id };
  },
});

export type PlanDiscardOutput = OutputOf<typeof planDiscard>;
