// Owns: what a tool of the agent is, and calling one so that the model only ever sees text.

import { errorText, HermesError } from "../base/errors.ts";

/** Something the model may call. */
export interface AgentTool {
  name: string;
  /** Told to the model: what it does and when to use it. */
  description: string;
  /** JSON Schema of the arguments, an object. */
  parameters: Record<string, unknown>;
  /**
   * Does the work and answers text, usually JSON. `args` is whatever JSON the model sent; the tool
   * checks it. A thrown error is turned into text by {@link callTool}.
   */
  run(args: unknown, signal: AbortSignal): Promise<string>;
}

/** A tool's answer: the text for the model, and whether it is an error. */
export interface ToolReply {
  text: string;
  failed: boolean;
}

/**
 * Runs the tool called `name` with the JSON text the model sent. Whatever goes wrong becomes an
 * answer the model can act on.
 *
 * @throws only the reason of `signal`, when it is aborted.
 */
export async function callTool(
  tools: readonly AgentTool[],
  name: string,
  argumentsText: string,
  signal: AbortSignal,
): Promise<ToolReply> {
  const tool = tools.find((candidate) => candidate.name === name);
  const available = tools.map((candidate) => candidate.name).join(", ");
  if (!tool) return failure(`There is no tool "${name}". Available tools: ${available}`);
  let args: unknown;
  try {
    args = argumentsText.trim() === "" ? {} : JSON.parse(argumentsText);
  } catch (thrown) {
    return failure(
      `The arguments of ${name} are not valid JSON (${errorText(thrown)}). Send one JSON object. ` +
        `Available tools: ${available}`,
    );
  }
  try {
    const text = await tool.run(args, signal);
    return { text, failed: false };
  } catch (thrown) {
    signal.throwIfAborted();
    const remedy = thrown instanceof HermesError ? thrown.remedy : undefined;
    return failure(remedy ? `${errorText(thrown)}. ${remedy}` : errorText(thrown));
  }
}

/** A JSON Schema for an object with these properties. */
export function objectSchema(
  properties: Record<string, Record<string, unknown>>,
  required: string[] = [],
): Record<string, unknown> {
  return { type: "object", properties, required, additionalProperties: false };
}

/** `{"error": "…"}`, the one shape of every failed call. */
function failure(message: string): ToolReply {
  return { text: JSON.stringify({ error: message }), failed: true };
}
