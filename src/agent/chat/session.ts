// Owns: one conversation of a person with an agent, turn by turn.

import type { Log } from "../../base/log.ts";
import type { ChatMessage } from "../../llm/messages.ts";
import { priceBook } from "../../llm/price_book.ts";
import { UsageMeter, type UsageTotals } from "../../llm/usage.ts";
import { windowOf } from "../compaction.ts";
import { contextCharacters } from "../context.ts";
import type { Equipment } from "../equipment.ts";
import { type AgentResult, runAgent } from "../loop.ts";
import { offeredTools } from "../offered_tools.ts";
import { buildSystemPrompt } from "../prompt.ts";
import type { AgentTool } from "../tool.ts";
import { workspaceTools } from "../tools/workspace_tools.ts";
import { noTranscript } from "../transcript.ts";
import { type CallLine, callLine } from "./call_line.ts";
import { mended, missingAnswer } from "./mend.ts";
import type { SessionFile } from "./session_file.ts";

export interface ChatSessionOptions {
  equipment: Equipment;
  /** Board tools; only when the profile's toolsets contain `kanban`. They bring the guidance along. */
  kanbanTools: readonly AgentTool[];
  /** Folder the file and terminal tools work in. */
  workspace: string;
  file: SessionFile;
  /** What was said before, when a chat is gone on with. */
  history: readonly ChatMessage[];
  log: Log;
}

/** Hears a turn while it happens. */
export interface TurnListener {
  /** A piece of the model's text. */
  onText(piece: string): void;
  /** The text broke off and comes again from its beginning. */
  onRestart(): void;
  /** A tool is being called. */
  onStart?(tool: string): void;
  /** A tool was called and has answered. */
  onCall(call: CallLine): void;
}

/** How a turn ended. */
export interface TurnEnd {
  /** The model's last text. */
  text: string;
  /** `answered`: the model had no more to say or do. */
  reason: "answered" | "interrupted" | "turn_limit";
}

/** A conversation; one turn at a time. */
export class ChatSession {
  readonly #options: ChatSessionOptions;
  readonly #tools: AgentTool[];
  readonly #systemPrompt: string;
  readonly #usage: UsageMeter;
  #equipment: Equipment;
  #messages: ChatMessage[];
  #calls = 0;

  constructor(options: ChatSessionOptions) {
    const { equipment } = options;
    const { agent, commandEnv, config, settings } = equipment;
    this.#options = options;
    this.#equipment = equipment;
    this.#messages = mended(options.history);
    this.#usage = new UsageMeter(priceBook(config.prices, settings));
    this.#tools = offeredTools(equipment, [
      ...options.kanbanTools,
      ...workspaceTools({
        root: options.workspace,
        timeoutSeconds: agent.terminal_timeout_seconds,
        maxOutputBytes: agent.max_output_bytes,
        env: commandEnv,
      }),
    ]);
    this.#systemPrompt = buildSystemPrompt({
      profile: equipment.profile,
      persona: equipment.persona,
      toolNames: this.#tools.map((tool) => tool.name),
      skills: equipment.skills,
      inChat: true,
    });
  }

  get id(): string {
    return this.#options.file.id;
  }

  get equipment(): Equipment {
    return this.#equipment;
  }

  /** The conversation so far, without the system prompt. */
  get messages(): readonly ChatMessage[] {
    return this.#messages;
  }

  /** What this chat used since it was opened, and in how many model calls. */
  get usage(): UsageTotals & { calls: number } {
    return { ...this.#usage.totals(), calls: this.#calls };
  }

  /** Goes on with another model of the same profile. */
  useModel(equipment: Pick<Equipment, "settings" | "client">): void {
    const { settings, client } = equipment;
    this.#equipment = { ...this.#equipment, settings, client };
  }

  /**
   * Says something to the model and lets it work until it is done. What was said stays in the conversation
   * also when the turn is interrupted or fails.
   *
   * @throws HermesError of the model client when the model cannot be used.
   */
  async turn(prompt: string, listener: TurnListener, signal: AbortSignal): Promise<TurnEnd> {
    const heard = { text: "" };
    let result: AgentResult | null = null;
    try {
      result = await this.#run(prompt, listener, heard, signal);
    } finally {
      if (result?.reason !== "stopped") await this.#close(heard.text);
      await this.#options.file.settled();
    }
    if (result.reason === "aborted") return { text: heard.text, reason: "interrupted" };
    return {
      text: result.text,
      reason: result.reason === "turn_limit" ? "turn_limit" : "answered",
    };
  }

  #run(
    prompt: string,
    listener: TurnListener,
    heard: { text: string },
    signal: AbortSignal,
  ): Promise<AgentResult> {
    const { agent, client, secrets, settings } = this.#equipment;
    const { file, log } = this.#options;
    return runAgent({
      client,
      tools: this.#tools,
      systemPrompt: this.#systemPrompt,
      history: [...this.#messages],
      userPrompt: prompt,
      listener: {
        stream: {
          onText(piece) {
            // What arrives after an interruption is not wanted any more.
            if (signal.aborted) return;
            heard.text += piece;
            listener.onText(piece);
          },
          onRestart() {
            heard.text = "";
            listener.onRestart();
          },
        },
        onMessage: async (message) => {
          if (message.role === "assistant") heard.text = "";
          await this.#add(message);
        },
        onCall: ({ name }) => listener.onStart?.(name),
        onResult: ({ name, arguments: args }, reply) => {
          listener.onCall(callLine(name, args, reply));
        },
        onCompaction: async (messages) => {
          this.#messages = messages.slice(1);
          await file.replace(this.#messages);
        },
      },
      limits: {
        maxTurns: agent.max_turns,
        contextCharacters,
        window: windowOf(agent, settings.model),
      },
      transcript: noTranscript,
      onActivity: () => {},
      onReply: (reply) => {
        this.#calls++;
        this.#usage.add(reply, settings.model);
      },
      signal,
      log,
      secrets,
      isFinished: () => false,
      nudges: [],
    });
  }

  async #add(message: ChatMessage): Promise<void> {
    this.#messages.push(message);
    await this.#options.file.add(message);
  }

  /** Ends a turn that did not come to its end: what the model said so far stays, open calls are answered. */
  async #close(said: string): Promise<void> {
    if (said !== "") {
      await this.#add({ role: "assistant", content: `${said}\n\n${missingAnswer}` });
    }
    for (const message of mended(this.#messages).slice(this.#messages.length)) {
      await this.#add(message);
    }
  }
}
