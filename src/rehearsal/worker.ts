// Owns: the scripted worker: which tool calls it makes next, told from the conversation alone.

import { plural } from "../base/text.ts";
import { misbehave, misbehaveAtOnce } from "./behaviours.ts";
import {
  readTask,
  type SeenTask,
  type ToolResult,
  toolResults,
  turnsTaken,
} from "./conversation.ts";
import { fillTemplates, type ScriptedCall } from "./script.ts";
import { ideaFor, taskFor } from "./scripts/all.ts";
import type { Answer, ChatRequest } from "./wire.ts";

/**
 * The next turn of a worker. The server keeps no state: turn 1 reads the task, turn 2 reads its
 * parents' handoffs when it has any, then comes one scripted call a turn, last the handoff.
 */
export function answerWorker(request: ChatRequest): Answer {
  const results = toolResults(request.messages);
  const turns = turnsTaken(request.messages);
  const opening = request.messages.find((message) => message.role === "user")?.content ?? "";
  if (turns === 0) {
    return misbehaveAtOnce(opening) ??
      calls("Scripted answer from the rehearsal model: reading the task.", [
        { tool: "kanban_show", args: {} },
      ]);
  }
  const task = readTask(results.find((result) => result.tool === "kanban_show")?.json ?? null);
  if (!task) return { kind: "text", text: "Scripted answer: the task could not be read." };
  if (turns === 1 && task.parents.length > 0) {
    return calls(`Reading ${plural(task.parents.length, "handoff")}.`, readParents(task));
  }
  const parents = results
    .filter((result) => result.tool === "kanban_show" && result.args.task_id !== undefined)
    .flatMap((result) => readTask(result.json) ?? []);
  const step = turns - (task.parents.length > 0 ? 2 : 1);
  if (task.decomposed) return judge(task, parents, step);

  const odd = misbehave(task, step, results);
  if (odd) return odd;
  const values = templateValues(task, parents, results);
  const script = taskFor(task.title);
  const problem = failure(results);
  if (problem && step <= script.work.length) {
    return calls("A step failed, so this task stops here.", [
      { tool: "kanban_block", args: { reason: problem } },
    ]);
  }
  const next = script.work[step];
  if (next) return calls(`Step ${step + 1}: ${next.tool}.`, [fillTemplates(next, values)]);
  if (step > script.work.length && !refusedByJudge(results)) {
    return { kind: "text", text: "Scripted work is handed off." };
  }
  const { summary, metadata } = script;
  return calls("Handing off.", [
    { tool: "kanban_complete", args: fillTemplates({ summary, metadata }, values) },
  ]);
}

/** Whether the judge of goal mode sent the newest handoff back. */
function refusedByJudge(results: readonly ToolResult[]): boolean {
  const last = results.at(-1);
  return last?.tool === "kanban_complete" && /judge/.test(String(last.json?.error ?? ""));
}

/** The root of a split idea: every child's result has been read, so say what came of it. */
function judge(task: SeenTask, children: readonly SeenTask[], step: number): Answer {
  if (step > 0) return { kind: "text", text: "Scripted verdict is handed off." };
  const silent = children.filter((child) => !child.summary);
  if (silent.length > 0) {
    const names = silent.map((child) => `"${child.title}"`).join(", ");
    return calls("A result is missing.", [
      { tool: "kanban_block", args: { reason: `No result was handed off by ${names}` } },
    ]);
  }
  const lines = children.map((child) => `- ${child.title}: ${child.summary}`);
  const verdict = ideaFor(task.title).verdict;
  return calls("Judging the results.", [{
    tool: "kanban_complete",
    args: {
      summary: `${verdict}\n${lines.join("\n")}`,
      metadata: {
        verdict: "accepted",
        judged: children.map((child) => child.id),
        results: Object.assign({}, ...children.map((child) => files(child.metadata))),
      },
    },
  }]);
}

function readParents(task: SeenTask): ScriptedCall[] {
  return task.parents.map((id) => ({ tool: "kanban_show", args: { task_id: id } }));
}

/** What `{{…}}` stands for: the task, its parents' handoffs and the newest command's output. */
function templateValues(
  task: SeenTask,
  parents: readonly SeenTask[],
  results: readonly ToolResult[],
): Map<string, string> {
  const handoffs = parents.map((parent) => `- ${parent.title}: ${parent.summary}`).join("\n");
  const values = new Map([
    ["title", task.title],
    ["slug", slug(task.title)],
    ["workspace", task.workspace],
    ["output", lastOutput(results)],
    ["notes", notes(task, handoffs)],
  ]);
  for (const parent of parents) {
    for (const [key, value] of Object.entries(parent.metadata)) {
      if (typeof value !== "string") continue;
      values.set(`from:${key}`, value);
      values.set(`sh:${key}`, `'${value.replaceAll("'", `'\\''`)}'`);
    }
  }
  return values;
}

function notes(task: SeenTask, handoffs: string): string {
  const received = handoffs ? `\n## Handed over\n\n${handoffs}\n` : "";
  return `# ${task.title}\n\nWritten by the rehearsal model from a script.\n\n` +
    `## Asked for\n\n${task.body || "(no description)"}\n${received}`;
}

/** Standard output of the newest command, trimmed. */
function lastOutput(results: readonly ToolResult[]): string {
  const last = results.filter((result) => result.tool === "terminal").at(-1);
  const stdout = last?.json?.stdout;
  return typeof stdout === "string" ? stdout.trim() : "";
}

/** Why the newest result means that the work failed; null when it did not. */
function failure(results: readonly ToolResult[]): string | null {
  const last = results.at(-1);
  if (!last?.json) return null;
  if (typeof last.json.error === "string") return `${last.tool} failed: ${last.json.error}`;
  const code = last.json.exit_code;
  if (last.tool !== "terminal" || code === 0) return null;
  const shown = [last.json.stdout, last.json.stderr].filter(Boolean).join("\n").trim();
  return `"${last.args.command}" ended with exit code ${code}: ${shown}`;
}

function files(metadata: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(metadata).filter(([key]) => key.endsWith("_file") || key.endsWith("_dir")),
  );
}

function slug(title: string): string {
  const plain = title.replace(/rehearse:\S+/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return plain.replace(/^-+|-+$/g, "").slice(0, 48) || "notes";
}

function calls(say: string, list: ScriptedCall[]): Answer {
  return { kind: "calls", say, calls: list };
}
