// Owns: the operation `lanes list`.

import * as z from "zod";
import { defineOp, type OutputOf } from "../define.ts";

export const lanesList = defineOp({
  name: "list",
  group: "lanes",
  summary: "List the programs that can work as a profile, and which profile works with which",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({}),
  output: z.object({
    lanes: z.array(z.object({
      name: z.string(),
      program: z.string().nullable().describe("Null for the built-in agent"),
      installed: z.boolean(),
      path: z.string().nullable(),
      version: z.string().nullable(),
      tools: z.boolean().describe("Whether it is given the board's tools"),
      install: z.string().nullable().describe("How one gets the program"),
      profiles: z.array(z.string()),
    })),
    problems: z.array(z.object({
      profile: z.string(),
      problem: z.string(),
      remedy: z.string().nullable(),
    })).describe("Profiles whose worker cannot be told from their files"),
  }),
  http: { method: "GET", path: "/lanes" },
  cli: { examples: ["hermes lanes list", "hermes lanes list --json"] },
  async run(context) {
    const [{ builtinManifests }, { builtinLane }, { profileLane }, { readLane }, { checkProgram }] =
      await Promise.all([
        import("../../lanes/builtin.ts"),
        import("../../lanes/builtin_name.ts"),
        import("../../lanes/profile_lane.ts"),
        import("../../lanes/read_lane.ts"),
        import("../../dispatcher/lane_check.ts"),
      ]);
    const env = context.host.environment();
    const used = new Map<string, string[]>();
    const own: { name: string; command: string[]; version: string[]; tools: boolean }[] = [];
    const problems = [];
    for (const profile of await context.profiles()) {
      const choice = await profileLane(context.paths.root, profile);
      if (!choice.ok) {
        const { message, remedy = null } = choice.error;
        problems.push({ profile, problem: message, remedy });
        continue;
      }
      used.set(choice.name, [...used.get(choice.name) ?? [], profile]);
      const isKnown = choice.lane === null || Object.hasOwn(builtinManifests, choice.name) ||
        own.some(({ name }) => name === choice.name);
      if (choice.lane !== null && !isKnown) {
        own.push({ ...choice.lane, tools: choice.lane.mcp !== undefined });
      }
    }
    const known = Object.keys(builtinManifests).map((name) => {
      // A shell lane is nothing without its script, and its program is known all the same.
      const lane = readLane({ lane: name, ...(name === "shell" ? { script: "true" } : {}) }, name);
      return { ...lane!, tools: lane!.mcp !== undefined };
    });
    const builtin = {
      name: builtinLane,
      program: null,
      installed: true,
      path: null,
      version: null,
      tools: true,
      install: null,
      profiles: used.get(builtinLane) ?? [],
    };
    const others = await Promise.all([...known, ...own].map(async (lane) => {
      const { program, path, version } = await checkProgram(lane, env);
      const install = "install" in lane && lane.install !== "" ? String(lane.install) : null;
      return {
        name: lane.name,
        program,
        installed: path !== null,
        path,
        version,
        tools: lane.tools,
        install,
        profiles: used.get(lane.name) ?? [],
      };
    }));
    return { lanes: [builtin, ...others], problems };
  },
});

export type LanesListOutput = OutputOf<typeof lanesList>;
