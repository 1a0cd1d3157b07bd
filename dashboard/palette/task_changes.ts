// Owns: changing the tasks in hand: one request, failures named one by one, a way to take it back.

import type { QueryClient } from "@tanstack/react-query";
import { send } from "../api/client.ts";
import type { KnownTask } from "../api/known_tasks.ts";
import { boardScope } from "../api/keys.ts";
import type { BulkResult } from "../api/shapes.ts";
import { undoNewest } from "../api/undo.ts";
import { statusTitle } from "../format/status_words.ts";
import { showError, showToast } from "../parts/toast_store.ts";

export interface TaskChange {
  status?: string;
  /** "" = nobody. */
  assignee?: string;
  reclaim_first?: boolean;
  summary?: string;
  block_reason?: string;
}

/** Never rejects: what went wrong is said. */
export async function changeTasks(
  client: QueryClient,
  tasks: readonly KnownTask[],
  change: TaskChange,
): Promise<void> {
  const startedAt = Math.floor(Date.now() / 1000) - 1;
  try {
    const failed = await request(tasks, change);
    const done = tasks.filter(({ id }) => !failed.some((each) => each.id === id));
    if (done.length > 0) {
      showToast({
        text: `${nameOf(done)}: ${wordsOf(change)}`,
        action: {
          label: "Undo",
          run: () =>
            void undoNewest(done.map(({ id }) => id), startedAt)
              .catch((error) => showError("Cannot undo", error))
              .finally(() => client.invalidateQueries({ queryKey: boardScope() })),
        },
      });
    }
    if (failed.length > 0) {
      showToast({
        text: `${failed.length} of ${tasks.length} tasks did not change`,
        tone: "bad",
        lines: failed.map(({ id, error }) =>
          `${tasks.find((task) => task.id === id)?.title ?? id}: ${error ?? ""}`
        ),
      });
    }
  } catch (error) {
    showError(`${nameOf(tasks)} did not change`, error);
  } finally {
    client.invalidateQueries({ queryKey: boardScope() });
  }
}

async function request(tasks: readonly KnownTask[], change: TaskChange) {
  const [only, ...others] = tasks;
  if (!only) return [];
  if (others.length === 0 && !change.reclaim_first) {
    await send("PATCH", `/tasks/${encodeURIComponent(only.id)}`, { body: change });
    return [];
  }
  const { status, ...rest } = change;
  const { results } = await send<BulkResult>("POST", "/tasks/bulk", {
    body: {
      ids: tasks.map(({ id }) => id),
      ...(status === "archived" ? { archive: true } : { status }),
      ...rest,
    },
  });
  return results.filter(({ ok }) => !ok);
}

/** Asks the planner about an idea; says what came of it. */
export async function planIdea(
  client: QueryClient,
  { id, title }: KnownTask,
  verb: "decompose" | "specify",
): Promise<void> {
  showToast({ text: `Asking the planner about “${clip(title)}”…` });
  try {
    const answer = await send<{ ok: boolean; reason: string; child_ids?: string[] }>(
      "POST",
      `/tasks/${encodeURIComponent(id)}/${verb}`,
      { body: {} },
    );
    if (!answer.ok) throw new Error(answer.reason || "The planner gave no reason");
    const count = answer.child_ids?.length ?? 0;
    showToast({
      text: count > 0 ? `“${clip(title)}” became ${count} tasks` : `“${clip(title)}” is specified`,
      tone: "good",
    });
  } catch (error) {
    showError(`“${clip(title)}” stays in Triage`, error);
  } finally {
    client.invalidateQueries({ queryKey: boardScope() });
  }
}

/** Makes an idea of a few typed words, wherever one is. */
export async function captureIdea(
  client: QueryClient,
  title: string,
  open: (id: string) => void,
): Promise<void> {
  try {
    const { task } = await send<{ task: { id: string } }>("POST", "/tasks", {
      body: { title, triage: true },
    });
    showToast({
      text: `“${clip(title)}” is in Triage`,
      tone: "good",
      action: { label: "Open", run: () => open(task.id) },
    });
  } catch (error) {
    showError("No idea was made", error);
  } finally {
    client.invalidateQueries({ queryKey: boardScope() });
  }
}

function nameOf(tasks: readonly KnownTask[]): string {
  return tasks.length === 1 ? `“${clip(tasks[0]!.title)}”` : `${tasks.length} tasks`;
}

function wordsOf({ status, assignee }: TaskChange): string {
  if (status !== undefined) return `moved to ${statusTitle(status)}`;
  return assignee ? `assigned to ${assignee}` : "unassigned";
}

function clip(text: string): string {
  return [...text].length > 60 ? `${[...text].slice(0, 59).join("")}…` : text;
}
