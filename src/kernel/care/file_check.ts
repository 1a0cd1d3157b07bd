// Owns: what a check-up says about a board's file, and mending it without losing what was there.

import { randomIds } from "../../base/ids.ts";
import { fileEntry, removeFile } from "../../platform/file_keeping.ts";
import { joinPath, lastComponent, parentPath } from "../../platform/paths.ts";
import { journalsOf, setAsideDamaged } from "./set_aside.ts";
import { copyTables, type FileReport, inspectFile, rebuildIndexes } from "../engine/sqlite_file.ts";
import { currentVersion } from "../migrations/migrate.ts";
import { install } from "./backup.ts";
import { dailyBackups } from "./daily_backup.ts";
import { type Finding, finding } from "./finding.ts";

/** A board's file and the folder of its daily backups. */
export interface CheckedFile {
  db: string;
  folder: string;
}

/** What is wrong with a file. */
export interface FileCheck {
  findings: Finding[];
  /** False when the board had better not be opened. */
  usable: boolean;
}

/** Tables without which nothing works. */
const needed = ["tasks", "task_links", "task_comments", "task_events", "task_runs"];

/**
 * Looks at a board's file; with `mend` also rebuilds damaged indexes, after a copy of the file was set aside.
 *
 * @param now epoch seconds, for the name of the copy.
 * @throws HermesError `io`, `busy`.
 */
export async function checkFile(
  file: CheckedFile,
  options: { mend: boolean; now: number },
): Promise<FileCheck> {
  const report = await inspectFile(file.db);
  switch (report.state) {
    case "sound":
      return checkSchema(file.db, report);
    case "damaged_indexes":
      return await checkIndexes(file.db, report, options);
    case "missing":
    case "empty":
      return await checkAbsent(file, report.state);
    case "damaged":
    case "not_sqlite":
      return await checkDamaged(file, report);
  }
}

function checkSchema(path: string, { schema, tables }: FileReport): FileCheck {
  if (schema > currentVersion) {
    const newer = finding({
      check: "schema",
      severity: "error",
      what: `The file has schema version ${schema}, this hermes knows ${currentVersion}`,
      examples: [path],
      remedy: "Update hermes to the release that wrote this board.",
    });
    return { findings: [newer], usable: false };
  }
  const missing = schema === 0 ? [] : needed.filter((table) => !tables.includes(table));
  if (missing.length === 0) return { findings: [], usable: true };
  const incomplete = finding({
    check: "schema",
    severity: "error",
    what: "Tables are missing",
    examples: missing,
    remedy: "Make them anew, empty, with: hermes kanban init; or restore a backup.",
  });
  return { findings: [incomplete], usable: false };
}

async function checkIndexes(
  path: string,
  report: FileReport,
  { mend, now }: { mend: boolean; now: number },
): Promise<FileCheck> {
  const found = finding({
    check: "integrity",
    severity: "error",
    what: "Indexes are damaged; every table is whole",
    count: report.problems.length,
    examples: report.problems,
    remedy: "Rebuild them with: hermes kanban doctor --fix",
    fixable: true,
  });
  if (!mend) return { findings: [found], usable: false };
  const copy = await setAsideDamaged(path);
  const fixed = await mendIndexes(path, now);
  const remedy = `The file as it was is kept as ${copy}`;
  return { findings: [{ ...found, fixed, ...(fixed ? { remedy } : {}) }], usable: fixed };
}

/** Rebuilds indexes in place, or, where they are too broken for that, in a new file with the same tables. */
async function mendIndexes(path: string, now: number): Promise<boolean> {
  try {
    await rebuildIndexes(path);
    if ((await inspectFile(path)).state === "sound") return true;
  } catch {
    // Too broken to be emptied: they are left out of a copy instead.
  }
  const name = `.${lastComponent(path)}.${randomIds.token(6)}.tmp`;
  const fresh = joinPath(parentPath(path), name);
  try {
    if ((await copyTables(path, fresh)).state !== "sound") return false;
    await install(fresh, path, "before-repair", { now });
    return true;
  } finally {
    for (const left of [fresh, ...Object.values(journalsOf(fresh))]) await removeFile(left);
  }
}

async function checkAbsent(file: CheckedFile, state: "missing" | "empty"): Promise<FileCheck> {
  const [newest] = await dailyBackups(file.folder);
  const journal = await fileEntry(journalsOf(file.db).wal);
  const lost = newest !== undefined || (journal?.size ?? 0) > 0;
  const absent = finding({
    check: "file",
    severity: lost ? "error" : "info",
    what: state === "missing" ? "There is no board file" : "The board file is empty",
    examples: [file.db],
    remedy: newest
      ? restoreRemedy(newest.file)
      : lost
      ? "A journal is left of it: look for the file before anything is written in its place."
      : "Create the board with: hermes kanban init",
  });
  return { findings: [absent], usable: false };
}

async function checkDamaged(file: CheckedFile, report: FileReport): Promise<FileCheck> {
  const copy = await setAsideDamaged(file.db);
  const [newest] = await dailyBackups(file.folder);
  const damaged = finding({
    check: report.state === "not_sqlite" ? "file" : "integrity",
    severity: "error",
    what: report.state === "not_sqlite"
      ? "The board file is not a SQLite database"
      : "The board file is damaged",
    count: report.problems.length,
    examples: report.problems,
    remedy: `A copy is kept as ${copy}. ` +
      (newest
        ? restoreRemedy(newest.file)
        : "Put a backup in its place with: hermes kanban restore <backup>"),
  });
  return { findings: [damaged], usable: false };
}

function restoreRemedy(backup: string): string {
  return `Put the newest backup in its place with: hermes kanban restore '${backup}'`;
}
