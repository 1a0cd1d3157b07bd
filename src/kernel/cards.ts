// Owns: the board as cards with everything a person wants to see at a glance, all from one moment.

import { type Board, read } from "./board.ts";
import { linkFigures } from "./card_links.ts";
import type { ReadTx } from "./engine/port.ts";
import { type Status, statuses } from "./model/status.ts";
import { ofAll, type RunsRow, type ShareRow, sql } from "./queries/cards.ts";
import { latestEventId } from "./queries/events.ts";
import {
  countTasks,
  type ListedTaskRow,
  type ListFilter,
  listSeenTasks,
  listTasks,
  type SeenTaskRow,
  sql as tasks,
} from "./queries/tasks.ts";
import {
  type Progress,
  type SeenTaskView,
  type TaskView,
  viewSeenTask,
  viewTask,
} from "./views.ts";

/** A task as the board shows it. */
export interface Card extends SeenTaskView {
  link_counts: { parents: number; children: number };
  /** Parents that keep it waiting. */
  open_parents: number;
  comment_count: number;
  /** How much of its graph is done; null when it has none. */
  progress: Progress | null;
  /** The beginning of the newest handoff, at most 200 characters. */
  latest_summary: string | null;
  /** Epoch second since which it is in this column; for a running task, the start of its attempt. */
  since: number;
  run_count: number;
  /** US dollars of its own attempts, as far as known. */
  cost_usd: number | null;
}

/** A card with everything about its task. */
export interface FullCard extends Card, TaskView {
  /** Seconds, none of them negative. */
  age: {
    created_age_seconds: number;
    started_age_seconds: number | null;
    time_to_complete_seconds: number | null;
  };
}

export interface CardColumn {
  name: string;
  /** Tasks in it, shown or not. */
  count: number;
  tasks: Card[];
}

export interface CardFilter {
  tenant?: string;
  includeArchived: boolean;
  /** Cards of a column of finished tasks at most, the newest. */
  doneLimit: number;
  /** Cards of each other column at most; all unless given. */
  limit?: number;
  /** Makes them {@link FullCard}s. */
  texts: boolean;
}

export interface CardBoard {
  columns: CardColumn[];
  tenants: string[];
  assignees: string[];
  latest_event_id: number;
  now: number;
}

/** All columns in board order, empty ones too; those of other programs' statuses come last. */
export function getCards(board: Board, filter: CardFilter): Promise<CardBoard> {
  const now = board.clock.now();
  return read(board, async (tx) => {
    const columns: CardColumn[] = [];
    const rows: SeenTaskRow[][] = [];
    for (const name of await columnNames(tx, filter.includeArchived)) {
      const isOver = name === "done" || name === "archived";
      const limit = isOver ? filter.doneLimit : filter.limit ?? Infinity;
      const found = await listed(tx, filter.texts, {
        status: name,
        tenant: filter.tenant,
        ...(isOver ? { sort: "completed" } : {}),
        ...(limit === Infinity ? {} : { limit }),
      });
      const whole = found.length < limit;
      const count = whole
        ? found.length
        : await countTasks(tx, { status: name, tenant: filter.tenant });
      columns.push({ name, count, tasks: [] });
      rows.push(found);
    }
    const cards = await cardsOf(tx, rows.flat(), now);
    let at = 0;
    for (const [index, column] of columns.entries()) {
      column.tasks = cards.slice(at, at += rows[index]!.length);
    }
    const tenants = await tx.all<{ tenant: string }>(sql.tenants);
    const assignees = await tx.all<{ assignee: string }>(sql.assignees);
    return {
      columns,
      tenants: tenants.map(({ tenant }) => tenant),
      assignees: assignees.map(({ assignee }) => assignee),
      latest_event_id: await latestEventId(tx),
      now,
    };
  });
}

/** A piece of a column. */
export interface CardPage {
  tasks: Card[];
  /** What to give as `after` for the next piece; null when this was the last one. */
  next: string | null;
  latest_event_id: number;
}

/**
 * The cards of a column in the order of their ids, which nothing changes: whatever happens between one page and
 * the next, a task that nothing happened to is on exactly one of them.
 *
 * @param filter `after`: an id that need not exist.
 */
export function getCardPage(
  board: Board,
  { texts, ...filter }: {
    status: string;
    tenant?: string;
    after?: string;
    limit: number;
    texts: boolean;
  },
): Promise<CardPage> {
  const now = board.clock.now();
  return read(board, async (tx) => {
    const rows = await listed(tx, texts, { ...filter, sort: "id" });
    return {
      tasks: await cardsOf(tx, rows, now),
      next: rows.length < filter.limit ? null : rows.at(-1)!.id,
      latest_event_id: await latestEventId(tx),
    };
  });
}

