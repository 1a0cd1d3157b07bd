// Owns: the operation `profile install`.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { readActiveProfile } from "../../config/active_profile.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { profileSchema, viewProfile } from "./wire.ts";
import { textList } from "../wire.ts";

const templateSchema = z.object({
  name: z.string(),
  description: z.string(),
  toolsets: z.array(z.string()),
  installed: z.boolean().describe("Whether there is a profile of this name"),
});

export const profileInstall = defineOp({
  name: "install",
  group: "profile",
  summary: "Add agents that come with hermes: description, persona, toolsets",
  actors: ["human", "system"],
  input: z.object({
    templates: textList().default([]).describe("Names of the templates"),
    all: z.boolean().default(false).describe("Every template that is not there yet"),
    as: z.string().optional().describe("Name of the new profile, when it is to be another one"),
    list: z.boolean().default(false).describe("Only show the templates"),
  }),
  output: z.object({
    installed: z.array(profileSchema),
    skipped: z.array(z.string()).describe("Profiles that were there already"),
    templates: z.array(templateSchema).describe("With list: what can be installed"),
  }),
  cli: {
    args: ["templates..."],
    fields: { templates: { name: "template" } },
    examples: [
      "hermes profile install --list",
      "hermes profile install researcher writer",
      "hermes profile install writer --as editor",
      "hermes profile install --all",
    ],
  },
  http: [
    {
      method: "GET",
      path: "/profiles/templates",
      omit: ["templates", "all", "as"],
      fixed: { list: true },
      reply: ({ templates }) => ({ templates }),
    },
    {
      method: "POST",
      path: "/profiles/install",
      omit: ["list"],
      reply: ({ installed, skipped }) => ({ ok: true, installed, skipped }),
    },
  ],
  async run(context, input) {
    const { paths } = context;
    const { installTemplate, listTemplates } = await import("../../profiles/templates.ts");
    const existing = new Set(await context.profiles());
    if (input.list) {
      const templates = listTemplates().map((it) => ({ ...it, installed: existing.has(it.name) }));
      return { installed: [], skipped: [], templates };
    }
    checkChoice(input);
    const names = input.all ? listTemplates().map(({ name }) => name) : input.templates;
    const skipped = input.all ? names.filter((name) => existing.has(name)) : [];
    const active = await readActiveProfile(paths.root);
    const installed = [];
    for (const name of names.filter((it) => !skipped.includes(it))) {
      installed.push(viewProfile(await installTemplate(paths, name, input.as), active));
    }
    return { installed, skipped, templates: [] };
  },
});

export type ProfileInstallOutput = OutputOf<typeof profileInstall>;

function checkChoice({ templates, all, as }: { templates: string[]; all: boolean; as?: string }) {
  const refuse = (reason: string) => {
    throw new HermesError("usage", `Cannot install: ${reason}`, {
      remedy: "See what there is: hermes profile install --list",
    });
  };
  if (all && templates.length > 0) refuse("give templates or --all, not both");
  if (!all && templates.length === 0) refuse("no template was named");
  if (as !== undefined && (all || templates.length !== 1)) {
    refuse("--as needs exactly one template");
  }
}
