// Owns: the operation `usage`: tokens and cost, added up.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { boardSlugs } from "../../kernel/boards.ts";
import { dimensions, type UsageTotals } from "../../kernel/queries/usage.ts";
import { addTotals, readTotal, readUsage } from "../../kernel/usage.ts";
import { boardPlaces } from "../board_places.ts";
import { onBoard } from "../boards/wire.ts";
import type { OpContext } from "../context.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { momentOf } from "../since.ts";
import { totalsShape } from "./usage_wire.ts";

const rowSchema = z.object({
  key: z.string().nullable()
    .describe("Task, profile, model, day of UTC or board; null for what has none"),
  title: z.string().nullable().describe("Of the task; null when it is no task, or gone"),
  ...totalsShape,
});

export const usage = defineOp({
  name: "usage",
  group: "kanban",
  summary: "Add up tokens and cost",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({
    task_id: z.string().min(1).optional()
      .describe("Only this task and all that came out of it"),
    by: z.enum([...dimensions, "board"]).optional()
      .describe("What is added up together; task when one is named, else profile"),
    since: z.string().optional()
      .describe("Only what began since then: 7d or 2h ago, a date, a date with a time"),
    limit: z.number().int().min(1).max(10_000).default(50)
      .describe("Rows at most, the most expensive first; the total counts all"),
  }),
  output: z.object({
    by: z.string(),
    task_id: z.string().nullable(),
    since: z.number().int().nullable(),
    rows: z.array(rowSchema),
    total: z.object(totalsShape),
    more: z.boolean().describe("Whether rows were left out"),
  }),
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" } },
    examples: [
      "hermes kanban usage",
      "hermes kanban usage t_1a2b3c4d",
      "hermes kanban usage --by day --since 7d",
      "hermes kanban usage --by model --since 2030-01-01 --json",
    ],
  },
  http: { method: "GET", path: "/usage" },
  async run(context, { task_id, by = task_id === undefined ? "profile" : "task", since, limit }) {
    const from = since === undefined ? null : momentOf(since, context.clock.now());
    const asked = { by, task_id: task_id ?? null, since: from };
    if (by === "board") {
      if (task_id === undefined) return { ...asked, ...await perBoard(context, from ?? 0, limit) };
      throw new HermesError("usage", `Cannot add up task "${task_id}" by board: it is on one`, {
        remedy: "Leave out the id, or use --by task, profile, model or day.",
      });
    }
    const scope = { since: from ?? 0, taskId: task_id ?? null };
    const { groups, total, more } = await readUsage(await context.board(), by, scope, limit);
    const rows = groups.map(({ key, ...row }) => ({
      key: by === "day" ? dayOf(Number(key)) : key === null ? null : String(key),
      ...row,
    }));
    return { ...asked, rows, total, more };
  },
});

/** Every board of the home; one that cannot be opened fails the whole, rather than a sum without it. */
async function perBoard(
  context: OpContext,
  since: number,
  limit: number,
): Promise<{ rows: z.input<typeof rowSchema>[]; total: UsageTotals; more: boolean }> {
  const rows = [];
  for (const slug of await boardSlugs(boardPlaces(context.paths))) {
    const totals = await onBoard(context, slug, (board) => readTotal(board, since));
    if (totals && totals.runs + totals.calls > 0) rows.push({ key: slug, title: null, ...totals });
  }
  rows.sort((a, b) => (b.cost_usd ?? -1) - (a.cost_usd ?? -1));
  return { rows: rows.slice(0, limit), total: addTotals(rows), more: rows.length > limit };
}

/** `2030-01-31`, of UTC. */
function dayOf(second: number): string {
  return new Date(second * 1000).toISOString().slice(0, 10);
}

export type UsageOutput = OutputOf<typeof usage>;
