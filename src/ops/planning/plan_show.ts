// Owns: the operation `plan show`.

import * as z from "zod";
import { mustOpenPlan } from "../../kernel/plans.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { planSchema, wirePlan } from "./plan_wire.ts";
import { taskId } from "../wire.ts";

export const planShow = defineOp({
  name: "show",
  group: "kanban plan",
  summary: "Show the proposed plan of a task as a graph, with its size and likely duplicates",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({ task_id: taskId }),
  output: z.object({ plan: planSchema }),
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" } },
    pick: "plan",
    examples: ["hermes kanban plan show t_1a2b3c4d"],
  },
  http: { method: "GET", path: "/tasks/:task_id/plan" },
  async run(context, { task_id }) {
    const board = await context.board();
    return { plan: await wirePlan(board, await mustOpenPlan(board, "show", task_id)) };
  },
});

export type PlanShowOutput = OutputOf<typeof planShow>;
