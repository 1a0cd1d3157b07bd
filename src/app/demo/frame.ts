// Owns: the picture of the running demo, as lines of text.

import { formatDuration } from "../../base/duration.ts";
import { plural } from "../../base/text.ts";
import { statusIcon } from "../../cli/render/words.ts";
import { table } from "../../cli/table.ts";
import { oneLine, type Screen } from "../../cli/terminal.ts";
import { statuses } from "../../kernel/model/status.ts";
import type { DemoView, IdeaView, WorkerView } from "./view.ts";

/** Workers shown at most: the picture has to fit into a small terminal. */
const mostWorkers = 8;
const barWidth = 16;

/** What is known beside the board. */
export interface Surroundings {
  /** Seconds since the demo began. */
  elapsed: number;
  /** Process id of the gateway; null while there is none. */
  gatewayPid: number | null;
}

/** Columns with counts, workers with what they do and since when, ideas with their progress. */
export function drawFrame(view: DemoView, around: Surroundings, screen: Screen): string[] {
  const gateway = around.gatewayPid === null
    ? "gateway is being started"
    : `gateway ${around.gatewayPid}`;
  const waiting = view.waitingSince === null
    ? []
    : [`oldest ready task ${formatDuration(screen.now - view.waitingSince)}`];
  return [
    "",
    screen.paint("dim", [formatDuration(around.elapsed), gateway, ...waiting].join("  ·  ")),
    columns(view, screen),
    "",
    ...workerLines(view.workers, screen),
    "",
    ...table(view.ideas.map((idea) => ideaCells(idea, screen)), screen.width),
  ];
}

function columns({ counts }: DemoView, screen: Screen): string {
  return statuses.filter((status) => status !== "archived" || counts.archived > 0)
    .map((status) => {
      const text = `${status} ${counts[status]}`;
      const strength = counts[status] > 0 ? "bold" : "dim";
      return `${statusIcon(status, screen)} ${screen.paint(strength, text)}`;
    })
    .join("   ");
}

function workerLines(workers: readonly WorkerView[], screen: Screen): string[] {
  if (workers.length === 0) return [screen.paint("dim", "no worker is running")];
  const rows = workers.slice(0, mostWorkers).map((worker) => [
    screen.paint("cyan", worker.profile),
    worker.taskId,
    formatDuration(screen.now - worker.since),
    `${oneLine(worker.title)}${worker.attempt > 1 ? ` (attempt ${worker.attempt})` : ""}`,
  ]);
  const hidden = workers.length - mostWorkers;
  return [
    ...table(rows, screen.width),
    ...(hidden > 0 ? [screen.paint("dim", `and ${plural(hidden, "worker")} more`)] : []),
  ];
}

function ideaCells(idea: IdeaView, screen: Screen): string[] {
  const age = formatDuration((idea.completedAt ?? screen.now) - idea.createdAt);
  const progress = idea.total === 0
    ? screen.paint("dim", idea.status === "triage" ? "being planned" : "one task")
    : `${bar(idea)} ${idea.done}/${idea.total}`;
  return [statusIcon(idea.status, screen), progress, age, oneLine(idea.title)];
}

function bar({ done, total }: IdeaView): string {
  const filled = Math.round(done / total * barWidth);
  return "━".repeat(filled) + "╌".repeat(barWidth - filled);
}
