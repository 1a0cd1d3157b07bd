// Owns: the operation `dispatch`.

import * as z from "zod";
import { dispatchOnce } from "../dispatcher/dispatch_once.ts";
import { WorkerTable } from "../dispatcher/worker_table.ts";
import type { Board } from "../kernel/board.ts";
import { defineOp, type OutputOf } from "./define.ts";

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
    skipped_capped: z.number(),
  }),
  cli: {
    examples: ["hermes kanban dispatch --dry-run", "hermes kanban dispatch --max 1 --json"],
  },
  async run(context, input) {
    const { host, paths, boardPaths, log } = context;
    const { config } = await context.config();
    const board = withLimit(await context.board(), input.failure_limit);
    return await dispatchOnce({
      board,
      paths: boardPaths,
      root: paths.root,
      config: () => Promise.resolve(config),
      profileNames: () => context.profiles(),
      selfCommand: () => host.selfCommand(),
      environment: () => host.environment(),
      self: host.self(),
      host: host.hostName(),
      workers: new WorkerTable(),
      log,
    }, { dryRun: input.dry_run, maxSpawns: input.max });
  },
});

export type DispatchOutput = OutputOf<typeof dispatch>;

/** The same board with another failure limit. */
function withLimit(board: Board, failureLimit: number | undefined): Board {
  if (failureLimit === undefined) return board;
  return { ...board, policy: () => ({ ...board.policy(), failureLimit }) };
}
