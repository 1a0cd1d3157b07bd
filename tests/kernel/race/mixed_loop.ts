// Owns: a process that does whatever people, workers and dispatchers do, at random. Arguments: the path, a seed, how many
// operations, and the SQLite version to assume (empty = the real one).

import { HermesError } from "../../../src/base/errors.ts";
import { command, openBoard } from "../../../src/kernel/board.ts";
import { addComment } from "../../../src/kernel/comments.ts";
import { createTask } from "../../../src/kernel/create.ts";
import { getList } from "../../../src/kernel/detail.ts";
import { link, unlink } from "../../../src/kernel/graph.ts";
import type { Command } from "../../../src/kernel/lifecycle/commands.ts";
import { promoteWaiting } from "../../../src/kernel/promote.ts";
import { ready } from "./signal.ts";

const [path, seed, count, version] = Deno.args as [string, string, string, string];
let state = Number(seed) + 1;

/** A whole number below `limit`, the same sequence for the same seed. */
function random(limit: number): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
  return (state >>> 8) % limit;
}

const claim: Command = { type: "claim", lock: `m:${Deno.pid}`, ttlSeconds: 60, lane: null };
const commands: readonly Command[] = [
  claim,
  claim,
  { type: "complete", result: "r", summary: "s", metadata: null },
  { type: "block", reason: "why", kind: "needs_input" },
  { type: "unblock", byHuman: true },
  { type: "heartbeat", note: null },
  { type: "reclaim", reason: "expired" },
  { type: "crash", pid: 1, error: "gone" },
  { type: "move", to: "todo" },
  { type: "promote" },
  { type: "archive" },
];

const board = await openBoard({ slug: "default", path, sqliteVersion: version || undefined });
await ready();
const errors: string[] = [];
let accepted = 0;
for (let index = 0; index < Number(count); index++) {
  const tasks = await getList(board, {});
  const id = () => tasks[random(tasks.length)]!.id;
  try {
    switch (tasks.length < 12 ? 0 : random(8)) {
      case 0:
        await createTask(board, { title: "t", parents: tasks.length > 0 ? [id()] : [] });
        break;
      case 1:
        await link(board, id(), id());
        break;
      case 2:
        await unlink(board, id(), id());
        break;
      case 3:
        await addComment(board, id(), "m", "hello");
        await promoteWaiting(board);
        break;
      default: {
        const task = tasks[random(tasks.length)]!;
        const applied = await command(board, task.id, commands[random(commands.length)]!);
        if (applied.ok) accepted++;
      }
    }
  } catch (error) {
    const expected = error instanceof HermesError && ["invalid", "not_found"].includes(error.code);
    if (!expected) errors.push(String(error));
  }
}
await board.close();
console.log(JSON.stringify({ accepted, errors }));
