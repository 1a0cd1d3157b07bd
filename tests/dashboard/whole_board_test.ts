// Owns: reading a board piece by piece from a real server gives what reading it at once gives, whatever happens meanwhile.

import assert from "node:assert/strict";
import { type Ask, readFirstCards, readWholeBoard } from "../../dashboard/api/whole_board.ts";
import type { Board, Column } from "../../dashboard/api/shapes.ts";
import { seedTasks, taskId } from "../../scripts/bench/seed.ts";
import { type Served, withServer } from "../http/served.ts";

const filter = { tenant: "", includeArchived: false, doneLimit: 100 };

/** Asks a server, and counts; `between` runs after each answer. */
function asking({ good }: Served, between: (nth: number) => Promise<unknown> = async () => {}) {
  const asked: string[] = [];
  const ask: Ask = async (path, query) => {
    const words = Object.entries(query)
      .flatMap(([name, value]) => value === undefined || value === "" ? [] : [[name, `${value}`]]);
    const answer = await good(`${path}?${new URLSearchParams(words)}`);
    asked.push(path);
    await between(asked.length);
    return answer;
  };
  return { ask, asked };
}

function ids(board: Board): Record<string, string[]> {
  return Object.fromEntries(
    board.columns.map(({ name, tasks }) => [name, tasks.map(({ id }) => id)]),
  );
}

function columnOf(board: Board, name: string): Column {
  return board.columns.find((column) => column.name === name)!;
}

Deno.test("S-214 the board that comes in pieces is the board that comes at once", () =>
  withServer(async (served) => {
    const { board, good, create } = served;
    await seedTasks(board, { first: 1, count: 2500, status: "todo", assignee: "writer" });
    await seedTasks(board, { first: 2501, count: 300, status: "done", assignee: "writer" });
    await create("An idea", { triage: true });
    const { ask, asked } = asking(served);
    const pieces = await readWholeBoard(ask, filter);
    const { columns, ...rest } = await good("/board?texts=false");
    assert.deepEqual(pieces.columns, columns);
    assert.deepEqual({ ...pieces, columns: 0, now: 0 }, { ...rest, columns: 0, now: 0 });
    assert.deepEqual(asked, ["/board", "/board/column", "/board/column", "/board/column"]);
    const first = await readFirstCards(ask, filter);
    assert.deepEqual(ids(first).todo, ids(pieces).todo!.slice(0, 40));
    assert.deepEqual(ids(first).done, ids(pieces).done!.slice(0, 40));
  }));

Deno.test("S-248 what changes while the pieces come is neither lost nor shown twice", () =>
  withServer(async (served) => {
    const { board, good } = served;
    await seedTasks(board, { first: 1, count: 2500, status: "ready", assignee: "writer" });
    const patch = (id: string, body: unknown) => good(`/tasks/${id}`, { method: "PATCH", body });
    const byId = Array.from({ length: 2500 }, (_, index) => taskId(index + 1)).sort();
    const { ask } = asking(served, async (nth) => {
      if (nth !== 2) return;
      // One that was read already, one that was not, and one that nobody knows yet.
      await patch(byId[3]!, { status: "done" });
      await patch(byId[2400]!, { status: "done" });
      await patch(byId[5]!, { priority: 99 });
      await good("/tasks", { body: { title: "New" } });
    });
    const pieces = await readWholeBoard(ask, filter);
    assert.deepEqual(ids(pieces), ids(await good("/board?texts=false")));
    assert.equal(ids(pieces).ready![0], byId[5]);
    assert.deepEqual([columnOf(pieces, "ready").count, columnOf(pieces, "done").count], [2499, 2]);
  }));

Deno.test("S-240 the pieces of one tenant", () =>
  withServer(async (served) => {
    const { board, create } = served;
    await seedTasks(board, { first: 1, count: 100, status: "ready", assignee: null });
    for (let nth = 0; nth < 50; nth++) await create(`Of acme ${nth}`, { tenant: "acme" });
    const pieces = await readWholeBoard(asking(served).ask, { ...filter, tenant: "acme" });
    const { tasks, count } = columnOf(pieces, "ready");
    assert.equal(count, 50);
    assert.equal(new Set(tasks.map(({ id }) => id)).size, 50);
  }));

Deno.test("GET /board/column: pieces follow each other by `next`, which is null at the end", () =>
  withServer(async ({ ask, good, board }) => {
    await seedTasks(board, { first: 1, count: 7, status: "blocked", assignee: null });
    const found: string[] = [];
    let next: string | null = "";
    while (next !== null) {
      const piece: { tasks: { id: string }[]; next: string | null } = await good(
        `/board/column?status=blocked&limit=3&after=${next}`,
      );
      found.push(...piece.tasks.map(({ id }) => id));
      next = piece.next;
    }
    assert.deepEqual(found, Array.from({ length: 7 }, (_, nth) => taskId(nth + 1)).sort());
    assert.deepEqual((await good("/board/column?status=nonsense")).tasks, []);
    assert.equal((await ask("/board/column")).status, 422);
    assert.equal((await ask("/board/column?status=todo&limit=0")).status, 422);
  }));
