// Owns: the operation `edit`.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import type { Board } from "../../kernel/board.ts";
import { getTask } from "../../kernel/detail.ts";
import type { Command } from "../../kernel/lifecycle/commands.ts";
import { viewTask } from "../../kernel/views.ts";
import { blindBudget } from "../runs/budget_warning.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { steer } from "../fenced.ts";
import { isAgent } from "../run.ts";
import { taskId, taskSchema } from "../wire.ts";

export const edit = defineOp({
  name: "edit",
  group: "kanban",
  summary: "Change a task's title, body, result, priority or budget",
  actors: ["human", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    title: z.string().optional().describe("New title"),
    body: z.string().nullable().optional().describe("New body"),
    result: z.string().nullable().optional().describe("New result of a completed task"),
    priority: z.number().int().optional().describe("Higher goes first"),
    max_cost_usd: z.number().positive().nullable().optional()
      .describe("US dollars it and all that came out of it may cost; none takes the limit away"),
  }),
  output: z.object({
    task: taskSchema,
    changed: z.boolean(),
    warning: z.string().optional().describe("What keeps a new budget from being kept"),
  }),
  redact: { fromAgents: ["title", "body", "result"] },
  cli: {
    args: ["task_id"],
    fields: {
      task_id: { name: "id" },
      body: { parse: "text" },
      result: { parse: "text" },
      max_cost_usd: { flag: "max-cost", parse: "money" },
    },
    pick: "task",
    examples: [
      'hermes kanban edit t_1a2b3c4d --title "Write the release notes" --priority 5',
      'hermes kanban edit t_1a2b3c4d --result "Published as 2.0.1"',
      "hermes kanban edit t_1a2b3c4d --max-cost 2.50",
    ],
  },
  async run(context, { task_id, title, body, result, priority, max_cost_usd }) {
    if (title !== undefined && title.trim() === "") {
      throw new HermesError("invalid", `Cannot edit task "${task_id}": title is required`);
    }
    if ([title, body, result, priority, max_cost_usd].every((value) => value === undefined)) {
      throw new HermesError("usage", `Cannot edit task "${task_id}": nothing to change is given`, {
        remedy: "Give at least one of --title, --body, --result, --priority and --max-cost.",
      });
    }
    if (max_cost_usd !== undefined && isAgent(context.actor)) {
      throw new HermesError(
        "forbidden",
        `Cannot edit budget of task "${task_id}": you are an agent`,
        {
          remedy: "Only a person gives more money: ask with kanban_block.",
        },
      );
    }
    if (result !== undefined) await checkCompleted(await context.board(), task_id);
    const commands: Command[] = [{
      type: "edit",
      title: title?.trim(),
      body,
      result,
      max_cost_usd,
    }];
    if (priority !== undefined) commands.push({ type: "reprioritize", priority });
    const applied = await steer(context, task_id, commands);
    const task = viewTask(applied.at(-1)!.task);
    const warning = typeof max_cost_usd === "number" ? await blindBudget(context, task) : null;
    return {
      task,
      changed: applied.some((each) => each.changed),
      ...(warning === null ? {} : { warning }),
    };
  },
});

/** A result is what was handed over: a task that was never completed has none to correct. */
async function checkCompleted(board: Board, id: string): Promise<void> {
  const { status, completed_at } = await getTask(board, id);
  if (completed_at !== null) return;
  throw new HermesError("refused", `Cannot edit result of task "${id}": status is ${status}`, {
    remedy: `Hand it over with: hermes kanban complete ${id} --result "<text>"`,
  });
}

export type EditOutput = OutputOf<typeof edit>;
