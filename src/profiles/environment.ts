// Owns: the environment in which a profile works: what the machine needs, its own secrets, nobody else's.

import { join } from "node:path";
import { keyVariables } from "../config/key_variables.ts";
import { loadConfig } from "../config/load.ts";
import { profileHomeOf } from "../config/paths.ts";
import { profileEnvFiles } from "./env_file.ts";
import { inheritable } from "./inherited.ts";

/** Whose environment is wanted, and what there is to inherit. */
export interface EnvironmentRequest {
  /** Root folder of the installation. */
  root: string;
  profile: string;
  /** The environment of the process that starts the worker. */
  inherited: Readonly<Record<string, string>>;
  /** Providers chosen besides those of the configuration, such as for one task. */
  providers?: readonly string[];
}

/**
 * The environment of a worker of `profile`: of what is inherited, the harmless variables, those that hold the keys
 * its configuration resolves to, and those it lists in `env_passthrough`; over these the root's `.env`, which all
 * profiles share, and over that the profile's own.
 *
 * @throws HermesError `config` when the profile's configuration cannot be used; `io`.
 */
export async function profileEnvironment(
  { root, profile, inherited, providers = [] }: EnvironmentRequest,
): Promise<Record<string, string>> {
  const files = await profileEnvFiles(root, profile);
  const { config } = await loadConfig({
    file: join(root, "config.yaml"),
    profileFile: join(profileHomeOf(root, profile), "config.yaml"),
    env: inherited,
  });
  const wanted = [...keyVariables(config, providers), ...config.env_passthrough];
  return { ...inheritable(inherited, wanted), ...files.values };
}
