// Owns: one backup a day, and forgetting those that are too old.

import type { Clock } from "../../base/clock.ts";
import { errorText } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import type { Service } from "../../base/service.ts";
import { listFiles, removeFile } from "../../platform/file_keeping.ts";
import { joinPath } from "../../platform/paths.ts";
import { sleep } from "../../platform/timers.ts";
import { type Backup, backUp } from "./backup.ts";

const secondsPerDay = 86_400;

/** Milliseconds between looks at the calendar. */
const lookMs = 15 * 60_000;

const namePattern = /^kanban-(\d{4}-\d{2}-\d{2})\.db$/;

/** A board whose daily backups are made. */
export interface BackedUpBoard {
  slug: string;
  /** The board's file. */
  db: string;
  /** Folder of its daily backups. */
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

export interface DailyBackupDeps {
  /** The boards that are looked after now. */
  boards(): Promise<readonly BackedUpBoard[]>;
  /** Days a backup is kept, as configured now; 0 switches backups off. */
  keepDays(): Promise<number>;
  clock: Clock;
  log: Log;
}

/** Makes the daily backups for as long as it runs: at the start when today's is missing, then soon after midnight. */
export class DailyBackup implements Service {
  readonly #deps: DailyBackupDeps;
  #abort = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(deps: DailyBackupDeps) {
    this.#deps = deps;
  }

  // deno-lint-ignore require-await -- the service shape is asynchronous
  async start(): Promise<void> {
    if (this.#loop) return;
    this.#abort = new AbortController();
    this.#loop = this.#run(this.#abort.signal);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#loop;
    this.#loop = undefined;
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#round(signal);
      await sleep(lookMs, signal).catch(() => {});
    }
  }

  /** One board's trouble must not keep the others from being backed up. */
  async #round(signal: AbortSignal): Promise<void> {
    const { boards, keepDays, clock, log } = this.#deps;
    try {
      const days = await keepDays();
      for (const board of await boards()) {
        if (signal.aborted) return;
        await this.#one(board, days, clock.now());
      }
    } catch (error) {
      log.error("daily backups failed", { error: errorText(error) });
    }
  }

  async #one(board: BackedUpBoard, keepDays: number, now: number): Promise<void> {
    const { log } = this.#deps;
    try {
      const made = await backUpToday(board, keepDays, now);
      if (made) log.info("backed up", { board: board.slug, file: made.file, bytes: made.size });
    } catch (error) {
      log.error("daily backup failed", { board: board.slug, error: errorText(error) });
    }
  }
}

function dayOf(now: number): string {
  return new Date(now * 1000).toISOString().slice(0, 10);
}
