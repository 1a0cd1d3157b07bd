// Owns: the text of `edit`.

import type { EditOutput } from "../../ops/tasks/edit.ts";

export function text({ task, changed }: EditOutput): string {
  return changed ? `Edited ${task.id}` : `Nothing to change on ${task.id}`;
}
