// Owns: the shapes of a conversation with a model, in the wire form of OpenAI's chat completions.

import type { AnswerForm } from "./answer_form.ts";

/** A call of one tool, as the model wrote it. */
export interface WireToolCall {
  id: string;
  type: "function";
  /** `arguments` is the model's text; it need not be valid JSON. */
  function: { name: string; arguments: string };
}

/** One message of a conversation. */
export type ChatMessage =
  | { role: "system" | "user"; content: string }
  | { role: "assistant"; content: string | null; tool_calls?: WireToolCall[] }
  | { role: "tool"; tool_call_id: string; content: string };

/** A tool offered to the model; `parameters` is a JSON Schema object. */
export interface ToolSpec {
  type: "function";
  function: { name: string; description: string; parameters: Record<string, unknown> };
}

/** What is asked of a model. */
export interface ChatRequest {
  messages: ChatMessage[];
  tools?: ToolSpec[];
  temperature?: number;
  /** The form of the answer. Models that know no such thing answer as the messages tell them. */
  form?: AnswerForm;
  /** Most tokens the reply may have. */
  maxTokens?: number;
  signal?: AbortSignal;
  /** Seconds for one attempt, body included; default from the settings. */
  timeoutSeconds?: number;
  /** Asks for the answer piece by piece; the time limit then holds between two pieces. */
  stream?: StreamListener;
}

/** Hears an answer while it comes in. */
export interface StreamListener {
  /** A piece of the text; the pieces together are the reply's text. */
  onText(piece: string): void;
  /** The answer broke off and is asked for again: what was heard so far does not count. */
  onRestart(): void;
}

/** Tokens of one call; null where the provider does not say. */
export interface TokenUsage {
  inputTokens: number | null;
  outputTokens: number | null;
  /** Those of the input tokens that the provider had cached. */
  cachedInputTokens?: number | null;
  /** US dollars, where the provider itself says what the call cost. */
  costUsd?: number | null;
}

/** What a model answered. */
export interface ModelReply {
  /** Empty when the model only called tools. */
  text: string;
  /** `arguments` is the model's text; it need not be valid JSON. */
  toolCalls: { id: string; name: string; arguments: string }[];
  usage: TokenUsage;
  /** The model that answered, as the provider names it. */
  model: string;
  /** `stop`, `length`, `tool_calls`, …; empty when the provider does not say. */
  finishReason: string;
}

/** Talks to one model. */
export interface ModelClient {
  /**
   * Sends a conversation and returns the model's reply. Failures that pass are retried.
   *
   * @throws HermesError `rate_limited` when the provider stays overloaded; `unavailable` for every
   * other failure, at once when a retry cannot help; the signal's reason when it is aborted.
   */
  chat(request: ChatRequest): Promise<ModelReply>;
}
