// Owns: the open tasks that name a profile, on every board.

import { errorText } from "../../base/errors.ts";
import { boardPaths } from "../../config/paths.ts";
import type { Board } from "../../kernel/board.ts";
import { boardSlugs } from "../../kernel/boards.ts";
import { boardPlaces } from "../board_places.ts";
import type { OpContext } from "../context.ts";

/** An open task of a profile. */
export interface ProfileTask {
  board: string;
  id: string;
  title: string;
  status: string;
}

/** Named in a sentence at most. */
const mostNamed = 5;

const closed: ReadonlySet<string> = new Set(["done", "archived"]);

/** The tasks of `profile` that are neither done nor archived. A board that cannot be read is warned of. */
export async function openTasksOf(context: OpContext, profile: string): Promise<ProfileTask[]> {
  const found: ProfileTask[] = [];
  await onEveryBoard(context, async (board) => {
    const { getList } = await import("../../kernel/detail.ts");
    for (const { id, title, status } of await getList(board, { assignee: profile })) {
      if (!closed.has(status)) found.push({ board: board.slug, id, title, status });
    }
  });
  return found;
}

/** Gives every open task of `from` to `to`; returns them. Those that run now are left alone. */
export async function handOver(
  context: OpContext,
  from: string,
  to: string,
): Promise<ProfileTask[]> {
  const moved: ProfileTask[] = [];
  const { steer } = await import("../fenced.ts");
  const tasks = await openTasksOf(context, from);
  await onEveryBoard(context, async (board) => {
    for (const task of tasks.filter((it) => it.board === board.slug && it.status !== "running")) {
      await steer({ actor: context.actor, board: () => Promise.resolve(board) }, task.id, [
        { type: "assign", assignee: to },
      ]);
      moved.push(task);
    }
  });
  return moved;
}

/** `t_1a2b3c4d "Fix the login" (ready), … and 3 more`. */
export function nameTasks(tasks: readonly ProfileTask[]): string {
  const several = new Set(tasks.map((task) => task.board)).size > 1;
  const named = tasks.slice(0, mostNamed).map(({ id, title, status, board }) =>
    `${id} "${title}" (${status}${several ? ` on ${board}` : ""})`
  );
  const more = tasks.length - named.length;
  return named.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

async function onEveryBoard(
  context: OpContext,
  act: (board: Board) => Promise<void>,
): Promise<void> {
  const { paths, clock, log, host } = context;
  for (const slug of await boardSlugs(boardPlaces(paths))) {
    const path = boardPaths(paths, slug).db;
    if (!await host.exists(path)) continue;
    const { openBoard } = await import("../../kernel/board.ts");
    try {
      const board = await openBoard({ slug, path, clock, log });
      try {
        await act(board);
      } finally {
        await board.close();
      }
    } catch (thrown) {
      log.warn(`Board ${slug} was passed over: ${errorText(thrown)}`);
    }
  }
}
