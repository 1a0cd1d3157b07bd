// Owns: a process that commits one row when it is told to. Argument: the path.

import { openSqlite } from "../../../src/kernel/engine/sqlite.ts";
import { ready } from "./signal.ts";

const engine = await openSqlite({ path: Deno.args[0]! });
await ready();
await engine.write((tx) => tx.run("INSERT INTO word (text) VALUES ('foreign')"));
await engine.close();
