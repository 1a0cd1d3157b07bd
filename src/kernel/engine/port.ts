// Owns: the engine port — what the kernel needs from a database. Engines implement it; nothing else talks SQL.

/**
 * Values that can be bound. Numbers are integers unless the column is REAL. A NUL character in a text is
 * stored as U+FFFD.
 */
export type SqlValue = string | number | null;

/** What a write changed. `lastId` is the id of the last inserted row where the table has an integer key. */
export interface Change {
  changes: number;
  lastId: number;
}

/** A consistent view of the board. Rows are plain objects keyed by column name. */
export interface ReadTx {
  all<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>;
  get<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row | undefined>;
}

/** A transaction that holds the board's single write lock. */
export interface WriteTx extends ReadTx {
  run(sql: string, params?: readonly SqlValue[]): Promise<Change>;
}

/**
 * A board's database. Inside `read` and `write` nothing may be awaited but the transaction itself:
 * a body that waits for anything else keeps every other writer out.
 */
export interface Engine {
  /** What this engine is and how it runs, for `doctor` and logs. */
  readonly info: EngineInfo;
  /** Runs `body` in one read transaction: every query sees the same state. */
  read<T>(body: (tx: ReadTx) => Promise<T>): Promise<T>;
  /**
   * Runs `body` in one write transaction and commits it; a throwing body is rolled back whole.
   *
   * @throws HermesError `busy` when the lock could not be had within the configured wait.
   */
  write<T>(body: (tx: WriteTx) => Promise<T>): Promise<T>;
  /** Calls back after each commit made through this engine object. Returns the unsubscribe function. */
  onCommit(listener: () => void): () => void;
  /** Calls back soon after a commit by any process, this one included. Returns the unsubscribe function. */
  watch(listener: () => void): () => void;
  /** Runs a multi-statement script inside a write transaction; for migrations only. */
  script(tx: WriteTx, sql: string): Promise<void>;
  /** Refuses new transactions and resolves when those under way have ended. */
  close(): Promise<void>;
}

export interface EngineInfo {
  dialect: "sqlite" | "postgres";
  /** Where the data lies, as a person would name it. */
  location: string;
  version: string;
  /** SQLite's journal mode (`wal`, `delete`); empty for other engines. */
  journal: string;
  /** Things the operator should know, in plain words. */
  notices: string[];
}
