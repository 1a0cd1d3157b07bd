// Owns: the operation `edit`.

import { z } from "zod";
import { HermesError } from "../base/errors.ts";
import type { Command } from "../kernel/lifecycle/commands.ts";
import { viewTask } from "../kernel/views.ts";
import { defineOp, type OutputOf } from "./define.ts";
import { steer } from "./fenced.ts";
import { taskId, taskSchema } from "./wire.ts";

export const edit = defineOp({
  name: "edit",
  group: "kanban",
  summary: "Change a task's title, body, result or priority",
  actors: ["human", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    title: z.string().optional().describe("New title"),
    body: z.string().nullable().optional().describe("New body"),
    result: z.string().nullable().optional().describe("New result"),
    priority: z.number().int().optional().describe("Higher goes first"),
  }),
  output: z.object({ task: taskSchema, changed: z.boolean() }),
  redact: { fromAgents: ["title", "body", "result"] },
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" }, body: { parse: "text" }, result: { parse: "text" } },
    pick: "task",
    examples: ['hermes kanban edit t_1a2b3c4d --title "Write the release notes" --priority 5'],
  },
  async run(context, { task_id, title, body, result, priority }) {
    if (title !== undefined && title.trim() === "") {
      throw new HermesError("invalid", `Cannot edit task "${task_id}": title is required`);
    }
    const commands: Command[] = [{ type: "edit", title: title?.trim(), body, result }];
    if (priority !== undefined) commands.push({ type: "reprioritize", priority });
    const applied = await steer(context, task_id, commands);
    return {
      task: viewTask(applied.at(-1)!.task),
      changed: applied.some((each) => each.changed),
    };
  },
});

export type EditOutput = OutputOf<typeof edit>;
