// Owns: the shape of a card.

import * as z from "zod";
import { taskSchema } from "../wire.ts";

/** A task as the board shows it: all its fields, and what stands around it. */
export const cardSchema = z.lazy(() =>
  taskSchema.unwrap().extend({
    age: z.object({
      created_age_seconds: z.number().int(),
      started_age_seconds: z.number().int().nullable(),
      time_to_complete_seconds: z.number().int().nullable(),
    }),
    link_counts: z.object({ parents: z.number().int(), children: z.number().int() }),
    open_parents: z.number().int().describe("Parents that keep it waiting"),
    comment_count: z.number().int(),
    progress: z.object({ done: z.number().int(), total: z.number().int() }).nullable()
      .describe("Done of those it was split into, or else of its children"),
    latest_summary: z.string().nullable().describe("Begin of the newest handoff"),
    since: z.number().int().describe("In this column, or at work, since this epoch second"),
    run_count: z.number().int(),
    cost_usd: z.number().nullable().describe("Of its own attempts, as far as known"),
  }).meta({ id: "Card" })
);
