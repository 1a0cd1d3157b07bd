// Owns: boards of any size in seconds — rows written in bulk, past the lifecycle, as they would look afterwards.

import type { Board } from "../../src/kernel/board.ts";
import type { Status } from "../../src/kernel/model/status.ts";

/** Tasks numbered from `first` on. */
export interface TaskBlock {
  first: number;
  count: number;
  status: Status;
  assignee: string | null;
}

const body = "What is to be done, in the two or three sentences a person would write. ".repeat(3);

/** Spreads consecutive numbers over the id space, as random ids would be. */
const spread = 2654435761;

/** The id of the task with a number. */
export function taskId(number: number): string {
  return `t_${(Math.imul(number, spread) >>> 0).toString(16).padStart(8, "0")}`;
}

function idOf(number: string): string {
  return `printf('t_%08x', (${number}) * ${spread} & 4294967295)`;
}

const numbers = `WITH RECURSIVE numbers(i) AS (
  SELECT CAST(? AS INTEGER) UNION ALL SELECT i + 1 FROM numbers WHERE i + 1 < CAST(? AS INTEGER))`;

/** Inserts a block of tasks, each with its `created` event. Blocks of finished tasks look completed. */
export async function seedTasks(board: Board, block: TaskBlock): Promise<void> {
  const { first, count, status, assignee } = block;
  if (count === 0) return;
  const end = first + count;
  const at = board.clock.now() - 1000;
  const completedAt = status === "done" ? at : null;
  await board.engine.write(async (tx) => {
    await tx.run(
      `INSERT INTO tasks (id, title, body, assignee, status, priority, created_by, created_at,
         completed_at)
       ${numbers} SELECT ${idOf("i")}, 'Task number ' || i, ?, ?, ?, i % 5, 'user', ?, ?
       FROM numbers`,
      [first, end, body, assignee, status, at, completedAt],
    );
    await tx.run(
      `INSERT INTO task_events (task_id, kind, payload, created_at)
       ${numbers} SELECT ${idOf("i")}, 'created', ?, ? FROM numbers`,
      [first, end, JSON.stringify({ assignee, status, parents: [], tenant: null }), at],
    );
  });
}

/** Tasks numbered from 0 on, half of them ready and half blocked: nothing is promoted when the board is read. */
export async function seedOpenTasks(board: Board, count: number): Promise<void> {
  const half = count / 2;
  await seedTasks(board, { first: 0, count: half, status: "ready", assignee: "writer" });
  await seedTasks(board, { first: half, count: half, status: "blocked", assignee: "ops" });
}

/** Makes `count` tasks, numbered from `parent` + 1 on, wait for one. */
export async function seedChildren(board: Board, parent: number, count: number): Promise<void> {
  await board.engine.write((tx) =>
    tx.run(
      `INSERT INTO task_links (parent_id, child_id) ${numbers} SELECT ?, ${idOf("i")} FROM numbers`,
      [parent + 1, parent + 1 + count, taskId(parent)],
    )
  );
}

/** Makes every task of a block wait for the `parents` tasks numbered just below it. */
export async function seedLinks(
  board: Board,
  { first, count }: Pick<TaskBlock, "first" | "count">,
  parents: number,
): Promise<void> {
  await board.engine.write(async (tx) => {
    for (let back = 1; back <= parents; back++) {
      await tx.run(
        `INSERT INTO task_links (parent_id, child_id)
         ${numbers} SELECT ${idOf(`i - ${back}`)}, ${idOf("i")} FROM numbers`,
        [first, first + count],
      );
    }
  });
}

/**
 * Fills a board with `count` tasks that wait in todo, each for the `parents` tasks before it. The first of
 * them wait for blocked tasks numbered 0 to `parents` - 1, so completing in order frees one at a time.
 */
export async function seedWaiting(board: Board, count: number, parents: number): Promise<void> {
  await seedTasks(board, { first: 0, count: parents, status: "blocked", assignee: "writer" });
  const waiting = { first: parents, count };
  await seedTasks(board, { ...waiting, status: "todo", assignee: "writer" });
  await seedLinks(board, waiting, parents);
}

/** Fills a board with about `count` tasks in the mix a used board has; returns how many it made. */
export async function seedUsed(board: Board, count: number): Promise<number> {
  const mix: [status: Status, share: number][] = [
    ["done", 0.6],
    ["ready", 0.2],
    ["blocked", 0.1],
    ["triage", 0.1],
  ];
  const assignees = ["researcher", "writer", "reviewer", "backend-eng", null];
  let first = 0;
  for (const [status, share] of mix) {
    for (const assignee of assignees) {
      const part = Math.round(count * share / assignees.length);
      await seedTasks(board, { first, count: part, status, assignee });
      first += part;
    }
  }
  return first;
}
