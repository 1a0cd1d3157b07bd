// Owns: creating a task for `ada` from another process. Argument: the board file.

import { openBoard } from "../../../src/kernel/board.ts";
import { createTask } from "../../../src/kernel/create.ts";

const board = await openBoard({ slug: "default", path: Deno.args[0]! });
const { task } = await createTask(board, { title: "from elsewhere", assignee: "ada" });
await board.close();
console.log(task.id);
