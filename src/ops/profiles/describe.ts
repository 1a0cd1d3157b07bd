// Owns: the operation `profile describe`.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { getProfile, listProfiles } from "../../profiles/roster.ts";
import type { AnsweredCall } from "../../kernel/usage.ts";
import type { OpContext } from "../context.ts";
import { defineStream } from "../define.ts";

const outcomeSchema = z.object({
  ok: z.boolean(),
  profile: z.string(),
  reason: z.string().describe("Why not; empty when ok"),
  description: z.string(),
  description_auto: z.boolean(),
  changed: z.boolean(),
});

export type ProfileDescribeItem = z.input<typeof outcomeSchema>;

export const profileDescribe = defineStream({
  name: "describe",
  group: "profile",
  summary: "Show or write what an agent is good at",
  actors: ["human", "system"],
  input: z.object({
    name: z.string().optional().describe("Name of the profile"),
    text: z.string().optional().describe("The description; an empty one clears it"),
    auto: z.boolean().default(false).describe("Let a model write it"),
    all: z.boolean().default(false).describe("With --auto: every profile without a description"),
    overwrite: z.boolean().default(false).describe("With --auto: replace what a person wrote"),
  }),
  output: outcomeSchema,
  cli: {
    args: ["name"],
    examples: [
      "hermes profile describe writer",
      'hermes profile describe writer --text "Writes and edits prose"',
      "hermes profile describe --all --auto",
    ],
  },
  http: [
    {
      method: "PATCH",
      path: "/profiles/:name",
      rename: { text: "description" },
      omit: ["auto", "all", "overwrite"],
      reply: ({ ok, profile, description }) => ({ ok, profile, description }),
    },
    {
      method: "POST",
      path: "/profiles/:name/describe-auto",
      omit: ["text", "all", "auto"],
      fixed: { auto: true },
      reply: ({ ok, profile, reason, description }) => ({ ok, profile, reason, description }),
    },
  ],
  async *follow(context, input, signal) {
    checkChoice(input);
    const { name = "", text } = input;
    if (text !== undefined) {
      const { setDescription } = await import("../../profiles/describe.ts");
      yield shown(await setDescription(context.paths, name, text), true);
    } else if (input.auto) {
      const names = input.all ? await undescribed(context) : [name];
      for (const [index, each] of names.entries()) {
        const place = names.length > 1 ? ` (${index + 1} of ${names.length})` : "";
        context.host.showProgress?.(`Describing ${each}${place} …`);
        const outcome = await describeOne(context, each, input.overwrite, signal)
          .finally(() => context.host.showProgress?.(null));
        yield outcome;
      }
    } else {
      yield shown(await getProfile(context.paths, name), false);
    }
  },
});

function checkChoice(
  input: { name?: string; text?: string; auto: boolean; all: boolean; overwrite: boolean },
): void {
  const refuse = (reason: string) => {
    throw new HermesError("usage", `Cannot describe: ${reason}`, {
      remedy: "See: hermes profile describe --help",
    });
  };
  const { name, text, auto, all, overwrite } = input;
  if (text !== undefined && (auto || all)) refuse("--text goes with neither --auto nor --all");
  if (all && !auto) refuse("--all needs --auto");
  if (overwrite && !auto) refuse("--overwrite needs --auto");
  if (all && name !== undefined) refuse("give a name or --all, not both");
  if (!all && name === undefined) refuse("no profile was named");
}

async function undescribed(context: OpContext): Promise<string[]> {
  const profiles = await listProfiles(context.paths);
  return profiles.filter((it) => it.description === "").map((it) => it.name);
}

async function describeOne(
  context: OpContext,
  name: string,
  overwrite: boolean,
  signal: AbortSignal,
): Promise<ProfileDescribeItem> {
  const { describeProfile } = await import("../../profiles/describe.ts");
  const { config } = await context.config();
  const { paths, env, log } = context;
  const { callRecorder } = await import("../../kernel/usage.ts");
  const call = { purpose: "describe", taskId: null, profile: name } as const;
  const onUsage = async (used: AnsweredCall) => callRecorder(await context.board(), call)(used);
  const deps = { config, paths, env, log, signal, onUsage };
  const outcome = await describeProfile(deps, name, { overwrite });
  return { ...outcome, description_auto: outcome.ok, changed: outcome.ok };
}

function shown(
  profile: { name: string; description: string; descriptionAuto: boolean },
  changed: boolean,
): ProfileDescribeItem {
  const { name, description, descriptionAuto } = profile;
  return {
    ok: true,
    profile: name,
    reason: "",
    description,
    description_auto: descriptionAuto,
    changed,
  };
}
