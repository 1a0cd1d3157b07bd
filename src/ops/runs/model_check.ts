// Owns: the operation `model-check`.

import * as z from "zod";
import { loadConfig } from "../../config/load.ts";
import { getProfile } from "../../profiles/roster.ts";
import { defineOp, type OutputOf } from "../define.ts";

const maybe = z.string().nullable();

export const modelCheck = defineOp({
  name: "model-check",
  group: "kanban",
  summary: "Ask the configured model for one word: does it answer?",
  actors: ["human", "system"],
  input: z.object({
    profile: z.string().optional().describe("Whose model; without it the common one"),
  }),
  output: z.object({
    ok: z.boolean(),
    provider: maybe,
    model: maybe,
    base_url: maybe.describe("Address that was asked"),
    seconds: z.number().nullable().describe("Until the answer came"),
    reason: z.string().describe("Why not; empty when ok"),
    remedy: z.string(),
    config_file: z.string().describe("Where the model is configured, absolute"),
  }),
  http: { method: "POST", path: "/model-check" },
  async run(context, { profile }) {
    const { paths, env, clock, log } = context;
    const profileFile = profile === undefined
      ? undefined
      : `${(await getProfile(paths, profile)).home}/config.yaml`;
    // Read afresh: somebody may just have written the lines.
    const { config } = await loadConfig({ file: paths.configFile, profileFile, env });
    const { checkModel } = await import("../../profiles/model_check.ts");
    const { baseUrl, ...found } = await checkModel({ config, env, clock, log });
    return { ...found, base_url: baseUrl, config_file: profileFile ?? paths.configFile };
  },
});

export type ModelCheckOutput = OutputOf<typeof modelCheck>;
