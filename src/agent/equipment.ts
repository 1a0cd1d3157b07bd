// Owns: what an agent is equipped with: its model, persona, skills, environment and secrets.

import type { Log } from "../base/log.ts";
import { envNames, envValue, terminalDepth } from "../config/env_names.ts";
import { allKeyVariables } from "../config/key_variables.ts";
import { loadConfig } from "../config/load.ts";
import type { Paths } from "../config/paths.ts";
import type { Config } from "../config/schema.ts";
import { createModelClient } from "../llm/client.ts";
import type { ModelClient } from "../llm/messages.ts";
import {
  type ModelOverride,
  type ModelSettings,
  resolveModel,
  withOverride,
} from "../llm/model_settings.ts";
import { readTextIfExists } from "../platform/files.ts";
import { profileEnvFiles } from "../profiles/env_file.ts";
import { looksLikeSecret } from "../profiles/inherited.ts";
import { budgetSkills, type PromptSkill } from "../profiles/skill_budget.ts";
import { builtInSkills, loadSkills, visibleSkills } from "../profiles/skills.ts";
import { toolsetWarnings } from "../profiles/toolsets.ts";
import type { ToolRights } from "./offered_tools.ts";
import type { AgentTool } from "./tool.ts";
import { skillViewTool } from "./tools/skill_view.ts";

/** What is known before an agent is equipped. */
export interface EquipmentRequest {
  paths: Paths;
  env: Record<string, string>;
  /** Names of the skills that go into the prompt, in order. */
  skills: readonly string[];
  /** Model used instead of the configured one. */
  model?: string;
  /** What the task says about its model. */
  override?: ModelOverride;
  log: Log;
}

/** What an agent works with. */
export interface Equipment extends ToolRights {
  profile: string;
  config: Config;
  settings: ModelSettings;
  /** Text of the profile's SOUL.md; null when it has none. */
  persona: string | null;
  skills: readonly PromptSkill[];
  client: ModelClient;
  /** Limits, with the time commands may take. */
  agent: Config["agent"];
  /** The whole environment of commands the model runs. */
  commandEnv: Record<string, string>;
  /** Values never written anywhere, such as the provider's key. */
  secrets: readonly string[];
}

/**
 * Gathers what the profile of `paths` works with. Oddities of the configuration are logged.
 *
 * @throws HermesError when the configuration, the model or a skill is missing or unusable.
 */
export async function equip(request: EquipmentRequest): Promise<Equipment> {
  const { paths, log } = request;
  const files = await profileEnvFiles(paths.root, paths.profile);
  for (const name of files.ignored) log.warn(`Variable ${name} in .env is ignored: hermes sets it`);
  const env = { ...request.env, ...files.values };
  const { config, warnings } = await loadConfig({
    file: paths.configFile,
    profileFile: paths.profileConfigFile,
    env,
  });
  for (const warning of [...warnings, ...toolsetWarnings(config.toolsets)]) log.warn(warning);
  if (request.model !== undefined) config.model.default = request.model;
  if (request.override) config.model = withOverride(config.model, request.override);
  const settings = resolveModel(config, env);
  return {
    profile: paths.profile,
    config,
    settings,
    persona: await readTextIfExists(`${paths.profileHome}/SOUL.md`),
    ...await skillsFor(paths, request.skills),
    toolsets: config.toolsets,
    client: createModelClient(settings, { log }),
    agent: withTerminalTimeout(config.agent, env),
    commandEnv: {
      ...commandEnvironment(env, [settings.apiKeyEnv, ...allKeyVariables(config)]),
      ...terminalMark(env),
    },
    secrets: secretsAmong(files.values, settings),
  };
}

/** A command may not outlive the run: the dispatcher says how long that leaves. */
function withTerminalTimeout(
  agent: Config["agent"],
  env: Record<string, string>,
): Config["agent"] {
  const left = Number(envValue(env, "TERMINAL_TIMEOUT"));
  if (!Number.isFinite(left) || left < 1) return agent;
  const seconds = Math.min(agent.terminal_timeout_seconds, Math.floor(left));
  return { ...agent, terminal_timeout_seconds: seconds };
}

/** What commands inherit: everything but the variables that hold providers' keys. */
function commandEnvironment(
  env: Record<string, string>,
  keyVariables: readonly string[],
): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !keyVariables.includes(name)));
}

/** Tells the commands of a worker that a model runs them, and how many agents stand between them and the board. */
function terminalMark(env: Record<string, string>): Record<string, string> {
  if (envValue(env, envNames.kanbanTask) === undefined) return {};
  return { [envNames.kanbanTerminal]: String(terminalDepth(env) + 1) };
}

/** Values short enough to occur by chance are no use as something to look for. */
const shortestSecret = 8;

function secretsAmong(values: Record<string, string>, { apiKey }: ModelSettings): string[] {
  const named = Object.entries(values).flatMap(([name, value]) =>
    looksLikeSecret(name) && value.length >= shortestSecret ? [value] : []
  );
  return [...new Set([...apiKey ? [apiKey] : [], ...named])];
}

/** The skills that were asked for and what else is installed, and a tool for those that do not fit the prompt. */
async function skillsFor(
  paths: Paths,
  names: readonly string[],
): Promise<{ skills: PromptSkill[]; skillTool: AgentTool | null }> {
  const asked = await loadSkills(paths, paths.profile, names);
  // What comes with hermes is about the board: the guidance of those who work with it holds the essentials.
  const installed = (await visibleSkills(paths, paths.profile))
    .filter((skill) => !Object.hasOwn(builtInSkills, skill.name));
  const skills = budgetSkills(asked, installed);
  const isComplete = skills.every((skill) => skill.body !== null) && installed.length === 0;
  const load = async (name: string) => (await loadSkills(paths, paths.profile, [name]))[0]!;
  return { skills, skillTool: isComplete ? null : skillViewTool(load) };
}
