// Owns: the operation `board`, and hearing when its answer may be another one.

import * as z from "zod";
import { getColumns } from "../../kernel/columns.ts";
import { promoteWaiting } from "../../kernel/promote.ts";
import type { OpContext } from "../context.ts";
import { defineOp, type OutputOf } from "../define.ts";

export const board = defineOp({
  name: "board",
  group: "kanban",
  summary: "Show the board, column by column",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({
    include_archived: z.boolean().default(false).describe("Show the archived tasks too"),
    limit: z.number().int().positive().default(20).describe("At most this many tasks per column"),
  }),
  output: z.object({
    board: z.string().describe("The board's slug"),
    columns: z.array(z.object({
      status: z.string(),
      count: z.number().describe("Tasks in the column, listed or not"),
      cards: z.array(z.object({
        id: z.string(),
        title: z.string(),
        assignee: z.string().nullable(),
        priority: z.number(),
        since: z.number().describe("In this column, or at work, since this epoch second"),
      })),
    })),
    now: z.number().describe("Epoch seconds"),
  }),
  cli: {
    fields: { include_archived: { flag: "archived" } },
    live: true,
    examples: [
      "hermes kanban board",
      "hermes kanban board --live",
      "hermes kanban board --limit 5 --json",
    ],
  },
  async run(context, input) {
    const opened = await context.board();
    await promoteWaiting(opened);
    const { include_archived, limit } = input;
    const columns = await getColumns(opened, { limit, includeArchived: include_archived });
    return { board: opened.slug, columns, now: context.clock.now() };
  },
});

export type BoardOutput = OutputOf<typeof board>;

/** Calls back soon after every change of the board, by whichever process. Returns how to stop it. */
export async function watchBoard(context: OpContext, listener: () => void): Promise<() => void> {
  return (await context.board()).engine.watch(listener);
}
