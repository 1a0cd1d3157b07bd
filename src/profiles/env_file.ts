// Owns: `.env` — the variables, secrets among them, that a profile's workers and chats get.

import { join } from "node:path";
import { envNames } from "../config/env_names.ts";
import { profileHomeOf } from "../config/paths.ts";
import { readTextIfExists } from "../platform/files.ts";

/** Says where a process belongs; only who starts it knows. */
const notForFiles: ReadonlySet<string> = new Set([
  envNames.home,
  envNames.profile,
  envNames.tenant,
  envNames.runMarker,
]);

/** What a `.env` file holds. */
export interface EnvFile {
  values: Record<string, string>;
  /** Names that were left out because hermes sets them itself. */
  ignored: string[];
}

/**
 * Reads a `.env` file: `NAME=value` lines, comments, quotes, `export`. A missing file is empty.
 *
 * @throws HermesError `io` when it exists but cannot be read.
 */
export async function readEnvFile(path: string): Promise<EnvFile> {
  const text = await readTextIfExists(path);
  const file: EnvFile = { values: {}, ignored: [] };
  if (text === null || !/^[ \t]*[^#\s]/m.test(text)) return file;
  const { parseEnvText } = await import("./env_text.ts");
  for (const [name, value] of Object.entries(parseEnvText(text))) {
    if (notForFiles.has(name) || name.startsWith("HERMES_KANBAN_")) file.ignored.push(name);
    else file.values[name] = value;
  }
  return file;
}

/** The root's `.env` and over it the profile's own. @throws HermesError `io`. */
export async function profileEnvFiles(root: string, profile: string): Promise<EnvFile> {
  const homes = [...new Set([root, profileHomeOf(root, profile)])];
  const files = await Promise.all(homes.map((home) => readEnvFile(join(home, ".env"))));
  return {
    values: Object.assign({}, ...files.map((file) => file.values)),
    ignored: files.flatMap((file) => file.ignored),
  };
}
