// Owns: the SQL of table `tasks`. Only `lifecycle/` imports `updateTask`.

import type { ReadTx, SqlValue, WriteTx } from "../engine/port.ts";
import type { TaskRow } from "../model/rows.ts";
import { statuses } from "../model/status.ts";
import { isFound, isLike, likeParameters } from "./search.ts";

const columns = `id, title, body, assignee, status, priority, created_by, created_at, started_at,
  completed_at, workspace_kind, workspace_path, branch_name, tenant, result, skills, idempotency_key,
  max_runtime_seconds, max_retries, claim_lock, claim_expires, worker_pid, last_heartbeat_at,
  current_run_id, consecutive_failures, last_failure_error, block_kind, block_recurrences, held,
  loop_guard, not_before, goal_mode, goal_max_turns, model_override, provider_override,
  max_cost_usd, origin_task_id, workflow_template_id, current_step_key`;

/** What no card on a board shows; on a large one it is most of what there is to read and send. */
export const unseenColumns = [
  "block_recurrences",
  "body",
  "branch_name",
  "claim_expires",
  "claim_lock",
  "created_by",
  "current_step_key",
  "goal_max_turns",
  "idempotency_key",
  "last_failure_error",
  "max_retries",
  "max_runtime_seconds",
  "provider_override",
  "result",
  "worker_pid",
  "workflow_template_id",
  "workspace_kind",
  "workspace_path",
] as const satisfies readonly (keyof TaskRow)[];

/** A task as lists have it: without bookkeeping that no surface shows. */
export type ListedTaskRow = Omit<TaskRow, "loop_guard">;

/** A listed task without {@link unseenColumns}. */
export type SeenTaskRow = Omit<ListedTaskRow, (typeof unseenColumns)[number]>;

const listedColumns = columnsWithout(["loop_guard"]);
const seenColumns = columnsWithout(["loop_guard", ...unseenColumns]);

function columnsWithout(names: readonly string[]): string {
  return columns.split(",").map((name) => name.trim())
    .filter((name) => !names.includes(name)).join(", ");
}

/** A parent keeps its child waiting unless it was completed, or a person waived it. */
const parentIsOpen = `link.waived = 0 AND NOT (parent.status = 'done'
  OR (parent.status = 'archived' AND parent.completed_at IS NOT NULL))`;

const hasOpenParent = `EXISTS (SELECT 1 FROM task_links AS link
  JOIN tasks AS parent ON parent.id = link.parent_id
  WHERE link.child_id = tasks.id AND ${parentIsOpen})`;

