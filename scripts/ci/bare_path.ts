// Owns: a PATH on which everything of this machine is found except JavaScript runtimes.

import { join } from "node:path";

const runtimes = /^(deno|denort|node|nodejs|npm|npx|corepack|yarn|pnpm|bun|bunx)$/;

/** Fills `dir` with a link to every program on `path` but the runtimes; `dir` is then a PATH. */
export async function makeBarePath(dir: string, path: string): Promise<void> {
  await Deno.mkdir(dir, { recursive: true });
  const linked = new Set<string>();
  for (const source of path.split(":").filter((part) => part !== "")) {
    for (const name of await namesIn(source)) {
      if (linked.has(name) || runtimes.test(name)) continue;
      linked.add(name);
      await Deno.symlink(join(source, name), join(dir, name));
    }
  }
}

async function namesIn(dir: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(dir))).map((entry) => entry.name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return [];
    }
    throw error;
  }
}
