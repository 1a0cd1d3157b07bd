// Owns: the operation `record-session`, by which a worker tells the name of its conversation. It is no verb of the command line.

import * as z from "zod";
import { HermesError } from "../base/errors.ts";
import { recordSession as store } from "../kernel/session.ts";
import { defineOp } from "./define.ts";

export const recordSession = defineOp({
  name: "record-session",
  group: "kanban",
  summary: "Record under which name the run's conversation can be found or taken up again",
  actors: ["worker"],
  input: z.object({ session_id: z.string().min(1).max(500).describe("Name of the conversation") }),
  output: z.object({ run_id: z.number() }),
  async run(context, { session_id }) {
    const { runId } = context.actor;
    if (runId === null) {
      throw new HermesError("forbidden", "Cannot record session: this worker has no run");
    }
    await store(await context.board(), runId, session_id);
    return { run_id: runId };
  },
});
