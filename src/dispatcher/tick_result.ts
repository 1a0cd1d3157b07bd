// Owns: what one pass of the dispatcher reports.

/** A worker that was started, or would be in a dry run. */
export interface SpawnReport {
  task_id: string;
  assignee: string;
  /** Absolute path; null in a dry run, which resolves nothing. */
  workspace: string | null;
}

export interface TickResult {
  dry_run: boolean;
  /** True when another dispatcher holds the board: nothing was done. */
  skipped_locked: boolean;
  /** Claims taken back. */
  reclaimed: number;
  /** Tasks moved from todo to ready. */
  promoted: number;
  /** Claims of living workers that were extended. */
  extended: number;
  crashed: string[];
  timed_out: string[];
  protocol_violations: string[];
  rate_limited: string[];
  spawn_failed: string[];
  /** Tasks blocked because their failure budget is used up. */
  auto_blocked: string[];
  spawned: SpawnReport[];
  skipped_unassigned: string[];
  skipped_nonspawnable: string[];
  skipped_per_profile_capped: string[];
  /** Their budget is used up. */
  skipped_over_budget: string[];
  /** What their profile says about its worker cannot be used. */
  skipped_bad_lane: string[];
  /** Of the ready tasks next in line, those that wait because the board or this pass is full. */
  skipped_capped: number;
}

export function emptyResult(dryRun: boolean): TickResult {
  return {
    dry_run: dryRun,
    skipped_locked: false,
    reclaimed: 0,
    promoted: 0,
    extended: 0,
    crashed: [],
    timed_out: [],
    protocol_violations: [],
    rate_limited: [],
    spawn_failed: [],
    auto_blocked: [],
    spawned: [],
    skipped_unassigned: [],
    skipped_nonspawnable: [],
    skipped_per_profile_capped: [],
    skipped_over_budget: [],
    skipped_bad_lane: [],
    skipped_capped: 0,
  };
}
