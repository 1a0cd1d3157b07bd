// Owns: forgetting the logs and transcripts of workers that ended long ago.

import { listFiles, removeFile } from "../platform/file_keeping.ts";
import { joinPath } from "../platform/paths.ts";

/** `<task>.log`, its older generation, `<task>.<run>.jsonl`, and what a killed worker left of its other files. */
const logName = /^(.+?)\.(?:log(?:\.1)?|\d+\.(?:jsonl|exit\.json|mcp\.json|prompt\.md))$/;

/**
 * Deletes the logs in `logsRoot` that nobody has written to for `days` days; those of running tasks stay, and so
 * does whatever is no log.
 *
 * @param running ids of the tasks that run now.
 * @param now epoch seconds.
 * @returns how many files were deleted.
 * @throws HermesError `io`.
 */
export async function removeOldLogs(
  logsRoot: string,
  running: readonly string[],
  days: number,
  now: number,
): Promise<number> {
  const busy = new Set(running);
  let removed = 0;
  for (const { name, changedAt } of await listFiles(logsRoot)) {
    const task = logName.exec(name)?.[1];
    if (task === undefined || busy.has(task) || changedAt > now - days * 86_400) continue;
    if (await removeFile(joinPath(logsRoot, name))) removed++;
  }
  return removed;
}
