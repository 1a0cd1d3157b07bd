// Owns: what can be done with a task's status, by the lifecycle's own table.

import { accepts } from "../../src/kernel/lifecycle/transitions.ts";
import { statusTitle } from "../format/status_words.ts";
import { taskPath, type Wish } from "./change_task.ts";

/** What a person is asked before it happens. */
export type Question = "stop" | "waive" | "block" | "complete" | "archive";

export interface StatusAction {
  name: string;
  label: string;
  ask: Question | null;
  /** What is asked of the server; answers of a question are added to its body. */
  wish: Wish;
}

/** What the kernel accepts from the task as it stands. `openParents`: parents it still waits for. */
export function statusActions(
  { id, title, status }: { id: string; title: string; status: string },
  openParents: number,
): StatusAction[] {
  const name = `“${[...title].length > 60 ? `${[...title].slice(0, 59).join("")}…` : title}”`;
  const stops = status === "running";
  const actions: (StatusAction | null)[] = [
    accepts("unblock", status)
      ? {
        name: "unblock",
        label: "Unblock",
        ask: null,
        wish: { path: taskPath(id, "/unblock"), said: `${name}: unblocked` },
      }
      : null,
    accepts("complete", status)
      ? {
        name: "complete",
        label: "Complete",
        ask: "complete",
        wish: { path: taskPath(id, "/complete"), said: `${name}: completed` },
      }
      : null,
    accepts("block", status)
      ? {
        name: "block",
        label: "Block",
        ask: "block",
        wish: { path: taskPath(id, "/block"), said: `${name}: blocked` },
      }
      : null,
    ...["triage", "todo", "ready"].map((to): StatusAction | null => {
      if (to === status || !accepts("move", status)) return null;
      // From blocked, unblocking is the same and looks at the parents as well.
      if (to === "ready" && status === "blocked") return null;
      const waives = to === "ready" && openParents > 0;
      return {
        name: to,
        label: `→ ${statusTitle(to)}`,
        ask: stops ? "stop" : waives ? "waive" : null,
        wish: moveWish(id, to, name),
      };
    }),
    accepts("claim", status)
      ? {
        name: "running",
        label: `→ ${statusTitle("running")}`,
        ask: null,
        wish: moveWish(id, "running", name),
      }
      : null,
    accepts("unarchive", status)
      ? {
        name: "restore",
        label: "Restore",
        ask: null,
        wish: {
          path: taskPath(id, "/archive"),
          body: { restore: true },
          said: `${name}: back from the archive`,
        },
      }
      : null,
    accepts("archive", status)
      ? {
        name: "archive",
        label: "Archive",
        ask: "archive",
        wish: { path: taskPath(id, "/archive"), said: `${name}: archived` },
      }
      : null,
  ];
  return actions.filter((action) => action !== null);
}

function moveWish(id: string, status: string, name: string): Wish {
  return {
    method: "PATCH",
    path: taskPath(id),
    body: { status },
    said: `${name}: moved to ${statusTitle(status)}`,
  };
}
