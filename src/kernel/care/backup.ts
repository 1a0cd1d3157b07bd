// Owns: copies of a board that can stand in for it — making one, and putting one in its place.

import { HermesError } from "../../base/errors.ts";
import { randomIds } from "../../base/ids.ts";
import { fileEntry, listFiles, removeFile, replaceFile } from "../../platform/file_keeping.ts";
import { ensureDir, exists } from "../../platform/files.ts";
import { absolutePath, joinPath, lastComponent, parentPath } from "../../platform/paths.ts";
import { copyFile, type FileReport, inspectFile, settleFile } from "../engine/sqlite_file.ts";
import { currentVersion } from "../migrations/migrate.ts";
import { journalsOf, keepBeside } from "./set_aside.ts";

/** A finished copy. */
export interface Backup {
  /** Absolute path. */
  file: string;
  /** Bytes. */
  size: number;
}

/**
 * Copies the board at `path` to `target` while it may be in use. The copy is checked before it gets its name, so
 * that nothing half-written is ever found there.
 *
 * @param options.replace also when there is a file at `target`.
 * @throws HermesError `not_found`, `refused` when `target` exists, `corrupt` when the board is damaged, `io`.
 */
export async function backUp(
  path: string,
  target: string,
  options: { replace?: boolean } = {},
): Promise<Backup> {
  const file = absolutePath(target);
  if (!await exists(path)) {
    throw new HermesError("not_found", `Cannot back up board "${path}": there is no such file`);
  }
  if (await exists(file) && !options.replace) {
    throw new HermesError("refused", `Cannot write backup "${file}": the file exists`, {
      remedy: "Choose another name, or overwrite it with --force.",
    });
  }
  await ensureDir(parentPath(file));
  await stage(path, file, async (copy) => {
    const report = await copyFile(path, copy);
    if (report.state !== "sound") throw unsound("back up board", path, report);
    await replaceFile(copy, file);
  });
  return { file, size: (await fileEntry(file))?.size ?? 0 };
}

/** What {@link restore} did. */
export interface Restored {
  /** Where the board's file is kept that was there before; null when there was none. */
  kept: string | null;
  /** Bytes of the restored board. */
  size: number;
  /** Recorded schema version of the restored file; 0 for one that only other programs have used. */
  schema: number;
}

export interface RestoreOptions {
  /** Epoch seconds; part of the kept file's name. */
  now: number;
  /** Also while other programs have the board open: they go on with the kept file until they end. */
  force?: boolean;
}

/**
 * Puts a checked copy of `source` in the place of the board at `path`, whose file is kept as
 * `<path>.before-restore-<now>`. At no moment is the board missing.
 *
 * @throws HermesError `not_found`, `corrupt`, `invalid` when `source` is no board or a newer hermes wrote it,
 * `busy` when another program has the board open, `io`.
 */
export async function restore(
  path: string,
  source: string,
  options: RestoreOptions,
): Promise<Restored> {
  const from = absolutePath(source);
  if (from === absolutePath(path)) {
    throw new HermesError("invalid", `Cannot restore "${source}": it is the board itself`);
  }
  checkBoard(from, await inspectFile(from));
  await ensureDir(parentPath(path));
  return await stage(from, path, async (copy) => {
    const report = await copyFile(from, copy);
    checkBoard(from, report);
    const kept = await install(copy, path, "before-restore", options);
    return { kept, size: (await fileEntry(path))?.size ?? 0, schema: report.schema };
  });
}

/**
 * Puts the file `fresh` in the place of the board at `path`.
 *
 * @param reason becomes part of the name under which the file that was there is kept.
 * @returns where it is kept; null when there was none.
 * @throws HermesError `busy` when another program has the board open and `force` is not given.
 */
