// Owns: whether what a profile's model costs can be known.

import { join } from "node:path";
import { HermesError } from "../base/errors.ts";
import type { Environment } from "../config/env_names.ts";
import { loadConfig } from "../config/load.ts";
import { defaultProfile, profileHomeOf } from "../config/paths.ts";
import type { Paths } from "../config/paths.ts";
import { resolveModel } from "../llm/model_settings.ts";
import { priceBook } from "../llm/price_book.ts";

/** Providers that say with every answer what it cost. */
const tellingProviders: readonly string[] = ["openrouter"];

/**
 * The model of a profile when nobody says what it costs; null when somebody does, or when no model can be
 * called at all, which is another matter.
 *
 * @param override model and provider that a task asks for instead
 */
export async function unpricedModel(
  paths: Pick<Paths, "root" | "configFile">,
  env: Environment,
  profile: string,
  override: { model: string | null; provider: string | null },
): Promise<{ model: string; provider: string } | null> {
  const own = profile === defaultProfile
    ? undefined
    : join(profileHomeOf(paths.root, profile), "config.yaml");
  try {
    const { config } = await loadConfig({ file: paths.configFile, profileFile: own, env });
    const { provider, default: model } = config.model;
    const chosen = {
      ...config.model,
      provider: override.provider ?? provider,
      default: override.model ?? model,
    };
    const settings = resolveModel({ ...config, model: chosen }, env);
    const isKnown = tellingProviders.includes(settings.provider) ||
      priceBook(config.prices, settings)(settings.model) !== null;
    return isKnown ? null : { model: settings.model, provider: settings.provider };
  } catch (thrown) {
    if (thrown instanceof HermesError) return null;
    throw thrown;
  }
}
