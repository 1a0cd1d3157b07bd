// Owns: what a victim process does to a board, as data, so that the test can do the same without dying.

import { ManualClock } from "../../../src/base/clock.ts";
import { type Board, command, openBoard } from "../../../src/kernel/board.ts";
import { addComment } from "../../../src/kernel/comments.ts";
import { createTask, type NewTask } from "../../../src/kernel/create.ts";
import { type PlanWrite, writePlan, writeSpec } from "../../../src/kernel/decomposition.ts";
import { link, unlink } from "../../../src/kernel/graph.ts";
import type { Command, WriteContext } from "../../../src/kernel/lifecycle/commands.ts";
import { undo } from "../../../src/kernel/undo/undo.ts";

export type Act =
  /** Opening alone: the migration. */
  | { do: "open" }
  | { do: "command"; id: string; command: Command; context?: WriteContext }
  /** All at once: they share a commit. */
  | { do: "create"; tasks: NewTask[] }
  | { do: "link" | "unlink"; parent: string; child: string }
  | { do: "comment"; id: string; fence: number | null }
  | { do: "plan"; plan: PlanWrite }
  | { do: "specify"; id: string }
  | { do: "undo" };

/** The second at which everything happens. */
const now = 1_700_000_500;

/** Opens the board so that the same act always leaves the same rows. */
export function openForAct(path: string, sqliteVersion?: string): Promise<Board> {
  let next = 0;
  const token = (length: number) => (++next).toString(16).padStart(length, "c");
  return openBoard({
    slug: "default",
    path,
    clock: new ManualClock(now),
    ids: { taskId: () => `t_${token(8)}`, token: (bytes) => token(2 * bytes) },
    sqliteVersion,
  });
}

/** Performs one act; throws what the kernel throws. */
export async function performAct(board: Board, act: Act): Promise<void> {
  switch (act.do) {
    case "open":
      return;
    case "command":
      await command(board, act.id, act.command, act.context);
      return;
    case "create":
      await Promise.all(act.tasks.map((task) => createTask(board, task, null, "pat")));
      return;
    case "link":
      await link(board, act.parent, act.child, null, "pat");
      return;
    case "unlink":
      await unlink(board, act.parent, act.child, "pat");
      return;
    case "comment":
      return await addComment(board, act.id, "ana", "hello", act.fence);
    case "plan":
      await writePlan(board, act.plan);
      return;
    case "specify": {
      const { id: taskId } = act;
      await writeSpec(board, {
        taskId,
        title: "Clear",
        body: "Do it",
        assignee: "ana",
        author: "p",
      });
      return;
    }
    case "undo":
      await undo(board, { count: 1 });
      return;
  }
}
