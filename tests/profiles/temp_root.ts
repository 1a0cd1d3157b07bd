// Owns: a throw-away home with profiles in it.

import { dirname, join } from "node:path";
import { resolvePaths } from "../../src/config/paths.ts";
import type { Paths } from "../../src/config/paths.ts";

/** Runs `body` with the paths of an empty home that is removed afterwards. */
export async function withRoot(body: (paths: Paths) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir({ prefix: "hermes profiles " });
  try {
    await body(resolvePaths({ HERMES_HOME: root }));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

/** Writes a file below `base`, making its folders. */
export async function put(base: string, path: string, text: string): Promise<void> {
  const file = join(base, path);
  await Deno.mkdir(dirname(file), { recursive: true });
  await Deno.writeTextFile(file, text);
}
