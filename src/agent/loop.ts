// Owns: the agent loop: ask the model, run the tools it calls, until it is done or stopped.

import { errorText } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import { redact } from "../base/redact.ts";
import { cut, plural } from "../base/text.ts";
import type { ChatMessage, ModelClient, ModelReply, StreamListener } from "../llm/messages.ts";
import { Compactor, type Window } from "./compaction.ts";
import { ContextBudget } from "./context.ts";
import { type AgentTool, callTool, type ToolReply } from "./tool.ts";
import type { Transcript } from "./transcript.ts";

/** Bounds of one run. */
export interface AgentLimits {
  /** Model replies at most, or until the model stops and is sent on. */
  maxTurns: number;
  /** Most characters of tool results in one request; older ones are shortened beyond it. */
  contextCharacters: number;
  /** The model's window; with it, older turns become a note instead of losing their results. */
  window?: Window;
}

/** Hears what happens in a run while it happens. */
export interface RunListener {
  /** The model's text, piece by piece; asking for it makes the model stream. */
  stream?: StreamListener;
  /** Every message that joins the conversation behind its history. */
  onMessage?(message: ChatMessage): Promise<void> | void;
  /** Every tool call, before it is carried out. */
  onCall?(call: ModelReply["toolCalls"][number]): void;
  /** Every tool call with its answer. */
  onResult?(call: ModelReply["toolCalls"][number], reply: ToolReply): void;
  /** The conversation was shortened to these messages; the first is the system prompt. */
  onCompaction?(messages: readonly ChatMessage[]): Promise<void> | void;
}

/** Everything a run needs. */
export interface AgentRun {
  client: Pick<ModelClient, "chat">;
  tools: readonly AgentTool[];
  systemPrompt: string;
  /** What was said before, between system prompt and prompt. */
  history?: readonly ChatMessage[];
  userPrompt: string;
  listener?: RunListener;
  limits: AgentLimits;
  transcript: Transcript;
  /** Called after every model reply and tool call. */
  onActivity(): void;
  /** Called with every reply, before its tools run. */
  onReply(reply: ModelReply): Promise<void> | void;
  signal: AbortSignal;
  log: Log;
  /** Values masked in log lines, besides everything that looks like a credential. */
  secrets: readonly string[];
  /** True once the task is handed off; asked after every turn. */
  isFinished(): Promise<boolean> | boolean;
  /** What to say, in order, when the model stops although the task is not finished. */
  nudges: readonly string[];
  /**
   * Decides instead of `nudges` what to say when the model stops or has used up its turns, and starts these anew;
   * null ends the run.
   */
  whenStopped?(): Promise<string | null>;
}

/** How a run ended. */
export interface AgentResult {
  /**
   * - `finished`: the task was handed off
   * - `stopped`: the model had no more to do; for a chat that is the ordinary end
   * - `turn_limit`: it was still calling tools at the last allowed turn
   * - `aborted`: the signal fired
   */
  reason: "finished" | "stopped" | "turn_limit" | "aborted";
  /** The model's last text. */
  text: string;
  /** Model replies received. */
  turns: number;
}

/**
 * Runs one agent to its end.
 *
 * @throws HermesError of the model client, for instance `rate_limited`, when the model cannot be
 * used. Tools never throw.
 */
export async function runAgent(run: AgentRun): Promise<AgentResult> {
  const progress = { text: "", turns: 0 };
  let reason: AgentResult["reason"];
  try {
    reason = await converse(run, progress);
  } catch (thrown) {
    if (!run.signal.aborted) {
      await run.transcript.record({
        kind: "end",
        reason: errorText(thrown),
        turns: progress.turns,
      });
      throw thrown;
    }
    reason = "aborted";
  }
  await run.transcript.record({ kind: "end", reason, turns: progress.turns });
  return { reason, ...progress };
}

