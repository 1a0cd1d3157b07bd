// Owns: the text of `show`.

import { formatUsd } from "../../base/money.ts";
import type { ShowOutput } from "../../ops/views/show.ts";
import { oneLine, plainText, type Screen } from "../terminal.ts";
import { eventLine } from "./event_line.ts";
import { figuresLine } from "./figures.ts";
import { runLines } from "./run_lines.ts";
import { ago, name, stamp, statusIcon, statusWord } from "./words.ts";

const shownEvents = 20;

export function text(detail: ShowOutput, screen: Screen): string {
  const { task, parents, children, comments, events, runs, attachments } = detail;
  const heading = `${statusIcon(task.status, screen)} ${task.id}  ${
    screen.paint("bold", oneLine(task.title))
  }`;
  return [
    heading,
    ...facts(detail, screen),
    ...(task.body ? ["", plainText(task.body)] : []),
    ...(task.result ? ["", title("Result", screen), indent(plainText(task.result))] : []),
    ...neighbours("Parents", parents, screen),
    ...neighbours("Children", children, screen),
    ...(attachments.length > 0 ? ["", title(`Attachments (${attachments.length})`, screen)] : []),
    ...attachments.map(({ id, filename, stored_path }) =>
      `  ${id}  ${oneLine(filename)}  ${screen.paint("dim", oneLine(stored_path))}`
    ),
    ...(comments.length > 0 ? ["", title(`Comments (${comments.length})`, screen)] : []),
    ...comments.flatMap((comment) => [
      `  ${screen.paint("cyan", oneLine(comment.author))} ${
        screen.paint("dim", ago(comment.created_at, screen))
      }`,
      indent(plainText(comment.body), 4),
    ]),
    ...(runs.length > 0 ? ["", title(`Runs (${runs.length})`, screen)] : []),
    ...runLines(runs, screen).map((line) => `  ${line}`),
    "",
    title(
      events.length > shownEvents
        ? `Events (last ${shownEvents} of ${events.length})`
        : `Events (${events.length})`,
      screen,
    ),
    ...events.slice(-shownEvents).map((event) => `  ${eventLine(event, screen)}`),
  ].join("\n");
}

function modelOf({ model_override, provider_override }: ShowOutput["task"]): string | null {
  const parts = [
    model_override,
    provider_override === null ? null : `from ${provider_override}`,
  ].filter((part) => part !== null);
  return parts.length > 0 ? oneLine(parts.join(" ")) : null;
}

function goalOf({ goal_max_turns }: ShowOutput["task"]): string {
  const turns = goal_max_turns === null ? "" : `; it may say no ${goal_max_turns} times`;
  return `a judge decides when it is reached${turns}`;
}

function facts({ task, progress, usage }: ShowOutput, screen: Screen): string[] {
  const workspace = [task.workspace_kind, task.workspace_path].filter(Boolean).join(" ");
  const rows: [string, string | null][] = [
    ["Status", statusWord(task.status, screen) + (task.held ? " (parked)" : "")],
    ["Progress", progress && `${progress.done}/${progress.total} done`],
    ["Assignee", name(task.assignee)],
    ["Priority", task.priority === 0 ? null : String(task.priority)],
    ["Tenant", task.tenant],
    ["Workspace", workspace],
    ["Skills", task.skills.length > 0 ? task.skills.join(", ") : null],
    ["Model", modelOf(task)],
    ["Goal", task.goal_mode ? goalOf(task) : null],
    ["Budget", task.max_cost_usd === null ? null : formatUsd(task.max_cost_usd)],
    ["Cost", costOf(usage)],
    ["With graph", hasGraph(usage) ? costOf(usage?.graph) : null],
    ["Claim", task.claim_lock],
    ["Failures", task.consecutive_failures > 0 ? String(task.consecutive_failures) : null],
    ["Last error", task.last_failure_error],
    ["Created", `${stamp(task.created_at)} by ${name(task.created_by)}`],
    ["Not before", task.not_before === null ? null : stamp(task.not_before)],
    ["Started", task.started_at === null ? null : stamp(task.started_at)],
    ["Completed", task.completed_at === null ? null : stamp(task.completed_at)],
  ];
  return rows.flatMap(([label, value]) =>
    value === null ? [] : [`  ${screen.paint("dim", label.padEnd(10))} ${safe(label, value)}`]
  );
}

type Totals = Omit<NonNullable<ShowOutput["usage"]>, "graph">;

/** Nothing for a task that nobody has worked on. */
function costOf(totals: Totals | undefined): string | null {
  return totals && totals.runs + totals.calls > 0 ? figuresLine(totals) : null;
}

/** Whether what came out of the task used something too. */
function hasGraph(usage: ShowOutput["usage"]): boolean {
  return usage !== undefined && usage.graph.runs + usage.graph.calls > usage.runs + usage.calls;
}

/** The status is coloured already; everything else may hold text from anywhere. */
function safe(label: string, value: string): string {
  return label === "Status" ? value : oneLine(value);
}

function neighbours(label: string, linked: ShowOutput["parents"], screen: Screen): string[] {
  if (linked.length === 0) return [];
  return [
    "",
    title(`${label} (${linked.length})`, screen),
    ...linked.map((task) =>
      `  ${statusIcon(task.status, screen)} ${task.id}  ${oneLine(task.title)}` +
      (task.waived === 1 ? screen.paint("dim", " (waived)") : "")
    ),
  ];
}

function title(text: string, screen: Screen): string {
  return screen.paint("bold", text);
}

function indent(text: string, by = 2): string {
  return text.split("\n").map((line) => " ".repeat(by) + line).join("\n");
}
