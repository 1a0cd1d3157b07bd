// Owns: a worker that completes its task as a process of its own, then lingers for as many milliseconds as told.

import { mustCommand, openBoard } from "../../../src/kernel/board.ts";

const lingerMs = Number(Deno.args[0]);
const board = await openBoard({ slug: "default", path: Deno.env.get("HERMES_KANBAN_DB")! });
await mustCommand(
  board,
  Deno.env.get("HERMES_KANBAN_TASK")!,
  { type: "complete", result: "42", summary: "found it", metadata: null },
  { fence: Number(Deno.env.get("HERMES_KANBAN_RUN_ID")) },
);
await board.close();
await new Promise((resolve) => setTimeout(resolve, lingerMs));
