// Owns: the SQL that adds up what attempts and model calls used, and table `model_calls`.

import { withoutNoise } from "../../base/money.ts";
import type { ReadTx, SqlValue, WriteTx } from "../engine/port.ts";

/** An attempt that can have used a model: it had a process, or told what it used. An index has just these. */
export const usedModel = `(worker_pid IS NOT NULL OR model IS NOT NULL OR input_tokens IS NOT NULL
    OR output_tokens IS NOT NULL OR cost_usd IS NOT NULL)`;

const figures = `input_tokens, output_tokens, cost_usd`;

/** Everything that was used since a second: attempts with 1 in `run`, other calls with 0. */
const usedSince = `used AS (
      SELECT task_id, profile, model, started_at AS at, 1 AS run, ${figures}
        FROM task_runs WHERE started_at >= ? AND ${usedModel}
      UNION ALL SELECT task_id, profile, model, created_at, 0, ${figures}
        FROM model_calls WHERE created_at >= ?)`;

/** A task and all that came out of it. UNION, not UNION ALL: another program may have made a circle. */
const members = `member(id) AS (
      SELECT CAST(? AS TEXT)
      UNION SELECT child.id FROM member
        JOIN tasks AS child ON child.origin_task_id = member.id)`;

/** The same of one task and all that came out of it. CROSS JOIN keeps the few members outside. */
const usedByMembers = `used AS (
      SELECT task_id, profile, model, started_at AS at, 1 AS run, ${figures}
        FROM member CROSS JOIN task_runs ON task_id = member.id
        WHERE started_at >= ? AND ${usedModel}
      UNION ALL SELECT task_id, profile, model, created_at, 0, ${figures}
        FROM member CROSS JOIN model_calls ON task_id = member.id WHERE created_at >= ?)`;

/** The beginning of the graph that a task belongs to, for tasks that came out of another. */
const graphs = `above(id, at) AS (
      SELECT id, origin_task_id FROM tasks WHERE origin_task_id IS NOT NULL
      UNION SELECT above.id, tasks.origin_task_id FROM above
        JOIN tasks ON tasks.id = above.at WHERE tasks.origin_task_id IS NOT NULL),
    graph(id, root) AS (
      SELECT above.id, MIN(above.at) FROM above LEFT JOIN tasks AS top ON top.id = above.at
        WHERE top.origin_task_id IS NULL GROUP BY above.id)`;

/** An unknown figure is left out of a sum, and counted. */
const sums = `COALESCE(SUM(run), 0) AS runs, COUNT(*) - COALESCE(SUM(run), 0) AS calls,
    SUM(input_tokens) AS input_tokens, SUM(output_tokens) AS output_tokens,
    SUM(cost_usd) AS cost_usd, COUNT(*) - COUNT(cost_usd) AS unknown_runs,
    COUNT(*) - COUNT(input_tokens + output_tokens) AS unknown_token_runs`;

/** What usage can be grouped by on one board. */
export const dimensions = ["task", "graph", "profile", "model", "day"] as const;
export type Dimension = typeof dimensions[number];

/** Groups by key: the most expensive first, days in order. The title of a task may be gone with it. */
const groupings: Record<Dimension, { key: string; order: string }> = {
  task: { key: "used.task_id", order: "cost_usd DESC, input_tokens DESC, key" },
  graph: {
    key: "COALESCE(graph.root, used.task_id)",
    order: "cost_usd DESC, input_tokens DESC, key",
  },
  profile: { key: "used.profile", order: "cost_usd DESC, input_tokens DESC, key" },
  model: { key: "used.model", order: "cost_usd DESC, input_tokens DESC, key" },
  day: { key: "used.at - used.at % 86400", order: "key" },
};

const hasTitle = (by: Dimension) => by === "task" || by === "graph";

function grouped(by: Dimension, source: string): string {
  const { key, order } = groupings[by];
  const map = by === "graph" ? ` LEFT JOIN graph ON graph.id = used.task_id` : "";
  const title = hasTitle(by) ? `(SELECT title FROM tasks WHERE id = totals.key)` : "NULL";
  return `WITH RECURSIVE ${source}${by === "graph" ? `, ${graphs}` : ""}
    SELECT totals.*, ${title} AS title FROM (
      SELECT ${key} AS key, ${sums} FROM used${map} GROUP BY 1 ORDER BY ${order} LIMIT ?) AS totals
    ORDER BY ${order}`;
}

