// Owns: the operation `log`.

import * as z from "zod";
import { logPath } from "../../dispatcher/logs.ts";
import { getTask } from "../../kernel/detail.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { taskId } from "../wire.ts";

/** Bytes shown unless asked otherwise. */
const defaultTail = 100_000;

export const log = defineOp({
  name: "log",
  group: "kanban",
  summary: "Print the end of a worker's log",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    tail: z.number().int().min(1).max(2_000_000).default(defaultTail)
      .describe("Bytes from the end, at most 2000000"),
  }),
  output: z.object({
    task_id: z.string(),
    path: z.string(),
    exists: z.boolean().describe("False when no worker was ever started"),
    size_bytes: z.number(),
    content: z.string(),
    truncated: z.boolean(),
  }),
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" } },
    examples: ["hermes kanban log t_1a2b3c4d", "hermes kanban log t_1a2b3c4d --tail 2000"],
  },
  http: { method: "GET", path: "/tasks/:task_id/log" },
  async run(context, input) {
    const { boardPaths, host } = context;
    await getTask(await context.board(), input.task_id);
    const path = logPath(boardPaths.logsRoot, input.task_id);
    const exists = await host.exists(path);
    const { text, size, truncated } = await host.tail(path, input.tail);
    return {
      task_id: input.task_id,
      path,
      exists,
      size_bytes: size,
      content: text,
      truncated,
    };
  },
});

export type LogOutput = OutputOf<typeof log>;
