// Owns: which environment variables hold the API keys that a configuration resolves to.

import { providers } from "./providers.ts";
import type { Config } from "./schema.ts";

/** A model as far as its key matters. */
interface KeyHolder {
  provider: string;
  base_url: string;
  api_key_env: string;
}

/**
 * Names of the variables from which the models of `config` take their keys: the ones it names, else the ones that
 * are customary for its providers. A provider's customary key is not for another endpoint that uses its name.
 *
 * @param further providers chosen elsewhere, such as for one task.
 */
export function keyVariables(
  config: Pick<Config, "model" | "auxiliary">,
  further: readonly string[] = [],
): string[] {
  const chosen = further.map((provider) => ({ provider, base_url: "", api_key_env: "" }));
  const holders = [config.model, ...Object.values(config.auxiliary), ...chosen];
  return [...new Set(holders.map(variableOf).filter((name) => name !== ""))];
}

/** {@link keyVariables}, and the customary ones of every provider: no command has a use for them. */
export function allKeyVariables(config: Pick<Config, "model" | "auxiliary">): string[] {
  return [...new Set([...keyVariables(config), ...keyVariables(config, Object.keys(providers))])];
}

function variableOf({ provider: name, base_url, api_key_env }: KeyHolder): string {
  if (api_key_env !== "") return api_key_env;
  const provider = Object.hasOwn(providers, name) ? providers[name] : undefined;
  const isOwnEndpoint = base_url === "" || base_url.replace(/\/+$/, "") === provider?.baseUrl;
  return provider && isOwnEndpoint ? provider.apiKeyEnv : "";
}
