// Owns: the operations `feed` and `attention`: what happened last, and what needs a person.

import * as z from "zod";
import { getAttention, getFeed } from "../../kernel/overview.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { kindsField } from "../since.ts";
import { eventSchema } from "../wire.ts";

/** Larger than the number of any event. */
const end = Number.MAX_SAFE_INTEGER;

export const feed = defineOp({
  name: "feed",
  group: "kanban",
  summary: "Show what happened on the board, the newest first",
  actors: ["human", "system"],
  input: z.object({
    before: z.number().int().positive().default(end).describe("Only what came before this event"),
    limit: z.number().int().min(1).max(500).default(50),
    kinds: kindsField().optional(),
    assignee: z.string().optional().describe("Only of tasks that are this one's now"),
  }),
  output: z.object({
    events: z.array(eventSchema.extend({
      title: z.string().nullable().describe("Of its task; null when that is gone"),
      assignee: z.string().nullable(),
    })).describe("Without heartbeats and the like"),
    next: z.number().int().nullable().describe(
      "What to give as `before` for more; null at the end",
    ),
  }),
  http: { method: "GET", path: "/feed", fresh: true },
  async run(context, { before, limit, kinds = null, assignee = null }) {
    const wanted = { before, kinds, assignee, limit };
    const events = await getFeed(await context.board(), wanted);
    return { events, next: events.length < limit ? null : events.at(-1)!.id };
  },
});

export type FeedOutput = OutputOf<typeof feed>;

/** Seconds after which a ready task counts as forgotten. */
const patience = 1800;
/** Tasks per status that are looked at. */
const most = 500;

const needy = z.array(z.object({
  id: z.string(),
  title: z.string(),
  assignee: z.string().nullable(),
  status: z.string(),
  reason: z.string().nullable(),
  block_kind: z.string().nullable(),
  since: z.number().int(),
}));

export const attention = defineOp({
  name: "attention",
  group: "kanban",
  summary: "List the tasks that need a person",
  actors: ["human", "system"],
  input: z.object({}),
  output: z.object({
    blocked: needy.describe("Somebody stopped it and waits for an answer"),
    gave_up: needy.describe("Its attempts failed; the dispatcher stopped trying"),
    stranded: needy.describe("Ready, and nobody can start it or has for half an hour"),
    needs_assignee: needy.describe("Ready, and nobody's"),
    count: z.number().int(),
  }),
  http: { method: "GET", path: "/attention" },
  async run(context) {
    const profiles = await context.profiles();
    const found = await getAttention(await context.board(), { profiles, patience, limit: most });
    const count = Object.values(found).reduce((sum, list) => sum + list.length, 0);
    return { ...found, count };
  },
});

export type AttentionOutput = OutputOf<typeof attention>;
