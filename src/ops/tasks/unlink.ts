// Owns: the operation `unlink`.

import * as z from "zod";
import { unlink as unlinkTasks } from "../../kernel/graph.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { personOf } from "../fenced.ts";

export const unlink = defineOp({
  name: "unlink",
  group: "kanban",
  summary: "Let a task no longer wait for another",
  actors: ["human", "orchestrator", "system"],
  input: z.object({
    parent_id: z.string().min(1).describe("The task that was waited for"),
    child_id: z.string().min(1).describe("The task that waited"),
  }),
  output: z.object({
    parent_id: z.string(),
    child_id: z.string(),
    removed: z.boolean().describe("False when there was no such link"),
  }),
  cli: {
    args: ["parent_id", "child_id"],
    fields: { parent_id: { name: "parent" }, child_id: { name: "child" } },
    examples: ["hermes kanban unlink t_1a2b3c4d t_5e6f7a8b"],
  },
  http: {
    method: "DELETE",
    path: "/links",
    reply: ({ removed }) => ({ ok: removed }),
  },
  async run(context, { parent_id, child_id }) {
    const person = personOf(context.actor);
    const removed = await unlinkTasks(await context.board(), parent_id, child_id, person);
    return { parent_id, child_id, removed };
  },
});

export type UnlinkOutput = OutputOf<typeof unlink>;
