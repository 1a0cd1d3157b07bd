// Owns: the operations on attempts of the whole board: `timeline`, `workers`, `run` and `terminate`.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { getOpenRuns, getTimeline, getTitledRun } from "../../kernel/overview.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { steer } from "../fenced.ts";
import { momentOf } from "../since.ts";
import { runSchema } from "../wire.ts";

const timelineRun = z.lazy(() =>
  runSchema.unwrap().extend({
    title: z.string().nullable().describe("Of its task; null when that is gone"),
  }).meta({ id: "TimelineRun" })
);

const runId = z.number().int().positive().describe("Number of the run");

export const timeline = defineOp({
  name: "timeline",
  group: "kanban",
  summary: "List the runs that were under way in a time, the newest first",
  actors: ["human", "system"],
  input: z.object({
    since: z.string().default("24h").describe(
      "From then on: 2h or 7d ago, a date, a date with a time",
    ),
    until: z.string().optional().describe("Up to then; now unless given"),
    profile: z.string().optional().describe("Only runs of this profile"),
    limit: z.number().int().min(1).max(5000).default(1000),
  }),
  output: z.object({
    runs: z.array(timelineRun),
    since: z.number().int(),
    until: z.number().int(),
    more: z.boolean().describe("Whether older ones were left out"),
    now: z.number().int(),
  }),
  http: { method: "GET", path: "/runs" },
  async run(context, { since, until, profile = null, limit }) {
    const board = await context.board();
    const now = board.clock.now();
    const window = {
      since: momentOf(since, now),
      until: until === undefined ? now + 1 : momentOf(until, now),
    };
    const runs = await getTimeline(board, { ...window, profile, limit: limit + 1 });
    return { runs: runs.slice(0, limit), ...window, more: runs.length > limit, now };
  },
});

export type TimelineOutput = OutputOf<typeof timeline>;

export const workers = defineOp({
  name: "workers",
  group: "kanban",
  summary: "List the runs that are under way",
  actors: ["human", "system"],
  input: z.object({}),
  output: z.object({
    workers: z.array(timelineRun),
    count: z.number().int(),
    checked_at: z.number().int(),
  }),
  http: { method: "GET", path: "/workers/active", fresh: true },
  async run(context) {
    const board = await context.board();
    const open = await getOpenRuns(board);
    return { workers: open, count: open.length, checked_at: board.clock.now() };
  },
});

export type WorkersOutput = OutputOf<typeof workers>;

export const run = defineOp({
  name: "run",
  group: "kanban",
  summary: "Show a run",
  actors: ["human", "system"],
  input: z.object({ run_id: runId }),
  output: z.object({ run: timelineRun }),
  http: { method: "GET", path: "/runs/:run_id" },
  async run(context, { run_id }) {
    return { run: await getTitledRun(await context.board(), run_id) };
  },
});

export type RunOutput = OutputOf<typeof run>;

export const terminate = defineOp({
  name: "terminate",
  group: "kanban",
  summary: "End a run: its task is ready again, and its worker is stopped by the dispatcher",
  actors: ["human", "system"],
  input: z.object({
    run_id: runId,
    reason: z.string().nullable().optional().describe("Why, for the next attempt"),
  }),
  output: z.object({ ok: z.boolean(), run_id: z.number(), task_id: z.string() }),
  redact: { always: ["reason"] },
  http: { method: "POST", path: "/runs/:run_id/terminate" },
  async run(context, { run_id, reason = null }) {
    const { task_id, ended_at, outcome } = await getTitledRun(await context.board(), run_id);
    if (ended_at !== null) throw isOver(run_id, `it ended as ${outcome}`);
    const command = { type: "reclaim", reason } as const;
    const [applied] = await steer(context, task_id, [command], { runId: run_id });
    if (applied!.runId !== run_id) throw isOver(run_id, "it ended just now");
    return { ok: true, run_id, task_id };
  },
});

export type TerminateOutput = OutputOf<typeof terminate>;

function isOver(id: number, reason: string): HermesError {
  return new HermesError("refused", `Cannot terminate run "${id}": ${reason}`);
}
