// Owns: the OpenAI chat-completions shapes the rehearsal server reads and writes.

/** One tool call the model asks for; `arguments` is JSON text, as the protocol has it. */
export interface WireCall {
  id: string;
  name: string;
  arguments: string;
}

/** One message of a conversation. `content` is plain text whatever form the client sent it in. */
export interface WireMessage {
  role: string;
  content: string;
  calls: WireCall[];
  /** For role `tool`: the id of the call it answers. */
  answers: string | null;
}

/** The parts of a chat request that decide the answer. */
export interface ChatRequest {
  model: string;
  messages: WireMessage[];
  /** Names of the offered tools. */
  tools: string[];
  stream: boolean;
  /** Whether the answer is asked for in the form of a JSON schema. */
  wantsForm: boolean;
}

/** What a script decides to answer. */
export type Answer =
  | { kind: "text"; text: string }
  | { kind: "calls"; say: string; calls: Array<{ tool: string; args: Record<string, unknown> }> }
  | { kind: "failure"; status: number; message: string }
  | { kind: "silence" };

/** Reads a request body; null when it is no chat request. */
export function readChatRequest(body: unknown): ChatRequest | null {
  if (!isRecord(body) || !Array.isArray(body.messages) || body.messages.length === 0) return null;
  const messages: WireMessage[] = [];
  for (const raw of body.messages) {
    if (!isRecord(raw) || typeof raw.role !== "string") return null;
    messages.push({
      role: raw.role,
      content: contentText(raw.content),
      calls: Array.isArray(raw.tool_calls) ? raw.tool_calls.flatMap(readCall) : [],
      answers: typeof raw.tool_call_id === "string" ? raw.tool_call_id : null,
    });
  }
  return {
    model: typeof body.model === "string" ? body.model : "",
    messages,
    tools: Array.isArray(body.tools) ? body.tools.flatMap(readToolName) : [],
    stream: body.stream === true,
    wantsForm: isRecord(body.response_format),
  };
}

/** A JSON object, not an array and not null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `text` as a JSON object, or null when it is none. */
export function parseRecord(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** A deterministic stand-in for a tokenizer: four characters count as one token. */
export function estimateTokens(characters: number): number {
  return Math.max(1, Math.ceil(characters / 4));
}

function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .map((part) => (isRecord(part) && typeof part.text === "string" ? part.text : ""))
    .join("");
}

function readCall(raw: unknown): WireCall[] {
  if (!isRecord(raw) || typeof raw.id !== "string" || !isRecord(raw.function)) return [];
  const { name, arguments: args } = raw.function;
  if (typeof name !== "string") return [];
  return [{ id: raw.id, name, arguments: typeof args === "string" ? args : "" }];
}

function readToolName(raw: unknown): string[] {
  const name = isRecord(raw) && isRecord(raw.function) ? raw.function.name : undefined;
  return typeof name === "string" ? [name] : [];
}
