// Owns: the JSON shape of a proposed plan.

import * as z from "zod";
import type { Board } from "../../kernel/board.ts";
import type { OpenPlan } from "../../kernel/plans.ts";

const sizeSchema = z.object({
  runs: z.number().int().describe("Completed attempts it is based on"),
  seconds: z.number().nullable(),
  tokens: z.number().nullable(),
  cost_usd: z.number().nullable().describe("US dollars; null when unknown"),
});

export const planSchema = z.object({
  id: z.number().int(),
  task_id: z.string(),
  title: z.string(),
  status: z.string().describe("Of the task: a plan can only be approved in triage"),
  author: z.string().nullable(),
  created_at: z.number().int(),
  updated_at: z.number().int(),
  fanout: z.boolean().describe("False when the task stays one: the only task is its rewrite"),
  rationale: z.string(),
  remarks: z.array(z.string()).describe("What was put right in the model's answer"),
  stale: z.boolean().describe("The task's text is no longer the one the plan was made from"),
  tasks: z.array(z.object({
    title: z.string(),
    body: z.string(),
    assignee: z.string(),
    parents: z.array(z.number().int()).describe("Positions in this list, counted from 0"),
    why: z.string().nullable().describe("Why this profile"),
    runner_up: z.string().nullable().describe("The second choice"),
    size: sizeSchema.nullable().describe("What this profile's work usually takes"),
    duplicates: z.array(z.object({
      id: z.string(),
      title: z.string(),
      status: z.string(),
      likeness: z.number().describe("1 = the same words"),
    })).describe("Open tasks that look like it"),
  })),
  waves: z.array(z.array(z.number().int()))
    .describe("Positions of tasks that can run side by side, in the order of their turns"),
  total: z.object({
    seconds: z.number().nullable().describe("From start to end, of the tasks with a known size"),
    tokens: z.number().nullable(),
    cost_usd: z.number().nullable(),
    unknown: z.number().int().describe("Tasks whose profile has completed nothing yet"),
  }),
});

export type PlanWire = z.input<typeof planSchema>;

/** The outcome of a decomposition or of an approved plan. */
export const outcomeSchema = z.object({
  task_id: z.string(),
  ok: z.boolean(),
  reason: z.string().describe("Why not; empty when ok"),
  fanout: z.boolean().describe("Whether it became several tasks"),
  child_ids: z.array(z.string()),
  new_title: z.string().nullable(),
});

/** A plan with what the board knows about it. */
export async function wirePlan(board: Board, plan: OpenPlan): Promise<PlanWire> {
  const { viewPlan } = await import("../../planner/plan_view.ts");
  return await viewPlan(board, plan);
}
