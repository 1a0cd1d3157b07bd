// Owns: which files the dashboard is built from, and the stamp that tells whether they changed.

import { createHash } from "node:crypto";
import { join } from "node:path";
import { projectRoot } from "../project.ts";

/** Files outside `dashboard/` that are bundled into it or decide how it is built. */
const others = [
  "deno.json",
  "deno.lock",
  "scripts/dashboard/bundle.ts",
  "src/kernel/lifecycle/transitions.ts",
  "src/kernel/model/status.ts",
];

/** Every file below `dashboard/`, as sorted project paths with forward slashes. */
export async function dashboardFiles(): Promise<string[]> {
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    for await (const entry of Deno.readDir(join(projectRoot, folder))) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory) await walk(path);
      else if (/\.(tsx?|js|css|html|svg|png|json|webmanifest)$/.test(entry.name)) found.push(path);
    }
  };
  await walk("dashboard");
  return found.sort();
}

/** A short text that changes whenever a source file does; costs one `stat` per file. */
export async function sourceStamp(): Promise<string> {
  const hash = createHash("sha256");
  const paths = [...await dashboardFiles(), ...others];
  const stats = await Promise.all(paths.map((path) => Deno.stat(join(projectRoot, path))));
  paths.forEach((path, index) => {
    const { mtime, size } = stats[index]!;
    hash.update(`${path}\0${size}\0${mtime?.getTime() ?? 0}\n`);
  });
  return hash.digest("hex").slice(0, 16);
}
