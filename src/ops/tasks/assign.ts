// Owns: the operation `assign`.

import * as z from "zod";
import { cleanAssignee } from "../../kernel/create.ts";
import { unknownProfile } from "./create.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { steer } from "../fenced.ts";
import { taskId } from "../wire.ts";

export const assign = defineOp({
  name: "assign",
  group: "kanban",
  summary: "Give a task to a profile, or to nobody",
  actors: ["human", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    assignee: z.string().nullable().describe("Profile that does it; none takes it from everybody"),
  }),
  output: z.object({
    task_id: z.string(),
    assignee: z.string().nullable(),
    warning: z.string().optional(),
  }),
  cli: {
    args: ["task_id", "assignee"],
    fields: { task_id: { name: "id" }, assignee: { name: "profile", parse: "assignee" } },
    examples: ["hermes kanban assign t_1a2b3c4d writer", "hermes kanban assign t_1a2b3c4d none"],
  },
  async run(context, input) {
    const assignee = cleanAssignee(input.assignee);
    await steer(context, input.task_id, [{ type: "assign", assignee }]);
    const warning = assignee === null ? null : await unknownProfile(context, assignee);
    return { task_id: input.task_id, assignee, ...(warning ? { warning } : {}) };
  },
});

export type AssignOutput = OutputOf<typeof assign>;
