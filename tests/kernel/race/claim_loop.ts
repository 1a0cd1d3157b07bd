// Owns: a process that claims and completes tasks until none is left. Arguments: the path, the
// worker's name, and the SQLite version to assume (empty = the real one).

import { command, openBoard } from "../../../src/kernel/board.ts";
import { getList } from "../../../src/kernel/detail.ts";
import { ready } from "./signal.ts";

const [path, name, version] = Deno.args as [string, string, string];
const lock = `${name}:${Deno.pid}`;
const board = await openBoard({ slug: "default", path, sqliteVersion: version || undefined });
await ready();

const won: string[] = [];
const errors: string[] = [];
let lost = 0;
while (true) {
  const candidates = await getList(board, { status: "ready", limit: 16 });
  if (candidates.length === 0) break;
  for (const { id } of candidates) {
    try {
      const claim = { type: "claim", lock, ttlSeconds: 900, lane: null } as const;
      const claimed = await command(board, id, claim);
      if (!claimed.ok) {
        lost++;
        continue;
      }
      won.push(id);
      const done = { type: "complete", result: null, summary: lock, metadata: null } as const;
      const completed = await command(board, id, done, { fence: claimed.runId });
      if (!completed.ok) errors.push(completed.refusal.message);
    } catch (error) {
      errors.push(String(error));
    }
  }
}
await board.close();
console.log(JSON.stringify({ won, lost, errors }));
