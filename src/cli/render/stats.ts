// Owns: the text of `stats`.

import { formatDuration } from "../../base/duration.ts";
import type { StatsOutput } from "../../ops/views/stats.ts";
import { table } from "../table.ts";
import { type Screen } from "../terminal.ts";
import { name, statusIcon } from "./words.ts";

const order = ["triage", "todo", "ready", "running", "blocked", "done", "archived"];

export function text(stats: StatsOutput, screen: Screen): string {
  const present = Object.keys(stats.by_status);
  if (present.length === 0) return "(no tasks yet)";
  const statuses = [...order, ...present.filter((status) => !order.includes(status))]
    .filter((status) => stats.by_status[status]);
  const people = Object.keys(stats.by_assignee).sort();
  return [
    ...table(
      statuses.map((status) => [
        statusIcon(status, screen),
        status,
        String(stats.by_status[status]),
      ]),
      screen.width,
    ),
    "",
    ...table(
      people.map((person) => [
        person === "" ? "(nobody)" : name(person),
        statuses.flatMap((status) => {
          const count = stats.by_assignee[person]?.[status];
          return count ? [`${status} ${count}`] : [];
        }).join(", "),
      ]),
      screen.width,
    ),
    ...(stats.oldest_ready_age_seconds === null
      ? []
      : ["", `Oldest ready task: ${formatDuration(stats.oldest_ready_age_seconds)}`]),
  ].join("\n");
}
