// Owns: doubles for the agent's ports: a model that answers from a list, and a small tool.

import type { AgentRun } from "../../src/agent/loop.ts";
import { type AgentTool, objectSchema } from "../../src/agent/tool.ts";
import { noTranscript } from "../../src/agent/transcript.ts";
import { silentLog } from "../../src/base/log.ts";
import type { ModelReply } from "../../src/llm/messages.ts";

/** What a double was asked, as plain JSON. */
export interface SeenRequest {
  messages: Array<Record<string, unknown>>;
  tools: string[];
}

type Turn = string | Array<[tool: string, args: unknown]> | Error;

/** A model that takes one turn of `turns` per request and repeats the last for ever. */
export function scriptedModel(turns: Turn[]) {
  const seen: SeenRequest[] = [];
  const chat: AgentRun["client"]["chat"] = ({ messages, tools }) => {
    seen.push({
      messages: structuredClone(messages) as unknown as SeenRequest["messages"],
      tools: (tools ?? []).map((tool) => tool.function.name),
    });
    const turn = turns[Math.min(seen.length, turns.length) - 1]!;
    if (turn instanceof Error) return Promise.reject(turn);
    return Promise.resolve(reply(turn, seen.length));
  };
  return { chat, seen };
}

/** A tool that answers what it was given and keeps the calls. */
export function echoTool(name = "echo"): AgentTool & { calls: unknown[] } {
  const calls: unknown[] = [];
  return {
    name,
    description: "Answers its arguments.",
    parameters: objectSchema({}),
    calls,
    run(args) {
      calls.push(args);
      return Promise.resolve(JSON.stringify(args));
    },
  };
}

/** A run with harmless parts; give what the test is about. */
export function agentRun(parts: Partial<AgentRun> & Pick<AgentRun, "client">): AgentRun {
  return {
    tools: [],
    systemPrompt: "system",
    userPrompt: "user",
    limits: { maxTurns: 20, contextCharacters: 100_000 },
    transcript: noTranscript,
    onActivity: () => {},
    onReply: () => {},
    signal: new AbortController().signal,
    log: silentLog,
    secrets: [],
    isFinished: () => false,
    nudges: [],
    ...parts,
  };
}

function reply(turn: Exclude<Turn, Error>, number: number): ModelReply {
  const calls = typeof turn === "string" ? [] : turn;
  return {
    text: typeof turn === "string" ? turn : "",
    toolCalls: calls.map(([name, args], index) => ({
      id: `call_${number}_${index}`,
      name,
      arguments: typeof args === "string" ? args : JSON.stringify(args),
    })),
    usage: { inputTokens: 10, outputTokens: 5 },
    model: "double",
    finishReason: calls.length > 0 ? "tool_calls" : "stop",
  };
}
