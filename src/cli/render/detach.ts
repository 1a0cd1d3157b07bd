// Owns: the text of `detach`.

import type { DetachOutput } from "../../ops/tasks/attach.ts";
import { oneLine } from "../terminal.ts";

export function text({ attachment, file_removed }: DetachOutput): string {
  const { filename, task_id, stored_path } = attachment;
  const kept = file_removed ? "" : `  (no file was deleted at ${oneLine(stored_path)})`;
  return `Detached ${oneLine(filename)} from ${task_id}${kept}`;
}
