// Owns: the text of `log`.

import { HermesError } from "../../base/errors.ts";
import type { LogOutput } from "../../ops/runs/log.ts";

export function text({ content }: LogOutput): string {
  return content;
}

export function refusal({ task_id, path, exists }: LogOutput): HermesError | null {
  if (exists) return null;
  return new HermesError("not_found", `Cannot show the log of task "${task_id}": there is none`, {
    remedy: `No worker was started for it yet. Its log will be ${path}.`,
  });
}
