// Owns: what an agent is equipped with: its model, persona, skills, environment and secrets.

import type { Log } from "../base/log.ts";
import { envValue } from "../config/env_names.ts";
import { loadConfig } from "../config/load.ts";
import type { Paths } from "../config/paths.ts";
import type { Config } from "../config/schema.ts";
import { createModelClient } from "../llm/client.ts";
import type { ModelClient } from "../llm/messages.ts";
import { type ModelSettings, resolveModel } from "../llm/model_settings.ts";
import { readTextIfExists } from "../platform/files.ts";
import { loadSkills } from "../profiles/skills.ts";
import type { PromptSkill } from "./prompt.ts";

/** What is known before an agent is equipped. */
export interface EquipmentRequest {
  paths: Paths;
  env: Record<string, string>;
  /** Names of the skills that go into the prompt, in order. */
  skills: readonly string[];
  /** Model used instead of the configured one. */
  model?: string;
  log: Log;
}

/** What an agent works with. */
export interface Equipment {
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
  const { env, paths, log } = request;
  const { config, warnings } = await loadConfig({
    file: paths.configFile,
    profileFile: paths.profileConfigFile,
    env,
  });
  for (const warning of warnings) log.warn(warning);
  if (request.model !== undefined) config.model.default = request.model;
  const settings = resolveModel(config, env);
  return {
    profile: paths.profile,
    config,
    settings,
    persona: await readTextIfExists(`${paths.profileHome}/SOUL.md`),
    skills: await loadSkills(paths, paths.profile, request.skills),
    client: createModelClient(settings, { log }),
    agent: withTerminalTimeout(config.agent, env),
    commandEnv: commandEnvironment(env, settings),
    secrets: settings.apiKey ? [settings.apiKey] : [],
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

/** What commands inherit: everything but the variable that holds the provider's key. */
function commandEnvironment(
  env: Record<string, string>,
  settings: ModelSettings,
): Record<string, string> {
  const { [settings.apiKeyEnv]: _key, ...rest } = env;
  return rest;
}
