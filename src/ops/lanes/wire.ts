// Owns: lanes as operations answer with them.

import * as z from "zod";
import type { Lane } from "../../lanes/manifest.ts";

const words = z.array(z.string());

export const laneSchema = z.object({
  name: z.string(),
  command: words,
  args: words.describe("With placeholders; what may be left out stands in brackets"),
  prompt: z.string().describe("How the task reaches the program: argument, stdin or file"),
  tools: z.boolean().describe("Whether the program is given the board's tools"),
  on_success: z.string().describe("What exit 0 means when the task is still open"),
  nudges: z.number(),
  resumes: z.boolean().describe("Whether a later attempt goes on with the conversation"),
  reads: words.describe("What is read from its output"),
  inherits: words.describe("Variables of the gateway's environment it gets"),
  install: z.string(),
});

export function viewLane(lane: Lane): z.input<typeof laneSchema> {
  const { output } = lane;
  const all = [...lane.args, ...lane.extra_args];
  const reads = Object.entries(output)
    .filter(([, rules]) => Array.isArray(rules) && rules.length > 0)
    .map(([field]) => field);
  return {
    name: lane.name,
    command: lane.command,
    args: all.map((arg) => typeof arg === "string" ? arg : `[${arg.join(" ")}]`),
    prompt: lane.prompt,
    tools: lane.mcp !== undefined,
    on_success: lane.on_success,
    nudges: lane.nudges,
    resumes: JSON.stringify(all).includes("{session}"),
    reads,
    inherits: lane.inherit,
    install: lane.install,
  };
}
