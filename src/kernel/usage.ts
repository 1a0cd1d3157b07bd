// Owns: what attempts and other model calls used: recording it, and its sums.

import { withoutNoise } from "../base/money.ts";
import { type Board, read, write } from "./board.ts";
import { refusalError, unknownTask } from "./lifecycle/apply.ts";
import { sql as runs } from "./queries/runs.ts";
import { taskById } from "./queries/tasks.ts";
import {
  type Dimension,
  groupUsage,
  insertModelCall,
  totalUsage,
  type UsageGroup,
  usageOfTask,
  type UsageScope,
  type UsageTotals,
} from "./queries/usage.ts";

/** What a model was asked for outside of a worker's own conversation. */
export type CallPurpose = "decompose" | "specify" | "describe" | "judge";

/** Figures of one run, or of one call. Null means unknown, which is never the same as zero. */
export interface RunUsage {
  model: string | null;
  inputTokens: number | null;
  outputTokens: number | null;
  /** US dollars. */
  costUsd: number | null;
}

/** A model call outside of a worker's own conversation. */
export interface ModelCall extends RunUsage {
  purpose: CallPurpose;
  /** The task it was made for; null when for none. */
  taskId: string | null;
  /** The profile it was made for or by; null when unknown. */
  profile: string | null;
}

/** Stores a run's usage so far, replacing earlier totals. Allowed after the run is closed: it is a fact about it. */
export async function recordUsage(board: Board, runId: number, usage: RunUsage): Promise<void> {
  const { model, inputTokens, outputTokens, costUsd } = usage;
  await write(
    board,
    (tx) => tx.run(runs.addUsage, [model, inputTokens, outputTokens, costUsd, runId]),
  );
}

/** Notes by which id the conversation of a run can be continued. Allowed after the run is closed: it is a fact about it. */
export async function recordSession(board: Board, runId: number, session: string): Promise<void> {
  await write(board, (tx) => tx.run(runs.setSession, [session, runId]));
}

/** Notes one model call outside of runs. It counts on the day it is recorded. */
export async function recordModelCall(board: Board, call: ModelCall): Promise<void> {
  await write(board, (tx, env) =>
    insertModelCall(tx, {
      task_id: call.taskId,
      purpose: call.purpose,
      profile: call.profile,
      model: call.model,
      input_tokens: call.inputTokens,
      output_tokens: call.outputTokens,
      cost_usd: call.costUsd,
      created_at: env.now,
    }));
}

/** What one answered call used, as those who ask a model are told. */
export type AnsweredCall = Omit<RunUsage, "costUsd"> & { cost: number | null };

/** A listener that records every call it is told of; for those who ask a model for something. */
export function callRecorder(
  board: Board,
  call: Pick<ModelCall, "purpose" | "taskId" | "profile">,
): (used: AnsweredCall) => Promise<void> {
  return ({ cost, ...used }) => recordModelCall(board, { ...call, ...used, costUsd: cost });
}

/** The sums of a scope, and those of its groups. */
export interface UsageReport {
  groups: UsageGroup[];
  /** Over all groups, also those beyond the limit. */
  total: UsageTotals;
  /** Whether groups were left out. */
  more: boolean;
}

/**
 * Adds up what was used in a scope, all from one moment.
 *
 * @param limit groups at most; totals count all.
 * @throws HermesError `not_found` for an unknown task.
 */
export function readUsage(
  board: Board,
  by: Dimension,
  scope: UsageScope,
  limit: number,
): Promise<UsageReport> {
  return read(board, async (tx) => {
    if (scope.taskId !== null && !await taskById(tx, scope.taskId)) {
      throw refusalError(unknownTask(scope.taskId));
    }
    const groups = await groupUsage(tx, by, scope, limit + 1);
    const more = groups.length > limit;
    const total = more ? await totalUsage(tx, scope) : addTotals(groups);
    return { groups: groups.slice(0, limit), total, more };
  });
}

/** One sum of several. */
export function addTotals(parts: readonly UsageTotals[]): UsageTotals {
  const sum = (name: "runs" | "calls" | "unknown_runs" | "unknown_token_runs") =>
    parts.reduce((total, part) => total + part[name], 0);
  const known = (name: "input_tokens" | "output_tokens" | "cost_usd") => {
    const values = parts.map((part) => part[name]).filter((value) => value !== null);
    return values.length === 0 ? null : values.reduce((total, value) => total + value, 0);
  };
  return {
    runs: sum("runs"),
    calls: sum("calls"),
    input_tokens: known("input_tokens"),
    output_tokens: known("output_tokens"),
    cost_usd: withoutNoise(known("cost_usd")),
    unknown_runs: sum("unknown_runs"),
    unknown_token_runs: sum("unknown_token_runs"),
  };
}

/** The sums of the whole board since a second. */
export function readTotal(board: Board, since: number): Promise<UsageTotals> {
  return read(board, (tx) => totalUsage(tx, { since, taskId: null }));
}

/** What one task used, alone and together with all that came out of it. */
export function readTaskUsage(
  board: Board,
  taskId: string,
): Promise<{ own: UsageTotals; graph: UsageTotals }> {
  return read(board, async (tx) => ({
    own: await usageOfTask(tx, taskId),
    graph: await totalUsage(tx, { since: 0, taskId }),
  }));
}
