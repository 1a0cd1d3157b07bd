// Owns: the operation `undo`.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { listActions, undo as undoActions } from "../../kernel/undo/undo.ts";
import { defineOp, type OutputOf } from "../define.ts";

const actionSchema = z.object({
  id: z.number().describe("Number of the action; grows with every action of the board"),
  task_id: z.string(),
  title: z.string(),
  person: z.string(),
  verb: z.string(),
  what: z.string().describe("What changed, in a few words"),
  done_at: z.number().int(),
  obstacle: z.string().nullable().describe("Why it cannot be undone; null when it can"),
});

export const undo = defineOp({
  name: "undo",
  group: "kanban",
  summary: "Take back what people did last: creations, edits, moves, links and the like",
  actors: ["human"],
  input: z.object({
    count: z.number().int().positive().default(1).describe("How many of the last actions"),
    action: z.number().int().positive().optional()
      .describe("Only the action with this number"),
    list: z.boolean().default(false).describe("Only show the last actions"),
    limit: z.number().int().positive().max(200).default(20)
      .describe("Actions shown by --list at most"),
  }),
  output: z.object({
    undone: z.boolean().describe("False when the actions were only listed"),
    actions: z.array(actionSchema).describe("Newest first"),
  }),
  cli: {
    args: ["count"],
    pick: "actions",
    examples: [
      "hermes kanban undo",
      "hermes kanban undo 3",
      "hermes kanban undo --list",
      "hermes kanban undo --action 17",
    ],
  },
  http: [
    {
      method: "GET",
      path: "/undo",
      omit: ["count", "action"],
      fixed: { list: true },
      fresh: true,
      reply: ({ actions }) => ({ actions }),
    },
    { method: "POST", path: "/undo", omit: ["list", "limit"] },
  ],
  async run(context, { count, action, list, limit }) {
    const board = await context.board();
    if (list) return { undone: false, actions: await listActions(board, limit) };
    if (action !== undefined && count !== 1) {
      throw new HermesError("usage", "Cannot undo: give either a count or --action, not both");
    }
    const which = action === undefined ? { count } : { id: action };
    return { undone: true, actions: await undoActions(board, which) };
  },
});

export type UndoOutput = OutputOf<typeof undo>;
