// Owns: the demo's own home — its configuration, its profiles, its environment — and removing it again.

import { resolvePaths } from "../../config/paths.ts";
import type { Paths } from "../../config/paths.ts";
import { envNames } from "../../config/env_names.ts";
import { ensureDir, removeTreeInside, writeTextAtomic } from "../../platform/files.ts";
import { absolutePath, joinPath, parentPath } from "../../platform/paths.ts";
import { makeTempDir } from "../../platform/temp_dir.ts";
import { createProfile } from "../../profiles/create.ts";
import { writeProfileCard } from "../../profiles/profile_file.ts";
import { orchestratorDescription, team } from "./cast.ts";

/** A home in which the demo runs; nothing outside of it is read or written. */
export interface DemoHome {
  /** `HERMES_HOME`, absolute, links followed. */
  root: string;
  paths: Paths;
  /** The environment of the gateway and of all it starts. */
  env: Record<string, string>;
  /** Output of the gateway. */
  gatewayLog: string;
}

/**
 * Makes a home for the demo in the machine's place for temporary files.
 *
 * @param modelUrl address of the rehearsal model, ending with `/v1`.
 * @param userEnv the environment the demo was started in.
 * @throws HermesError `io`.
 */
export async function createDemoHome(
  modelUrl: string,
  userEnv: Record<string, string>,
): Promise<DemoHome> {
  const root = await makeTempDir("hermes-demo-");
  const env = demoEnvironment(userEnv, root);
  const paths = resolvePaths(env);
  try {
    await ensureDir(paths.profilesDir);
    for (const member of team) await createProfile(paths, member);
    await writeProfileCard(root, { description: orchestratorDescription, descriptionAuto: false });
    await writeTextAtomic(paths.configFile, configText(modelUrl));
  } catch (thrown) {
    await removeDemoHome({ root });
    throw thrown;
  }
  return { root, paths, env, gatewayLog: joinPath(root, "gateway.log") };
}

/** Deletes the home with all it holds. */
export async function removeDemoHome({ root }: Pick<DemoHome, "root">): Promise<void> {
  await removeTreeInside(parentPath(root), root);
}

/** The user's environment without anything that would lead out of the demo's home. */
export function demoEnvironment(
  userEnv: Record<string, string>,
  root: string,
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(userEnv)) {
    if (!name.startsWith("HERMES_")) env[name] = value;
  }
  const program = userEnv[envNames.bin];
  if (program) env[envNames.bin] = absolutePath(program);
  env[envNames.home] = root;
  // A proxy could not reach a model that listens on this machine only.
  const direct = [userEnv["NO_PROXY"] ?? userEnv["no_proxy"], "127.0.0.1"].filter(Boolean);
  env["NO_PROXY"] = env["no_proxy"] = direct.join(",");
  return env;
}

function configText(modelUrl: string): string {
  return `# Written by hermes demo.
model:
  provider: custom
  default: rehearsal
  base_url: ${modelUrl}
kanban:
  orchestrator_profile: default
  default_assignee: writer
`;
}
