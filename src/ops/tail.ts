// Owns: the operation `tail`.

import { z } from "zod";
import { getDetail } from "../kernel/detail.ts";
import { defineStream, type OutputOf } from "./define.ts";
import { followEvents } from "./follow.ts";
import { eventSchema, taskId } from "./wire.ts";

export const tail = defineStream({
  name: "tail",
  group: "kanban",
  summary: "Follow the events of one task",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    lines: z.number().int().min(0).default(10).describe("Past events shown first"),
    interval: z.number().min(0).default(0)
      .describe("Seconds to collect events before they are shown"),
  }),
  output: eventSchema,
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" }, lines: { short: "n" } },
    examples: ["hermes kanban tail t_1a2b3c4d", "hermes kanban tail t_1a2b3c4d --json"],
  },
  async *follow(context, input, signal) {
    const board = await context.board();
    const { events } = await getDetail(board, input.task_id);
    if (input.lines > 0) yield* events.slice(-input.lines);
    const { interval, task_id: taskId } = input;
    yield* followEvents(board, {
      cursor: events.at(-1)?.id ?? 0,
      taskId,
      signal,
      pause: interval > 0 ? (stop) => context.host.sleep(interval * 1000, stop) : undefined,
    });
  },
});

export type TailItem = OutputOf<typeof tail>;
