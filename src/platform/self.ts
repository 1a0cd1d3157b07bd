// Owns: how this program starts itself again.

import { fromFileUrl, isAbsolutePath, joinPath, workingDir } from "./paths.ts";
import { readEnv } from "./env.ts";

/** True in a compiled binary, false when Deno runs the source or a bundle of it. */
export function isStandalone(): boolean {
  return Deno.build.standalone;
}

/**
 * The words that start this program again, to be followed by its arguments: the program named by
 * `HERMES_BIN` when that is set, the binary itself when compiled, else Deno with the main module.
 */
export function selfCommand(): string[] {
  const named = readEnv("HERMES_BIN");
  if (named) return [isAbsolutePath(named) ? named : joinPath(workingDir(), named)];
  if (isStandalone()) return [Deno.execPath()];
  return [Deno.execPath(), "run", "-A", "--quiet", mainModule()];
}

function mainModule(): string {
  const bundled = !import.meta.url.endsWith("/src/platform/self.ts");
  const main = bundled || Deno.mainModule.endsWith("/main.ts")
    ? Deno.mainModule
    : new URL("../../main.ts", import.meta.url).href;
  return main.startsWith("file:") ? fromFileUrl(main) : main;
}
