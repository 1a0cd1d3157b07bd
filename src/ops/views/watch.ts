// Owns: the operation `watch`.

import * as z from "zod";
import type { Board } from "../../kernel/board.ts";
import { read } from "../../kernel/board.ts";
import { endOfLog } from "../../kernel/feed.ts";
import { taskById } from "../../kernel/queries/tasks.ts";
import { defineStream, type OutputOf } from "../define.ts";
import { followEvents } from "../follow.ts";
import { afterField, kindsField, sinceField, startCursor } from "../since.ts";
import { eventSchema } from "../wire.ts";

export const watch = defineStream({
  name: "watch",
  group: "kanban",
  summary: "Follow the events of the whole board as they happen",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({
    assignee: z.string().optional().describe("Only tasks of this profile"),
    tenant: z.string().optional().describe("Only tasks of this tenant"),
    kinds: kindsField().optional(),
    since: sinceField.optional(),
    after: afterField.optional(),
    interval: z.number().min(0).default(0)
      .describe("Seconds to collect events before they are shown"),
  }),
  output: eventSchema.extend({
    title: z.string(),
    assignee: z.string().nullable(),
    tenant: z.string().nullable(),
  }),
  cli: {
    examples: [
      "hermes kanban watch",
      "hermes kanban watch --kinds completed,blocked,gave_up --json",
      "hermes kanban watch --assignee writer --since 30m",
    ],
  },
  async *follow(context, input, signal) {
    const board = await context.board();
    const { interval, assignee, tenant, kinds } = input;
    const events = followEvents(board, {
      cursor: await startCursor(board, input) ?? await endOfLog(board),
      signal,
      pause: interval > 0 ? (stop) => context.host.sleep(interval * 1000, stop) : undefined,
    });
    for await (const event of events) {
      if (kinds && !(kinds as string[]).includes(event.kind)) continue;
      const task = await taskOf(board, event.task_id);
      if (assignee !== undefined && task.assignee !== assignee) continue;
      if (tenant !== undefined && task.tenant !== tenant) continue;
      yield { ...event, ...task };
    }
  },
});

export type WatchItem = OutputOf<typeof watch>;

async function taskOf(board: Board, id: string) {
  const task = await read(board, (tx) => taskById(tx, id));
  return {
    title: task?.title ?? "",
    assignee: task?.assignee ?? null,
    tenant: task?.tenant ?? null,
  };
}
