// Owns: a process that works on tasks until it is killed, and says what was confirmed to it. Arguments: the path, the SQLite
// version to assume (empty = the real one).

import { mustCommand, openBoard } from "../../../src/kernel/board.ts";
import { createTask } from "../../../src/kernel/create.ts";

const [path, version] = Deno.args as [string, string];
const board = await openBoard({ slug: "default", path, sqliteVersion: version || undefined });
while (true) {
  const { task } = await createTask(board, { title: "work", body: "x".repeat(20_000) });
  const claim = { type: "claim", lock: `w:${Deno.pid}`, ttlSeconds: 900, lane: null } as const;
  const { runId } = await mustCommand(board, task.id, claim);
  const done = { type: "complete", result: "y", summary: task.id, metadata: null } as const;
  await mustCommand(board, task.id, done, { fence: runId });
  console.log(task.id);
}
