// Owns: keeping the file tools inside the workspace.

import { HermesError } from "../../base/errors.ts";
import { readHead } from "../../platform/file_head.ts";
import { isInside, readTextIfExists, realPathOf } from "../../platform/files.ts";
import { lookAt } from "../../platform/file_tree.ts";
import { isAbsolutePath } from "../../platform/paths.ts";

/** Largest file a tool reads whole, in bytes. */
export const largestFileBytes = 8 * 1024 * 1024;

/**
 * The real path of `path`, which is relative to the workspace `root` or absolute inside it. Links are
 * followed before the comparison, so neither `..` nor a link leads out.
 *
 * @throws HermesError `forbidden` when it leads outside.
 */
export async function confine(root: string, path: string): Promise<string> {
  const asked = isAbsolutePath(path) ? path : `${root}/${path}`;
  if (!path.includes("\0") && await isInside(root, asked)) return await realPathOf(asked);
  throw new HermesError(
    "forbidden",
    `Cannot use path "${path}": it lies outside the workspace "${root}"`,
    { remedy: `Use a path below ${root}.` },
  );
}

/** What may be read: the workspace, and a few places outside of it. */
export interface Reach {
  root: string;
  /** Absolute folders and files; asked at every call. */
  readable(): readonly string[];
}

/** {@link confine} for reading, which may also go to the readable places. */
export async function confineReading(reach: Reach, path: string): Promise<string> {
  if (isAbsolutePath(path) && !path.includes("\0")) {
    for (const place of reach.readable()) {
      if (await isInside(place, path)) return await realPathOf(path);
    }
  }
  return await confine(reach.root, path);
}

/**
 * The text of a file in the workspace.
 *
 * @throws HermesError `not_found`, `forbidden`, or `invalid` for folders, binary and huge files.
 */
export async function readWorkspaceText(root: string, path: string): Promise<string> {
  return await readTextAt(await confine(root, path), path);
}

/**
 * The text of the file at `real`, an allowed path; errors name it as `path`.
 *
 * @throws HermesError `not_found`, or `invalid` for folders, binary and huge files.
 */
export async function readTextAt(real: string, path: string): Promise<string> {
  const found = await lookAt(real);
  if (!found) {
    throw new HermesError("not_found", `Cannot read file "${path}": there is no such file`, {
      remedy: "List the folder to see what is there.",
    });
  }
  if (found.kind !== "file") throw unreadable(path, "it is not a file");
  if (found.size > largestFileBytes) {
    throw unreadable(path, `it has ${found.size} bytes, more than ${largestFileBytes}`);
  }
  if (looksBinary(real)) throw unreadable(path, "it is a binary file");
  return await readTextIfExists(real) ?? "";
}

/** True when the first 8 KiB of a file hold a NUL byte. */
export function looksBinary(path: string): boolean {
  return readHead(path, 8192)?.includes(0) ?? false;
}

function unreadable(path: string, reason: string): HermesError {
  return new HermesError("invalid", `Cannot read file "${path}": ${reason}`, {
    remedy: "Use the terminal tool for it.",
  });
}
