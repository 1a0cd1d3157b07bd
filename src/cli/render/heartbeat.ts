// Owns: the text of `heartbeat`.

import type { HeartbeatOutput } from "../../ops/runs/heartbeat.ts";

export function text({ task_id }: HeartbeatOutput): string {
  return `Heartbeat recorded for ${task_id}`;
}
