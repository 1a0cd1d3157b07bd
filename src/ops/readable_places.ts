// Owns: the places outside of its workspace that a worker may read: what people and parent tasks handed over.

import { join } from "node:path";
import { handedOver } from "../kernel/handed_over.ts";
import type { OpContext } from "./context.ts";

/** Folders of attachments of the task and its parents, and single files that parents named as artifacts. */
export async function readablePlaces(context: OpContext, taskId: string): Promise<string[]> {
  const { parents, artifacts } = await handedOver(await context.board(), taskId);
  const { attachmentsRoot } = context.boardPaths;
  const folders = [taskId, ...parents].filter(isPlainName).map((id) => join(attachmentsRoot, id));
  return [...folders, ...artifacts];
}

/** Ids come from the board's file, which other programs write too: none may lead out of the folder. */
function isPlainName(id: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(id);
}
