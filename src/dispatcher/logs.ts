// Owns: where a worker's output goes.

import { ensureDir, rotateIfLarger } from "../platform/files.ts";
import { joinPath } from "../platform/paths.ts";

/** The log of a task; all its attempts append to it. */
export function logPath(logsRoot: string, taskId: string): string {
  return joinPath(logsRoot, `${taskId}.log`);
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
