// Owns: the ways a scripted worker misbehaves when its task says `rehearse:<word>`.

import type { SeenTask, ToolResult } from "./conversation.ts";
import type { ScriptedCall } from "./script.ts";
import type { Answer } from "./wire.ts";

/** Looks like a provider's key so that redaction has something to find; opens nothing. */
const plantedSecret = "sk-rehearsal-0123456789abcdef0123456789abcdef";

const rateLimited: Answer = { kind: "failure", status: 429, message: "scripted rate limit" };

/** Behaviours that show before the task is read; `opening` is the worker's first prompt. */
export function misbehaveAtOnce(opening: string): Answer | null {
  return askedFor(opening).has("rate-limit") ? rateLimited : null;
}

/**
 * What the worker does differently because its task asks for it; null = the ordinary script.
 *
 * - `block`: blocks once, completes after it was unblocked
 * - `crash-once`, `quit-once`: kills its own process, or stops without a word, on the first attempt
 * - `crash=N`: kills its own process on the first N attempts; without a number, always
 * - `quit`: always stops without complete or block
 * - `rate-limit`: the provider answers 429 for ever
 * - `hang`: the model never answers again
 * - `endless`: calls a command for ever, so that the turn limit has to end it
 * - `slow=N`: works for about N seconds
 * - `children`: creates two follow-up tasks
 * - `secret`: puts something like an API key into its handoff
 * - `orphan`: leaves a process behind in a session of its own
 */
export function misbehave(
  task: SeenTask,
  step: number,
  results: readonly ToolResult[],
): Answer | null {
  const asked = askedFor(`${task.title}\n${task.body}`);
  const retried = task.outcomes.length > 0;
  if (asked.has("rate-limit")) return rateLimited;
  if (asked.has("hang")) return { kind: "silence" };
  if (asked.has("endless")) return one("Once more.", "terminal", { command: "true" });
  if (asked.has("quit") || (asked.has("quit-once") && !retried)) {
    return { kind: "text", text: "Scripted answer: stopping without handing anything off." };
  }
  const crashes = asked.has("crash") ? Number(asked.get("crash") || Infinity) : 0;
  if (task.outcomes.length < crashes || (asked.has("crash-once") && !retried)) {
    return one("This attempt ends badly.", "terminal", { command: "kill -9 $PPID" });
  }
  if (asked.has("block") && !task.outcomes.includes("blocked")) {
    if (step > 0) return { kind: "text", text: "Scripted answer: waiting for a person." };
    const reason = "needs_input: which colour should the page have?";
    return one("A question for a person.", "kanban_block", { reason });
  }
  if (asked.has("slow")) return slowly(Number(asked.get("slow")) || 3, step);
  if (asked.has("children")) return withFollowUps(task, step, results);
  if (asked.has("secret")) return leaking(step);
  if (asked.has("orphan") && step === 0) {
    return one("Leaving a process behind.", "terminal", {
      command: "setsid sleep 300 > /dev/null 2>&1 & echo started",
    });
  }
  if (asked.has("orphan")) return closing(step - 1, { summary: "Left a process behind." });
  return null;
}

/** Sleeps in second-long steps with a heartbeat after each, then hands off. */
function slowly(seconds: number, step: number): Answer {
  const rounds = Math.min(20, Math.max(1, Math.ceil(seconds)));
  const round = Math.floor(step / 2) + 1;
  if (round > rounds) {
    return closing(step - 2 * rounds, { summary: `Worked slowly for ${seconds} s.` });
  }
  if (step % 2 === 0) {
    return one("Taking time.", "terminal", { command: `sleep ${seconds / rounds}` });
  }
  return one("Still here.", "kanban_heartbeat", { note: `round ${round} of ${rounds}` });
}

function withFollowUps(task: SeenTask, step: number, results: readonly ToolResult[]): Answer {
  const assignee = task.assignee;
  if (step === 0) {
    const create = (title: string): ScriptedCall => ({
      tool: "kanban_create",
      args: { title, assignee, body: `Found while working on ${task.id}.` },
    });
    return {
      kind: "calls",
      say: "Two things for later.",
      calls: [create("First follow-up"), create("Second follow-up")],
    };
  }
  const created = results
    .filter((result) => result.tool === "kanban_create")
    .flatMap((result) => result.json?.task_id ?? []);
  return closing(step - 1, {
    summary: `Created ${created.length} follow-ups: ${created.join(", ")}.`,
    metadata: { created },
  });
}

function leaking(step: number): Answer {
  return closing(step, {
    summary: `Connected with ${plantedSecret}.`,
    metadata: { api_key: plantedSecret, changed_files: [] },
  });
}

/** Completes at step 0 and falls silent politely after that. */
function closing(step: number, handoff: Record<string, unknown>): Answer {
  if (step > 0) return { kind: "text", text: "Scripted work is handed off." };
  return one("Handing off.", "kanban_complete", handoff);
}

function askedFor(text: string): Map<string, string> {
  const found = text.matchAll(/\brehearse:([a-z-]+)(?:=([\d.]+))?/g);
  return new Map([...found].map((match) => [match[1]!, match[2] ?? ""]));
}

function one(say: string, tool: string, args: Record<string, unknown>): Answer {
  return { kind: "calls", say, calls: [{ tool, args }] };
}
