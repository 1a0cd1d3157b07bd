// Owns: the operation `unblock`.

import * as z from "zod";
import { defineOp, type OutputOf } from "../define.ts";
import { steer } from "../fenced.ts";
import { isAgent } from "../run.ts";
import { taskId } from "../wire.ts";

export const unblock = defineOp({
  name: "unblock",
  group: "kanban",
  summary: "Let a blocked task go on",
  actors: ["human", "orchestrator", "system"],
  input: z.object({ task_id: taskId }),
  output: z.object({
    task_id: z.string(),
    status: z.string().describe("ready, or todo while parents are open"),
  }),
  cli: {
    args: ["task_id..."],
    each: "task_id",
    fields: { task_id: { name: "id" } },
    examples: ["hermes kanban unblock t_1a2b3c4d", "hermes kanban unblock t_1a2b3c4d t_5e6f7a8b"],
  },
  tool: {
    name: "kanban_unblock",
    advice: "Answer the question in a comment first.",
    reply: ({ task_id, status }) => ({ task_id, status }),
  },
  http: { method: "POST", path: "/tasks/:task_id/unblock" },
  async run(context, input) {
    const command = { type: "unblock", byHuman: !isAgent(context.actor) } as const;
    const [applied] = await steer(context, input.task_id, [command]);
    return { task_id: input.task_id, status: applied!.task.status };
  },
});

export type UnblockOutput = OutputOf<typeof unblock>;
