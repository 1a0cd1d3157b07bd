// Owns: the brief — the text a worker reads before it starts.

import { clip } from "../base/text.ts";
import { type Board, read } from "./board.ts";
import type { ReadTx } from "./engine/port.ts";
import { refusalError, unknownTask } from "./lifecycle/apply.ts";
import type { Verdict } from "./lifecycle/goal_gate.ts";
import type { CommentRow, LinkedTask, RunRow, TaskRow } from "./model/rows.ts";
import { attachmentsOfTask } from "./queries/attachments.ts";
import { newestOfKind, sql as events } from "./queries/events.ts";
import { parentsOf } from "./queries/links.ts";
import { sql as runs } from "./queries/runs.ts";
import { taskById } from "./queries/tasks.ts";

/** Caps, in characters and entries. One huge field must not crowd out the others. */
export const briefLimits = {
  field: 4096,
  body: 8192,
  comment: 2048,
  title: 400,
  name: 200,
  attempts: 10,
  recentRuns: 5,
  attachments: 50,
  comments: 30,
} as const;

/**
 * Builds the brief: header, body, attachments, prior attempts, results of completed parents, recent work of the same
 * assignee, comment thread.
 *
 * @throws HermesError `not_found`.
 */
export function buildBrief(board: Board, taskId: string): Promise<string> {
  return read(board, async (tx) => {
    const task = await taskById(tx, taskId);
    if (!task) throw refusalError(unknownTask(taskId));
    const sections = [
      header(task),
      task.body ? `## Task\n\n${clip(task.body, briefLimits.body)}` : null,
      await attachments(tx, task),
      await priorAttempts(tx, task),
      await parentResults(tx, task),
      await recentWork(tx, task),
      await thread(tx, task),
    ];
    return sections.filter((section) => section !== null).join("\n\n");
  });
}

function header(task: TaskRow): string {
  const workspace = [task.workspace_kind, task.workspace_path].filter(Boolean).join(" ");
  const { field, name, title } = briefLimits;
  return [
    `# Kanban task ${task.id}: ${line(task.title, title)}`,
    "",
    `Assignee: ${line(task.assignee ?? "nobody", name)}`,
    `Status: ${task.status}`,
    ...(task.tenant ? [`Tenant: ${line(task.tenant, name)}`] : []),
    `Workspace: ${line(workspace, field)}`,
  ].join("\n");
}

async function attachments(tx: ReadTx, task: TaskRow): Promise<string | null> {
  const lines = await fileLines(tx, task.id);
  return lines.length > 0 ? ["## Attachments", "", ...lines].join("\n") : null;
}

/** A task's attachments, one a line, the newest of them. */
async function fileLines(tx: ReadTx, taskId: string): Promise<string[]> {
  const all = await attachmentsOfTask(tx, taskId);
  const newest = all.slice(-briefLimits.attachments);
  const omitted = all.length - newest.length;
  const marker = omitted > 0 ? [`(${omitted} earlier attachments omitted)`, ""] : [];
  const lines = newest.map(({ filename, size, stored_path }) =>
    `- ${line(filename, briefLimits.name)} (${size} bytes): ${line(stored_path, briefLimits.field)}`
  );
  return [...marker, ...lines];
}

async function priorAttempts(tx: ReadTx, task: TaskRow): Promise<string | null> {
  const newest = await tx.all<RunRow>(runs.latestOfTask, [task.id, briefLimits.attempts]);
  if (newest.length === 0) return null;
  const closed = (await tx.get<{ count: number }>(runs.countClosed, [task.id]))?.count ?? 0;
  const omitted = closed - newest.length;
  const lines = newest.reverse().map((run, index) => attempt(run, omitted + index + 1));
  const marker = omitted > 0 ? [`(${omitted} earlier attempts omitted)`, ""] : [];
  const advice = [...retryAdvice(newest), ...await judgesWord(tx, task)];
  return ["## Prior attempts", "", ...advice, ...marker, lines.join("\n\n")].join("\n");
}

/** What to do otherwise this time, when the last attempt ended without a word. `runs` are oldest first. */
function retryAdvice(runs: readonly RunRow[]): string[] {
  const spoke = runs.findLastIndex((run) => !endedSilently(run));
  const silent = runs.length - 1 - spoke;
  if (silent === 0) return [];
  const which = silent === 1 ? "The last attempt" : `The last ${silent} attempts`;
  return [
    `**${which} ended without kanban_complete or kanban_block.** That counts as failed, whatever was done: ` +
    "text that says the work is finished changes nothing. Look at what is left in the workspace, finish and " +
    "check it, and then make the call: kanban_complete with a summary, or kanban_block with the one question " +
    "you cannot answer. Do not end this attempt without one of the two.",
    "",
  ];
}

