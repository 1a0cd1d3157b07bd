// Owns: from configuration to everything needed to call a model, or a clear word on what is missing.

import { HermesError } from "../base/errors.ts";
import { suggest } from "../base/suggest.ts";
import { envValue } from "../config/env_names.ts";
import type { Environment } from "../config/env_names.ts";
import { providers } from "../config/providers.ts";
import type { Provider } from "../config/providers.ts";
import type { AuxiliarySlot, Config } from "../config/schema.ts";

/** A model that can be called. */
export interface ModelSettings {
  provider: string;
  model: string;
  baseUrl: string;
  /** Empty when the endpoint wants none. */
  apiKey: string;
  /** Name of the variable the key came from or would come from; empty when there is none. */
  apiKeyEnv: string;
  /** Seconds per attempt. */
  timeoutSeconds: number;
  /** Retries after the first attempt. */
  maxRetries: number;
  /** Fields added to the body of every request. */
  extraBody: Record<string, unknown>;
}

interface Choice {
  provider: string;
  model: string;
  base_url: string;
  api_key: string;
  api_key_env: string;
}

/**
 * The main model, or the model of an auxiliary `slot`. Empty fields of a slot fall back to the main
 * model, except that a key never goes to another endpoint than the one it was configured for.
 *
 * @throws HermesError `unavailable` naming what is missing and the lines to add.
 */
export function resolveModel(
  config: Pick<Config, "model" | "auxiliary" | "agent">,
  env: Environment,
  slot?: AuxiliarySlot,
): ModelSettings {
  const { default: model, ...rest } = config.model;
  const main: Choice = { ...rest, model };
  const auxiliary = slot ? config.auxiliary[slot] : undefined;
  const choice = auxiliary ? slotChoice(main, auxiliary) : main;
  const section = auxiliary && !sharesEndpoint(main, auxiliary) ? `auxiliary.${slot}` : "model";
  const incomplete = (reason: string, remedy: string) => unusable(slot, reason, remedy);

  const name = isAuto(choice.provider) ? (choice.base_url ? "custom" : "") : choice.provider;
  if (!name) throw incomplete("no provider is set", twoLines(section, model));
  const provider = Object.hasOwn(providers, name) ? providers[name] : undefined;
  if (!provider) throw incomplete(`provider "${name}" is unknown`, providerHint(section, name));
  if (!choice.model) throw incomplete("no model is set", twoLines(section, model, name));
  const baseUrl = (choice.base_url || provider.baseUrl).replace(/\/+$/, "");
  if (!/^https?:\/\/./.test(baseUrl)) {
    throw incomplete(
      baseUrl ? `"${baseUrl}" is no http address` : `provider "${name}" has no endpoint of its own`,
      `Set ${section}.base_url in config.yaml, for example http://127.0.0.1:8000/v1`,
    );
  }
  return {
    provider: name,
    model: choice.model,
    baseUrl,
    ...keyFor(choice, provider, env, incomplete, section),
    timeoutSeconds: auxiliary?.timeout ?? config.agent.request_timeout_seconds,
    maxRetries: config.agent.max_retries,
    extraBody: auxiliary?.extra_body ?? {},
  };
}

/** Another choice of model, such as a task makes; null parts stay as they are configured. */
export interface ModelOverride {
  name: string | null;
  provider: string | null;
}

/**
 * The main model as `override` changes it. Another provider brings its own endpoint: an address or a key that
 * was configured for the usual one is not used with it.
 */
export function withOverride(main: Config["model"], override: ModelOverride): Config["model"] {
  const { name, provider } = override;
  const chosen = { ...main, default: name ?? main.default };
  if (provider === null || provider === main.provider) return chosen;
  return { ...chosen, provider, base_url: "", api_key: "", api_key_env: "" };
}

function slotChoice(main: Choice, slot: Choice): Choice {
  const model = slot.model || main.model;
  if (!sharesEndpoint(main, slot)) return { ...slot, model };
  const { api_key, api_key_env } = slot.api_key || slot.api_key_env ? slot : main;
  return { ...main, model, api_key, api_key_env };
}

function sharesEndpoint(main: Choice, slot: Choice): boolean {
  const sameProvider = isAuto(slot.provider) || slot.provider === main.provider;
  return sameProvider && (slot.base_url === "" || slot.base_url === main.base_url);
}

function isAuto(provider: string): boolean {
  return provider === "" || provider === "auto";
}

function keyFor(
  choice: Choice,
  provider: Provider,
  env: Environment,
  incomplete: (reason: string, remedy: string) => HermesError,
  section: string,
): Pick<ModelSettings, "apiKey" | "apiKeyEnv"> {
  if (choice.api_key) return { apiKey: choice.api_key, apiKeyEnv: "" };
  // A provider's customary key must not leak to an endpoint that merely uses its name.
  const isOwnEndpoint = !choice.base_url || choice.base_url === provider.baseUrl;
  const apiKeyEnv = choice.api_key_env || (isOwnEndpoint ? provider.apiKeyEnv : "");
  const apiKey = apiKeyEnv ? envValue(env, apiKeyEnv) ?? "" : "";
  const expected = choice.api_key_env !== "" || (provider.needsKey && isOwnEndpoint);
  if (!apiKey && expected) {
    throw incomplete(
      `the API key is missing: environment variable ${apiKeyEnv} is not set`,
      `Set ${apiKeyEnv}, or name another variable in ${section}.api_key_env`,
    );
  }
  return { apiKey, apiKeyEnv };
}

function unusable(
  slot: AuxiliarySlot | undefined,
  reason: string,
  remedy: string,
): HermesError {
  const what = slot ? `Cannot use auxiliary model "${slot}"` : "Cannot use the main model";
  const lead = slot ? "no auxiliary client configured, " : "";
  return new HermesError("unavailable", `${what}: ${lead}${reason}`, {
    remedy,
    details: slot ? { slot } : {},
  });
}

function twoLines(section: string, model: string, provider = "ollama"): string {
  const key = section === "model" ? "default" : "model";
  const name = model || "<model name>";
  return `Add to config.yaml, below "${section}": "provider: ${provider}" and "${key}: ${name}"`;
}

function providerHint(section: string, name: string): string {
  const known = Object.keys(providers);
  const close = suggest(name, known);
  return close
    ? `Did you mean "${close}"? Correct ${section}.provider in config.yaml`
    : `Set ${section}.provider in config.yaml to one of: ${known.join(", ")}`;
}
