// Owns: where the project lies, and how a project script ends.

import { fileURLToPath } from "node:url";
import { errorTable, toHermesError } from "../src/base/errors.ts";

/** Absolute path of the project's top folder, without a slash at the end. */
export const projectRoot = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

/** Runs a script's `main` and ends the process with the exit code it gives or its error stands for. */
export async function runScript(name: string, main: () => Promise<number>): Promise<never> {
  try {
    Deno.exit(await main());
  } catch (thrown) {
    const error = toHermesError(thrown);
    console.error(`${name}: ${error.message}`);
    if (error.remedy) console.error(error.remedy);
    if (error !== thrown && thrown instanceof Error) console.error(thrown.stack);
    Deno.exit(errorTable[error.code].exit);
  }
}
