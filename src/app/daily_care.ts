// Owns: what a gateway does for a board once a day — a backup, and emptying the trash.

import type { Clock } from "../base/clock.ts";
import { errorText } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { Service } from "../base/service.ts";
import type { BoardPaths } from "../config/paths.ts";
import type { Config } from "../config/schema.ts";
import { backUpToday, dailyFolder } from "../kernel/care/daily_backup.ts";
import { sleep } from "../platform/timers.ts";
import { emptyTrash } from "../workspace/trash.ts";

/** Milliseconds between looks at the calendar. */
const lookMs = 15 * 60_000;

export interface DailyCareDeps {
  paths: BoardPaths;
  /** The configuration as it is now. */
  config(): Promise<Config>;
  clock: Clock;
  log: Log;
}

/** Looks after one board for as long as it runs: when it starts, unless that was done today, then every day. */
export class DailyCare implements Service {
  readonly #deps: DailyCareDeps;
  #abort = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(deps: DailyCareDeps) {
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
      await this.#attempt("daily backup", (config, now) => this.#backUp(config, now));
      await this.#attempt("emptying the trash", (config, now) => this.#emptyTrash(config, now));
      await sleep(lookMs, signal).catch(() => {});
    }
  }

  /** One kind of trouble must not keep the rest from being done. */
  async #attempt(
    what: string,
    act: (config: Config["kanban"], now: number) => Promise<void>,
  ): Promise<void> {
    const { paths, config, clock, log } = this.#deps;
    try {
      await act((await config()).kanban, clock.now());
    } catch (error) {
      log.error(`${what} failed`, { board: paths.slug, error: errorText(error) });
    }
  }

  async #backUp({ backup_keep_days }: Config["kanban"], now: number): Promise<void> {
    const { paths, log } = this.#deps;
    const board = { db: paths.db, folder: dailyFolder(paths.dir) };
    const made = await backUpToday(board, backup_keep_days, now);
    if (made) log.info("backed up", { board: paths.slug, file: made.file, bytes: made.size });
  }

  async #emptyTrash({ trash_keep_days }: Config["kanban"], now: number): Promise<void> {
    const { paths, log } = this.#deps;
    const emptied = await emptyTrash(paths, trash_keep_days, now);
    if (emptied > 0) log.info("emptied the trash", { board: paths.slug, folders: emptied });
  }
}
