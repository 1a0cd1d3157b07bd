// Owns: a process whose claims run out while it works, or one that takes expired claims away. Arguments: the path, `worker`
// or `reclaimer`, and the SQLite version to assume (empty = the real one).

import { command, openBoard } from "../../../src/kernel/board.ts";
import { getList } from "../../../src/kernel/detail.ts";
import { ready } from "./signal.ts";

const [path, role, version] = Deno.args as [string, string, string];
const board = await openBoard({ slug: "default", path, sqliteVersion: version || undefined });
await ready();
const outcome = { completed: [] as string[], late: 0, reclaimed: 0, errors: [] as string[] };

/** One attempt at a task; its claim has run out as soon as it is made. */
async function work(id: string): Promise<void> {
  const claim = { type: "claim", lock: `w:${Deno.pid}`, ttlSeconds: 0, lane: null } as const;
  const claimed = await command(board, id, claim);
  if (!claimed.ok) return;
  const fence = claimed.runId;
  await command(board, id, { type: "heartbeat", note: null }, { fence });
  // The work itself: the others get their turn.
  await new Promise((done) => setTimeout(done, 3));
  const done = { type: "complete", result: null, summary: id, metadata: null } as const;
  const completed = await command(board, id, done, { fence });
  if (completed.ok) outcome.completed.push(id);
  else if (completed.refusal.code === "fenced") outcome.late++;
  else outcome.errors.push(completed.refusal.message);
}

/** Takes the first expired claim away, if nothing happened to it since. */
async function reclaim(): Promise<void> {
  const [task] = await getList(board, { status: "running", limit: 1 });
  if (task && task.claim_expires !== null && task.claim_expires <= board.clock.now()) {
    const expect = { runId: task.current_run_id, lock: task.claim_lock };
    const taken = await command(board, task.id, { type: "reclaim", reason: "expired" }, { expect });
    if (taken.ok) outcome.reclaimed++;
  }
  await new Promise((done) => setTimeout(done, 2));
}

while (true) {
  const open = (await getList(board, {})).filter(({ status }) => status !== "done");
  if (open.length === 0) break;
  try {
    const free = open.find(({ status }) => status === "ready");
    if (role === "reclaimer") await reclaim();
    else if (free) await work(free.id);
    else await new Promise((done) => setTimeout(done, 1));
  } catch (error) {
    outcome.errors.push(String(error));
  }
}
await board.close();
console.log(JSON.stringify(outcome));
