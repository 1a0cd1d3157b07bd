// Owns: the operation `plan edit`.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { changePlan, mustOpenPlan } from "../../kernel/plans.ts";
import type { OpenPlan, Proposal } from "../../kernel/plans.ts";
import type { PlannerTeam } from "../../planner/team.ts";
import type { OpContext } from "../context.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { editsFrom, type TypedEdits, typedEdits } from "./plan_edits.ts";
import { planSchema, wirePlan } from "./plan_wire.ts";
import { taskId } from "../wire.ts";

const writtenTask = z.object({
  title: z.string(),
  body: z.string().nullish(),
  assignee: z.string().nullish().describe("A profile; the default assignee when absent"),
  parents: z.array(z.number().int()).optional()
    .describe("Positions in this list of those that must be done first, counted from 0"),
});

export const planEdit = defineOp({
  name: "edit",
  group: "kanban plan",
  summary: "Change a proposed plan: in your editor, from a file, or by single changes",
  actors: ["human", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    ...typedEdits,
    form: z.string().optional().describe("A changed form as YAML, or - for standard input"),
    print_form: z.boolean().default(false).describe("Only print the form that can be changed"),
    plan_id: z.number().int().optional().describe("Only if this is still the plan"),
    tasks: z.array(writtenTask).optional().describe("The whole plan"),
    interactive: z.boolean().default(true).describe("Open an editor when nothing else is given"),
  }),
  output: z.object({
    plan: planSchema,
    changes: z.array(z.string()).describe("What changed, in a few words"),
    form: z.string().nullable().describe("The form, when only that was asked for"),
  }),
  redact: { fromAgents: ["tasks", "form", "set_title", "set_body", "add_task"] },
  cli: {
    args: ["task_id"],
    fields: {
      task_id: { name: "id" },
      form: { flag: "file", parse: "content" },
      plan_id: { flag: "only-plan" },
      tasks: { hidden: true },
      interactive: { hidden: true },
    },
    pick: "plan",
    examples: [
      "hermes kanban plan edit t_1a2b3c4d",
      'hermes kanban plan edit t_1a2b3c4d --set-assignee 2=writer --set-title 1="Find sources"',
      "hermes kanban plan edit t_1a2b3c4d --remove 3 --add-parent 4:1 --remove-parent 4:2",
      "hermes kanban plan edit t_1a2b3c4d --file plan.yaml",
    ],
  },
  http: {
    method: "PUT",
    path: "/tasks/:task_id/plan",
    omit: [...Object.keys(typedEdits), "form", "print_form"],
    fixed: { interactive: false },
    reply: ({ plan }) => ({ plan }),
  },
  async run(context, input) {
    const { config } = await context.config();
    const board = await context.board();
    const plan = await mustOpenPlan(board, "edit", input.task_id);
    if (input.plan_id !== undefined && input.plan_id !== plan.id) {
      throw new HermesError(
        "lost_race",
        `Cannot edit plan of task "${input.task_id}": plan ${input.plan_id} was replaced by plan ${plan.id}`,
        { remedy: `Look at it with: hermes kanban plan show ${input.task_id}` },
      );
    }
    const { teamOf } = await import("../../planner/team.ts");
    const team = await teamOf({ config, paths: context.paths });
    if (input.print_form) {
      const { formOf } = await import("../../planner/plan_form.ts");
      return { plan: await wirePlan(board, plan), changes: [], form: formOf(plan, team.names) };
    }
    const after = await edited(context, plan, team, input);
    const { differences } = await import("../../planner/edit_plan.ts");
    const changes = differences(plan.proposal, after);
    const kept = changes.length === 0
      ? plan
      : await changePlan(board, plan, after, context.actor.name);
    return { plan: await wirePlan(board, kept), changes, form: null };
  },
});

export type PlanEditOutput = OutputOf<typeof planEdit>;

type Input = TypedEdits & {
  form?: string;
  tasks?: z.output<typeof writtenTask>[];
  interactive: boolean;
};

/** The proposal as somebody wants it. @throws HermesError `usage` or `invalid`. */
async function edited(
  context: OpContext,
  { proposal, task, ...plan }: OpenPlan,
  team: PlannerTeam,
  input: Input,
): Promise<Proposal> {
  const edits = editsFrom(input);
  const ways = [edits, input.form, input.tasks].filter((way) => way !== undefined && way !== null);
  if (ways.length > 1) {
    throw new HermesError("usage", `Cannot edit plan of task "${task.id}": it is given twice`, {
      remedy: "Give either single changes or a whole plan.",
    });
  }
  const { changeTasks, replaceTasks } = await import("../../planner/edit_plan.ts");
  const fromForm = async (text: string) => {
    const { readForm } = await import("../../planner/plan_form.ts");
    const written = readForm(text, proposal, task.id);
    return written === null ? proposal : replaceTasks(proposal, written, team, task.id);
  };
  if (input.tasks) return replaceTasks(proposal, input.tasks, team, task.id);
  if (edits) return changeTasks(proposal, edits, team, task.id);
  if (input.form !== undefined) return await fromForm(input.form);
  const { formOf } = await import("../../planner/plan_form.ts");
  const form = formOf({ proposal, task }, team.names);
  const done = input.interactive ? await context.host.editText(form, `plan-${plan.id}.yaml`) : null;
  if (done === null) {
    throw new HermesError("usage", `Cannot edit plan of task "${task.id}": no change is given`, {
      remedy: "Give changes such as --set-assignee 2=writer, or a file with --file; see --help. " +
        "In a terminal, without any of them, your editor opens.",
    });
  }
  try {
    const proposed = await fromForm(done.text);
    await done.discard();
    return proposed;
  } catch (thrown) {
    if (!(thrown instanceof HermesError)) throw thrown;
    const { code, message, details, remedy } = thrown;
    const again = `Your text is kept: correct ${done.path} and run: ` +
      `hermes kanban plan edit ${task.id} --file ${done.path}`;
    throw new HermesError(code, message, {
      details,
      remedy: [remedy, again].filter(Boolean).join(" "),
    });
  }
}
