// Owns: the operation `plan approve`.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { approvePlan, mustOpenPlan, type OpenPlan } from "../../kernel/plans.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { outcomeSchema } from "./plan_wire.ts";
import { authorOf } from "./triage_choice.ts";
import { taskId } from "../wire.ts";

export const planApprove = defineOp({
  name: "approve",
  group: "kanban plan",
  summary: "Create the tasks of a proposed plan, all in one go",
  actors: ["human", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    anyway: z.boolean().default(false)
      .describe("Also when the task's text was changed since the plan was made"),
    plan_id: z.number().int().optional().describe("Only if this is still the plan"),
    author: z.string().optional().describe("Who asks for it"),
  }),
  output: outcomeSchema.extend({ plan_id: z.number().int() }),
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" }, plan_id: { flag: "only-plan" } },
    examples: ["hermes kanban plan approve t_1a2b3c4d"],
  },
  http: { method: "POST", path: "/tasks/:task_id/plan/approve" },
  async run(context, { task_id, anyway, plan_id, author }) {
    const { config } = await context.config();
    const board = await context.board();
    const plan = await mustOpenPlan(board, "approve", task_id);
    if (plan_id !== undefined && plan_id !== plan.id) {
      throw new HermesError(
        "lost_race",
        `Cannot approve plan of task "${task_id}": plan ${plan_id} was replaced by plan ${plan.id}`,
        { remedy: `Look at it with: hermes kanban plan show ${task_id}` },
      );
    }
    const { teamOf } = await import("../../planner/team.ts");
    const { names, orchestrator } = await teamOf({ config, paths: context.paths });
    checkProfiles(plan, names);
    const { childIds, newTitle } = await approvePlan(board, {
      plan,
      orchestrator,
      author: authorOf({ author }, context.actor),
      autoPromote: config.kanban.auto_promote_children,
      anyway,
    });
    return {
      task_id,
      ok: true,
      reason: "",
      fanout: plan.proposal.fanout,
      child_ids: childIds,
      new_title: newTitle,
      plan_id: plan.id,
    };
  },
});

/**
 * A profile may have been renamed or deleted since the plan was made.
 *
 * @throws HermesError `refused` naming the first task that nobody would work on.
 */
function checkProfiles({ proposal, task }: OpenPlan, names: readonly string[]): void {
  const at = proposal.tasks.findIndex(({ assignee }) =>
    !names.includes(assignee) && assignee !== task.assignee
  );
  const lost = proposal.tasks[at];
  if (!lost) return;
  throw new HermesError(
    "refused",
    `Cannot approve plan of task "${task.id}": task ${at + 1} "${lost.title}" is for ` +
      `"${lost.assignee}", and there is no such profile any more`,
    {
      remedy: `Give it to another: hermes kanban plan edit ${task.id} --set-assignee ${
        at + 1
      }=<profile>`,
    },
  );
}

export type PlanApproveOutput = OutputOf<typeof planApprove>;
