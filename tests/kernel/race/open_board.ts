// Owns: a process that opens one board file at the same moment as others. Argument: the path.

import { systemClock } from "../../../src/base/clock.ts";
import { openSqlite } from "../../../src/kernel/engine/sqlite.ts";
import { migrate } from "../../../src/kernel/migrations/migrate.ts";
import { ready } from "./signal.ts";

await ready();
const engine = await openSqlite({ path: Deno.args[0]! });
const ran = await migrate(engine, systemClock);
await engine.write((tx) =>
  tx.run("INSERT INTO tasks (id, title, status, created_at) VALUES (?, 'mine', 'ready', 1)", [
    `t_${Deno.pid}`,
  ])
);
console.log(JSON.stringify({ ran, journal: engine.info.journal }));
await engine.close();
