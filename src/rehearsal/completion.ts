// Owns: the HTTP bodies of a chat answer: one JSON object, or server-sent events.

import { turnsTaken } from "./conversation.ts";
import { type Answer, type ChatRequest, estimateTokens } from "./wire.ts";

/** The name the model gives itself everywhere. */
export const rehearsalModel = "rehearsal";

type SpokenAnswer = Extract<Answer, { kind: "text" | "calls" }>;

/**
 * A `chat.completion` object. Token counts follow from the lengths of request and answer.
 *
 * @param created epoch seconds.
 */
export function completion(request: ChatRequest, answer: SpokenAnswer, created: number) {
  const message = assistantMessage(request, answer);
  const asked = JSON.stringify(request.messages).length;
  const [prompt, replied] = [asked, JSON.stringify(message).length].map(estimateTokens);
  return {
    id: `chatcmpl-rehearsal-${request.messages.length}`,
    object: "chat.completion",
    created,
    model: rehearsalModel,
    choices: [{ index: 0, message, finish_reason: finishReason(answer) }],
    usage: {
      prompt_tokens: prompt!,
      completion_tokens: replied!,
      total_tokens: prompt! + replied!,
    },
  };
}

/** The same answer as server-sent events: everything in one chunk, then the end marks. */
export function completionEvents(
  request: ChatRequest,
  answer: SpokenAnswer,
  created: number,
): string {
  const { usage, ...whole } = completion(request, answer, created);
  const message = assistantMessage(request, answer);
  const calls = message.tool_calls?.map((call, index) => ({ index, ...call }));
  const head = { ...whole, object: "chat.completion.chunk" };
  const delta = { ...message, ...(calls ? { tool_calls: calls } : {}) };
  const chunks = [
    { ...head, choices: [{ index: 0, delta, finish_reason: null }] },
    { ...head, choices: [{ index: 0, delta: {}, finish_reason: finishReason(answer) }], usage },
  ];
  return chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("") + "data: [DONE]\n\n";
}

function assistantMessage(request: ChatRequest, answer: SpokenAnswer) {
  if (answer.kind === "text") return { role: "assistant", content: answer.text };
  const turn = turnsTaken(request.messages);
  const tool_calls = answer.calls.map((call, index) => ({
    id: `call_${turn}_${index}`,
    type: "function",
    function: { name: call.tool, arguments: JSON.stringify(call.args) },
  }));
  return { role: "assistant", content: answer.say, tool_calls };
}

function finishReason(answer: SpokenAnswer): string {
  return answer.kind === "calls" ? "tool_calls" : "stop";
}
