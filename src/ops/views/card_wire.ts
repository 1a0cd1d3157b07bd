// Owns: the shape of a card.

import * as z from "zod";
import { unseenColumns } from "../../kernel/queries/tasks.ts";
import { taskSchema } from "../wire.ts";

/** What `texts: false` leaves out. */
export const unseenFields = ["age", ...unseenColumns] as const;

type UnseenMask = Record<(typeof unseenFields)[number], true>;

const unseenMask = Object.fromEntries(unseenFields.map((name) => [name, true])) as UnseenMask;

/** A task as the board shows it, and what stands around it. {@link unseenFields} are there when texts were asked for. */
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
  }).partial(unseenMask).meta({ id: "Card" })
);
