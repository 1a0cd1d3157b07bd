// Owns: the operation `tail`.

import * as z from "zod";
import { getDetail } from "../../kernel/detail.ts";
import type { EventView } from "../../kernel/views.ts";
import { defineStream, type OutputOf } from "../define.ts";
import { followEvents } from "../follow.ts";
import { afterField, kindsField, sinceField, startCursor } from "../since.ts";
import { eventSchema, taskId } from "../wire.ts";

export const tail = defineStream({
  name: "tail",
  group: "kanban",
  summary: "Follow the events of one task",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    lines: z.number().int().min(0).default(10).describe("Past events shown first"),
    kinds: kindsField().optional(),
    since: sinceField.optional(),
    after: afterField.optional(),
    interval: z.number().min(0).default(0)
      .describe("Seconds to collect events before they are shown"),
  }),
  output: eventSchema,
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" }, lines: { short: "n" } },
    examples: [
      "hermes kanban tail t_1a2b3c4d",
      "hermes kanban tail t_1a2b3c4d --since 2h --json",
      "hermes kanban tail t_1a2b3c4d --kinds commented,completed",
    ],
  },
  async *follow(context, input, signal) {
    const board = await context.board();
    const { interval, lines, kinds, task_id: taskId } = input;
    const wanted = ({ kind }: EventView) => !kinds || (kinds as string[]).includes(kind);
    const start = await startCursor(board, input);
    const { events } = await getDetail(board, taskId);
    if (start === null && lines > 0) yield* events.filter(wanted).slice(-lines);
    const following = followEvents(board, {
      cursor: start ?? events.at(-1)?.id ?? 0,
      taskId,
      signal,
      pause: interval > 0 ? (stop) => context.host.sleep(interval * 1000, stop) : undefined,
    });
    for await (const event of following) if (wanted(event)) yield event;
  },
});

export type TailItem = OutputOf<typeof tail>;
