// Owns: the words and lines of the demo's report.

import { firstLine, plural } from "../../base/text.ts";
import { figuresLine, sourceWords } from "../../cli/render/figures.ts";
import { name, statusIcon, statusWord } from "../../cli/render/words.ts";
import { displayWidth, fit, table } from "../../cli/table.ts";
import { oneLine, type Screen } from "../../cli/terminal.ts";
import type { DemoReport, MadeFile, Places, ReportedGraph, ReportedTask } from "./report.ts";

/** Said wherever the demo's answers could be taken for thoughts. */
export const modelNotice = "rehearsal model: scripted answers";

/**
 * The report: final board, graphs with handoffs, files, figures, places, and how to connect a model.
 *
 * @param configFile the user's own configuration file.
 */
export function reportLines(report: DemoReport, configFile: string, screen: Screen): string[] {
  const { graphs, places } = report;
  const title = (text: string) => ["", screen.paint("bold", text)];
  return [
    ...title("Final board"),
    ...boardLines(graphs, screen),
    ...title("What came of each idea"),
    ...graphs.flatMap((graph) => graphLines(graph, screen)),
    ...title("Files the workers made"),
    ...fileLines(graphs, places, screen),
    ...title("Figures"),
    ...figureLines(report),
    ...title(places.kept ? "Where everything lies" : "Where everything lay"),
    ...placeLines(report, screen),
    ...title(modelNotice),
    ...connectLines(configFile),
    "",
    closingLine(report, screen),
  ];
}

function boardLines(graphs: readonly ReportedGraph[], screen: Screen): string[] {
  const tasks = graphs.flatMap(({ root, tasks }) => [...tasks, root]);
  return table(
    tasks.map((task) => [
      statusIcon(task.status, screen),
      task.id,
      statusWord(task.status, screen),
      name(task.assignee),
      oneLine(task.title),
    ]),
    screen.width,
  );
}

function graphLines({ root, tasks }: ReportedGraph, screen: Screen): string[] {
  const numbers = new Map(tasks.map((task, index) => [task.id, index + 1]));
  return [
    `${statusIcon(root.status, screen)} ${screen.paint("bold", oneLine(root.title))}`,
    ...tasks.flatMap((task, index) => taskLines(task, index + 1, numbers, screen)),
    handoffLine(root, "  verdict by ", screen),
  ];
}

function taskLines(
  task: ReportedTask,
  number: number,
  numbers: ReadonlyMap<string, number>,
  screen: Screen,
): string[] {
  const needed = task.parents.flatMap((id) => numbers.get(id) ?? []).toSorted((a, b) => a - b);
  const after = needed.length > 0 ? screen.paint("dim", ` after ${needed.join(", ")}`) : "";
  return [
    `  ${statusIcon(task.status, screen)} ${number}. ${oneLine(task.title)}${after}`,
    handoffLine(task, "      ", screen),
  ];
}

/** Who handed off what, and which attempts it took. */
function handoffLine(task: ReportedTask, lead: string, screen: Screen): string {
  const failed = task.attempts.filter((outcome) => outcome !== "completed");
  const retried = failed.length > 0
    ? screen.paint("yellow", ` (attempt ${task.attempts.length}, after: ${failed.join(", ")})`)
    : "";
  const said = oneLine(firstLine(task.summary, 300) ?? "no handoff");
  const who = `${lead}${screen.paint("cyan", name(task.assignee))}${retried}: `;
  return who + fit(said, Math.max(20, screen.width - displayWidth(who)));
}

function fileLines(
  graphs: readonly ReportedGraph[],
  places: Places,
  screen: Screen,
): string[] {
  const files = graphs.flatMap(({ tasks }) => tasks).flatMap((task) => task.files);
  if (files.length === 0) return ["none"];
  return table(
    files.map((file) => [
      shortPath(file.path, places),
      sizeText(file),
      screen.paint("dim", fit(oneLine(file.first_line ?? ""), 48)),
      "",
    ]),
    Infinity,
  );
}

function figureLines(report: DemoReport): string[] {
  const { usage, failed_attempts, gateway_restarts, seconds } = report;
  const workers = `${plural(usage.runs, "worker")}, each a process of its own, in ` +
    `${seconds.toFixed(1)} s`;
  const failed = failed_attempts > 0
    ? [
      `${plural(failed_attempts, "attempt")} failed and ${failed_attempts === 1 ? "was" : "were"}` +
      " tried again",
    ]
    : [];
  const restarts = gateway_restarts > 0
    ? [`The gateway was started again ${plural(gateway_restarts, "time")}`]
    : [];
  return [
    workers,
    `${figuresLine(usage)} (as the rehearsal model counts them), ` +
    `for ${sourceWords(usage)}; "hermes kanban usage" adds up such figures`,
    ...failed,
    ...restarts,
  ];
}

function placeLines({ places, graphs }: DemoReport, screen: Screen): string[] {
  const transcript = graphs[0]?.tasks[0]?.transcripts[0];
  const rows = [
    ["home", places.home],
    ["configuration", shortPath(places.config, places)],
    ["board", shortPath(places.board, places)],
    ["workspaces", shortPath(places.workspaces, places)],
    ["worker logs", shortPath(places.logs, places)],
    ...(transcript ? [["a transcript", shortPath(transcript, places)]] : []),
    ["gateway's log", shortPath(places.gateway_log, places)],
  ];
  const hint = places.kept
    ? `Look around with: HERMES_HOME=${places.home} hermes kanban list`
    : "It has been removed. hermes demo --keep keeps it.";
  return [...table(rows.map((row) => [screen.paint("dim", row[0]!), row[1]!]), Infinity), hint];
}

function connectLines(configFile: string): string[] {
  return [
    "Nothing here was thought up: planner and workers read from scripts. All the rest is real:",
    "processes, files, HTTP and database. To connect a model, write these two lines below",
    `"model:" in ${configFile}:`,
    "  model:",
    "    provider: ollama          # or openai, openrouter, lmstudio, vllm",
    "    default: <model name>",
  ];
}

function closingLine({ ok, problem, graphs, seconds }: DemoReport, screen: Screen): string {
  if (!ok) return screen.paint("red", `Not finished: ${problem ?? "unknown reason"}`);
  const tasks = graphs.reduce((sum, graph) => sum + graph.tasks.length + 1, 0);
  return screen.paint(
    "green",
    `${plural(graphs.length, "idea")} became ${plural(tasks, "finished task")} ` +
      `in ${seconds.toFixed(1)} s.`,
  );
}

function sizeText({ size }: MadeFile): string {
  return size === null ? "missing" : `${count(size)} B`;
}

function shortPath(path: string, { home }: Places): string {
  return path.startsWith(`${home}/`) ? path.slice(home.length + 1) : path;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
