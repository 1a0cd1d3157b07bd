// Owns: files that belong to tasks — storing, listing and removing them.

import { HermesError } from "../base/errors.ts";
import { ensureDir, isInside, removeTreeInside } from "../platform/files.ts";
import { lookAt } from "../platform/file_tree.ts";
import { joinPath } from "../platform/paths.ts";
import { copyFileNew } from "../platform/transfer.ts";
import { attachmentName, mediaTypeOf, numberedName } from "./attachment_name.ts";
import { type Board, read, write } from "./board.ts";
import { getTask } from "./detail.ts";
import { recordRefusedWrite } from "./lifecycle/apply.ts";
import type { AttachmentRow } from "./model/rows.ts";
import { attachmentById, attachmentsOfTask, insertAttachment, sql } from "./queries/attachments.ts";
import { appendEvent } from "./queries/events.ts";

/** Bytes of the largest file that can be attached. */
export const maxAttachmentBytes = 25 * 1024 * 1024;

/** Names that are tried before giving up on one that is taken. */
const maxNumber = 999;

/** A file to be attached. */
export interface NewAttachment {
  /** Absolute path of the file; it is copied. */
  source: string;
  /** Name to keep it under; the file's own name when absent. */
  name?: string;
  uploadedBy: string;
}

/**
 * Copies a file into the task's folder below `root` and records it. A name that is taken gets a number.
 *
 * @param fence the run of the worker that asks; refused once that run is closed.
 * @throws HermesError `not_found` for the task or the file, `invalid` for what is no file, `too_large`,
 * `fenced`, `io`. Nothing is stored then.
 */
export async function attachFile(
  board: Board,
  root: string,
  taskId: string,
  file: NewAttachment,
  fence: number | null = null,
): Promise<AttachmentRow> {
  await getTask(board, taskId);
  await checkSource(file.source);
  const stored = await store(await taskFolder(root, taskId), file);
  const row = {
    task_id: taskId,
    filename: stored.name,
    stored_path: stored.path,
    content_type: mediaTypeOf(stored.name),
    size: stored.size,
    uploaded_by: file.uploadedBy,
  };
  try {
    return await record(board, row, fence);
  } catch (error) {
    await removeTreeInside(root, stored.path).catch(() => {});
    throw error;
  }
}

/** A task's attachments, oldest first. @throws HermesError `not_found` for an unknown task. */
export async function getAttachments(board: Board, taskId: string): Promise<AttachmentRow[]> {
  await getTask(board, taskId);
  return await read(board, (tx) => attachmentsOfTask(tx, taskId));
}

/** One attachment. @throws HermesError `not_found`. */
export async function getAttachment(board: Board, id: number): Promise<AttachmentRow> {
  const row = await read(board, (tx) => attachmentById(tx, id));
  if (!row) throw unknownAttachment(id);
  return row;
}

/** What became of a removed attachment. */
export interface Detached {
  attachment: AttachmentRow;
  /** False when there was no file, or it lies outside the board's folder and was left alone. */
  fileRemoved: boolean;
}

/**
 * Removes an attachment, and its file when that lies below `root`.
 *
 * @throws HermesError `not_found`, `io`.
 */
export async function detachFile(board: Board, root: string, id: number): Promise<Detached> {
  const attachment = await write(board, async (tx, env) => {
    const row = await attachmentById(tx, id);
    if (!row) throw unknownAttachment(id);
    await tx.run(sql.remove, [id]);
    await appendEvent(tx, {
      taskId: row.task_id,
      runId: null,
      kind: "attachment_removed",
      payload: { attachment_id: id, filename: row.filename },
      at: env.now,
    });
    return row;
  });
  const { stored_path } = attachment;
  const managed = stored_path !== root && await isInside(root, stored_path);
  return { attachment, fileRemoved: managed && await removeTreeInside(root, stored_path) };
}

async function checkSource(path: string): Promise<void> {
  const found = await lookAt(path);
  if (found === null) {
    throw new HermesError("not_found", `Cannot attach file "${path}": no such file`, {
      remedy: "Check that the path is spelled correctly.",
    });
  }
  if (found.kind !== "file") {
    throw new HermesError("invalid", `Cannot attach file "${path}": it is no regular file`, {
      remedy: "Pack a folder into an archive and attach that.",
    });
  }
  if (found.size > maxAttachmentBytes) throw tooLarge(path, found.size);
}

/** Ids come from the board's file, which other programs write too: the folder must stay below the root. */
async function taskFolder(root: string, taskId: string): Promise<string> {
  const folder = joinPath(root, taskId);
  if (folder === joinPath(root) || !await isInside(root, folder)) {
    throw new HermesError("invalid", `Cannot attach to task "${taskId}": the id is no folder name`);
  }
  await ensureDir(folder);
  return folder;
}

async function store(
  folder: string,
  { source, name }: NewAttachment,
): Promise<{ name: string; path: string; size: number }> {
  const wanted = attachmentName(name ?? source);
  for (let number = 0; number <= maxNumber; number++) {
    const free = numberedName(wanted, number);
    const path = joinPath(folder, free);
    const size = await copyFileNew(source, path, maxAttachmentBytes);
    if (size !== null) return { name: free, path, size };
  }
  throw new HermesError(
    "refused",
    `Cannot attach file "${source}": ${maxNumber} files are called "${wanted}" already`,
    { remedy: "Give it another name with --name." },
  );
}

async function record(
  board: Board,
  row: Omit<AttachmentRow, "id" | "created_at">,
  fence: number | null,
): Promise<AttachmentRow> {
  const recorded = await write(board, async (tx, env) => {
    const full = { ...row, created_at: env.now };
    const id = await insertAttachment(tx, full, fence);
    if (id === null) {
      await recordRefusedWrite(tx, env, row.task_id, fence, "attach");
      return null;
    }
    await appendEvent(tx, {
      taskId: row.task_id,
      runId: null,
      kind: "attached",
      payload: { attachment_id: id, filename: row.filename, size: row.size },
      at: env.now,
    });
    return { id, ...full };
  });
  if (recorded) return recorded;
  throw new HermesError(
    "fenced",
    `Cannot attach to task "${row.task_id}" for run ${fence}: that run is closed`,
    { details: { run_id: fence } },
  );
}

function tooLarge(path: string, size: number): HermesError {
  const megabytes = (size / (1024 * 1024)).toFixed(1);
  return new HermesError(
    "too_large",
    `Cannot attach file "${path}": it has ${megabytes} MB, the most is 25 MB`,
    { remedy: "Put it where the worker can reach it and name the path in a comment." },
  );
}

function unknownAttachment(id: number): HermesError {
  return new HermesError("not_found", `Cannot find attachment "${id}": no such attachment`, {
    remedy: "List a task's attachments with `hermes kanban attachments <task id>`.",
  });
}
