// Owns: which file of the project a path names, and which room that file belongs to.

import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { rooms } from "./rooms.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replaceAll("\\", "/");

/** `path` relative to the project root, with forward slashes; null when it lies outside. */
export function projectPath(path: string): string | null {
  const plain = (path.startsWith("file:") ? fileURLToPath(path) : path).replaceAll("\\", "/");
  return plain.startsWith(root) ? plain.slice(root.length) : null;
}

/** The room a project path belongs to; null for files outside `src` and `main.ts`. */
export function roomOf(path: string): string | null {
  if (path === "main.ts") return "main";
  const parts = path.split("/");
  if (parts[0] !== "src" || parts.length < 3) return null;
  const nested = `${parts[1]}/${parts[2]}`;
  return nested in rooms ? nested : parts[1]!;
}

/** The project path a relative `specifier` in the file `from` names. */
export function resolveSpecifier(from: string, specifier: string): string {
  return posix.normalize(posix.join(posix.dirname(from), specifier));
}
