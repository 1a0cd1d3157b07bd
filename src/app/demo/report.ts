// Owns: what came of the demo, as data: graphs, handoffs, files, tokens, places.

import { firstLine } from "../../base/text.ts";
import { transcriptPath } from "../../ops/run_record.ts";
import type { Board } from "../../kernel/board.ts";
import { getDetail } from "../../kernel/detail.ts";
import type { UsageTotals } from "../../kernel/queries/usage.ts";
import { readTotal } from "../../kernel/usage.ts";
import type { RunView, TaskDetail } from "../../kernel/views.ts";
import { readTextIfExists } from "../../platform/files.ts";
import { lookAt } from "../../platform/file_tree.ts";
import { joinPath } from "../../platform/paths.ts";
import type { DemoHome } from "./home.ts";

/** A file that a worker says it made. */
export interface MadeFile {
  /** Absolute path. */
  path: string;
  /** Bytes; null when there is no such file. */
  size: number | null;
  /** First line that is not blank; null for an empty or missing file. */
  first_line: string | null;
}

/** One task of a graph. */
export interface ReportedTask {
  id: string;
  title: string;
  status: string;
  assignee: string | null;
  /** Ids of the tasks it needed. */
  parents: string[];
  /** How its attempts ended, oldest first; null while one runs. */
  attempts: (string | null)[];
  /** The handoff; null when there is none. */
  summary: string | null;
  files: MadeFile[];
  /** The worker's output. */
  log: string;
  /** What worker and model said, one file per attempt that got so far. */
  transcripts: string[];
}

/** One idea with its plan; `tasks` are in the order of their creation and leave the root out. */
export interface ReportedGraph {
  root: ReportedTask;
  tasks: ReportedTask[];
}

export interface DemoReport {
  /** Every idea is done. */
  ok: boolean;
  /** Why it is not ok. */
  problem: string | null;
  /** From the first idea in triage to the last verdict. */
  seconds: number;
  graphs: ReportedGraph[];
  /** Of workers and planner; the price of scripted answers is unknown. */
  usage: UsageTotals;
  /** Attempts that did not end in a handoff. */
  failed_attempts: number;
  gateway_restarts: number;
  /** Says that no model thought. */
  model: string;
  places: Places;
}

/** Where everything lies; gone again unless `kept`. */
export interface Places {
  kept: boolean;
  home: string;
  config: string;
  board: string;
  workspaces: string;
  logs: string;
  gateway_log: string;
}

/** Read from the board once the demo is over; the rest of a {@link DemoReport} is known to the caller. */
export type BoardReport = Pick<DemoReport, "graphs" | "usage" | "failed_attempts">;

/** Reads the graphs of `roots` and looks at the files their workers named. */
export async function reportBoard(
  board: Board,
  roots: readonly string[],
  logsRoot: string,
): Promise<BoardReport> {
  const graphs: ReportedGraph[] = [];
  const runs: RunView[] = [];
  for (const id of roots) {
    const root = await getDetail(board, id);
    const details = await Promise.all(root.parents.map((child) => getDetail(board, child.id)));
    runs.push(...[root, ...details].flatMap((detail) => detail.runs));
    graphs.push({
      root: await reportTask(root, logsRoot),
      tasks: await Promise.all(inPlanOrder(root, details).map((it) => reportTask(it, logsRoot))),
    });
  }
  return {
    graphs,
    usage: await readTotal(board, 0),
    failed_attempts: runs.filter(({ outcome }) => outcome !== null && outcome !== "completed")
      .length,
  };
}

/** The places of a home. */
export function placesOf({ root, paths, gatewayLog }: DemoHome, kept: boolean): Places {
  return {
    kept,
    home: root,
    config: paths.configFile,
    board: paths.db,
    workspaces: paths.workspacesRoot,
    logs: paths.logsRoot,
    gateway_log: gatewayLog,
  };
}

/** Children in the order the planner wrote them, which the `decomposed` event keeps. */
function inPlanOrder(root: TaskDetail, children: TaskDetail[]): TaskDetail[] {
  const written = root.events.findLast((event) => event.kind === "decomposed")?.payload;
  const ids = (written as { child_ids?: string[] } | undefined)?.child_ids ?? [];
  return children.toSorted((a, b) => ids.indexOf(a.task.id) - ids.indexOf(b.task.id));
}

async function reportTask(
  { task, parents, runs }: TaskDetail,
  logsRoot: string,
): Promise<ReportedTask> {
  const handoff = runs.findLast((run) => run.outcome === "completed");
  const names = changedFiles(handoff?.metadata);
  const folder = task.workspace_path;
  const transcripts = runs.map((run) => transcriptPath(logsRoot, task.id, run.id));
  const written = await Promise.all(transcripts.map(lookAt));
  return {
    id: task.id,
    title: task.title,
    status: task.status,
    assignee: task.assignee,
    parents: parents.map(({ id }) => id),
    attempts: runs.map((run) => run.outcome),
    summary: handoff?.summary ?? task.result,
    files: folder === null
      ? []
      : await Promise.all(names.map((name) => lookAtFile(joinPath(folder, name)))),
    log: joinPath(logsRoot, `${task.id}.log`),
    transcripts: transcripts.filter((_, index) => written[index] !== null),
  };
}

/** The files a handoff names, relative to the workspace of its task. */
function changedFiles(metadata: unknown): string[] {
  const named = (metadata as { changed_files?: unknown } | null | undefined)?.changed_files;
  return Array.isArray(named) ? named.filter((name) => typeof name === "string") : [];
}

async function lookAtFile(path: string): Promise<MadeFile> {
  const found = await lookAt(path);
  if (found?.kind !== "file") return { path, size: null, first_line: null };
  return { path, size: found.size, first_line: firstLine(await readTextIfExists(path), 100) };
}
