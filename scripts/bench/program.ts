// Owns: the program under measurement as people start it: from source, and compiled when it is built.

import { join } from "node:path";
import { projectRoot } from "../project.ts";

/** A way to start the program. */
export interface Program {
  /** How the table names it. */
  name: "source" | "compiled";
  argv: string[];
}

/** What to do when a program does not run. */
export const rebuildRemedy =
  "When dist/hermes is older than the source, build it anew with: deno task compile";

const binary = join(projectRoot, "dist", "hermes");

/** The source, and `dist/hermes` when it is there. */
export async function programs(): Promise<Program[]> {
  const source = [Deno.execPath(), "run", "-A", "--quiet", join(projectRoot, "main.ts")];
  const found: Program[] = [{ name: "source", argv: source }];
  const compiled = await Deno.stat(binary).then((info) => info.isFile, () => false);
  if (compiled) found.push({ name: "compiled", argv: [binary] });
  return found;
}

/** The environment of a program that is measured: this process's own, with a home of its own. */
export function programEnvironment(home: string): Record<string, string> {
  const env = Deno.env.toObject();
  for (const name of Object.keys(env)) if (name.startsWith("HERMES_")) delete env[name];
  return { ...env, HERMES_HOME: home };
}
