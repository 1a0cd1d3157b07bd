// Owns: the operation `schedule`.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { steer } from "../fenced.ts";
import { delayField, momentField, startTime } from "../start_time.ts";
import { taskId } from "../wire.ts";

export const schedule = defineOp({
  name: "schedule",
  group: "kanban",
  summary: "Keep a task from being started until a time",
  actors: ["human", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    not_before: momentField.optional(),
    in_seconds: delayField.optional(),
    clear: z.boolean().default(false).describe("Lift the wait"),
  }),
  output: z.object({
    task_id: z.string(),
    status: z.string(),
    not_before: z.number().int().nullable().describe("Epoch seconds; null when it does not wait"),
  }),
  cli: {
    args: ["task_id..."],
    each: "task_id",
    fields: {
      task_id: { name: "id" },
      not_before: { flag: "at", parse: "moment" },
      in_seconds: { flag: "in", parse: "duration" },
    },
    examples: [
      'hermes kanban schedule t_1a2b3c4d --at "2030-01-07 09:00"',
      "hermes kanban schedule t_1a2b3c4d t_5e6f7a8b --in 2h",
      "hermes kanban schedule t_1a2b3c4d --clear",
    ],
  },
  http: { method: "POST", path: "/tasks/:task_id/schedule" },
  async run(context, { task_id, not_before, in_seconds, clear }) {
    const at = startTime(context, not_before, in_seconds);
    if ((at === null) !== clear) {
      const reason = clear ? "a time is given together with --clear" : "no time is given";
      throw new HermesError("usage", `Cannot schedule task "${task_id}": ${reason}`, {
        remedy: "Give one of --at <time>, --in <duration> and --clear.",
      });
    }
    const [applied] = await steer(context, task_id, [{ type: "schedule", at }]);
    return { task_id, status: applied!.task.status, not_before: at };
  },
});

export type ScheduleOutput = OutputOf<typeof schedule>;
