// Owns: a process that opens one board file at the same moment as others. Arguments: the path,
// and the SQLite version to assume (absent = the real one).

import { systemClock } from "../../../src/base/clock.ts";
import { openSqlite } from "../../../src/kernel/engine/sqlite.ts";
import { migrate } from "../../../src/kernel/migrations/migrate.ts";
import { ready } from "./signal.ts";

await ready();
const [path, version] = Deno.args as [string, string?];
const engine = await openSqlite({ path, version: version || undefined });
const ran = await migrate(engine, systemClock);
await engine.write((tx) =>
  tx.run("INSERT INTO tasks (id, title, status, created_at) VALUES (?, 'mine', 'ready', 1)", [
    `t_${Deno.pid}`,
  ])
);
console.log(JSON.stringify({ ran, journal: engine.info.journal }));
await engine.close();
