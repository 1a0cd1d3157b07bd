// Owns: the operation `link`.

import * as z from "zod";
import { link as linkTasks } from "../../kernel/graph.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { personOf } from "../fenced.ts";

export const link = defineOp({
  name: "link",
  group: "kanban",
  summary: "Make a task wait for another",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({
    parent_id: z.string().min(1).describe("The task that must be done first"),
    child_id: z.string().min(1).describe("The task that waits"),
  }),
  output: z.object({
    parent_id: z.string(),
    child_id: z.string(),
    added: z.boolean().describe("False when the link was there already"),
  }),
  cli: {
    args: ["parent_id", "child_id"],
    fields: { parent_id: { name: "parent" }, child_id: { name: "child" } },
    examples: ["hermes kanban link t_1a2b3c4d t_5e6f7a8b"],
  },
  tool: {
    name: "kanban_link",
    reply: ({ parent_id, child_id, added }) => ({ parent_id, child_id, added }),
  },
  http: {
    method: "POST",
    path: "/links",
    refusals: { not_found: 400, refused: 400 },
    reply: ({ added }) => ({ ok: true, added }),
  },
  async run(context, { parent_id, child_id }) {
    const added = await linkTasks(
      await context.board(),
      parent_id,
      child_id,
      context.actor.runId,
      personOf(context.actor),
    );
    return { parent_id, child_id, added };
  },
});

export type LinkOutput = OutputOf<typeof link>;
