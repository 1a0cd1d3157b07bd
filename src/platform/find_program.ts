// Owns: finding the file that a program's name stands for.

import { isAbsolutePath, joinPath } from "./paths.ts";

/**
 * The file a name stands for: itself when it is a path, else the first of that name in the folders of `path`.
 * Null when there is none that can be run.
 *
 * @param path folders as in the variable PATH
 */
export async function findProgram(name: string, path: string): Promise<string | null> {
  if (isAbsolutePath(name) || /[/\\]/.test(name)) return await isProgram(name) ? name : null;
  const isWindows = Deno.build.os === "windows";
  const endings = isWindows ? ["", ".exe", ".cmd", ".bat"] : [""];
  for (const folder of path.split(isWindows ? ";" : ":")) {
    if (folder === "") continue;
    for (const ending of endings) {
      const file = joinPath(folder, `${name}${ending}`);
      if (await isProgram(file)) return file;
    }
  }
  return null;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    const { isFile, mode } = await Deno.stat(file);
    return isFile && (mode === null || (mode & 0o111) !== 0);
  } catch {
    return false;
  }
}
