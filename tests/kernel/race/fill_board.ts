// Owns: a process that creates tasks until it is refused, and says how many there are and what the refusal was.

import { openBoard } from "../../../src/kernel/board.ts";
import { createTask } from "../../../src/kernel/create.ts";
import { toHermesError } from "../../../src/base/errors.ts";

const board = await openBoard({ slug: "default", path: Deno.args[0]! });
let created = 0;
try {
  for (; created < 5000; created++) {
    await createTask(board, { title: "one more", body: "x".repeat(20_000) });
  }
} catch (thrown) {
  const { code, message } = toHermesError(thrown);
  console.log(JSON.stringify({ created, code, message }));
}
await board.close();
