// Owns: the embedded engine — node:sqlite, one writer and one reader connection per board file.

import { DatabaseSync, type StatementSync } from "node:sqlite";
import { HermesError } from "../../base/errors.ts";
import { type Log, silentLog } from "../../base/log.ts";
import { makeParentDir } from "../../platform/file_head.ts";
import { Mutex } from "./mutex.ts";
import type { Change, Engine, EngineInfo, ReadTx, SqlValue, WriteTx } from "./port.ts";
import { RowReader } from "./row_reader.ts";
import { isBusy, retryBusy, type RetryPolicy, translate } from "./sqlite_errors.ts";
import { setUpConnection } from "./sqlite_setup.ts";
import { type GroupPort, WriteQueue } from "./write_queue.ts";
import { storable } from "./text.ts";

export interface SqliteOptions {
  /** Absolute path of the board file; created when missing. */
  path: string;
  /** Total milliseconds a transaction may wait for the lock before it fails with `busy`. */
  busyMs?: number;
  /** How often foreign commits are looked for, in milliseconds; half as often while nothing happens. */
  watchMs?: number;
  /** Overrides `sqlite_version()`; for tests of the journal choice. */
  version?: string;
  log?: Log;
}

/** Opens (or creates) a board file. The schema is not touched: see `migrations/`. */
export async function openSqlite(options: SqliteOptions): Promise<Engine> {
  makeParentDir(options.path);
  const engine = new SqliteEngine(options);
  try {
    await engine.setUp();
  } catch (error) {
    await engine.close();
    throw translate(error, options.path);
  }
  return engine;
}

/** A connection with its statement cache. */
class Connection implements WriteTx {
  readonly db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #readers = new Map<string, RowReader>();

  constructor(path: string) {
    // A short wait inside SQLite, the rest asynchronously, so that a server's event loop never stalls.
    this.db = new DatabaseSync(path, { timeout: 15, enableForeignKeyConstraints: false });
  }

  statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  // deno-lint-ignore require-await -- synchronous underneath; the port is asynchronous
  async all<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    return this.#reader(sql).all(storable(params)) as Row[];
  }

  // deno-lint-ignore require-await -- see all()
  async get<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row | undefined> {
    return this.#reader(sql).get(storable(params)) as Row | undefined;
  }

  #reader(sql: string): RowReader {
    let reader = this.#readers.get(sql);
    if (!reader) this.#readers.set(sql, reader = new RowReader(this.db.prepare(sql)));
    return reader;
  }

  // deno-lint-ignore require-await -- see all()
  async run(sql: string, params: readonly SqlValue[] = []): Promise<Change> {
    const { changes, lastInsertRowid } = this.statement(sql).run(...storable(params));
    return { changes: Number(changes), lastId: Number(lastInsertRowid) };
  }

  close(): void {
    this.#statements.clear();
    this.#readers.clear();
    if (this.db.isOpen) this.db.close();
  }
}

class SqliteEngine implements Engine {
  readonly info: EngineInfo;
  readonly #path: string;
  readonly #retry: RetryPolicy;
  readonly #watchMs: number;
  readonly #log: Log;
  readonly #writer: Connection;
  readonly #writes: WriteQueue;
  readonly #readLock = new Mutex();
  readonly #commitListeners = new Set<() => void>();
  readonly #watchers = new Set<() => void>();
  #reader: Connection | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #seenVersion = 0;
  /** Looks in a row that found nothing new. */
  #quietLooks = 0;
  #closing: Promise<void> | undefined;

  constructor(options: SqliteOptions) {
    this.#path = options.path;
    this.#retry = { totalMs: options.busyMs ?? 10_000, path: options.path };
    this.#watchMs = options.watchMs ?? 50;
    this.#log = options.log ?? silentLog;
    try {
      this.#writer = new Connection(options.path);
    } catch (error) {
      throw translate(error, options.path);
    }
    this.#writes = new WriteQueue(this.#groupPort());
    const version = options.version ?? "";
    this.info = { dialect: "sqlite", location: options.path, version, journal: "", notices: [] };
  }

  /** Everything that reads the file for the first time: it may be locked, or damaged. */
  async setUp(): Promise<void> {
    this.info.version ||= await retryBusy(this.#retry, () => sqliteVersion(this.#writer));
    const { journal, notices } = await setUpConnection(
      this.#writer.db,
      this.info.version,
      this.#retry,
    );
    this.info.journal = journal;
    this.info.notices = notices;
    for (const notice of notices) this.#log.warn(notice, { file: this.#path });
  }

  read<T>(body: (tx: ReadTx) => Promise<T>): Promise<T> {
    return this.#readLock.run(async () => {
      const reader = await retryBusy(this.#retry, () => this.#openReader());
      // BEGIN alone takes no lock; the probe does, so that only it can be busy and be retried.
      await retryBusy(this.#retry, () => {
        reader.statement("BEGIN").run();
        try {
          reader.statement("SELECT 1 FROM sqlite_schema LIMIT 1").get();
        } catch (error) {
          reader.statement("ROLLBACK").run();
          throw error;
        }
      });
      try {
        return await body(reader);
      } catch (error) {
        throw translate(error, this.#path);
      } finally {
        rollBack(reader);
      }
    });
  }

