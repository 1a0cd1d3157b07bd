// Owns: the operation `stats`.

import * as z from "zod";
import { getStats } from "../../kernel/detail.ts";
import { defineOp, type OutputOf } from "../define.ts";

const counts = z.record(z.string(), z.number());

export const stats = defineOp({
  name: "stats",
  group: "kanban",
  summary: "Count the tasks of the board",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({}),
  output: z.object({
    by_status: counts,
    by_assignee: z.record(z.string(), counts).describe('Archived tasks left out; "" is nobody'),
    oldest_ready_age_seconds: z.number().nullable(),
    now: z.number(),
  }),
  cli: { examples: ["hermes kanban stats", "hermes kanban stats --json"] },
  http: { method: "GET", path: "/stats", fresh: true },
  async run(context) {
    return await getStats(await context.board());
  },
});

export type StatsOutput = OutputOf<typeof stats>;
