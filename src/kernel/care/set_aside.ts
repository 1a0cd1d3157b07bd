// Owns: keeping a copy of a damaged board file, before anybody tries to mend or replace it.

import { HermesError } from "../../base/errors.ts";
import {
  digestFiles,
  fileEntry,
  keepFileAs,
  listFiles,
  removeFile,
} from "../../platform/file_keeping.ts";
import { exists } from "../../platform/files.ts";
import { copyFileNew } from "../../platform/transfer.ts";
import { joinPath, lastComponent, parentPath } from "../../platform/paths.ts";

/** Copies kept per board; the oldest make room. */
const maxCopies = 10;

/** The file that holds what a board's own file does not hold yet. */
export function journalsOf(path: string): { wal: string; shared: string; rollback: string } {
  return { wal: `${path}-wal`, shared: `${path}-shm`, rollback: `${path}-journal` };
}

/**
 * Copies a damaged file to `<path>.corrupt.<hash>.bak`, with what its journal holds beside it. The name follows
 * from the content: however often the same file is found to be damaged, there is one copy.
 *
 * @returns the copy's path.
 * @throws HermesError `io`; the damaged file is never changed.
 */
export async function setAsideDamaged(path: string): Promise<string> {
  const { wal, rollback } = journalsOf(path);
  const hash = (await digestFiles([path, wal, rollback])).slice(0, 16);
  const copy = `${path}.corrupt.${hash}.bak`;
  if (await exists(copy)) return copy;
  await copyFileNew(path, copy, Infinity);
  for (const [journal, suffix] of [[wal, "-wal"], [rollback, "-journal"]] as const) {
    if ((await fileEntry(journal))?.size) await copyFileNew(journal, `${copy}${suffix}`, Infinity);
  }
  await forgetOldest(path, copy);
  return copy;
}

/**
 * What an operator is told when the board at `path` turns out to be damaged: where the copy is and what to do. Other
 * errors, and those about other files, pass through unchanged.
 */
export async function explainDamage(error: unknown, path: string): Promise<unknown> {
  if (!(error instanceof HermesError) || error.code !== "corrupt") return error;
  if (error.details?.["file"] !== path || "copy" in error.details) return error;
  const copy = await setAsideDamaged(path).catch(() => null);
  const kept = copy === null ? "" : ` A copy of it is kept as ${copy}.`;
  return new HermesError("corrupt", error.message, {
    remedy: `The file was left untouched.${kept} See what can be mended with: ` +
      "hermes kanban doctor; or put a backup in its place with: hermes kanban restore <backup>",
    details: { ...error.details, ...(copy === null ? {} : { copy }) },
    cause: error.cause,
  });
}

/** Paths of the copies of damaged files of this board, the newest first. */
export async function damagedCopies(path: string): Promise<string[]> {
  const prefix = `${lastComponent(path)}.corrupt.`;
  const folder = parentPath(path);
  return (await listFiles(folder))
    .filter(({ name }) => name.startsWith(prefix) && name.endsWith(".bak"))
    .sort((a, b) => b.changedAt - a.changedAt)
    .map(({ name }) => joinPath(folder, name));
}

/**
 * Gives the board's file a second name that ends in `suffix`, and its journals too, which are taken from it: what
 * comes in its place must not find them.
 *
 * @returns the second name.
 */
export async function keepBeside(path: string, suffix: string): Promise<string> {
  const kept = await freeName(`${path}.${suffix}`);
  await keepFileAs(path, kept);
  const { wal, shared, rollback } = journalsOf(path);
  for (const [journal, ending] of [[wal, "-wal"], [rollback, "-journal"]] as const) {
    if (!await exists(journal)) continue;
    await keepFileAs(journal, `${kept}${ending}`);
    await removeFile(journal);
  }
  await removeFile(shared);
  return kept;
}

async function freeName(wanted: string): Promise<string> {
  for (let number = 1;; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!await exists(name)) return name;
  }
}

async function forgetOldest(path: string, newest: string): Promise<void> {
  const others = (await damagedCopies(path)).filter((copy) => copy !== newest);
  for (const copy of others.slice(maxCopies - 1)) {
    for (const suffix of ["", "-wal", "-journal"]) await removeFile(`${copy}${suffix}`);
  }
}
