// Owns: a process that creates tasks whose keys other processes use too. Arguments: the path, how many
// keys, and the SQLite version to assume (empty = the real one).

import { openBoard } from "../../../src/kernel/board.ts";
import { createTask } from "../../../src/kernel/create.ts";
import { ready } from "./signal.ts";

const [path, count, version] = Deno.args as [string, string, string];
const board = await openBoard({ slug: "default", path, sqliteVersion: version || undefined });
await ready();
const ids: string[] = [];
for (let key = 0; key < Number(count); key++) {
  const { task } = await createTask(board, { title: `by ${Deno.pid}`, idempotencyKey: `k${key}` });
  ids.push(task.id);
}
await board.close();
console.log(JSON.stringify(ids));
