// Owns: the operation `complete`.

import * as z from "zod";
import { completeTask } from "../../kernel/completion.ts";
import { keepArtifacts } from "./artifacts.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { personOf } from "../fenced.ts";
import { actsForTask } from "../runs/goal_exit.ts";
import { taskId, textList } from "../wire.ts";

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
    artifacts: textList().optional().describe("Files that came of it, by path; they are kept"),
    created_cards: textList().optional().describe("Ids of the tasks that were created on the way"),
  }),
  output: z.object({
    task_id: z.string(),
    status: z.string(),
    run_id: z.number().nullable(),
    promoted: z.array(z.string()).describe("Tasks that became ready"),
    artifacts: z.array(z.object({ name: z.string(), path: z.string(), size: z.number() }))
      .describe("Where the files are kept"),
  }),
  ownTask: "task_id",
  redact: { always: ["summary", "result", "metadata"] },
  cli: {
    args: ["task_id..."],
    each: "task_id",
    single: ["summary", "metadata", "artifacts", "created_cards"],
    fields: {
      task_id: { name: "id" },
      summary: { parse: "text" },
      result: { parse: "text" },
      artifacts: { flag: "artifact", parse: "path" },
      created_cards: { flag: "created-card" },
    },
    examples: [
      'hermes kanban complete t_1a2b3c4d --summary "Notes are in NOTES.md"',
      `hermes kanban complete t_1a2b3c4d --metadata '{"files": ["NOTES.md"]}'`,
      "hermes kanban complete t_1a2b3c4d --artifact report.pdf --artifact data/tides.csv",
      "hermes kanban complete t_1a2b3c4d t_5e6f7a8b",
    ],
  },
  tool: {
    name: "kanban_complete",
    advice: "Only when the work is really done. Say what you did and where it lies; " +
      "name the files in artifacts.",
    ownTask: "task_id",
    oneOf: ["summary", "result"],
    reply: ({ task_id, run_id, artifacts }) => ({
      task_id,
      run_id,
      ...(artifacts.length > 0 ? { artifacts } : {}),
    }),
  },
  http: { method: "POST", path: "/tasks/:task_id/complete", omit: ["artifacts"] },
  async run(context, input) {
    const { actor } = context;
    const { summary = null, result = null, metadata = null } = input;
    const agent = await actsForTask(context, input.task_id);
    if (agent) {
      const { passGoal } = await import("../runs/goal.ts");
      await passGoal(context, input.task_id, { summary, result, metadata });
    }
    const kept = await keepArtifacts(context, input.task_id, input.artifacts ?? []);
    const handoff = {
      summary,
      result,
      metadata,
      createdCards: input.created_cards ?? [],
      artifacts: kept.artifacts,
    };
    try {
      const { task, runId, promoted } = await completeTask(
        await context.board(),
        input.task_id,
        handoff,
        { fence: actor.runId, person: personOf(actor), agent },
      );
      const { artifacts } = kept;
      return { task_id: task.id, status: task.status, run_id: runId, promoted, artifacts };
    } catch (error) {
      await kept.discard();
      throw error;
    }
  },
});

export type CompleteOutput = OutputOf<typeof complete>;