export async function install(
  fresh: string,
  path: string,
  reason: string,
  { now, force }: RestoreOptions,
): Promise<string | null> {
  if (!await exists(path)) {
    // A journal without its file belongs to nothing, but would be taken for the new file's.
    for (const journal of Object.values(journalsOf(path))) await removeFile(journal);
    await replaceFile(fresh, path);
    return null;
  }
  if (!await isSettled(path) && !force) {
    throw new HermesError("busy", `Cannot replace board "${path}": another program has it open`, {
      remedy: "Stop the gateway, the dashboard and whatever follows the board, then try again. " +
        "With --force they go on with the old file until they end.",
    });
  }
  const kept = await keepBeside(path, `${reason}-${now}`);
  await replaceFile(fresh, path);
  return kept;
}

/** True when nobody uses the file. One that is damaged beyond its indexes is not touched, and cannot be used. */
async function isSettled(path: string): Promise<boolean> {
  const { state } = await inspectFile(path);
  const usable = state === "sound" || state === "damaged_indexes";
  return !usable || await settleFile(path);
}

/** Seconds after which nobody works on a staged copy any more. */
const abandonedSeconds = 3600;

/**
 * Files beside the board that a copy was written to and that nobody finished, as a killed program leaves them.
 *
 * @param now epoch seconds.
 */
export async function abandonedCopies(path: string, now: number): Promise<string[]> {
  const folder = parentPath(path);
  const prefix = `.${lastComponent(path)}.`;
  return (await listFiles(folder))
    .filter(({ name }) => name.startsWith(prefix) && /\.[0-9a-f]{12}\.tmp(-\w+)?$/.test(name))
    .filter(({ changedAt }) => changedAt <= now - abandonedSeconds)
    .map(({ name }) => joinPath(folder, name));
}

/** Deletes what {@link abandonedCopies} found. @throws HermesError `io`. */
export async function forgetCopy(file: string): Promise<void> {
  await removeFile(file);
}

/** Runs `body` with a name for a file beside `target` that is gone afterwards. */
async function stage<T>(
  source: string,
  target: string,
  body: (copy: string) => Promise<T>,
): Promise<T> {
  const name = `.${lastComponent(target).slice(0, 200)}.${randomIds.token(6)}.tmp`;
  const copy = joinPath(parentPath(target), name);
  try {
    return await body(copy);
  } catch (error) {
    throw error instanceof HermesError ? error : failedCopy(source, target, error);
  } finally {
    for (const left of [copy, ...Object.values(journalsOf(copy))]) await removeFile(left);
  }
}

function failedCopy(source: string, target: string, cause: unknown): HermesError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new HermesError("io", `Cannot copy board "${source}" to "${target}": ${reason}`, {
    remedy: "Check that the folder is writable and that the disk has room.",
    cause,
  });
}

function checkBoard(path: string, report: FileReport): void {
  if (report.state === "missing") {
    throw new HermesError("not_found", `Cannot restore "${path}": there is no such file`);
  }
  if (report.state !== "sound") throw unsound("restore", path, report);
  if (!report.tables.includes("tasks")) {
    throw new HermesError("invalid", `Cannot restore "${path}": it holds no board`, {
      remedy: "Choose a file made by `hermes kanban backup`, or another kanban.db.",
    });
  }
  if (report.schema <= currentVersion) return;
  throw new HermesError(
    "schema_too_new",
    `Cannot restore "${path}": its schema is version ${report.schema}, this hermes knows ${currentVersion}`,
    { remedy: "Update hermes to the release that wrote this file." },
  );
}

function unsound(verb: string, path: string, { state, problems }: FileReport): HermesError {
  const reason = state === "empty" ? "the file is empty" : problems[0] ?? "it is damaged";
  return new HermesError("corrupt", `Cannot ${verb} "${path}": ${reason}`, {
    remedy: verb === "restore"
      ? "Choose another backup. Nothing was changed."
      : "See what is wrong, and what can be mended, with: hermes kanban doctor",
    details: { problems },
  });
}
