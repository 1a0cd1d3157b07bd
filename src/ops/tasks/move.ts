// Owns: the operation `move`.

import * as z from "zod";
import { defineOp, type OutputOf } from "../define.ts";
import { steer } from "../fenced.ts";
import { taskId } from "../wire.ts";

export const move = defineOp({
  name: "move",
  group: "kanban",
  summary: "Put a task into another column by hand",
  actors: ["human", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    to: z.enum(["triage", "todo", "ready", "blocked"])
      .describe("todo parks the task; ready starts it although parents are open"),
  }),
  output: z.object({ task_id: z.string(), status: z.string() }),
  cli: {
    args: ["task_id", "to"],
    fields: { task_id: { name: "id" }, to: { name: "status" } },
    examples: ["hermes kanban move t_1a2b3c4d todo", "hermes kanban move t_1a2b3c4d ready"],
  },
  async run(context, input) {
    const command = { type: "move", to: input.to } as const;
    await steer(context, input.task_id, [command]);
    return { task_id: input.task_id, status: input.to };
  },
});

export type MoveOutput = OutputOf<typeof move>;
