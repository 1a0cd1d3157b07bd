// Owns: the text of `attach`.

import type { AttachOutput } from "../../ops/tasks/attach.ts";
import { oneLine } from "../terminal.ts";

export function text({ attachment }: AttachOutput): string {
  const { id, task_id, filename, stored_path } = attachment;
  return `Attached ${oneLine(filename)} to ${task_id} as attachment ${id}  (${stored_path})`;
}
