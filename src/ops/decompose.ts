// Owns: the operation `decompose`.

import * as z from "zod";
import { HermesError } from "../base/errors.ts";
import { getList } from "../kernel/detail.ts";
import { defineStream, type OutputOf } from "./define.ts";

export const decompose = defineStream({
  name: "decompose",
  group: "kanban",
  summary: "Split a triage task into tasks for the team",
  actors: ["human", "orchestrator", "system"],
  input: z.object({
    task_id: z.string().optional().describe("Id of a triage task"),
    all: z.boolean().default(false).describe("Every task in triage"),
    tenant: z.string().optional().describe("With --all: only tasks of this tenant"),
    author: z.string().optional().describe("Who asks for it"),
  }),
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
    if ((input.task_id === undefined) !== input.all) {
      throw new HermesError("usage", "Cannot decompose: name one task, or all with --all");
    }
    const { config } = await context.config();
    const board = await context.board();
    const ids = input.task_id !== undefined
      ? [input.task_id]
      : (await getList(board, { status: "triage", tenant: input.tenant })).map(({ id }) => id);
    if (ids.length === 0) return;
    const { decomposeTask } = await import("../planner/decompose.ts");
    const { paths, env, log, actor } = context;
    for (const id of ids) {
      const deps = { board, config, paths, env, log, signal };
      yield await decomposeTask(deps, id, input.author ?? actor.name);
    }
  },
});

export type DecomposeItem = OutputOf<typeof decompose>;
