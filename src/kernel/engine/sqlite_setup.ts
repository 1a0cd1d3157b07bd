// Owns: choosing the journal of a board file.

import { DatabaseSync } from "node:sqlite";
import { isBusy, retryBusy, type RetryPolicy } from "./sqlite_errors.ts";
import { hasWalResetBug } from "./sqlite_version.ts";

/**
 * WAL where SQLite is safe with several processes. An affected SQLite gives a new file the rollback
 * journal and leaves a WAL file in WAL but never checkpoints it, since only a checkpointing process can
 * do the damage. On a file system that refuses WAL a file gets the rollback journal, unless it came in WAL:
 * somebody else may be using it.
 */
export async function setUpConnection(
  db: DatabaseSync,
  version: string,
  retry: RetryPolicy,
): Promise<{ journal: string; notices: string[] }> {
  const affected = hasWalResetBug(version);
  const notices: string[] = [];
  // Of a new file only. A commit writes whole pages, a dozen for one small change: half the size, half the work.
  db.exec(`PRAGMA page_size=${pageBytes}`);
  // The switch to WAL reports BUSY at once, whatever the timeout, when several processes open a new file.
  const journal = await retryBusy(retry, () => {
    const current = pragma(db, "journal_mode");
    if (current === "wal" || affected) return current;
    const switched = pragma(db, "journal_mode=WAL");
    return switched !== "wal" || canWrite(db) ? switched : leaveWal(db, retry.path);
  });
  if (affected && journal === "wal") {
    db.exec("PRAGMA wal_autocheckpoint=0");
    notices.push(
      `SQLite ${version} can damage a WAL file that several processes checkpoint; this process does not checkpoint`,
    );
  } else if (affected) {
    notices.push(
      `SQLite ${version} can damage WAL files that several processes use; this board uses the rollback journal`,
    );
  } else if (journal !== "wal") {
    notices.push(`The file system refused WAL; this board uses the ${journal} journal`);
  }
  // NORMAL in WAL survives a killed process; a rollback journal needs FULL to survive a power cut.
  const synchronous = journal === "wal" ? "NORMAL" : "FULL";
  // These read the schema, which somebody else may have locked.
  await retryBusy(retry, () => {
    db.exec(
      `PRAGMA synchronous=${synchronous}; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY`,
    );
  });
  // Few checkpoints: each one costs two syncs of the disk.
  if (journal === "wal" && !affected) {
    db.exec(`PRAGMA wal_autocheckpoint=${checkpointBytes / pageBytes}`);
  }
  return { journal, notices };
}

/** Bytes of one page of a new file. */
const pageBytes = 2048;

/** Bytes of log between two checkpoints. */
const checkpointBytes = 16 * 1024 * 1024;

/** Only the first write shows whether the file system can do what WAL needs; a lock of others shows that it can. */
function canWrite(db: DatabaseSync): boolean {
  try {
    db.prepare("BEGIN IMMEDIATE").run();
    db.prepare("ROLLBACK").run();
    return true;
  } catch (error) {
    return isBusy(error);
  }
}

/** An exclusive connection does without the shared index, so it can still give a file its old journal back. */
function leaveWal(db: DatabaseSync, path: string): string {
  db.close();
  const alone = new DatabaseSync(path, { timeout: 15 });
  try {
    pragma(alone, "locking_mode=EXCLUSIVE");
    pragma(alone, "journal_mode=DELETE");
  } finally {
    alone.close();
  }
  db.open();
  return pragma(db, "journal_mode");
}

function pragma(db: DatabaseSync, text: string): string {
  const row = db.prepare(`PRAGMA ${text}`).get() ?? {};
  return String(Object.values(row)[0] ?? "");
}
