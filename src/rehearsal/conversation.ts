// Owns: what a scripted worker can know from the conversation: its task, its parents, its results.

import { isRecord, parseRecord, type WireMessage } from "./wire.ts";

/** A tool result together with the call it answers. */
export interface ToolResult {
  tool: string;
  args: Record<string, unknown>;
  text: string;
  /** The result as JSON, or null when it is plain text. */
  json: Record<string, unknown> | null;
}

/** A task as `kanban_show` tells it. */
export interface SeenTask {
  id: string;
  title: string;
  body: string;
  assignee: string;
  workspace: string;
  parents: string[];
  /** Outcomes of the closed attempts, oldest first. */
  outcomes: string[];
  /** True when the planner split this task: it is a root waiting for its verdict. */
  decomposed: boolean;
  /** The newest completed attempt's handoff. */
  summary: string;
  metadata: Record<string, unknown>;
}

/** How many turns the model has taken that called tools; the step of the script that comes next. */
export function turnsTaken(messages: readonly WireMessage[]): number {
  return messages.filter((message) => message.role === "assistant" && message.calls.length > 0)
    .length;
}

/** Every answered tool call, in order. */
export function toolResults(messages: readonly WireMessage[]): ToolResult[] {
  const answers = new Map<string, string>();
  for (const message of messages) {
    if (message.role === "tool" && message.answers) answers.set(message.answers, message.content);
  }
  return messages.flatMap((message) =>
    message.calls.flatMap((call) => {
      const text = answers.get(call.id);
      if (text === undefined) return [];
      const args = parseRecord(call.arguments) ?? {};
      return [{ tool: call.name, args, text, json: parseRecord(text) }];
    })
  );
}

/** The task told by one `kanban_show` result; null when the result is an error or no task. */
export function readTask(shown: Record<string, unknown> | null): SeenTask | null {
  if (!shown || !isRecord(shown.task)) return null;
  const task = shown.task;
  const runs = records(shown.runs);
  const closed = runs.filter((run) => typeof run.outcome === "string");
  const completed = closed.filter((run) => run.outcome === "completed").at(-1);
  return {
    id: text(task.id),
    title: text(task.title),
    body: text(task.body),
    assignee: text(task.assignee),
    workspace: text(task.workspace_path),
    parents: linkIds(shown.parents),
    outcomes: closed.map((run) => text(run.outcome)),
    decomposed: records(shown.events).some((event) => event.kind === "decomposed"),
    summary: text(completed?.summary) || text(task.result),
    metadata: isRecord(completed?.metadata) ? completed.metadata : {},
  };
}

function linkIds(links: unknown): string[] {
  if (!Array.isArray(links)) return [];
  return links.map((link) => (isRecord(link) ? text(link.id) : text(link))).filter(Boolean);
}

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
