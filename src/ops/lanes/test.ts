// Owns: the operation `lanes test`.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { defineOp, type OutputOf } from "../define.ts";

export const lanesTest = defineOp({
  name: "test",
  group: "lanes",
  summary:
    "Try a profile's lane: success, crash, hang, rate limit, no report, garbage, huge output",
  actors: ["human", "system"],
  input: z.object({ profile: z.string().describe("Name of a profile, or of a lane") }),
  output: z.object({
    profile: z.string().nullable(),
    lane: z.string(),
    program: z.string(),
    path: z.string().nullable().describe("The program on this machine; null when it is not there"),
    version: z.string().nullable(),
    scenarios: z.array(z.object({
      scenario: z.string(),
      about: z.string(),
      ran: z.literal("stand-in").describe("What took the program's place; the rest was real"),
      expected: z.string(),
      got: z.string(),
      passed: z.boolean(),
      problems: z.array(z.string()),
      milliseconds: z.number().int(),
    })),
    passed: z.boolean(),
  }),
  cli: {
    args: ["profile"],
    examples: ["hermes lanes test writer", "hermes lanes test claude --json"],
  },
  async run(context, { profile: word }) {
    const [{ laneFor }, { checkProgram }, { testLane }] = await Promise.all([
      import("./lane_choice.ts"),
      import("../../dispatcher/lane_check.ts"),
      import("../../dispatcher/conformance/kit.ts"),
    ]);
    const { profile, name, lane } = await laneFor(context, word);
    if (lane === null) {
      throw new HermesError(
        "refused",
        `Cannot test lane "${name}": it is the agent inside hermes`,
        {
          remedy: "Watch it work with: hermes demo",
        },
      );
    }
    const { host } = context;
    const check = await checkProgram(lane, host.environment());
    const results = await testLane(lane, {
      selfCommand: () => host.selfCommand(),
      environment: () => host.environment(),
      self: host.self(),
      host: host.hostName(),
    });
    return {
      profile,
      lane: name,
      ...check,
      scenarios: results.map((result) => ({ ...result, ran: "stand-in" as const })),
      passed: results.every(({ passed }) => passed),
    };
  },
});

export type LanesTestOutput = OutputOf<typeof lanesTest>;