export const sql = {
  byId: `SELECT ${columns} FROM tasks WHERE id = ?`,
  byIds: `SELECT ${columns} FROM tasks WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
  seenByIds:
    `SELECT ${seenColumns} FROM tasks WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
  byLiveKey: `SELECT ${columns} FROM tasks WHERE idempotency_key = ? AND status <> 'archived'`,
  /** A fence is a run id: the row appears only while that run is open. Null = no fence. */
  insert: `INSERT INTO tasks (id, title, body, assignee, status, priority, created_by, created_at,
      workspace_kind, workspace_path, branch_name, tenant, skills, idempotency_key,
      max_runtime_seconds, max_retries, held, not_before, goal_mode, goal_max_turns,
      model_override, provider_override, max_cost_usd, origin_task_id)
    SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
      COALESCE(?, (SELECT task_id FROM task_runs WHERE id = ?))
    WHERE CAST(? AS INTEGER) IS NULL
       OR EXISTS (SELECT 1 FROM task_runs WHERE id = ? AND ended_at IS NULL)`,
  openParents:
    `SELECT parent.id, parent.title, parent.status, parent.completed_at, parent.assignee, link.waived
    FROM task_links AS link JOIN tasks AS parent ON parent.id = link.parent_id
    WHERE link.child_id = ? AND ${parentIsOpen} ORDER BY parent.created_at, parent.id`,
  /** Children of one task that wait in todo, each with whether a parent still keeps it there. */
  waitingChildren: `SELECT id, held, ${hasOpenParent} AS waits FROM tasks
    WHERE status = 'todo' AND id IN (SELECT child_id FROM task_links WHERE parent_id = ?)`,
  readyChildren: `SELECT child_id AS id FROM task_links WHERE parent_id = ? AND waived = 0
    AND (SELECT status FROM tasks WHERE id = child_id) = 'ready'`,
  /**
   * Tasks that changes after a log position may have freed: the touched ones, and the children of those that
   * did more than show signs of life. ALL, because to remove duplicates SQLite would walk through the whole log in task order.
   */
  waitingSince: `SELECT id, held, ${hasOpenParent} AS waits FROM tasks
    WHERE status = 'todo' AND id IN (
      SELECT task_id FROM task_events WHERE id > ?
      UNION ALL SELECT child_id FROM task_links WHERE parent_id IN (
        SELECT task_id FROM task_events WHERE id > ?
          AND kind NOT IN ('heartbeat', 'claimed', 'spawned', 'claim_extended', 'commented')))`,
  /** A slice of the waiting tasks in id order, for the slow sweep over the whole column. */
  waitingAfter: `SELECT id, held, ${hasOpenParent} AS waits FROM tasks
    WHERE status = 'todo' AND id > ? ORDER BY id LIMIT ?`,
  modelOverrides: `SELECT model_override AS model, provider_override AS provider, COUNT(*) AS tasks
    FROM tasks WHERE (model_override IS NOT NULL OR provider_override IS NOT NULL)
      AND status <> 'archived'
    GROUP BY model_override, provider_override ORDER BY tasks DESC, model, provider LIMIT 50`,
  running: `SELECT ${columns} FROM tasks WHERE status = 'running'`,
  readyFor: `SELECT ${columns} FROM tasks WHERE status = 'ready' AND assignee = ?
    AND (not_before IS NULL OR not_before <= ?) ORDER BY priority DESC, created_at, id
    LIMIT ? OFFSET ?`,
  readyAssignees: `WITH RECURSIVE name(value) AS (
      SELECT MIN(assignee) FROM tasks WHERE status = 'ready' AND assignee > ''
      UNION ALL
      SELECT (SELECT MIN(assignee) FROM tasks WHERE status = 'ready' AND assignee > name.value)
        FROM name WHERE name.value IS NOT NULL)
    SELECT value FROM name WHERE value IS NOT NULL`,
  /** Counts the due ready tasks that stand before one in board order. */
  readyBefore: `SELECT COUNT(*) AS count FROM tasks WHERE status = 'ready' AND assignee > ''
    AND (not_before IS NULL OR not_before <= ?)
    AND (priority > ? OR (priority = ? AND created_at < ?)
      OR (priority = ? AND created_at = ? AND id < ?))`,
  readyUnassigned: `SELECT id FROM tasks WHERE status = 'ready' AND assignee IS NULL
    ORDER BY priority DESC, created_at LIMIT ?`,
  readyIdsFor: `SELECT id FROM tasks WHERE status = 'ready' AND assignee = ?
    ORDER BY priority DESC, created_at LIMIT ?`,
  nextWait: `SELECT MIN(not_before) AS at FROM tasks WHERE status = 'ready' AND not_before > ?`,
  /** Triage tasks that neither the loop guard nor an open proposal holds back. */
  triage: `SELECT ${columns} FROM tasks WHERE status = 'triage' AND loop_guard = 0
      AND NOT EXISTS (SELECT 1 FROM task_plans WHERE task_id = tasks.id AND status = 'proposed')
    ORDER BY priority DESC, created_at, id LIMIT ? OFFSET ?`,
  statusCounts: `SELECT status, COUNT(*) AS count FROM tasks GROUP BY status`,
  assigneeCounts: `SELECT assignee, status, COUNT(*) AS count FROM tasks
    WHERE status <> 'archived' GROUP BY assignee, status`,
  oldestReady: `SELECT MIN(created_at) AS at FROM tasks WHERE status = 'ready'`,
  archivedIds: `SELECT id, workspace_kind, workspace_path FROM tasks WHERE status = 'archived'`,
  knownIds: `SELECT id FROM tasks WHERE id IN (SELECT value FROM json_each(?))`,
  setWorkspace: `UPDATE tasks SET workspace_path = ?, branch_name = ? WHERE id = ?`,
} as const;

/** Columns a caller of {@link updateTask} may set. */
export type TaskPatch = Partial<Omit<TaskRow, "id" | "created_at" | "created_by">>;

/** What a row must still look like for an update to take effect. */
export interface TaskGuard {
  status: string;
  claim_lock: string | null;
  current_run_id: number | null;
}

/** A todo task seen by the promotion rule. Both flags are 0 or 1. */
export interface WaitingTask {
  id: string;
  held: number;
  waits: number;
}

export interface ListFilter {
  assignee?: string | null;
  status?: string;
  tenant?: string;
  includeArchived?: boolean;
  search?: Search;
  /** Board order when absent. */
  sort?: Sort;
  /** At most this many rows; absent = all. */
  limit?: number;
  /** Rows left out at the beginning. */
  offset?: number;
  /** Only tasks whose id sorts behind this one. */
  after?: string;
}

/** What is searched for: a query of the full-text index, or patterns that must all be found. */
export type Search = { match: string } | { patterns: readonly string[] };

