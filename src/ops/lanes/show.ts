// Owns: the operation `lanes show`.

import * as z from "zod";
import { defineOp, type OutputOf } from "../define.ts";
import { laneSchema, viewLane } from "./wire.ts";

export const lanesShow = defineOp({
  name: "show",
  group: "lanes",
  summary: "Show how a profile's worker is started, fed and read",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({ profile: z.string().describe("Name of a profile, or of a lane") }),
  output: z.object({
    profile: z.string().nullable(),
    lane: laneSchema.nullable().describe("Null for the built-in agent"),
    name: z.string(),
    file: z.string().nullable().describe("Where it is said"),
    path: z.string().nullable().describe("The program on this machine"),
    version: z.string().nullable(),
  }),
  http: { method: "GET", path: "/lanes/:profile" },
  cli: {
    args: ["profile"],
    examples: ["hermes lanes show writer", "hermes lanes show claude --json"],
  },
  async run(context, { profile: word }) {
    const [{ laneFor }, { checkProgram }] = await Promise.all([
      import("./lane_choice.ts"),
      import("../../dispatcher/lane_check.ts"),
    ]);
    const { profile, name, lane, file } = await laneFor(context, word);
    const check = lane === null ? null : await checkProgram(lane, context.host.environment());
    return {
      profile,
      name,
      lane: lane === null ? null : viewLane(lane),
      file,
      path: check?.path ?? null,
      version: check?.version ?? null,
    };
  },
});

export type LanesShowOutput = OutputOf<typeof lanesShow>;
