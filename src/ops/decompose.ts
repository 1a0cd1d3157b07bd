// Owns: the operation `decompose`.

import * as z from "zod";
import { defineStream, type OutputOf } from "./define.ts";
import { authorOf, checkChoice, chosenIds, triageChoice } from "./triage_choice.ts";

export const decompose = defineStream({
  name: "decompose",
  group: "kanban",
  summary: "Split a triage task into tasks for the team",
  actors: ["human", "orchestrator", "system"],
  input: triageChoice,
  output: z.object({
    task_id: z.string(),
    ok: z.boolean(),
    reason: z.string().describe("Why not; empty when ok"),
    fanout: z.boolean().describe("Whether it became several tasks"),
    child_ids: z.array(z.string()),
    new_title: z.string().nullable(),
  }),
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" } },
    examples: ["hermes kanban decompose t_1a2b3c4d", "hermes kanban decompose --all --json"],
  },
  async *follow(context, input, signal) {
    checkChoice("decompose", input);
    const { config } = await context.config();
    const board = await context.board();
    const ids = await chosenIds(board, input);
    if (ids.length === 0) return;
    const { decomposeTask } = await import("../planner/decompose.ts");
    const { paths, env, log, actor } = context;
    for (const id of ids) {
      const deps = { board, config, paths, env, log, signal };
      yield await decomposeTask(deps, id, authorOf(input, actor));
    }
  },
});

export type DecomposeItem = OutputOf<typeof decompose>;
