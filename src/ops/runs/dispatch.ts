// Owns: the operation `dispatch`.

import * as z from "zod";
import { dispatchOnce } from "../../dispatcher/dispatch_once.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { dispatcherDeps, withFailureLimit } from "./dispatcher_deps.ts";

const ids = z.array(z.string());

export const dispatch = defineOp({
  name: "dispatch",
  group: "kanban",
  summary: "Run one pass of the dispatcher",
  actors: ["human", "system"],
  input: z.object({
    dry_run: z.boolean().default(false).describe("Say what would happen and change nothing"),
    max: z.number().int().min(0).optional().describe("Workers started at most"),
    failure_limit: z.number().int().positive().optional()
      .describe("Failed attempts before a task is given up, for this pass"),
  }),
  output: z.object({
    dry_run: z.boolean(),
    skipped_locked: z.boolean().describe("True when another dispatcher has the board"),
    reclaimed: z.number(),
    promoted: z.number(),
    extended: z.number(),
    crashed: ids,
    timed_out: ids,
    protocol_violations: ids,
    rate_limited: ids,
    spawn_failed: ids,
    auto_blocked: ids,
    spawned: z.array(z.object({
      task_id: z.string(),
      assignee: z.string(),
      workspace: z.string().nullable(),
    })),
    skipped_unassigned: ids,
    skipped_nonspawnable: ids,
    skipped_per_profile_capped: ids,
    skipped_over_budget: ids.describe("Their budget, or that of the day, is used up"),
    skipped_bad_lane: ids.describe("What their profile says about its worker cannot be used"),
    skipped_capped: z.number(),
  }),
  cli: {
    examples: ["hermes kanban dispatch --dry-run", "hermes kanban dispatch --max 1 --json"],
  },
  http: {
    method: "POST",
    path: "/dispatch",
    query: ["dry_run", "max"],
    omit: ["failure_limit"],
    defaults: { max: 8 },
    reply: ({ spawned, ...rest }) => ({
      ...rest,
      spawned: spawned.map(({ task_id, assignee, workspace }) => [task_id, assignee, workspace]),
    }),
  },
  async run(context, input) {
    const { config } = await context.config();
    const board = withFailureLimit(await context.board(), input.failure_limit);
    const deps = dispatcherDeps(context, board, () => Promise.resolve(config), context.log);
    return await dispatchOnce(deps, { dryRun: input.dry_run, maxSpawns: input.max });
  },
});

export type DispatchOutput = OutputOf<typeof dispatch>;
