// Owns: the operations `cards`, `card-page` and `changes`: the board as the dashboard shows it.

import * as z from "zod";
import { getCardChanges, getCardPage, getCards } from "../../kernel/cards.ts";
import { promoteWaiting } from "../../kernel/promote.ts";
import { cardSchema, unseenFields } from "./card_wire.ts";
import { defineOp, type OutputOf } from "../define.ts";

export const cards = defineOp({
  name: "cards",
  group: "kanban",
  summary: "Show the board with everything on its cards",
  actors: ["human", "system"],
  input: z.object({
    tenant: z.string().optional().describe("Only tasks of this tenant"),
    include_archived: z.boolean().default(false).describe("Show the archived tasks too"),
    done_limit: z.number().int().min(0).max(100_000).default(100)
      .describe("Done tasks, and archived ones, at most: the newest. The rest: GET /tasks"),
    limit: z.number().int().min(0).optional()
      .describe("Cards of each other column at most, for a first look; all unless given"),
    texts: z.boolean().default(true)
      .describe(`False leaves out what no card shows: ${unseenFields.join(", ")}`),
  }),
  output: z.object({
    columns: z.array(z.object({
      name: z.string().describe("The status"),
      count: z.number().int().describe("Tasks in it, listed or not"),
      tasks: z.array(cardSchema),
    })),
    tenants: z.array(z.string()),
    assignees: z.array(z.string()),
    latest_event_id: z.number().int().describe("Where to go on with the events"),
    now: z.number().int(),
  }),
  http: { method: "GET", path: "/board", fresh: true },
  async run(context, { tenant, include_archived, done_limit, limit, texts }) {
    const board = await context.board();
    await promoteWaiting(board);
    const filter = { tenant, includeArchived: include_archived, doneLimit: done_limit, limit };
    return await getCards(board, { ...filter, texts });
  },
});

export const cardPage = defineOp({
  name: "card-page",
  group: "kanban",
  summary: "Show a column piece by piece, in the order of ids",
  actors: ["human", "system"],
  input: z.object({
    status: z.string().describe("The column"),
    tenant: z.string().optional().describe("Only tasks of this tenant"),
    after: z.string().optional().describe(
      "`next` of the piece before; from the start unless given",
    ),
    limit: z.number().int().min(1).max(5000).default(1000).describe("Cards at most"),
    texts: z.boolean().default(true).describe("As for GET /board"),
  }),
  output: z.object({
    tasks: z.array(cardSchema),
    next: z.string().nullable().describe("Where the next piece begins; null after the last one"),
    latest_event_id: z.number().int(),
  }),
  http: { method: "GET", path: "/board/column", fresh: true },
  async run(context, input) {
    return await getCardPage(await context.board(), input);
  },
});

export const changes = defineOp({
  name: "changes",
  group: "kanban",
  summary: "Show the cards that changed since an event, instead of the whole board",
  actors: ["human", "system"],
  input: z.object({
    since: z.number().int().min(0).describe("latest_event_id of the last answer"),
    limit: z.number().int().min(1).max(5000).default(500).describe("Cards at most"),
    texts: z.boolean().default(true).describe("As for GET /board"),
  }),
  output: z.object({
    reset: z.boolean().describe(
      "Too much has changed, or the log was replaced: read the board again",
    ),
    cards: z.array(cardSchema).describe("Whatever their status is now"),
    gone: z.array(z.string()),
    counts: z.record(z.string(), z.number()).describe("Status → tasks"),
    latest_event_id: z.number().int(),
    now: z.number().int(),
  }),
  http: { method: "GET", path: "/board/changes", fresh: true },
  async run(context, input) {
    const board = await context.board();
    await promoteWaiting(board);
    return await getCardChanges(board, input);
  },
});

export type CardPageOutput = OutputOf<typeof cardPage>;

export type ChangesOutput = OutputOf<typeof changes>;

export type CardsOutput = OutputOf<typeof cards>;
