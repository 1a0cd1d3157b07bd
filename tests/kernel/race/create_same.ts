// Owns: a process that creates tasks whose keys other processes use too. Arguments: the path, how many keys.

import { openBoard } from "../../../src/kernel/board.ts";
import { createTask } from "../../../src/kernel/create.ts";
import { ready } from "./signal.ts";

const [path, count] = Deno.args as [string, string];
const board = await openBoard({ slug: "default", path });
await ready();
const ids: string[] = [];
for (let key = 0; key < Number(count); key++) {
  const { task } = await createTask(board, { title: `by ${Deno.pid}`, idempotencyKey: `k${key}` });
  ids.push(task.id);
}
await board.close();
console.log(JSON.stringify(ids));
