// Owns: the text of `schedule`.

import { formatDuration } from "../../base/duration.ts";
import type { ScheduleOutput } from "../../ops/tasks/schedule.ts";
import type { Screen } from "../terminal.ts";
import { stamp } from "./words.ts";

export function text({ task_id, not_before }: ScheduleOutput, screen: Screen): string {
  if (not_before === null) return `Unscheduled ${task_id}`;
  const wait = formatDuration(not_before - screen.now);
  return `Scheduled ${task_id} for ${stamp(not_before)} UTC, in ${wait}`;
}
