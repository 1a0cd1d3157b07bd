// Owns: the operation `show`.

import * as z from "zod";
import { buildBrief } from "../../kernel/brief.ts";
import { getAttachments } from "../../kernel/attachments.ts";
import { getDetail } from "../../kernel/detail.ts";
import { readResults } from "../../kernel/handed_over.ts";
import { readTaskUsage } from "../../kernel/usage.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { totalsShape } from "../runs/usage_wire.ts";
import {
  attachmentSchema,
  commentSchema,
  eventSchema,
  linkedTaskSchema,
  runSchema,
  taskId,
  taskSchema,
} from "../wire.ts";

const resultSchema = z.object({
  id: z.string(),
  title: z.string(),
  status: z.string(),
  latest_summary: z.string().nullable().describe("Of its newest attempt that left one"),
  result: z.string().nullable(),
});

export const show = defineOp({
  name: "show",
  group: "kanban",
  summary: "Show a task with its neighbours, comments, events and runs",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    event_limit: z.number().int().positive().optional().describe("Only the newest events"),
    brief: z.boolean().default(false).describe("Add the text its worker reads"),
  }),
  output: z.object({
    task: taskSchema,
    progress: z.object({ done: z.number().int(), total: z.number().int() }).nullable()
      .describe("Completed tasks of those it was split into, or else of its children"),
    parents: z.array(linkedTaskSchema),
    children: z.array(linkedTaskSchema),
    comments: z.array(commentSchema),
    events: z.array(eventSchema),
    runs: z.array(runSchema),
    attachments: z.array(attachmentSchema),
    usage: z.object({
      ...totalsShape,
      graph: z.object(totalsShape).describe("Together with all that came out of it"),
    }).optional().describe("Tokens and cost of the task; left out for workers"),
    latest_summary: z.string().nullable().optional()
      .describe("Of its newest attempt that left one; left out for workers"),
    parent_results: z.array(resultSchema).optional()
      .describe("What came of the tasks it builds on; left out for workers"),
    child_results: z.array(resultSchema).optional()
      .describe("What came of the tasks that build on it; left out for workers"),
    worker_context: z.string().optional(),
  }),
  cli: {
    args: ["task_id"],
    fields: {
      task_id: { name: "id" },
      event_limit: { hidden: true },
      brief: { hidden: true },
    },
    examples: ["hermes kanban show t_1a2b3c4d", "hermes kanban show t_1a2b3c4d --json"],
  },
  tool: {
    name: "kanban_show",
    advice: "Call it first: `worker_context` is all you need to start.",
    ownTask: "task_id",
    otherBoards: true,
    omit: ["event_limit", "brief"],
    fixed: { event_limit: 50, brief: true },
  },
  http: {
    method: "GET",
    path: "/tasks/:task_id",
    fresh: true,
    omit: ["brief"],
    reply: ({ parents, children, ...rest }) => ({
      ...rest,
      links: { parents: parents.map(({ id }) => id), children: children.map(({ id }) => id) },
      parents,
      children,
    }),
  },
  async run(context, input) {
    const board = await context.board();
    const detail = await getDetail(board, input.task_id);
    const events = input.event_limit === undefined
      ? detail.events
      : detail.events.slice(-input.event_limit);
    const attachments = await getAttachments(board, input.task_id);
    if (!input.brief) {
      const { own, graph } = await readTaskUsage(board, input.task_id);
      const latest_summary = detail.runs.findLast(({ summary }) => summary !== null)?.summary ??
        null;
      const results = await readResults(board, input.task_id);
      const usage = { ...own, graph };
      return { ...detail, events, attachments, usage, latest_summary, ...results };
    }
    return {
      ...detail,
      events,
      attachments,
      worker_context: await buildBrief(board, input.task_id),
    };
  },
});

export type ShowOutput = OutputOf<typeof show>;
