// Owns: the text of `archive`.

import type { ArchiveOutput } from "../../ops/tasks/archive.ts";

export function text({ task_id, status }: ArchiveOutput): string {
  if (status === "archived") return `Archived ${task_id}`;
  const next = status === "todo" ? `  (start it with: hermes kanban promote ${task_id})` : "";
  return `Restored ${task_id} to ${status}${next}`;
}
