// Owns: the operations `orchestration` and `set-orchestration`: who plans, who gets what nobody fits.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { suggest } from "../../base/suggest.ts";
import { type ConfigScalar, setConfigValue } from "../../config/edit.ts";
import { loadConfig } from "../../config/load.ts";
import { normalizeProfileName } from "../../profiles/names.ts";
import { resolveRouting } from "../../profiles/resolve.ts";
import type { OpContext } from "../context.ts";
import { defineOp } from "../define.ts";

const orchestrationSchema = z.object({
  orchestrator_profile: z.string().describe("As configured; empty when nobody chose"),
  default_assignee: z.string().describe("As configured; empty when nobody chose"),
  auto_decompose: z.boolean(),
  auto_promote_children: z.boolean(),
  resolved_orchestrator_profile: z.string().describe("Who owns the root of a decomposition"),
  resolved_default_assignee: z.string().describe("Who gets tasks that nobody fits"),
  active_profile: z.string().describe("Whom this process acts as"),
  warning: z.string().optional(),
}).meta({ id: "Orchestration" });

export const orchestrationShow = defineOp({
  name: "orchestration",
  group: "kanban",
  summary: "Show who plans and who gets tasks that nobody fits",
  actors: ["human", "orchestrator", "system"],
  input: z.object({}),
  output: orchestrationSchema,
  cli: { examples: ["hermes kanban orchestration", "hermes kanban orchestration --json"] },
  http: { method: "GET", path: "/orchestration" },
  run: (context) => view(context),
});

export const orchestrationSet = defineOp({
  name: "set-orchestration",
  group: "kanban",
  summary: "Choose who plans and whether triage is split without being asked",
  actors: ["human", "system"],
  input: z.object({
    orchestrator_profile: z.string().optional()
      .describe("Profile that owns the root of a decomposition; an empty text clears it"),
    default_assignee: z.string().optional()
      .describe("Profile for tasks that nobody fits; an empty text clears it"),
    auto_decompose: z.boolean().optional().describe("Decompose triage tasks without being asked"),
    auto_promote_children: z.boolean().optional()
      .describe("Let decomposed children start as soon as their parents allow"),
  }),
  output: orchestrationSchema,
  cli: {
    fields: {
      orchestrator_profile: { flag: "orchestrator" },
      auto_decompose: { hidden: true },
      auto_promote_children: { hidden: true },
    },
    examples: [
      "hermes kanban set-orchestration --orchestrator orchestrator --default-assignee writer",
      'hermes kanban set-orchestration --default-assignee ""',
    ],
  },
  http: { method: "PUT", path: "/orchestration" },
  async run(context, input) {
    const names = await context.profiles();
    const changes: [string, ConfigScalar][] = [];
    for (const key of ["orchestrator_profile", "default_assignee"] as const) {
      const typed = input[key];
      if (typed !== undefined) changes.push([key, knownOrEmpty(key, typed, names)]);
    }
    for (const key of ["auto_decompose", "auto_promote_children"] as const) {
      const value = input[key];
      if (value !== undefined) changes.push([key, value]);
    }
    for (const [key, value] of changes) {
      await setConfigValue(context.paths.configFile, ["kanban", key], value);
    }
    const now = await view(context);
    const overruled = changes.filter(([key, value]) => now[key as keyof typeof now] !== value)
      .map(([key]) => `kanban.${key} in ${context.paths.profileConfigFile} goes before it`);
    return { ...now, ...(overruled.length > 0 ? { warning: overruled.join("\n") } : {}) };
  },
});

export type OrchestrationOutput = z.infer<typeof orchestrationSchema>;

/** Read afresh: it may just have been written. */
async function view(context: OpContext): Promise<OrchestrationOutput> {
  const { paths, env } = context;
  const { config } = await loadConfig({
    file: paths.configFile,
    profileFile: paths.profileConfigFile,
    env,
  });
  const { kanban } = config;
  const routing = resolveRouting(config, await context.profiles(), paths.profile);
  return {
    orchestrator_profile: kanban.orchestrator_profile,
    default_assignee: kanban.default_assignee,
    auto_decompose: kanban.auto_decompose,
    auto_promote_children: kanban.auto_promote_children,
    resolved_orchestrator_profile: routing.orchestrator,
    resolved_default_assignee: routing.defaultAssignee,
    active_profile: paths.profile,
  };
}

/** @throws HermesError `invalid` when there is no such profile. */
function knownOrEmpty(key: string, typed: string, names: readonly string[]): string {
  if (typed.trim() === "") return "";
  const name = normalizeProfileName(typed);
  if (name !== null && names.includes(name)) return name;
  const close = suggest(typed, names);
  throw new HermesError("invalid", `Cannot set ${key} to "${typed}": profile not found`, {
    remedy: close ? `Did you mean "${close}"?` : `Profiles are: ${names.join(", ")}`,
    details: { field: key, profiles: names },
  });
}
