// Owns: the operation `plan propose`.

import * as z from "zod";
import { defineOp, type OutputOf } from "../define.ts";
import { planSchema, wirePlan } from "./plan_wire.ts";
import { authorOf } from "./triage_choice.ts";
import { taskId } from "../wire.ts";

export const planPropose = defineOp({
  name: "propose",
  group: "kanban plan",
  summary: "Ask for a plan for a triage task and keep it as a proposal; no task is created",
  actors: ["human", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    author: z.string().optional().describe("Who asks for it"),
  }),
  output: z.object({
    task_id: z.string(),
    ok: z.boolean(),
    reason: z.string().describe("Why there is no new plan; empty when ok"),
    plan: planSchema.nullable(),
  }),
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" } },
    examples: ["hermes kanban plan propose t_1a2b3c4d"],
  },
  http: { method: "POST", path: "/tasks/:task_id/plan" },
  async run(context, { task_id, author }) {
    const { config } = await context.config();
    const board = await context.board();
    const { proposeTask } = await import("../../planner/propose.ts");
    const { paths, env, log, actor } = context;
    const deps = { board, config, paths, env, log };
    const { ok, reason, plan } = await proposeTask(deps, task_id, authorOf({ author }, actor));
    return { task_id, ok, reason, plan: plan && await wirePlan(board, plan) };
  },
});

export type PlanProposeOutput = OutputOf<typeof planPropose>;
