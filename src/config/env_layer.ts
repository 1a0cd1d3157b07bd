// Owns: which environment variables override which configuration keys.

import { envNames, envValue } from "./env_names.ts";
import type { Environment } from "./env_names.ts";
import { keyText } from "./layer.ts";
import type { KeyPath, Layer } from "./layer.ts";

const overrides: { name: string; path: KeyPath; read: (text: string) => unknown }[] = [
  { name: envNames.model, path: ["model", "default"], read: String },
  { name: envNames.modelProvider, path: ["model", "provider"], read: String },
  { name: envNames.modelBaseUrl, path: ["model", "base_url"], read: String },
  { name: envNames.modelApiKeyEnv, path: ["model", "api_key_env"], read: String },
  {
    name: envNames.kanbanDispatchInGateway,
    path: ["kanban", "dispatch_in_gateway"],
    read: readFlag,
  },
  {
    name: envNames.kanbanClaimTtlSeconds,
    path: ["kanban", "claim_ttl_seconds"],
    read: readNumber,
  },
  {
    name: envNames.kanbanRateLimitCooldownSeconds,
    path: ["kanban", "rate_limit_cooldown_seconds"],
    read: readNumber,
  },
  { name: envNames.dashboardPort, path: ["dashboard", "port"], read: readNumber },
];

/** The layer the environment forms, or null when it overrides nothing. */
export function envLayer(env: Environment): Layer | null {
  const values: Record<string, Record<string, unknown>> = {};
  const names = new Map<string, string>();
  for (const { name, path, read } of overrides) {
    const text = envValue(env, name);
    if (text === undefined) continue;
    const [section, key] = path as [string, string];
    (values[section] ??= {})[key] = read(text);
    names.set(keyText(path), name);
  }
  if (names.size === 0) return null;
  return { values, origin: (path) => `environment variable ${names.get(keyText(path))}` };
}

/** Text that is neither yes nor no stays text, so that validation reports it with its origin. */
function readFlag(text: string): unknown {
  if (/^(0|false|no|off)$/i.test(text)) return false;
  return /^(1|true|yes|on)$/i.test(text) ? true : text;
}

function readNumber(text: string): unknown {
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}
