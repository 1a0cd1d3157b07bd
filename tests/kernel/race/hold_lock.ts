// Owns: a process that holds the write lock of a database until it is told to let go. Argument: the path.

import { openSqlite } from "../../../src/kernel/engine/sqlite.ts";
import { nextLine } from "./signal.ts";

const engine = await openSqlite({ path: Deno.args[0]! });
await engine.write(async (tx) => {
  await tx.run("INSERT INTO word (text) VALUES ('held')");
  console.log("holding");
  await nextLine();
});
await engine.close();
console.log("released");
