// Owns: the operation `complete`.

import * as z from "zod";
import { mustCommand } from "../kernel/board.ts";
import { defineOp, type OutputOf } from "./define.ts";
import { steer } from "./fenced.ts";
import { isAgent } from "./run.ts";
import { taskId } from "./wire.ts";

export const complete = defineOp({
  name: "complete",
  group: "kanban",
  summary: "Complete a task and hand over what came of it",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    summary: z.string().nullable().optional().describe("What was done, for the next worker"),
    result: z.string().nullable().optional().describe("The result itself, when it is short"),
    metadata: z.record(z.string(), z.unknown()).nullable().optional()
      .describe("Facts for programs: files changed, figures, links"),
  }),
  output: z.object({
    task_id: z.string(),
    status: z.string(),
    run_id: z.number().nullable(),
    promoted: z.array(z.string()).describe("Tasks that became ready"),
  }),
  ownTask: "task_id",
  redact: { always: ["summary", "result", "metadata"] },
  cli: {
    args: ["task_id..."],
    each: "task_id",
    single: ["summary", "metadata"],
    fields: {
      task_id: { name: "id" },
      summary: { parse: "text" },
      result: { parse: "text" },
    },
    examples: [
      'hermes kanban complete t_1a2b3c4d --summary "Notes are in NOTES.md"',
      `hermes kanban complete t_1a2b3c4d --metadata '{"files": ["NOTES.md"]}'`,
      "hermes kanban complete t_1a2b3c4d t_5e6f7a8b",
    ],
  },
  tool: {
    name: "kanban_complete",
    advice: "Only when the work is really done. Say what you did and where it lies.",
    ownTask: "task_id",
    oneOf: ["summary", "result"],
    reply: ({ task_id, run_id }) => ({ task_id, run_id }),
  },
  async run(context, input) {
    const { actor } = context;
    const command = {
      type: "complete",
      summary: input.summary ?? null,
      result: input.result ?? null,
      metadata: input.metadata ?? null,
    } as const;
    const { task, runId, promoted } = isAgent(actor)
      ? await mustCommand(await context.board(), input.task_id, command, { fence: actor.runId })
      : (await steer(context, input.task_id, [command]))[0]!;
    return { task_id: task.id, status: task.status, run_id: runId, promoted };
  },
});

export type CompleteOutput = OutputOf<typeof complete>;
