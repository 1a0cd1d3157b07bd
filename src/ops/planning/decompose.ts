// Owns: the operation `decompose`.

import * as z from "zod";
import type { PlannerDeps } from "../../planner/draft.ts";
import { defineStream, type OutputOf } from "../define.ts";
import { outcomeSchema, planSchema, wirePlan } from "./plan_wire.ts";
import { authorOf, checkChoice, chosenIds, triageChoice } from "./triage_choice.ts";

const itemSchema = outcomeSchema.extend({
  plan: planSchema.optional().describe("The proposal, when only that was asked for"),
});

export const decompose = defineStream({
  name: "decompose",
  group: "kanban",
  summary: "Split a triage task into tasks for the team",
  actors: ["human", "orchestrator", "system"],
  input: triageChoice.extend({
    plan: z.boolean().default(false)
      .describe("Create nothing: keep the plan as a proposal and show it"),
  }),
  output: itemSchema,
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" } },
    examples: [
      "hermes kanban decompose t_1a2b3c4d",
      "hermes kanban decompose t_1a2b3c4d --plan",
      "hermes kanban decompose --all --json",
    ],
  },
  http: {
    method: "POST",
    path: "/tasks/:task_id/decompose",
    omit: ["all", "tenant", "plan"],
  },
  async *follow(context, input, signal) {
    checkChoice("decompose", input);
    const { config } = await context.config();
    const board = await context.board();
    const ids = await chosenIds(board, input);
    if (ids.length === 0) return;
    const { decomposeTask } = await import("../../planner/decompose.ts");
    const { paths, env, log, actor } = context;
    const author = authorOf(input, actor);
    for (const id of ids) {
      const deps = { board, config, paths, env, log, signal };
      yield input.plan ? await proposed(deps, id, author) : await decomposeTask(deps, id, author);
    }
  },
});

export type DecomposeItem = OutputOf<typeof decompose>;

/** The outcome of `--plan`: no task was created, and the plan says which would be. */
async function proposed(
  deps: PlannerDeps,
  taskId: string,
  author: string,
): Promise<z.input<typeof itemSchema>> {
  const { proposeTask } = await import("../../planner/propose.ts");
  const { ok, reason, plan } = await proposeTask(deps, taskId, author);
  return {
    task_id: taskId,
    ok,
    reason,
    fanout: plan?.proposal.fanout ?? false,
    child_ids: [],
    new_title: null,
    plan: plan ? await wirePlan(deps.board, plan) : undefined,
  };
}
