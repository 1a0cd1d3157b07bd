// Owns: the note a worker leaves about how it ended, for a dispatcher that is told no more than an exit status, or not even that.

import { readTextIfExists, writeTextAtomic } from "../platform/files.ts";
import { removeFile } from "../platform/file_keeping.ts";
import { joinPath } from "../platform/paths.ts";

/** How a worker ended, in its own words. */
export interface ExitNote {
  /** Its exit status. */
  code: number;
  /** One sentence; null when the status says it all. */
  error: string | null;
  /** Epoch second at which the provider can be asked again, when it said so. */
  retry_at: number | null;
}

/** Characters kept of an error. */
const longestError = 2000;

/** Where the note of a run lies: beside the worker's log. */
export function exitNotePath(logsRoot: string, taskId: string, runId: number): string {
  return joinPath(logsRoot, `${taskId}.${runId}.exit.json`);
}

/** @throws HermesError `io`. */
export async function writeExitNote(path: string, note: ExitNote): Promise<void> {
  const error = note.error === null ? null : note.error.slice(0, longestError);
  await writeTextAtomic(path, `${JSON.stringify({ ...note, error })}\n`);
}

/** The note of a run; null when there is none, or none that can be understood. */
export async function readExitNote(path: string): Promise<ExitNote | null> {
  const text = await readTextIfExists(path).catch(() => null);
  if (text === null) return null;
  try {
    const { code, error, retry_at } = JSON.parse(text);
    if (!Number.isInteger(code)) return null;
    return {
      code,
      error: typeof error === "string" ? error.slice(0, longestError) : null,
      retry_at: Number.isInteger(retry_at) ? retry_at : null,
    };
  } catch {
    return null;
  }
}

/** Forgets a note once it is on the board. */
export async function removeExitNote(path: string): Promise<void> {
  await removeFile(path).catch(() => false);
}
