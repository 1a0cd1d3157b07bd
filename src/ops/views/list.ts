// Owns: the operation `list`.

import * as z from "zod";
import { getPage } from "../../kernel/detail.ts";
import { promoteWaiting } from "../../kernel/promote.ts";
import { sorts } from "../../kernel/queries/tasks.ts";
import { viewTask } from "../../kernel/views.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { statusField, taskSchema } from "../wire.ts";

/** Tasks that an agent is shown at once. */
const mostTasks = 200;

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
    search: z.string().optional()
      .describe("Only tasks with these words in title, body, comments or handoffs"),
    sort: z.enum(sorts).default("priority")
      .describe("Order: the most urgent, the newest, the last changed or completed, or by name"),
    limit: z.number().int().positive().optional().describe("At most this many tasks"),
    offset: z.number().int().min(0).default(0).describe("Leave out this many tasks first"),
  }),
  output: z.object({
    tasks: z.array(taskSchema),
    truncated: z.boolean().describe("True when the limit left tasks out"),
    total: z.number().describe("Tasks on all pages"),
    offset: z.number().describe("Tasks left out before the first one"),
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
      'hermes kanban list --search "login page" --sort updated',
      "hermes kanban list --limit 50 --offset 100",
    ],
  },
  tool: {
    name: "kanban_list",
    omit: ["mine", "include_archived", "sort", "offset"],
    otherBoards: true,
    reply: ({ tasks, truncated, total }) => ({
      tasks,
      truncated,
      // Beyond the most that is shown only a filter helps.
      next_limit: truncated && tasks.length < mostTasks ? Math.min(total, mostTasks) : null,
    }),
    limit: { field: "limit", default: 50, max: mostTasks },
  },
  http: {
    method: "GET",
    path: "/tasks",
    omit: ["mine"],
    fresh: true,
  },
  async run(context, input) {
    const board = await context.board();
    await promoteWaiting(board);
    const { limit, offset, search } = input;
    const filter = {
      assignee: input.mine ? context.paths.profile : input.assignee,
      status: input.status,
      tenant: input.tenant,
      includeArchived: input.include_archived,
      sort: input.sort,
      limit,
      offset: offset === 0 ? undefined : offset,
    };
    const { tasks, total } = search === undefined
      ? await getPage(board, filter)
      : await (await import("../../kernel/search/find.ts")).findTasks(board, search, filter);
    const truncated = offset + tasks.length < total;
    return { tasks: tasks.map(viewTask), truncated, total, offset };
  },
});

export type ListOutput = OutputOf<typeof list>;
