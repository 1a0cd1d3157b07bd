// Owns: the operation `list`.

import { z } from "zod";
import { getList } from "../kernel/detail.ts";
import { promoteWaiting } from "../kernel/promote.ts";
import { viewTask } from "../kernel/views.ts";
import { defineOp, type OutputOf } from "./define.ts";
import { statusField, taskSchema } from "./wire.ts";

export const list = defineOp({
  name: "list",
  group: "kanban",
  summary: "List tasks, the most urgent first",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({
    mine: z.boolean().default(false).describe("Only tasks of the active profile"),
    assignee: z.string().nullable().optional().describe("Only tasks of this profile, or none"),
    status: statusField.optional().describe("Only tasks with this status"),
    tenant: z.string().optional().describe("Only tasks of this tenant"),
    include_archived: z.boolean().default(false).describe("Show archived tasks too"),
    limit: z.number().int().positive().optional().describe("At most this many tasks"),
  }),
  output: z.object({
    tasks: z.array(taskSchema),
    truncated: z.boolean().describe("True when the limit left tasks out"),
  }),
  cli: {
    fields: {
      assignee: { parse: "assignee" },
      include_archived: { flag: "archived" },
    },
    pick: "tasks",
    examples: [
      "hermes kanban list",
      "hermes kanban list --status blocked --json",
      "hermes kanban ls --assignee writer --tenant acme",
    ],
  },
  tool: {
    name: "kanban_list",
    omit: ["mine", "include_archived"],
    limit: { field: "limit", default: 50, max: 200 },
  },
  async run(context, input) {
    const board = await context.board();
    await promoteWaiting(board);
    const { limit } = input;
    const rows = await getList(board, {
      assignee: input.mine ? context.paths.profile : input.assignee,
      status: input.status,
      tenant: input.tenant,
      includeArchived: input.include_archived,
      limit: limit === undefined ? undefined : limit + 1,
    });
    const truncated = limit !== undefined && rows.length > limit;
    return { tasks: (truncated ? rows.slice(0, limit) : rows).map(viewTask), truncated };
  },
});

export type ListOutput = OutputOf<typeof list>;
