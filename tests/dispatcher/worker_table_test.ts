// Owns: tests of what a process remembers of its workers.

import assert from "node:assert/strict";
import { WorkerTable } from "../../src/dispatcher/worker_table.ts";
import type { ExitStatus, SpawnedProcess } from "../../src/platform/spawn.ts";

function process(): { process: SpawnedProcess; exit(status: ExitStatus): void } {
  const { promise, resolve } = Promise.withResolvers<ExitStatus>();
  const identity = { pid: 4711, startTime: "1", bootId: "b" };
  return { process: { identity, exited: promise }, exit: resolve };
}

Deno.test("WorkerTable: a child is one until its exit is reported, and its exit is kept while its run is open", async () => {
  const table = new WorkerTable();
  const worker = process();
  const exits: number[] = [];
  table.track(7, worker.process, () => exits.push(7));
  assert.deepEqual([table.isChild(7), table.exitOf(7)], [true, null]);
  worker.exit({ code: 3, signal: null });
  await worker.process.exited;
  assert.deepEqual([table.isChild(7), table.exitOf(7), exits], [
    false,
    { code: 3, signal: null },
    [7],
  ]);
  table.remember(new Set([7]), []);
  assert.deepEqual(table.exitOf(7), { code: 3, signal: null });
  table.remember(new Set(), []);
  assert.equal(table.exitOf(7), null, "nothing is kept of runs that are over");
});

Deno.test("WorkerTable: work that fails frees its run, reaches its caller and nobody else", async () => {
  const table = new WorkerTable();
  const { promise, reject } = Promise.withResolvers<void>();
  const occupied = table.occupy(7, promise);
  assert.equal(table.isBusy(7), true);
  const idle = table.idle();
  reject(new Error("no luck"));
  await assert.rejects(occupied, /no luck/);
  await idle;
  assert.equal(table.isBusy(7), false);
});

Deno.test("WorkerTable: idle() waits for work that begins while it waits", async () => {
  const table = new WorkerTable();
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  table.occupy(1, first.promise.then(() => void table.occupy(2, second.promise)));
  let over = false;
  const idle = table.idle().then(() => over = true);
  first.resolve();
  await first.promise;
  await Promise.resolve();
  assert.deepEqual([over, table.isBusy(2)], [false, true]);
  second.resolve();
  await idle;
});

Deno.test("WorkerTable: a known run that is no longer open, or left processes, is worth a look", () => {
  const table = new WorkerTable();
  assert.equal(table.outlives(new Set()), false);
  table.remember(new Set([1, 2]), []);
  assert.equal(table.outlives(new Set([1, 2, 3])), false);
  assert.equal(table.outlives(new Set([1])), true);
  table.remember(new Set([1]), [2]);
  assert.equal(table.outlives(new Set([1])), true);
  table.remember(new Set([1]), []);
  assert.equal(table.outlives(new Set([1])), false);
});
