// Owns: one backup a day, and forgetting those that are too old.

import { listFiles, removeFile } from "../../platform/file_keeping.ts";
import { joinPath } from "../../platform/paths.ts";
import { type Backup, backUp } from "./backup.ts";

const secondsPerDay = 86_400;

const namePattern = /^kanban-(\d{4}-\d{2}-\d{2})\.db$/;

/** Where a board and its daily backups lie. */
export interface BackedUpBoard {
  /** The board's file. */
  db: string;
  /** Folder of the backups. */
  folder: string;
}

/** One daily backup. */
export interface DailyCopy extends Backup {
  /** `2026-08-01`, in UTC. */
  day: string;
}

/** The folder of a board's daily backups. */
export function dailyFolder(boardDir: string): string {
  return joinPath(boardDir, "backups");
}

/** The daily backups in `folder`, the newest first. */
export async function dailyBackups(folder: string): Promise<DailyCopy[]> {
  const found: DailyCopy[] = [];
  for (const { name, size } of await listFiles(folder)) {
    const day = namePattern.exec(name)?.[1];
    if (day !== undefined) found.push({ file: joinPath(folder, name), size, day });
  }
  return found.reverse();
}

/**
 * Makes today's backup unless there is one, then forgets those of more than `keepDays` days ago. Nothing is
 * forgotten when the backup cannot be made: the older ones may be all there is.
 *
 * @param keepDays 0 makes none and forgets none.
 * @returns the backup that was made; null when there was nothing to do.
 * @throws HermesError as {@link backUp}.
 */
export async function backUpToday(
  board: BackedUpBoard,
  keepDays: number,
  now: number,
): Promise<Backup | null> {
  if (keepDays <= 0) return null;
  const before = await dailyBackups(board.folder);
  const today = dayOf(now);
  if (before.some(({ day }) => day === today)) return null;
  // Two gateways may do this at once: the second replaces a copy of today with a copy of today.
  const made = await backUp(board.db, joinPath(board.folder, `kanban-${today}.db`), {
    replace: true,
  });
  const oldest = dayOf(now - keepDays * secondsPerDay);
  for (const { day, file } of before) {
    if (day <= oldest) await removeFile(file);
  }
  return made;
}

function dayOf(now: number): string {
  return new Date(now * 1000).toISOString().slice(0, 10);
}