/** What became of a board since an event. */
export interface CardChanges {
  /** True when too much has changed to be told one by one: the board has to be read again. */
  reset: boolean;
  /** The tasks that changed, and their neighbours, as they are now. */
  cards: Card[];
  /** Ids of tasks that are no longer there. */
  gone: string[];
  /** Status → tasks. */
  counts: Record<string, number>;
  latest_event_id: number;
  now: number;
}

/** The cards that events after `since` may have changed, at most `limit`. */
export function getCardChanges(
  board: Board,
  { since, limit, texts }: { since: number; limit: number; texts: boolean },
): Promise<CardChanges> {
  const now = board.clock.now();
  return read(board, async (tx) => {
    const latest = await latestEventId(tx);
    const ids = since > latest
      ? null
      : (await tx.all<{ id: string }>(sql.touchedSince, [since, limit + 1])).map(({ id }) => id);
    const reset = ids === null || ids.length > limit;
    const text = texts ? tasks.byIds : tasks.seenByIds;
    const rows = reset ? [] : await ofAll<SeenTaskRow>(tx, text, ids);
    const found = new Set(rows.map(({ id }) => id));
    const counts: Record<string, number> = {};
    for (const row of await tx.all<{ status: string; count: number }>(tasks.statusCounts)) {
      counts[row.status] = row.count;
    }
    return {
      reset,
      cards: await cardsOf(tx, rows, now),
      gone: reset ? [] : ids.filter((id) => !found.has(id)),
      counts,
      latest_event_id: latest,
      now,
    };
  });
}

function listed(tx: ReadTx, texts: boolean, filter: ListFilter): Promise<SeenTaskRow[]> {
  return texts ? listTasks(tx, filter) : listSeenTasks(tx, filter);
}

/** The same tasks as cards; those of whole rows are {@link FullCard}s. */
async function cardsOf(
  tx: ReadTx,
  rows: readonly (SeenTaskRow | ListedTaskRow)[],
  now: number,
): Promise<Card[]> {
  const ids = rows.map(({ id }) => id);
  const links = await linkFigures(tx, rows);
  const comments = byId(await ofAll<{ id: string; total: number }>(tx, sql.comments, ids));
  const runs = byId(await ofAll<RunsRow>(tx, sql.runs, ids));
  const moved = byId(await ofAll<{ id: string; at: number }>(tx, sql.moved, ids));
  const split = [...links].flatMap(([id, figures]) => figures.split > 0 ? [id] : []);
  const splits = byId(await ofAll<ShareRow>(tx, sql.splits, split));
  const handoffs = [...runs.values()].flatMap(({ summary_run }) => summary_run ?? []);
  const summaries = byId(
    await ofAll<{ id: number; summary: string }>(tx, sql.summaries, handoffs),
  );
  return rows.map((row): Card => {
    const run = runs.get(row.id);
    const link = links.get(row.id);
    const children = link && link.children > 0 ? { done: link.done, total: link.children } : null;
    const share = splits.get(row.id) ?? children;
    const handoff = run?.summary_run ?? null;
    return {
      ...("body" in row ? { ...viewTask(row), age: ageOf(row, now) } : viewSeenTask(row)),
      link_counts: { parents: link?.parents ?? 0, children: link?.children ?? 0 },
      open_parents: link?.open ?? 0,
      comment_count: comments.get(row.id)?.total ?? 0,
      progress: share ? { done: share.done, total: share.total } : null,
      latest_summary: handoff === null ? null : summaries.get(handoff)?.summary ?? null,
      since: sinceOf(row, run, moved.get(row.id)?.at),
      run_count: run?.total ?? 0,
      cost_usd: run?.cost_usd ?? null,
    };
  });
}

function sinceOf(row: SeenTaskRow, run: RunsRow | undefined, moved: number | undefined): number {
  const running = row.status === "running" ? run?.running_since ?? null : null;
  const over = row.status === "done" ? row.completed_at : null;
  return running ?? over ?? moved ?? row.created_at;
}

function ageOf(row: ListedTaskRow, now: number): FullCard["age"] {
  const { created_at, started_at, completed_at } = row;
  const since = (at: number) => Math.max(0, now - at);
  return {
    created_age_seconds: since(created_at),
    started_age_seconds: started_at === null ? null : since(started_at),
    time_to_complete_seconds: completed_at === null
      ? null
      : Math.max(0, completed_at - (started_at ?? created_at)),
  };
}

async function columnNames(tx: ReadTx, includeArchived: boolean): Promise<string[]> {
  const used = await tx.all<{ status: string }>(tasks.statusCounts);
  const known = new Set<string>(statuses);
  const foreign = used.map(({ status }) => status).filter((status) => !known.has(status)).sort();
  const archive: Status = "archived";
  const shown = statuses.filter((status) => status !== archive);
  return [...shown, ...foreign, ...(includeArchived ? [archive] : [])];
}

function byId<Row extends { id: string | number }>(rows: readonly Row[]): Map<Row["id"], Row> {
  return new Map(rows.map((row) => [row.id, row]));
}
