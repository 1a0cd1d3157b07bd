// Owns: arithmetic on path texts; nothing here looks at the disk.

import { basename, dirname, isAbsolute, join, parse, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** True when `path` does not depend on the working directory. */
export function isAbsolutePath(path: string): boolean {
  return isAbsolute(path);
}

/** The parts joined with the platform's separator, `.` and `..` resolved in the text. */
export function joinPath(...parts: string[]): string {
  return join(...parts);
}

/** `path` made absolute against the working directory, `.` and `..` resolved in the text. */
export function absolutePath(path: string): string {
  return resolve(path);
}

/** The folder that holds `path`. */
export function parentPath(path: string): string {
  return dirname(path);
}

/** The last component of `path`. */
export function lastComponent(path: string): string {
  return basename(path);
}

/** The root (`/`, or a drive) of an absolute path and the components below it. */
export function splitPath(path: string): { root: string; components: string[] } {
  const root = parse(path).root;
  return { root, components: path.slice(root.length).split(sep).filter((part) => part !== "") };
}

/** The path of a `file:` URL. */
export function fromFileUrl(url: string): string {
  return fileURLToPath(url);
}

/** The directory this process was started in or has changed to. */
export function workingDir(): string {
  return Deno.cwd();
}

/** `~` and `~/…` with the tilde replaced by `home`; anything else unchanged. */
export function expandHome(path: string, home: string): string {
  if (path === "~") return home;
  return path.startsWith("~/") ? join(home, path.slice(2)) : path;
}
