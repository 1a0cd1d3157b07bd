// Owns: the operation `why`.

import * as z from "zod";
import { suggest } from "../../base/suggest.ts";
import { planningStand } from "../../kernel/plannable.ts";
import { readBudgets, readDayBudget } from "../../kernel/budget.ts";
import { standingOf } from "../../kernel/standing.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { taskId } from "../wire.ts";

const gateSchema = z.object({
  gate: z.string().describe("A stable word, such as parent_open or no_dispatcher"),
  owner: z.string().describe("Who can open it: person, task, planner, dispatcher, profile, …"),
  owner_name: z.string().nullable().describe("Which task, profile or limit"),
  text: z.string(),
  remedy: z.string().nullable().describe("What opens it, as a command"),
  next_look: z.string().describe("When it is looked at next"),
  next_look_at: z.number().int().nullable(),
});

export const why = defineOp({
  name: "why",
  group: "kanban",
  summary: "Say what keeps a task from running, who can change that, and when it is looked at next",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({ task_id: taskId }),
  output: z.object({
    task_id: z.string(),
    title: z.string(),
    status: z.string(),
    verdict: z.enum(["finished", "running", "starting", "waiting"]),
    text: z.string(),
    notes: z.array(z.string()).describe("What keeps nothing and is worth knowing"),
    gates: z.array(gateSchema).describe("Everything that has to change, in the order it is met"),
  }),
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" } },
    examples: ["hermes kanban why t_1a2b3c4d", "hermes kanban why t_1a2b3c4d --json"],
  },
  http: { method: "GET", path: "/tasks/:task_id/why" },
  async run(context, input) {
    const board = await context.board();
    const standing = await standingOf(board, input.task_id);
    const [
      { explain },
      { laneProblem },
      { isDispatched },
      { autoLimits, planningReadiness },
    ] = await Promise.all([
      import("../../dispatcher/why/explain.ts"),
      import("../../dispatcher/lane_problem.ts"),
      import("../../dispatcher/lock.ts"),
      import("../../planner/readiness.ts"),
    ]);
    const { config } = await context.config();
    const profiles = await context.profiles();
    const { id, title, status, assignee } = standing.task;
    const { kanban } = config;
    const limits = autoLimits(config);
    const explanation = explain({
      ...standing,
      now: board.clock.now(),
      dispatching: await isDispatched(context.boardPaths),
      dispatchInGateway: kanban.dispatch_in_gateway,
      intervalSeconds: kanban.dispatch_interval_seconds,
      profileExists: assignee !== null && profiles.includes(assignee),
      similarProfile: assignee === null ? null : suggest(assignee, profiles),
      laneProblem: assignee !== null && profiles.includes(assignee)
        ? await laneProblem(context.paths.root, assignee, context.env["PATH"])
        : null,
      maxInProgress: kanban.max_in_progress,
      maxPerProfile: kanban.max_in_progress_per_profile,
      failureLimit: kanban.failure_limit,
      money: {
        budgets: await readBudgets(board, id),
        day: await readDayBudget(board, kanban.max_cost_per_day),
      },
      planning: {
        ...planningReadiness(config, context.env),
        perTick: kanban.auto_decompose_per_tick,
        limits,
        maxChildren: kanban.auto_decompose_max_children,
        stand: status === "triage" ? await planningStand(board, standing.task, limits) : null,
      },
    });
    return { task_id: id, title, status, ...explanation };
  },
});

export type WhyOutput = OutputOf<typeof why>;
