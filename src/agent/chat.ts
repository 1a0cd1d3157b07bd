// Owns: a one-shot chat outside of any task.

import type { Log } from "../base/log.ts";
import type { Config } from "../config/schema.ts";
import type { ModelClient } from "../llm/messages.ts";
import { contextCharacters } from "./context.ts";
import { describeEnd, runAgent } from "./loop.ts";
import { offeredTools, type ToolRights } from "./offered_tools.ts";
import { buildSystemPrompt, type PromptSkill } from "./prompt.ts";
import type { AgentTool } from "./tool.ts";
import { workspaceTools } from "./tools/workspace_tools.ts";
import { noTranscript } from "./transcript.ts";

/** What a one-shot chat needs. */
export interface ChatOptions extends ToolRights {
  prompt: string;
  profile: string;
  persona: string | null;
  skills: readonly PromptSkill[];
  /** Board tools; only when the profile's toolsets contain `kanban`. They bring the guidance along. */
  kanbanTools: readonly AgentTool[];
  client: Pick<ModelClient, "chat">;
  /** Folder the file and terminal tools work in. */
  workspace: string;
  agent: Config["agent"];
  /** The whole environment of commands the model runs. */
  commandEnv: Record<string, string>;
  secrets: readonly string[];
  log: Log;
  signal: AbortSignal;
}

/** What came of a chat. */
export interface ChatReply {
  /** The model's last text. */
  text: string;
  /** False when the chat ended before the model was done. */
  complete: boolean;
}

/**
 * Answers one prompt, with tools, and returns the last text.
 *
 * @throws HermesError of the model client when the model cannot be used.
 */
export async function runChat(options: ChatOptions): Promise<ChatReply> {
  const { agent, log } = options;
  const tools = offeredTools(options, [
    ...options.kanbanTools,
    ...workspaceTools({
      root: options.workspace,
      timeoutSeconds: agent.terminal_timeout_seconds,
      maxOutputBytes: agent.max_output_bytes,
      env: options.commandEnv,
    }),
  ]);
  const result = await runAgent({
    client: options.client,
    tools,
    systemPrompt: buildSystemPrompt({
      profile: options.profile,
      persona: options.persona,
      toolNames: tools.map((tool) => tool.name),
      skills: options.skills,
    }),
    userPrompt: options.prompt,
    limits: { maxTurns: agent.max_turns, contextCharacters },
    transcript: noTranscript,
    onActivity: () => {},
    onReply: () => {},
    signal: options.signal,
    log,
    secrets: options.secrets,
    isFinished: () => false,
    nudges: [],
  });
  const complete = result.reason === "stopped";
  if (!complete) log.warn(`chat: ${describeEnd(result)}`);
  return { text: result.text, complete };
}
