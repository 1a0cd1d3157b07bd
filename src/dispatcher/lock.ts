// Owns: the dispatch lock — one dispatcher per board, over all processes.

import type { BoardPaths } from "../config/paths.ts";
import { ensureDir } from "../platform/files.ts";
import { type HeldLock, tryLock } from "../platform/lock_file.ts";
import { joinPath } from "../platform/paths.ts";

/** Takes the board's dispatch lock; null when another dispatcher has it. */
export async function lockDispatch(paths: Pick<BoardPaths, "dir">): Promise<HeldLock | null> {
  await ensureDir(paths.dir);
  return await tryLock(joinPath(paths.dir, ".dispatch.lock"));
}

/** Whether some process dispatches this board right now. */
export async function isDispatched(paths: Pick<BoardPaths, "dir">): Promise<boolean> {
  const lock = await lockDispatch(paths);
  lock?.release();
  return lock === null;
}
