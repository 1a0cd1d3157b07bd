// Owns: reading a chat completion, from providers that follow the format more or less.

import { HermesError } from "../base/errors.ts";
import type { ModelReply, TokenUsage } from "./messages.ts";
import type { ModelSettings } from "./model_settings.ts";

type Loose = Record<string, unknown>;

/**
 * The reply inside a completion.
 *
 * @throws HermesError `unavailable` when `completion` is none, as when a web page answers.
 */
export function readReply(
  completion: unknown,
  settings: Pick<ModelSettings, "model" | "baseUrl">,
): ModelReply {
  const choices = asMapping(completion)["choices"];
  const choice = asMapping(Array.isArray(choices) ? choices[0] : undefined);
  const message = asMapping(choice["message"]);
  if (!Object.keys(message).length) {
    throw new HermesError(
      "unavailable",
      `Cannot call model "${settings.model}" at ${settings.baseUrl}: the answer is no chat completion`,
      { remedy: "Check base_url: it usually ends in /v1" },
    );
  }
  const { model } = completion as Loose;
  const usage = asMapping((completion as Loose)["usage"]);
  const calls = Array.isArray(message["tool_calls"]) ? message["tool_calls"] : [];
  return {
    text: textOf(message["content"]),
    toolCalls: calls.map(readToolCall),
    usage: readTokens(usage),
    model: typeof model === "string" && model ? model : settings.model,
    finishReason: typeof choice["finish_reason"] === "string" ? choice["finish_reason"] : "",
  };
}

/** Only those facts that the provider tells. */
function readTokens(usage: Loose): TokenUsage {
  const details = asMapping(usage["prompt_tokens_details"]);
  const cached = countOf(details["cached_tokens"]) ?? countOf(usage["prompt_cache_hit_tokens"]);
  const cost = countOf(usage["cost"]);
  // Who brings a key of their own pays the maker of the model beside the provider in between.
  const upstream = usage["is_byok"] === true
    ? countOf(asMapping(usage["cost_details"])["upstream_inference_cost"])
    : 0;
  return {
    inputTokens: countOf(usage["prompt_tokens"]),
    outputTokens: countOf(usage["completion_tokens"]),
    ...(cached !== null && { cachedInputTokens: cached }),
    ...(cost !== null && upstream !== null && { costUsd: cost + upstream }),
  };
}

/** Local servers leave out ids and send arguments as an object; both are put right here. */
function readToolCall(call: unknown, index: number): ModelReply["toolCalls"][number] {
  const { id } = asMapping(call);
  const { name, arguments: given } = asMapping(asMapping(call)["function"]);
  return {
    id: typeof id === "string" && id ? id : `call_${index}`,
    name: typeof name === "string" ? name : "",
    arguments: typeof given === "string" ? given : JSON.stringify(given ?? {}),
  };
}

/** Content is a text, or a list of parts of which only the texts count. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part) => asMapping(part)["text"])
    .filter((text) => typeof text === "string").join("");
}

function countOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;
}

function asMapping(value: unknown): Loose {
  return typeof value === "object" && value !== null ? value as Loose : {};
}