function endedSilently({ outcome, error }: RunRow): boolean {
  return outcome === "protocol_violation" ||
    (outcome === "gave_up" && (error ?? "").includes("without completing or blocking"));
}

/** What the judge of goal mode missed last. */
async function judgesWord(tx: ReadTx, task: TaskRow): Promise<string[]> {
  if (task.goal_mode !== 1) return [];
  const event = await newestOfKind(tx, task.id, "goal_judged");
  const { passed, reason } = JSON.parse(event?.payload ?? "{}") as Partial<Verdict>;
  if (passed !== false || !reason) return [];
  return [`The judge's last word: not reached. ${line(reason, briefLimits.field)}`, ""];
}

function attempt(run: RunRow, number: number): string {
  return [
    `### Attempt ${number}: ${run.outcome ?? run.status} (${
      line(run.profile ?? "nobody", briefLimits.name)
    })`,
    ...field("Summary", run.summary),
    ...field("Error", run.error),
    ...field("Metadata", run.metadata),
  ].join("\n");
}

async function parentResults(tx: ReadTx, task: TaskRow): Promise<string | null> {
  const completed = (await parentsOf(tx, task.id)).filter((parent) => parent.completed_at !== null);
  if (completed.length === 0) return null;
  const results: string[] = [];
  for (const parent of completed) results.push(await parentResult(tx, parent));
  return ["## Parent results", "", results.join("\n\n")].join("\n");
}

async function parentResult(tx: ReadTx, parent: LinkedTask): Promise<string> {
  const title = `### ${parent.id}: ${line(parent.title, briefLimits.title)}`;
  const listed = await fileLines(tx, parent.id);
  const files = listed.length > 0 ? ["Files:", ...listed] : [];
  const run = await tx.get<RunRow>(runs.lastCompleted, [parent.id]);
  if (run && (run.summary !== null || run.metadata !== null)) {
    const handoff = [...field("Summary", run.summary), ...field("Metadata", run.metadata)];
    return [title, ...handoff, ...files].join("\n");
  }
  const result = (await taskById(tx, parent.id))?.result ?? null;
  const handoff = result ? field("Result", result) : ["(no handoff was recorded)"];
  return [title, ...handoff, ...files].join("\n");
}

async function recentWork(tx: ReadTx, task: TaskRow): Promise<string | null> {
  if (task.assignee === null) return null;
  const recent = await tx.all<RunRow>(runs.recentOfProfile, [
    task.assignee,
    task.id,
    briefLimits.recentRuns,
  ]);
  if (recent.length === 0) return null;
  const lines: string[] = [];
  for (const run of recent) {
    const other = await taskById(tx, run.task_id);
    lines.push(
      `- ${run.task_id} ${line(other?.title ?? "", 120)}: ${line(run.summary ?? "done", 300)}`,
    );
  }
  return [`## Recent work by ${line(task.assignee, briefLimits.name)}`, "", ...lines].join("\n");
}

async function thread(tx: ReadTx, task: TaskRow): Promise<string | null> {
  const newest = await tx.all<CommentRow>(events.newestComments, [task.id, briefLimits.comments]);
  if (newest.length === 0) return null;
  const total = (await tx.get<{ count: number }>(events.countComments, [task.id]))?.count ?? 0;
  const omitted = total - newest.length;
  const marker = omitted > 0 ? [`(${omitted} earlier comments omitted)`, ""] : [];
  // Quoted, so that a comment cannot pass for an instruction of the board.
  const comments = newest.reverse().map((comment) =>
    `Comment by "${line(comment.author, briefLimits.name)}":\n${
      quote(clip(comment.body, briefLimits.comment))
    }`
  );
  return ["## Comments", "", ...marker, comments.join("\n\n")].join("\n");
}

function field(name: string, value: string | null): string[] {
  return value === null || value === "" ? [] : [`${name}: ${clip(value, briefLimits.field)}`];
}

/** At most `max` characters on one line: a name must not open a section of its own. */
function line(text: string, max: number): string {
  return clip(text.replace(/[\r\n\u2028\u2029]+/g, " "), max);
}

function quote(text: string): string {
  return text.split("\n").map((line) => `> ${line}`).join("\n");
}
