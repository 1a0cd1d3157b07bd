// Owns: the dispatch lock — one dispatcher per board, over all processes.

import type { BoardPaths } from "../config/paths.ts";
import { ensureDir } from "../platform/files.ts";
import { type HeldLock, tryLock } from "../platform/lock_file.ts";
import { joinPath } from "../platform/paths.ts";
import { sleep } from "../platform/timers.ts";

/** Milliseconds until a second try: whoever only asks whether the lock is free has let go by then. */
const secondTryMs = 30;

/** Takes the board's dispatch lock; null when another dispatcher has it. */
export async function lockDispatch(paths: Pick<BoardPaths, "dir">): Promise<HeldLock | null> {
  await ensureDir(paths.dir);
  const first = await tryLock(lockPath(paths));
  if (first) return first;
  await sleep(secondTryMs);
  return await tryLock(lockPath(paths));
}

/** Whether some process dispatches this board right now. */
export async function isDispatched(paths: Pick<BoardPaths, "dir">): Promise<boolean> {
  await ensureDir(paths.dir);
  const lock = await tryLock(lockPath(paths));
  lock?.release();
  return lock === null;
}

function lockPath(paths: Pick<BoardPaths, "dir">): string {
  return joinPath(paths.dir, ".dispatch.lock");
}
