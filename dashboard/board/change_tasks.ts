// Owns: changing tasks from the board: shown at once, undone by one click, put back when refused.

import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { send } from "../api/client.ts";
import { boardScope, key } from "../api/keys.ts";
import type { Board, BulkResult, Card } from "../api/shapes.ts";
import { undoNewest } from "../api/undo.ts";
import { statusTitle } from "../format/status_words.ts";
import { showError, showToast } from "../parts/toast_store.ts";

/** What goes along with a new status. */
export interface MoveWords {
  summary?: string;
  block_reason?: string;
}

export interface Change {
  status?: string;
  assignee?: string;
  priority?: number;
  /** Running tasks are taken from their workers before they are given to another. */
  reclaimFirst?: boolean;
  words?: MoveWords;
}

/** Changes one task or several; each of several stands for itself. */
export function useChangeTasks() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ cards, change }: { cards: readonly Card[]; change: Change }) =>
      requestChange(cards, change),
    onMutate: async ({ cards, change }) => {
      await client.cancelQueries({ queryKey: key("board") });
      placeCards(client, new Set(cards.map(({ id }) => id)), change);
      return { startedAt: Math.floor(Date.now() / 1000) - 1 };
    },
    onSuccess: ({ failed }, { cards, change }, begun) => {
      const done = cards.filter(({ id }) => !failed.some((failure) => failure.id === id));
      if (done.length > 0) {
        showToast({
          text: `${nameCards(done)}: ${nameChange(change)}`,
          action: {
            label: "Undo",
            run: () => void undoLast(client, done.map(({ id }) => id), begun.startedAt),
          },
        });
      }
      if (failed.length === 0) return;
      showToast({
        text: `${failed.length} of ${cards.length} tasks did not change`,
        tone: "bad",
        lines: failed.map(({ id, error }) => `${titleIn(cards, id)}: ${error}`),
      });
    },
    onError: (error, { cards }) => showError(`${nameCards(cards)} did not change`, error),
    onSettled: () => void client.invalidateQueries({ queryKey: boardScope() }),
  });
}

interface Failed {
  id: string;
  error: string;
}

async function requestChange(
  cards: readonly Card[],
  { status, assignee, priority, reclaimFirst, words }: Change,
): Promise<{ failed: Failed[] }> {
  const [only, ...others] = cards;
  if (!only) return { failed: [] };
  if (others.length === 0 && !reclaimFirst) {
    await send("PATCH", `/tasks/${encodeURIComponent(only.id)}`, {
      body: { status, assignee, priority, ...words },
    });
    return { failed: [] };
  }
  const archive = status === "archived";
  const { results } = await send<BulkResult>("POST", "/tasks/bulk", {
    body: {
      ids: cards.map(({ id }) => id),
      ...(archive ? { archive } : { status }),
      assignee,
      priority,
      ...(reclaimFirst ? { reclaim_first: true } : {}),
      ...words,
    },
  });
  return {
    failed: results.filter(({ ok }) => !ok).map(({ id, error }) => ({ id, error: error ?? "" })),
  };
}

/** Shows the change before the server has answered. */
function placeCards(client: QueryClient, ids: ReadonlySet<string>, change: Change): void {
  client.setQueriesData<Board>({ queryKey: key("board") }, (board) => {
    if (!board) return board;
    const moved: Card[] = [];
    const now = board.now;
    const columns = board.columns.map((column) => {
      const stay: Card[] = [];
      for (const card of column.tasks) {
        if (!ids.has(card.id)) stay.push(card);
        else {
          const next = { ...card, ...shown(change) };
          if (next.status === column.name) stay.push(next);
          else moved.push({ ...next, since: now });
        }
      }
      const left = column.tasks.length - stay.length;
      return left === 0 && stay.every((card, index) => card === column.tasks[index])
        ? column
        : { ...column, tasks: stay, count: column.count - left };
    });
    return {
      ...board,
      columns: columns.map((column) => {
        const come = moved.filter(({ status }) => status === column.name);
        if (come.length === 0) return column;
        return { ...column, tasks: [...come, ...column.tasks], count: column.count + come.length };
      }),
    };
  });
}

function shown({ status, assignee, priority }: Change): Partial<Card> {
  return {
    ...(status === undefined ? {} : { status }),
    ...(assignee === undefined ? {} : { assignee: assignee || null }),
    ...(priority === undefined ? {} : { priority }),
  };
}

/** Takes back the newest action on each of these tasks, if it happened since `startedAt`. */
async function undoLast(
  client: QueryClient,
  ids: readonly string[],
  startedAt: number,
): Promise<void> {
  try {
    await undoNewest(ids, startedAt);
    showToast({ text: "Undone", tone: "good" });
  } catch (error) {
    showError("Cannot undo", error);
  } finally {
    client.invalidateQueries({ queryKey: boardScope() });
  }
}

function nameCards(cards: readonly Card[]): string {
  const [first] = cards;
  return cards.length === 1 && first ? `“${clip(first.title)}”` : `${cards.length} tasks`;
}

function nameChange({ status, assignee, priority }: Change): string {
  if (status !== undefined) return `moved to ${statusTitle(status)}`;
  if (assignee !== undefined) return assignee === "" ? "unassigned" : `assigned to ${assignee}`;
  return `priority ${priority}`;
}

function titleIn(cards: readonly Card[], id: string): string {
  return clip(cards.find((card) => card.id === id)?.title ?? id);
}

function clip(text: string): string {
  return [...text].length > 60 ? `${[...text].slice(0, 59).join("")}…` : text;
}