function perDimension(source: string): Record<Dimension, string> {
  return Object.fromEntries(
    dimensions.map((by) => [by, grouped(by, source)]),
  ) as Record<Dimension, string>;
}

const ofBoard = perDimension(usedSince);
const ofGraph = perDimension(`${members}, ${usedByMembers}`);

export const sql = {
  recordCall: `INSERT INTO model_calls
      (task_id, purpose, profile, model, input_tokens, output_tokens, cost_usd, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  total: `WITH ${usedSince} SELECT ${sums} FROM used`,
  totalOfGraph: `WITH RECURSIVE ${members}, ${usedByMembers} SELECT ${sums} FROM used`,
  totalOfTask: `WITH member(id) AS (SELECT CAST(? AS TEXT)), ${usedByMembers}
    SELECT ${sums} FROM used`,
  boardByTask: ofBoard.task,
  boardByGraph: ofBoard.graph,
  boardByProfile: ofBoard.profile,
  boardByModel: ofBoard.model,
  boardByDay: ofBoard.day,
  graphByTask: ofGraph.task,
  graphByGraph: ofGraph.graph,
  graphByProfile: ofGraph.profile,
  graphByModel: ofGraph.model,
  graphByDay: ofGraph.day,
} as const;

/** Sums. Null means that not one of the figures is known; unknown ones are left out of a sum. */
export interface UsageTotals {
  /** Attempts that can have used a model. */
  runs: number;
  /** Model calls outside of attempts. */
  calls: number;
  input_tokens: number | null;
  output_tokens: number | null;
  /** US dollars. */
  cost_usd: number | null;
  /** Attempts and calls of unknown cost. */
  unknown_runs: number;
  /** Attempts and calls that do not tell their tokens. */
  unknown_token_runs: number;
}

/** The sums of one group. */
export interface UsageGroup extends UsageTotals {
  /** A task id, a name, or for days the epoch second of their beginning; null for what has none. */
  key: string | number | null;
  /** Title of the task. */
  title: string | null;
}

/** Which part of a board's usage is meant. */
export interface UsageScope {
  /** Epoch second. */
  since: number;
  /** Only this task and what came out of it; null = the whole board. */
  taskId: string | null;
}

/** The sums over a scope. */
export async function totalUsage(tx: ReadTx, { since, taskId }: UsageScope): Promise<UsageTotals> {
  const row = taskId === null
    ? await tx.get<UsageTotals>(sql.total, [since, since])
    : await tx.get<UsageTotals>(sql.totalOfGraph, [taskId, since, since]);
  return cleaned(row!);
}

/** The sums of one task alone. */
export async function usageOfTask(tx: ReadTx, taskId: string): Promise<UsageTotals> {
  return cleaned((await tx.get<UsageTotals>(sql.totalOfTask, [taskId, 0, 0]))!);
}

/** The sums of each group in a scope, at most `limit` groups. */
export async function groupUsage(
  tx: ReadTx,
  by: Dimension,
  { since, taskId }: UsageScope,
  limit: number,
): Promise<UsageGroup[]> {
  const params: SqlValue[] = [since, since, limit];
  const rows = taskId === null
    ? await tx.all<UsageGroup>(ofBoard[by], params)
    : await tx.all<UsageGroup>(ofGraph[by], [taskId, ...params]);
  return rows.map(cleaned);
}

function cleaned<Sums extends UsageTotals>(row: Sums): Sums {
  return { ...row, cost_usd: withoutNoise(row.cost_usd) };
}

/** One row of `model_calls` without its number. */
export interface ModelCallRow {
  task_id: string | null;
  /** Such as decompose, specify, describe, judge. */
  purpose: string;
  profile: string | null;
  model: string | null;
  input_tokens: number | null;
  output_tokens: number | null;
  cost_usd: number | null;
  created_at: number;
}

export async function insertModelCall(tx: WriteTx, call: ModelCallRow): Promise<void> {
  await tx.run(sql.recordCall, [
    call.task_id,
    call.purpose,
    call.profile,
    call.model,
    call.input_tokens,
    call.output_tokens,
    call.cost_usd,
    call.created_at,
  ]);
}
