// Owns: the files a worker names when it completes a task — checked, and brought to a place that stays.

import { HermesError } from "../../base/errors.ts";
import { attachFile, detachFile } from "../../kernel/attachments.ts";
import type { Board } from "../../kernel/board.ts";
import type { Artifact } from "../../kernel/completion.ts";
import { getTask } from "../../kernel/detail.ts";
import type { TaskRow } from "../../kernel/model/rows.ts";
import { resolveWithin, statFile } from "../../workspace/artifact.ts";
import type { OpContext } from "../context.ts";
import { isAgent } from "../run.ts";

/** Artifacts as recorded, and how to take the copies back. */
export interface Kept {
  artifacts: Artifact[];
  /** Removes the copies again, when the completion is refused after all. */
  discard(): Promise<void>;
}

/**
 * Checks the files and copies those of a scratch folder to the task's attachments, because the folder does not stay.
 * An agent's files must lie in its own workspace.
 *
 * @param paths absolute, or relative to the task's workspace.
 * @throws HermesError `not_found` or `invalid` naming the file; nothing is copied then.
 */
export async function keepArtifacts(
  context: OpContext,
  taskId: string,
  paths: readonly string[],
): Promise<Kept> {
  if (paths.length === 0) return { artifacts: [], discard: () => Promise.resolve() };
  const board = await context.board();
  const task = await getTask(board, taskId);
  const files = [];
  for (const path of new Set(paths)) files.push(await find(task, path, isAgent(context.actor)));
  if (task.workspace_kind !== "scratch") {
    return { artifacts: files, discard: () => Promise.resolve() };
  }
  return await copyAll(context, board, task, files);
}

async function find(task: TaskRow, path: string, confined: boolean): Promise<Artifact> {
  const found = await resolveWithin(task.workspace_path, path, confined);
  const file = found && await statFile(found);
  if (file) return file;
  throw new HermesError("not_found", `Cannot hand over artifact "${path}": no such file`, {
    remedy: task.workspace_path === null
      ? "Name files by their absolute path."
      : `Name files that exist, relative to ${task.workspace_path}. The task is still in flight.`,
  });
}

async function copyAll(
  context: OpContext,
  board: Board,
  task: TaskRow,
  files: readonly Artifact[],
): Promise<Kept> {
  const { actor, boardPaths: { attachmentsRoot } } = context;
  const ids: number[] = [];
  const artifacts: Artifact[] = [];
  const discard = async () => {
    for (const id of ids) await detachFile(board, attachmentsRoot, id);
  };
  try {
    for (const { path } of files) {
      const file = { source: path, uploadedBy: actor.name };
      const row = await attachFile(board, attachmentsRoot, task.id, file, actor.runId);
      ids.push(row.id);
      artifacts.push({ name: row.filename, path: row.stored_path, size: row.size });
    }
  } catch (error) {
    await discard();
    throw error;
  }
  return { artifacts, discard };
}
