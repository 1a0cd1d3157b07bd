// Owns: what the commands of a chat answer about it, as text.

import type { SessionSummary } from "../../agent/chat/session_list.ts";
import { firstLine, plural } from "../../base/text.ts";
import { table } from "../../cli/table.ts";
import { oneLine } from "../../cli/terminal.ts";
import type { ChatMessage } from "../../llm/messages.ts";
import type { UsageTotals } from "../../llm/usage.ts";

/** Chats in lines, the newest first. @param now epoch seconds. */
export function sessionsText(
  sessions: readonly SessionSummary[],
  now: number,
  width: number,
): string {
  if (sessions.length === 0) return "There is no chat yet.";
  const rows = sessions.map(({ id, changedAt, prompts, title }) => [
    id,
    age(now - changedAt),
    plural(prompts, "prompt"),
    oneLine(title),
  ]);
  return table(rows, width).join("\n");
}

function age(seconds: number): string {
  if (seconds < 60) return "now";
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}

/** What was said, a line each: what the person said in full width, answers and calls indented. */
export function historyText(messages: readonly ChatMessage[], width: number): string {
  const rows = messages.flatMap((message) => {
    if (message.role === "user") return [["you", oneLine(firstLine(message.content, 500) ?? "")]];
    if (message.role !== "assistant") return [];
    const calls = message.tool_calls ?? [];
    const said = firstLine(message.content, 500);
    return [
      ...(said ? [["", oneLine(said)]] : []),
      ...calls.map(({ function: called }) => ["", `(${oneLine(called.name)})`]),
    ];
  });
  return rows.length === 0 ? "Nothing was said yet." : table(rows, width).join("\n");
}

/** What was used, in one line. What nobody knows is called unknown. */
export function usageText(usage: UsageTotals & { calls: number }): string {
  if (usage.calls === 0) return "This chat has used nothing yet.";
  const count = (tokens: number | null, what: string) =>
    tokens === null ? `${what} unknown` : `${tokens.toLocaleString("en")} ${what}`;
  return [
    plural(usage.calls, "model call"),
    count(usage.inputTokens, "tokens in"),
    count(usage.outputTokens, "tokens out"),
    usage.cost === null ? "cost unknown" : `$${usage.cost.toFixed(4)}`,
    ...(usage.model ? [usage.model] : []),
  ].join(", ");
}
