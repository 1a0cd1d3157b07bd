// Owns: loading the configuration: default < shared file < profile's file < environment.

import { readTextIfExists } from "../platform/files.ts";
import { defaultConfig } from "./defaults.ts";
import { envLayer } from "./env_layer.ts";
import type { Environment } from "./env_names.ts";
import type { Layer } from "./layer.ts";
import type { Config } from "./schema.ts";

/** Where the configuration comes from. */
export interface ConfigInputs {
  /** The shared `config.yaml`. */
  file: string;
  /** The active profile's `config.yaml`; ignored when it is the shared file. */
  profileFile?: string;
  env: Environment;
}

/** A checked configuration and what is odd about it. */
export interface LoadedConfig {
  config: Config;
  /** One sentence per unknown key. */
  warnings: string[];
}

/**
 * Reads and merges every source. Missing files count as empty; a home without any is served from
 * the defaults without loading the YAML parser or the schema.
 *
 * @throws HermesError `config` when a file is no YAML or holds a value of the wrong type; `io` when
 * a file exists but cannot be read.
 */
export async function loadConfig(inputs: ConfigInputs): Promise<LoadedConfig> {
  return await buildConfig(await readTexts(inputs), inputs.env);
}

/** The text of one configuration file; null when the file does not exist. */
export interface ConfigText {
  file: string;
  text: string | null;
}

/** Reads the configuration files without interpreting them. */
export async function readTexts(inputs: ConfigInputs): Promise<ConfigText[]> {
  const files = [inputs.file];
  if (inputs.profileFile && inputs.profileFile !== inputs.file) files.push(inputs.profileFile);
  return await Promise.all(
    files.map(async (file) => ({ file, text: await readTextIfExists(file) })),
  );
}

/** Interprets texts read before; later ones win, the environment wins over all. */
export async function buildConfig(
  texts: readonly ConfigText[],
  env: Environment,
): Promise<LoadedConfig> {
  const layers: Layer[] = [];
  for (const { file, text } of texts) {
    if (!text?.trim()) continue;
    const { parseYamlLayer } = await import("./yaml_layer.ts");
    layers.push(parseYamlLayer(file, text));
  }
  const overrides = envLayer(env);
  if (overrides) layers.push(overrides);
  if (layers.length === 0) return { config: structuredClone(defaultConfig), warnings: [] };
  const { validateLayers } = await import("./validate.ts");
  return validateLayers(layers);
}