async function converse(
  run: AgentRun,
  progress: { text: string; turns: number },
): Promise<AgentResult["reason"]> {
  const { client, tools, transcript, signal, listener } = run;
  const messages: ChatMessage[] = [
    { role: "system", content: run.systemPrompt },
    ...run.history ?? [],
  ];
  const add = async (message: ChatMessage) => {
    messages.push(message);
    await listener?.onMessage?.(message);
  };
  const say = async (text: string) => {
    await add({ role: "user", content: text });
    await transcript.record({ kind: "message", role: "user", text });
  };
  await transcript.record({ kind: "message", role: "system", text: run.systemPrompt });
  await say(run.userPrompt);
  const budget = new ContextBudget(run.limits.contextCharacters);
  const offered = tools.map(({ name, description, parameters }) => ({
    type: "function" as const,
    function: { name, description, parameters },
  }));
  const ask = () =>
    client.chat({
      messages: compactor ? [...messages] : budget.fit(messages),
      ...(offered.length > 0 ? { tools: offered } : {}),
      ...(listener?.stream ? { stream: listener.stream } : {}),
      signal,
    });
  const compactor = compactorFor(run, offered);
  const nudges = [...run.nudges];

  for (let left = run.limits.maxTurns;; left--) {
    signal.throwIfAborted();
    if (left === 0) {
      const order = await run.whenStopped?.() ?? null;
      if (order === null) return await run.isFinished() ? "finished" : "turn_limit";
      await say(order);
      left = run.limits.maxTurns;
    }
    if (await compactor?.fit(messages)) await listener?.onCompaction?.([...messages]);
    const reply = await ask().catch(async (thrown) => {
      if (signal.aborted || !await compactor?.overflowed(messages, thrown)) throw thrown;
      await listener?.onCompaction?.([...messages]);
      return await ask();
    });
    compactor?.observe(messages, reply.usage.inputTokens);
    progress.turns++;
    if (reply.text) progress.text = reply.text;
    run.onActivity();
    await run.onReply(reply);
    await transcript.record({ kind: "message", role: "assistant", text: reply.text });
    const { inputTokens, outputTokens } = reply.usage;
    await transcript.record({ kind: "usage", inputTokens, outputTokens });
    await add(assistantMessage(reply));

    for (const call of reply.toolCalls) {
      signal.throwIfAborted();
      const content = await answerCall(run, call, progress.turns);
      await add({ role: "tool", tool_call_id: call.id, content });
    }
    if (await run.isFinished()) return "finished";
    if (reply.toolCalls.length > 0) continue;
    if (run.whenStopped) {
      const order = await run.whenStopped();
      if (order === null) return await run.isFinished() ? "finished" : "stopped";
      await say(order);
      left = run.limits.maxTurns + 1;
      continue;
    }
    const nudge = nudges.shift();
    if (nudge === undefined) return "stopped";
    run.log.info("the model stopped early; reminding it", { left: nudges.length });
    await say(nudge);
  }
}

/** Null when nobody knows how much the model reads. The brief of a task is pinned, a chat's first word is not. */
function compactorFor(run: AgentRun, offered: readonly unknown[]): Compactor | null {
  const { client, limits, transcript, signal, log } = run;
  if (!limits.window) return null;
  return new Compactor({
    client,
    window: limits.window,
    pinned: run.history === undefined ? 2 : 1,
    overheadBytes: new TextEncoder().encode(JSON.stringify(offered)).length,
    transcript,
    onReply: async (reply) => {
      run.onActivity();
      await run.onReply(reply);
    },
    signal,
    log,
  });
}

async function answerCall(
  run: AgentRun,
  call: ModelReply["toolCalls"][number],
  turn: number,
): Promise<string> {
  const { id, name: tool, arguments: args } = call;
  await run.transcript.record({ kind: "call", id, tool, arguments: args });
  run.listener?.onCall?.(call);
  const reply = await callTool(run.tools, tool, args, run.signal);
  run.onActivity();
  run.listener?.onResult?.(call, reply);
  await run.transcript.record({ kind: "result", id, tool, ...reply });
  const shown = redact(cut(args.replace(/\s+/g, " "), 160), run.secrets);
  const failed = reply.failed ? ` failed: ${redact(cut(reply.text, 300), run.secrets)}` : "";
  run.log.info(`turn ${turn}: ${tool} ${shown}${failed}`);
  return reply.text;
}

function assistantMessage(reply: ModelReply): ChatMessage {
  if (reply.toolCalls.length === 0) return { role: "assistant", content: reply.text };
  return {
    role: "assistant",
    content: reply.text,
    tool_calls: reply.toolCalls.map((call) => ({
      id: call.id,
      type: "function" as const,
      function: { name: call.name, arguments: call.arguments },
    })),
  };
}

/** One line about how a run ended, for people. */
export function describeEnd(result: AgentResult): string {
  const after = `after ${plural(result.turns, "turn")}`;
  switch (result.reason) {
    case "finished":
      return `handed off ${after}`;
    case "stopped":
      return `the model stopped ${after} without kanban_complete or kanban_block`;
    case "turn_limit":
      return `the turn limit was reached ${after}`;
    case "aborted":
      return `ended from outside ${after}`;
  }
}