const boardOrder = "priority DESC, created_at, id";

/** The orders of a list. Ties are broken by board order or by id, so that pages never overlap. */
const orders = {
  priority: boardOrder,
  created: "created_at DESC, id",
  updated:
    "(SELECT MAX(created_at) FROM task_events WHERE task_id = tasks.id) DESC, created_at DESC, id",
  status: `CASE status ${
    statuses.map((status, rank) => `WHEN '${status}' THEN ${rank}`).join(" ")
  } ELSE ${statuses.length} END, ${boardOrder}`,
  assignee: `assignee IS NULL, lower(assignee), ${boardOrder}`,
  title: "lower(title), id",
  completed: "completed_at DESC, id",
  id: "id",
} as const;

export type Sort = keyof typeof orders;

/** The orders people choose from; that of ids is for reading piece by piece. */
export const sorts = Object.keys(orders).filter((name) => name !== "id") as [Sort, ...Sort[]];

/** A number of rows that no board has. */
const noLimit = 2 ** 31 - 1;

export function taskById(tx: ReadTx, id: string): Promise<TaskRow | undefined> {
  return tx.get<TaskRow>(sql.byId, [id]);
}

export function listTasks(tx: ReadTx, filter: ListFilter): Promise<ListedTaskRow[]> {
  const { text, params } = listQuery(filter);
  return tx.all<ListedTaskRow>(text, params);
}

/** {@link listTasks} with what a card shows. */
export function listSeenTasks(tx: ReadTx, filter: ListFilter): Promise<SeenTaskRow[]> {
  const { text, params } = listQuery(filter, seenColumns);
  return tx.all<SeenTaskRow>(text, params);
}

/** How many tasks a filter lets through, whatever the page. */
export async function countTasks(tx: ReadTx, filter: ListFilter): Promise<number> {
  const { condition, params } = conditionOf(filter);
  const text = `SELECT COUNT(*) AS count FROM tasks ${condition}`;
  return (await tx.get<{ count: number }>(text, params))?.count ?? 0;
}

/** The list query for a filter; exported so that its plan can be examined. */
export function listQuery(
  filter: ListFilter,
  names = listedColumns,
): { text: string; params: SqlValue[] } {
  const { condition, params } = conditionOf(filter);
  const { limit, offset } = filter;
  const paged = limit !== undefined || offset !== undefined;
  return {
    text: `SELECT ${names} FROM tasks ${condition} ORDER BY ${orders[filter.sort ?? "priority"]}` +
      (paged ? " LIMIT ? OFFSET ?" : ""),
    params: paged ? [...params, limit ?? noLimit, offset ?? 0] : params,
  };
}

function conditionOf(filter: ListFilter): { condition: string; params: SqlValue[] } {
  const where: string[] = [];
  const params: SqlValue[] = [];
  if (filter.status !== undefined) {
    where.push("status = ?");
    params.push(filter.status);
  } else if (!filter.includeArchived) where.push("status <> 'archived'");
  if (filter.assignee === null) where.push("assignee IS NULL");
  else if (filter.assignee !== undefined) {
    where.push("assignee = ?");
    params.push(filter.assignee);
  }
  if (filter.tenant !== undefined) {
    where.push("tenant = ?");
    params.push(filter.tenant);
  }
  if (filter.after !== undefined) {
    where.push("id > ?");
    params.push(filter.after);
  }
  if (filter.search && "match" in filter.search) {
    where.push(isFound);
    params.push(filter.search.match);
  } else {
    for (const pattern of filter.search?.patterns ?? []) {
      where.push(isLike);
      params.push(...Array<string>(likeParameters).fill(pattern));
    }
  }
  return { condition: where.length > 0 ? `WHERE ${where.join(" AND ")}` : "", params };
}

/**
 * Changes one task if it still looks like `guard`; the values a run belongs to are compared in the same
 * statement. Returns false when somebody else was faster.
 */
export async function updateTask(
  tx: WriteTx,
  id: string,
  guard: TaskGuard,
  patch: TaskPatch,
): Promise<boolean> {
  const names = Object.keys(patch) as (keyof TaskPatch)[];
  if (names.length === 0) return true;
  const assignments = names.map((name) => `${name} = ?`).join(", ");
  const change = await tx.run(
    `UPDATE tasks SET ${assignments} WHERE id = ? AND status = ?
       AND claim_lock IS NOT DISTINCT FROM ? AND current_run_id IS NOT DISTINCT FROM ?`,
    [
      ...names.map((name) => patch[name] ?? null),
      id,
      guard.status,
      guard.claim_lock,
      guard.current_run_id,
    ],
  );
  return change.changes > 0;
}
