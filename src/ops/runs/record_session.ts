// Owns: the operation `record-session`, by which a worker notes its conversation's id. It is no verb of the command line.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { recordSession as store } from "../../kernel/usage.ts";
import { defineOp } from "../define.ts";

export const recordSession = defineOp({
  name: "record-session",
  group: "kanban",
  summary: "Note the id by which the run's conversation can be continued",
  actors: ["worker"],
  input: z.object({ session: z.string().min(1).max(500) }),
  output: z.object({ run_id: z.number() }),
  async run(context, { session }) {
    const { runId } = context.actor;
    if (runId === null) {
      throw new HermesError("forbidden", "Cannot record a session: this worker has no run");
    }
    await store(await context.board(), runId, session);
    return { run_id: runId };
  },
});
