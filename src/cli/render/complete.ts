// Owns: the text of `complete`.

import type { CompleteOutput } from "../../ops/tasks/complete.ts";

export function text({ task_id, promoted }: CompleteOutput): string {
  const next = promoted.length > 0 ? `  (now ready: ${promoted.join(", ")})` : "";
  return `Completed ${task_id}${next}`;
}