  // deno-lint-ignore require-await -- a closed board is a rejection, not an exception
  async write<T>(body: (tx: WriteTx) => Promise<T>): Promise<T> {
    this.#assertOpen();
    return this.#writes.add(async () => {
      try {
        return await body(this.#writer);
      } catch (error) {
        throw translate(error, this.#path);
      }
    });
  }

  onCommit(listener: () => void): () => void {
    this.#commitListeners.add(listener);
    return () => this.#commitListeners.delete(listener);
  }

  watch(listener: () => void): () => void {
    this.#watchers.add(listener);
    if (this.#timer === undefined) {
      this.#seenVersion = this.#dataVersion() ?? 0;
      this.#quietLooks = 0;
      this.#pollLater();
    }
    return () => {
      this.#watchers.delete(listener);
      if (this.#watchers.size === 0) this.#stopPolling();
    };
  }

  // deno-lint-ignore require-await -- the port is asynchronous
  async script(_tx: WriteTx, sql: string): Promise<void> {
    this.#writer.db.exec(sql);
  }

  close(): Promise<void> {
    return this.#closing ??= this.#close();
  }

  async #close(): Promise<void> {
    this.#stopPolling();
    this.#watchers.clear();
    this.#commitListeners.clear();
    await this.#writes.idle();
    this.#writer.close();
    // deno-lint-ignore require-await -- the lock is what is waited for
    await this.#readLock.run(async () => this.#reader?.close());
  }

  #openReader(): Connection {
    this.#assertOpen();
    if (this.#reader) return this.#reader;
    const reader = new Connection(this.#path);
    try {
      reader.db.exec("PRAGMA query_only=ON; PRAGMA cache_size=-4000");
    } catch (error) {
      reader.close();
      throw error;
    }
    this.#reader = reader;
    return reader;
  }

  #assertOpen(): void {
    if (this.#closing) {
      throw new HermesError("internal", `Cannot use board "${this.#path}": it is closed`);
    }
  }

  #groupPort(): GroupPort {
    const writer = this.#writer;
    const run = (text: string) => writer.statement(text).run();
    return {
      begin: async () => {
        await retryBusy(this.#retry, () => run("BEGIN IMMEDIATE"));
      },
      commit: async () => {
        await retryBusy(this.#retry, () => run("COMMIT"));
        this.#announce();
      },
      rollback: () => rollBack(writer),
      savepoint: () => run("SAVEPOINT body"),
      release: () => run("RELEASE body"),
      rollbackToSavepoint: () => {
        try {
          run("ROLLBACK TO body");
          run("RELEASE body");
          return true;
        } catch {
          return false; // for instance when the disk is full
        }
      },
    };
  }

  /** Tells this process's listeners. Reading the data version here keeps the poll from telling them twice. */
  #announce(): void {
    this.#quietLooks = 0;
    if (this.#watchers.size > 0) this.#seenVersion = this.#dataVersion() ?? this.#seenVersion;
    for (const listener of [...this.#commitListeners, ...this.#watchers]) queueMicrotask(listener);
  }

  #pollLater(): void {
    const pause = this.#quietLooks < quietLooks ? this.#watchMs : 2 * this.#watchMs;
    this.#timer = setTimeout(() => this.#poll(), pause);
  }

  #poll(): void {
    this.#pollLater();
    this.#quietLooks++;
    const version = this.#dataVersion();
    if (version === null || version === this.#seenVersion) return;
    this.#quietLooks = 0;
    this.#seenVersion = version;
    for (const listener of this.#watchers) listener();
  }

  /**
   * Changes whenever another connection commits; null while the file is locked. A file that cannot be
   * read has a version of its own: watchers are woken once, and their next read says what is wrong.
   */
  #dataVersion(): number | null {
    try {
      const row = this.#openReader().statement("PRAGMA data_version").get();
      return Number(row?.["data_version"]);
    } catch (error) {
      return isBusy(error) ? null : unreadable;
    }
  }

  #stopPolling(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

/** After so many looks that found nothing there are fewer: a board that rests costs half. */
const quietLooks = 100;

/** The data version of a file that cannot be read; SQLite's own are positive. */
const unreadable = -1;

function sqliteVersion(connection: Connection): string {
  return String(connection.statement("SELECT sqlite_version() AS version").get()?.["version"]);
}

/** A failing rollback must not hide the error that caused it: SQLite has then rolled back by itself. */
function rollBack(connection: Connection): void {
  if (!connection.db.isTransaction) return;
  try {
    connection.statement("ROLLBACK").run();
  } catch { /* see above */ }
}
