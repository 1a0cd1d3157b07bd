// Owns: one line that tells a person about a tool call: which, on what, and what came of it.

import { firstLine, plural } from "../../base/text.ts";
import type { ToolReply } from "../tool.ts";

/** Arguments that say best what a call is about, in this order. */
const telling = ["command", "path", "pattern", "query", "title", "task_id", "summary", "reason"];

/** A call and its outcome in a few words; both are one line without control characters taken out. */
export interface CallLine {
  tool: string;
  about: string;
  outcome: string;
  failed: boolean;
}

/** Describes a call. @param args the JSON text the model sent, valid or not. */
export function callLine(tool: string, args: string, reply: ToolReply): CallLine {
  const { outcome, failed } = outcomeOf(reply);
  return { tool, about: aboutOf(args), outcome, failed };
}

function aboutOf(args: string): string {
  const given = parsed(args);
  if (given === null) return short(args);
  const name = telling.find((key) => given[key] !== undefined && given[key] !== null);
  const value = name === undefined ? Object.values(given)[0] : given[name];
  if (value === undefined || value === null) return "";
  return short(typeof value === "string" ? value : JSON.stringify(value));
}

function outcomeOf({ text, failed }: ToolReply): { outcome: string; failed: boolean } {
  const reply = parsed(text);
  if (reply === null) return { outcome: linesOf(text), failed };
  if (typeof reply["error"] === "string") return { outcome: short(reply["error"]), failed: true };
  const { exit_code: code, stdout, stderr, timed_out_after_seconds: seconds } = reply;
  if (typeof seconds === "number") return { outcome: `ended after ${seconds} s`, failed: true };
  if (typeof code === "number") {
    const said = typeof stdout === "string" && stdout.trim() !== "" ? stdout : stderr;
    const words = typeof said === "string" ? firstLine(said, 120) : null;
    const end = code === 0 ? [] : [`exit ${code}`];
    return { outcome: [...end, ...(words ? [words] : [])].join(": ") || "ok", failed: code !== 0 };
  }
  const facts = ["task_id", "status"].flatMap((key) =>
    typeof reply[key] === "string" ? [reply[key] as string] : []
  );
  const tasks = reply["tasks"];
  if (Array.isArray(tasks)) facts.push(plural(tasks.length, "task"));
  return { outcome: facts.join(" ") || "ok", failed };
}

function linesOf(text: string): string {
  const lines = text.trim() === "" ? 0 : text.trim().split("\n").length;
  return lines === 1 ? short(text) : plural(lines, "line");
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? value as Record<string, unknown>
      : null;
  } catch {
    return null;
  }
}

function short(text: string): string {
  return firstLine(text, 160) ?? "";
}
