// Owns: what a lane manifest may say — how a foreign program is started, fed, read and stopped.

import * as z from "zod";
import { unknownPlaceholders } from "./template.ts";

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** Where one fact is found in the output. */
const rule = z.strictObject({
  when: z.record(z.string(), z.union([scalar, z.array(scalar)])).optional()
    .describe("Paths of a JSON object and the values they must have; a list means any of them"),
  take: z.union([z.string(), z.array(z.string()).min(1)]).optional()
    .describe("Path of the value, such as usage.input_tokens; the values of several are added"),
  pattern: z.string().refine(isPattern, "it is no regular expression").optional()
    .describe("Of a JSON value, or else of a line of text; its first group is the value"),
  mode: z.enum(["last", "sum", "append"]).default("last")
    .describe("What several finds make: the last one, their sum, their text joined"),
}).refine(
  (given) => given.when !== undefined || given.take !== undefined || given.pattern !== undefined,
  "it says neither when, take nor pattern",
);

/** Rules in order of preference; one may stand without a list. */
const rules = z.union([rule, z.array(rule)]).default([])
  .transform((given) => Array.isArray(given) ? given : [given]);

const template = z.string().superRefine((given, context) => {
  for (const name of unknownPlaceholders(given)) {
    context.addIssue(`there is no placeholder {${name}}`);
  }
});

const templates = z.record(z.string(), template).default({});

/** A word, or words that are left out together when one of their placeholders has no value. */
const args = z.array(z.union([template, z.array(template).min(1)]));

const words = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)])
  .transform((given) => typeof given === "string" ? [given] : given);

/** The whole of a manifest, besides its name. */
export const manifestSchema = z.strictObject({
  command: words.describe("The program, by name or path, with words that always come first"),
  args: args.default([]).describe("Further words; {extra} and {mcp} mark where those go"),
  extra_args: args.default([]).describe("Words added to those of the lane this one is made from"),
  script: z.string().optional().describe("The text of {script}"),
  prompt: z.enum(["argument", "stdin", "file"]).default("stdin")
    .describe("How the task reaches the program: {prompt}, standard input or {prompt_file}"),
  env: templates.describe("Variables the program gets besides those of its profile"),
  inherit: z.array(z.string()).default([])
    .describe("Variables of the gateway's environment it needs, such as the one with its key"),
  output: z.strictObject({
    format: z.enum(["json_lines", "json", "text"]).default("text"),
    counts: z.enum(["conversation", "session"]).default("conversation")
      .describe("Tokens and cost are those of this start, or of the session since it began"),
    session: rules.describe("Id by which the conversation can be continued"),
    final: rules.describe("The last words: what was done"),
    model: rules,
    input_tokens: rules,
    output_tokens: rules,
    cost_usd: rules,
    failed: rules.describe("A find means failure, whatever the exit status"),
    error: rules.describe("What went wrong"),
    rate_limit: rules.describe("A find means, together with failure, that the provider is busy"),
    retry_at: rules.describe("Epoch second at which the provider can be asked again"),
  }).prefault({}),
  exit_codes: z.strictObject({
    rate_limited: z.array(z.number().int().min(1).max(255)).default([75]),
  }).prefault({}),
  stop: z.strictObject({
    signal: z.enum(["SIGTERM", "SIGINT", "SIGHUP"]).default("SIGTERM"),
    grace_seconds: z.number().min(0).max(60).default(5),
  }).prefault({}),
  mcp: z.strictObject({
    format: z.enum(["mcpServers", "opencode"]).optional()
      .describe("Shape of the file {mcp_config} and of the text {mcp_json}"),
    args: args.default([]),
    env: templates,
  }).optional().describe("How the program is given the board's tools; absent when it cannot be"),
  on_success: z.enum(["complete", "protocol_violation"]).optional()
    .describe("What exit 0 means when the task is still open"),
  nudges: z.number().int().min(0).max(2).optional()
    .describe("How often a conversation that ended with the task open is continued"),
  version: z.array(z.string()).default(["--version"])
    .describe("Words that make the program print its version"),
  install: z.string().default("").describe("How one gets the program"),
});

/** A manifest as it is written. */
export type ManifestInput = z.input<typeof manifestSchema>;

/** Where one fact is found. */
export type Rule = z.output<typeof rule>;

/** How output is read. */
export type OutputSpec = z.output<typeof manifestSchema>["output"];

/** Words with placeholders; a group is left out when one of its placeholders has no value. */
export type ArgTemplate = string | string[];

type Parsed = z.output<typeof manifestSchema>;

/** A lane with nothing left open. */
export interface Lane extends Omit<Parsed, "on_success" | "nudges" | "script"> {
  name: string;
  script: string;
  on_success: NonNullable<Parsed["on_success"]>;
  nudges: number;
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, "i");
    return true;
  } catch {
    return false;
  }
}
