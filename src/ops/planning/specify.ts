// Owns: the operation `specify`.

import * as z from "zod";
import { defineStream, type OutputOf } from "../define.ts";
import { authorOf, checkChoice, chosenIds, triageChoice } from "./triage_choice.ts";

export const specify = defineStream({
  name: "specify",
  group: "kanban",
  summary: "Rewrite a triage task as one clear task",
  actors: ["human", "orchestrator", "system"],
  input: triageChoice,
  output: z.object({
    task_id: z.string(),
    ok: z.boolean(),
    reason: z.string().describe("Why not; empty when ok"),
    new_title: z.string().nullable().describe("The new title when it changed"),
  }),
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" } },
    examples: ["hermes kanban specify t_1a2b3c4d", "hermes kanban specify --all --tenant acme"],
  },
  http: { method: "POST", path: "/tasks/:task_id/specify", omit: ["all", "tenant"] },
  async *follow(context, input, signal) {
    checkChoice("specify", input);
    const { config } = await context.config();
    const board = await context.board();
    const ids = await chosenIds(board, input);
    if (ids.length === 0) return;
    const { specifyTask } = await import("../../planner/specify.ts");
    const { env, log, actor } = context;
    for (const id of ids) {
      yield await specifyTask({ board, config, env, log, signal }, id, authorOf(input, actor));
    }
  },
});

export type SpecifyItem = OutputOf<typeof specify>;
