// Owns: the text of `archive`.

import type { ArchiveOutput } from "../../ops/archive.ts";

export function text({ task_id }: ArchiveOutput): string {
  return `Archived ${task_id}`;
}
