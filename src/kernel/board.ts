// Owns: an opened board — its engine, its clock, its limits — and the shortest way to a command.

import { type Clock, systemClock } from "../base/clock.ts";
import { type IdSource, randomIds } from "../base/ids.ts";
import type { Log } from "../base/log.ts";
import type { Engine, ReadTx, WriteTx } from "./engine/port.ts";
import { openSqlite } from "./engine/sqlite.ts";
import { type Applied, apply, type ApplyEnv, refusalError } from "./lifecycle/apply.ts";
import type { Command, WriteContext } from "./lifecycle/commands.ts";
import { defaultPolicy, type Policy } from "./lifecycle/decision.ts";
import { migrate } from "./migrations/migrate.ts";

/** A board ready for use. Everything in this room takes one. */
export interface Board {
  readonly slug: string;
  /** Absolute path of the database file. */
  readonly path: string;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Read at every command, so that a changed configuration takes effect at once. */
  policy(): Policy;
  close(): Promise<void>;
}

export interface OpenBoardOptions {
  slug: string;
  path: string;
  clock?: Clock;
  ids?: IdSource;
  policy?: () => Policy;
  log?: Log;
  /** Milliseconds a transaction may wait for the lock. */
  busyMs?: number;
  /** Milliseconds between looks for foreign commits. */
  watchMs?: number;
  /** Overrides the reported SQLite version; for tests. */
  sqliteVersion?: string;
}

/**
 * Opens a board, creating the file and its schema when they are missing. The file itself says whether its
 * schema is up to date: a path may have come to name another file since it was last opened.
 *
 * @throws HermesError `corrupt`, `io`, `busy` or `schema_too_new`.
 */
export async function openBoard(options: OpenBoardOptions): Promise<Board> {
  const clock = options.clock ?? systemClock;
  const engine = await openEngine(options, clock).catch(async (error) => {
    const { explainDamage } = await import("./care/set_aside.ts");
    throw await explainDamage(error, options.path);
  });
  return {
    slug: options.slug,
    path: options.path,
    engine,
    clock,
    ids: options.ids ?? randomIds,
    policy: options.policy ?? (() => defaultPolicy),
    close: () => engine.close(),
  };
}

async function openEngine(options: OpenBoardOptions, clock: Clock): Promise<Engine> {
  const engine = await openSqlite({
    path: options.path,
    busyMs: options.busyMs,
    watchMs: options.watchMs,
    version: options.sqliteVersion,
    log: options.log,
  });
  try {
    await migrate(engine, clock);
  } catch (error) {
    await engine.close();
    throw error;
  }
  return engine;
}

/** Runs the whole migration pass again, whatever the file says. Returns the steps that ran. */
export function initBoard(board: Board): Promise<string[]> {
  return migrate(board.engine, board.clock, true);
}

/** Time and limits for one transaction. */
export function envOf(board: Board): ApplyEnv {
  return { now: board.clock.now(), policy: board.policy() };
}

/** One read transaction on the board. */
export function read<T>(board: Board, body: (tx: ReadTx) => Promise<T>): Promise<T> {
  return board.engine.read(body);
}

/** One write transaction on the board. */
export function write<T>(
  board: Board,
  body: (tx: WriteTx, env: ApplyEnv) => Promise<T>,
): Promise<T> {
  return board.engine.write((tx) => body(tx, envOf(board)));
}

/** Applies one lifecycle command in a transaction of its own. A refusal comes back as a value. */
export function command(
  board: Board,
  taskId: string,
  what: Command,
  context: WriteContext = {},
): Promise<Applied> {
  return write(board, (tx, env) => apply(tx, env, taskId, what, context));
}

/** {@link command}, with refusals thrown as HermesError. */
export async function mustCommand(
  board: Board,
  taskId: string,
  what: Command,
  context: WriteContext = {},
): Promise<Extract<Applied, { ok: true }>> {
  const applied = await command(board, taskId, what, context);
  if (!applied.ok) throw refusalError(applied.refusal);
  return applied;
}
