// Owns: the text of `profile delete`.

import type { ProfileDeleteOutput } from "../../ops/profiles/delete.ts";

export function text({ name, trash }: ProfileDeleteOutput): string {
  return `Moved profile ${name} to the trash  (${trash})\nMove the folder back to undo this.`;
}
