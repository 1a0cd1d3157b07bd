// Owns: views across the whole board: attempts over time, what happened last, what needs a person.

import { HermesError } from "../base/errors.ts";
import { type Board, read } from "./board.ts";
import type { EventRow } from "./model/rows.ts";
import {
  eventsBefore,
  type NeedyRow,
  runsBetween,
  sql,
  type TitledEvent,
  type TitledRun,
} from "./queries/overview.ts";
import { type EventView, parseJson, type RunView, viewEvent, viewRun } from "./views.ts";

/** An attempt with the title of its task. */
export interface TimelineRun extends RunView {
  title: string | null;
}

/** Attempts that were under way between two seconds, the newest first. */
export async function getTimeline(
  board: Board,
  window: { since: number; until: number; profile: string | null; limit: number },
): Promise<TimelineRun[]> {
  return (await read(board, (tx) => runsBetween(tx, window))).map(viewTitled);
}

/** Attempts under way now, the oldest first. */
export async function getOpenRuns(board: Board): Promise<TimelineRun[]> {
  return (await read(board, (tx) => tx.all<TitledRun>(sql.openRuns))).map(viewTitled);
}

/** One attempt. @throws HermesError `not_found`. */
export async function getTitledRun(board: Board, id: number): Promise<TimelineRun> {
  const row = await read(board, (tx) => tx.get<TitledRun>(sql.runById, [id]));
  if (row) return viewTitled(row);
  throw new HermesError("not_found", `Cannot find run "${id}": no such run`, {
    remedy: "List a task's runs with: hermes kanban runs <id>",
  });
}

/** An event with what its task is called. */
export interface FeedEvent extends EventView {
  title: string | null;
  assignee: string | null;
}

/** What happened before an event, the newest first; signs of life are left out. */
export async function getFeed(
  board: Board,
  wanted: {
    before: number;
    kinds: readonly string[] | null;
    /** Only events of tasks this one does now. */
    assignee: string | null;
    limit: number;
  },
): Promise<FeedEvent[]> {
  const rows = await read(board, (tx) => eventsBefore(tx, wanted));
  return rows.map((row: TitledEvent) => ({
    ...viewEvent(row),
    title: row.title,
    assignee: row.assignee,
  }));
}

/** A task that needs a person, and since when. */
export interface NeedyTask {
  id: string;
  title: string;
  assignee: string | null;
  status: string;
  /** In words of whoever stopped it; null when nobody said. */
  reason: string | null;
  block_kind: string | null;
  /** Epoch second. */
  since: number;
}

/** Tasks by what they need. */
export interface Attention {
  /** Somebody stopped it and waits for an answer. */
  blocked: NeedyTask[];
  /** The dispatcher stopped trying. */
  gave_up: NeedyTask[];
  /** Ready and nobody can start it: there is no such profile, or it has been waiting for long. */
  stranded: NeedyTask[];
  /** Ready, and nobody's. */
  needs_assignee: NeedyTask[];
}

/**
 * @param profiles names of profiles whose workers can be started.
 * @param patience seconds a ready task may wait.
 * @param limit tasks that are looked at per status.
 */
export function getAttention(
  board: Board,
  { profiles, patience, limit }: { profiles: readonly string[]; patience: number; limit: number },
): Promise<Attention> {
  const now = board.clock.now();
  return read(board, async (tx) => {
    const blocked = await tx.all<NeedyRow>(sql.blocked, [limit]);
    const ids = blocked.flatMap(({ cause }) => cause ?? []);
    const events = await tx.all<EventRow>(sql.causes, [JSON.stringify(ids)]);
    const causes = new Map(events.map((event) => [event.id, event]));
    const ready = await tx.all<NeedyRow>(sql.waitingReady, [now, limit]);
    const known = new Set(profiles);
    const found: Attention = { blocked: [], gave_up: [], stranded: [], needs_assignee: [] };
    for (const row of blocked) {
      const cause = row.cause === null ? undefined : causes.get(row.cause);
      const gaveUp = cause?.kind === "gave_up";
      const list = gaveUp ? found.gave_up : found.blocked;
      const reason = gaveUp ? row.last_failure_error : reasonOf(cause);
      list.push(needy(row, reason, cause?.created_at));
    }
    for (const row of ready) {
      const since = row.cause ?? row.created_at;
      if (row.assignee === null) found.needs_assignee.push(needy(row, null, since));
      else if (!known.has(row.assignee)) {
        found.stranded.push(needy(row, `There is no profile "${row.assignee}".`, since));
      } else if (now - since > patience) {
        found.stranded.push(needy(row, "It is ready and nobody starts it.", since));
      }
    }
    return found;
  });
}

function needy(row: NeedyRow, reason: string | null, since: number | undefined): NeedyTask {
  const { id, title, assignee, status, block_kind, created_at } = row;
  return { id, title, assignee, status, block_kind, reason, since: since ?? created_at };
}

function reasonOf(event: EventRow | undefined): string | null {
  const reason = (parseJson(event?.payload ?? null) as { reason?: unknown } | null)?.reason;
  return typeof reason === "string" ? reason : null;
}

function viewTitled({ title, ...row }: TitledRun): TimelineRun {
  return { ...viewRun(row), title };
}
