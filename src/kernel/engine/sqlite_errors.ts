// Owns: what SQLite's error codes mean to the kernel, and waiting for a busy lock.

import { systemClock } from "../../base/clock.ts";
import { HermesError } from "../../base/errors.ts";
import { randomFraction } from "../../base/ids.ts";
import { sleep } from "../../platform/timers.ts";

const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** How long a lock is waited for. */
export interface RetryPolicy {
  totalMs: number;
  path: string;
}

/** Whether SQLite said that somebody else holds the lock. */
export function isBusy(error: unknown): boolean {
  return primaryCode(error) === SQLITE_BUSY;
}

/** Whether SQLite said that a file is none of its own. */
export function isNoDatabase(error: unknown): boolean {
  return primaryCode(error) === SQLITE_NOTADB;
}

/**
 * Repeats `attempt` while the file is busy, waiting 1–25 ms with jitter between tries.
 * Only lock-taking statements go through here; a transaction's body never does.
 *
 * @throws HermesError `busy` after `policy.totalMs` milliseconds.
 */
export async function retryBusy<T>(policy: RetryPolicy, attempt: () => T): Promise<T> {
  const started = systemClock.monotonicMs();
  for (let tries = 0;; tries++) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error)) throw translate(error, policy.path);
      if (systemClock.monotonicMs() - started > policy.totalMs) {
        throw new HermesError(
          "busy",
          `Cannot lock board "${policy.path}": another process holds it`,
          {
            remedy:
              "Try again; when it persists, look for a program that keeps the file open for writing.",
            cause: error,
          },
        );
      }
      await sleep(1 + randomFraction() * Math.min(24, 2 ** tries));
    }
  }
}

/** Gives SQLite's errors the product's codes; anything else passes through unchanged. */
export function translate(error: unknown, path: string): unknown {
  if (error instanceof HermesError) return error;
  const text = error instanceof Error ? error.message : String(error);
  switch (primaryCode(error)) {
    case SQLITE_BUSY:
      return new HermesError("busy", `Cannot use board "${path}": ${text}`, { cause: error });
    case SQLITE_CORRUPT:
      return corruptBoard(path, text, error);
    case SQLITE_NOTADB:
      return corruptBoard(path, "the file is not a SQLite database", error);
    case SQLITE_READONLY:
      return new HermesError("io", `Cannot write board "${path}": the file is read-only`, {
        remedy: "Give this user write permission on the file and its folder.",
        cause: error,
      });
    case SQLITE_FULL:
      return new HermesError("io", `Cannot write board "${path}": the disk is full`, {
        remedy: "Free some space; nothing of this change was written.",
        cause: error,
      });
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return new HermesError("io", `Cannot open board "${path}": ${text}`, {
        remedy: "Check that the folder exists and is writable, or point HERMES_HOME elsewhere.",
        cause: error,
      });
    default:
      return error;
  }
}

/** The refusal for a damaged file, which is kept exactly as it is. */
export function corruptBoard(path: string, reason: string, cause?: unknown): HermesError {
  return new HermesError("corrupt", `Cannot open board "${path}": ${reason}`, {
    remedy:
      "The file was left untouched. Put a backup in its place with: hermes kanban restore <backup>",
    details: { file: path },
    cause,
  });
}

/** What SQLite says for a code; errors of exec() carry this text alone. */
const codeOfText: Record<string, number> = {
  "database is locked": SQLITE_BUSY,
  "attempt to write a readonly database": SQLITE_READONLY,
  "disk I/O error": SQLITE_IOERR,
  "database disk image is malformed": SQLITE_CORRUPT,
  "database or disk is full": SQLITE_FULL,
  "unable to open database file": SQLITE_CANTOPEN,
  "file is not a database": SQLITE_NOTADB,
};

function primaryCode(error: unknown): number {
  const { code, errcode } = (error ?? {}) as { code?: unknown; errcode?: unknown };
  if (typeof errcode === "number") return errcode & 0xff;
  if (code !== "ERR_SQLITE_ERROR" || !(error instanceof Error)) return 0;
  // Some runtimes name the file behind it.
  return codeOfText[error.message] ?? codeOfText[error.message.split(": ")[0]!] ?? 0;
}
