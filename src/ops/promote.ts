// Owns: the operation `promote`.

import { z } from "zod";
import { defineOp, type OutputOf } from "./define.ts";
import { steer } from "./fenced.ts";
import { taskId } from "./wire.ts";

export const promote = defineOp({
  name: "promote",
  group: "kanban",
  summary: "Make a parked task ready, if its parents are done",
  actors: ["human", "orchestrator", "system"],
  input: z.object({ task_id: taskId }),
  output: z.object({ task_id: z.string(), status: z.string() }),
  cli: {
    args: ["task_id..."],
    each: "task_id",
    fields: { task_id: { name: "id" } },
    examples: ["hermes kanban promote t_1a2b3c4d"],
  },
  async run(context, input) {
    const command = { type: "promote" } as const;
    const [applied] = await steer(context, input.task_id, [command]);
    return { task_id: input.task_id, status: applied!.task.status };
  },
});

export type PromoteOutput = OutputOf<typeof promote>;
