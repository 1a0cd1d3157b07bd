// Owns: where a worker's output goes.

import { HermesError } from "../base/errors.ts";
import { ensureDir, rotateIfLarger } from "../platform/files.ts";
import { joinPath } from "../platform/paths.ts";

/** The log of a task; all its attempts append to it. @throws HermesError `invalid`, see {@link fileId}. */
export function logPath(logsRoot: string, taskId: string): string {
  return joinPath(logsRoot, `${fileId(taskId)}.log`);
}

/**
 * An id as a part of a file's name. Ids come from the board's file, which other programs write too.
 *
 * @throws HermesError `invalid` for one that would lead into another folder.
 */
export function fileId(taskId: string): string {
  if (!/[\\/\0]/.test(taskId)) return taskId;
  throw new HermesError("invalid", `Cannot find files of task "${taskId}": the id is no file name`);
}

/** Makes room for a new attempt: the folder exists, an overlong log becomes `.log.1`. */
export async function prepareLog(
  logsRoot: string,
  taskId: string,
  rotateBytes: number,
): Promise<string> {
  await ensureDir(logsRoot);
  const path = logPath(logsRoot, taskId);
  await rotateIfLarger(path, rotateBytes);
  return path;
}
